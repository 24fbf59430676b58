package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Who gets dispositions reads them in his or her own chat with the bot and answers there: in reply, or unquoted where it is the only one.
// He or she is a citizen there, too: what belongs to a talk of that kind is left to it.

const (
	metText     = "Halo, %s. Chat ini sudah terhubung: disposisi untuk Anda sebagai %s datang ke sini. Jawab dengan membalas pesannya, dengan kata-kata atau foto."
	whichText   = "Ada %d disposisi yang menunggu Anda; jawaban ini belum saya serahkan. Balas pesan disposisi yang dimaksud, atau tulis nomornya di depan: %s jawaban Anda."
	meetingText = "\nSatu langkah lagi: buka chat pribadi dengan bot ini dan tulis halo. Baru sesudah itu disposisi dapat dikirim ke %s."
	// receivedMost is how many dispositions of a person are looked at.
	receivedMost = 9
)

// titledFor is how long it is believed who gets dispositions. To whom another instance gave a title in these moments, it is said a
// moment later.
const titledFor = time.Second

// Titles answers who may get dispositions, without asking the database at each message of a citizen.
type Titles struct {
	now   func() time.Time
	mu    sync.Mutex
	at    time.Time
	known map[string]bool
}

// NewTitles remembers by a clock.
func NewTitles(now func() time.Time) *Titles { return &Titles{now: now} }

// forget makes the next look ask anew.
func (t *Titles) forget() {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known = nil
}

func (t *Titles) may(ctx context.Context, r Reader, person string) (bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	if t.known == nil || now.Sub(t.at).Abs() >= titledFor {
		all, err := r.Operators(ctx)
		if err != nil {
			return false, fmt.Errorf("desk: read who gets dispositions: %w", err)
		}
		t.known, t.at = map[string]bool{}, now
		for _, op := range all {
			if op.Title != "" {
				t.known[op.ID] = true
			}
		}
	}
	return t.known[person], nil
}

// receiver is the sender as somebody who gets dispositions; ok is false for everybody else.
func (h *handling) receiver() (op ledger.Operator, ok bool, err error) {
	if h.ev.From.ID == "" && !h.elsewhere() {
		return op, false, nil
	}
	return h.titled(h.person())
}

// ofChat is whose chat the event comes from, where that is somebody who gets dispositions or what is late.
func (h *handling) ofChat() (op ledger.Operator, ok bool, err error) {
	return h.titled(h.ev.Chat.Chat().String())
}

func (h *handling) titled(person string) (op ledger.Operator, ok bool, err error) {
	if h.Titles != nil {
		if may, err := h.Titles.may(h.ctx, h.Reader, person); !may || err != nil {
			return op, false, err
		}
	}
	op, err = h.Reader.Operator(h.ctx, person)
	switch {
	case errors.Is(err, ledger.ErrUnknown):
		return op, false, nil
	case err != nil:
		return op, false, fmt.Errorf("desk: read who gets dispositions: %w", err)
	}
	return op, op.In() && op.Title != "", nil
}

// receives reports whether what comes unquoted to the sender's own chat is for the desk: the first word of who is to get dispositions,
// or an answer to one.
func (h *handling) receives() (bool, error) {
	op, ok, err := h.receiver()
	if !ok || err != nil {
		return false, err
	}
	words := bot.Words(h.ev.Body)
	if op.Met.IsZero() && greets(words) {
		return true, nil
	}
	if _, _, command := bot.Command(words); command || forCitizens(words) {
		return false, nil
	}
	if h.Talking != nil {
		if busy, err := h.Talking(h.ctx, h.ev.Chat); busy || err != nil {
			return false, err
		}
	}
	has, err := h.Reader.DisposedTo(h.ctx, op.Agency, op.ID, 1)
	if err != nil {
		return false, fmt.Errorf("desk: read what somebody has by a disposition: %w", err)
	}
	return len(has) > 0, nil
}

// greets reports whether words only open a chat.
func greets(text string) bool {
	if name, _, ok := bot.Command(text); ok {
		return name == "start"
	}
	const most = 5
	words := strings.Fields(bot.Fold(text))
	if len(words) == 0 || len(words) > most {
		return false
	}
	switch words[0] {
	case "halo", "hallo", "helo", "hello", "hai", "hi", "hei", "p", "tes", "test", "assalamualaikum", "assalamu", "ass", "asalamualaikum", "selamat", "pagi", "siang", "sore", "malam", "permisi", "punten",
		"sampurasun", "start", "mulai":
		return true
	}
	return false
}

// forCitizens reports whether words begin a talk of a citizen's, whoever writes them.
func forCitizens(text string) bool {
	words := strings.Fields(bot.Fold(text))
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "menu", "lapor", "status", "bantuan", "help", "darurat", "melaporkan":
		return true
	}
	said := " " + strings.Join(words[:min(len(words), 6)], " ") + " "
	for _, cue := range [...]string{" mau lapor ", " mau melapor ", " ingin lapor ", " ingin melapor ", " laporan saya ", " data saya ", " saya warga "} {
		if strings.Contains(said, cue) {
			return true
		}
	}
	return false
}

// turns reports whether a chat that shuts the bot out is that of somebody who counts as told by it, or a group that lets it in again one that
// did not.
func (h *handling) turns() (bool, error) {
	op, ok, err := h.ofChat()
	if _, out := h.ev.Body.(bot.Left); out {
		return ok && casework.Reached(op), err
	}
	return ok && h.ev.Group && !casework.Reached(op), err
}

// meets writes down that who gets dispositions has opened the chat, or leaders their group, and greets back.
func (h *handling) meets() (done bool, err error) {
	if !h.alone() && !h.elsewhere() {
		return false, nil
	}
	op, ok, err := h.receiver()
	if !ok || err != nil || !op.Met.IsZero() {
		return false, err
	}
	was := op.Rev
	op.Rev, op.Met = was+1, h.ev.At
	h.enroll(op, was)
	if h.ev.ReplyTo == nil && greets(bot.Words(h.ev.Body)) {
		if op.Role == report.Leader {
			h.say(fmt.Sprintf(leaderMetText, op.Name, op.Title))
			return true, nil
		}
		h.say(fmt.Sprintf(metText, op.Name, h.office.RoleName(op.Right())))
		return true, nil
	}
	return false, nil
}

// unquoted finds the disposition that words without a reply are for; done says that there is more than one, and which was asked.
func (h *handling) unquoted() (done bool, err error) {
	if _, press := h.ev.Body.(bot.Pick); press || !h.alone() || h.to.Known || h.ev.ReplyTo != nil {
		return false, nil
	}
	words := bot.Words(h.ev.Body)
	if _, found, _ := report.FindCode(h.office.Profile.Prefix, words); found {
		return false, nil
	}
	if _, _, command := bot.Command(words); command {
		return false, nil
	}
	if asks, err := h.asksList(); asks || err != nil {
		return false, err
	}
	op, ok, err := h.receiver()
	if !ok || err != nil {
		return false, err
	}
	has, err := h.Reader.DisposedTo(h.ctx, op.Agency, op.ID, receivedMost)
	if err != nil {
		return false, fmt.Errorf("desk: read what somebody has by a disposition: %w", err)
	}
	var waits []report.Report
	for _, r := range has {
		if r.Disposed.Waits() {
			waits = append(waits, r)
		}
	}
	if len(waits) == 0 {
		waits = has
	}
	switch len(waits) {
	case 0:
		return false, nil
	case 1:
		h.to = Target{Known: true, Report: waits[0], Intent: string(Counsel)}
		return false, nil
	}
	var codes []string
	for _, r := range waits {
		codes = append(codes, string(r.Code))
	}
	h.say(fmt.Sprintf(whichText, len(waits), strings.Join(codes, " / ")))
	return true, nil
}

// counsels is the verb as it is meant by who has the report by a disposition and writes in his or her own chat: what would answer the
// citizen is a draft for the officer.
func (h *handling) counsels(v row, r report.Report) row {
	if (v.name == Reply || v.name == Canned) && h.holds(r) {
		return h.verbs.row(Counsel)
	}
	return v
}

// holds reports whether the sender has the report by a disposition, and writes where its answer belongs.
func (h *handling) holds(r report.Report) bool {
	return h.alone() && r.Disposed != nil && r.Disposed.ID == h.person()
}

// endDispositions ends those of who has another right from now on, or none.
func (h *handling) endDispositions(op ledger.Operator, left casework.Left) error {
	has, err := h.disposedTo(op)
	h.batch.Add(h.office.EndDispositions(has, left, h.at()))
	return err
}

func (h *handling) disposedTo(op ledger.Operator) ([]report.Report, error) {
	if op.Title == "" || !op.In() {
		return nil, nil
	}
	has, err := h.Reader.DisposedTo(h.ctx, op.Agency, op.ID, casework.MoveMost)
	if err != nil {
		return nil, fmt.Errorf("read what somebody has by a disposition: %w", err)
	}
	return has, nil
}
