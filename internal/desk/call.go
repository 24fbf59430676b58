package desk

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand/answer"
)

const (
	callGoneText    = "Percakapan ini tidak ditemukan lagi."
	callOddText     = "Perintah ini tidak berlaku di percakapan. Balas dengan kata-kata, atau tulis: ambil · jadikan laporan · selesai."
	callUnsureText  = "Belum saya kirim ke warga: “%s”. Kalau itu untuk warga, balas kartunya lagi dengan /balas di depannya.\nMenindak percakapan: ambil · jadikan laporan · selesai."
	callRelayedText = "Pesan terusan belum saya kirim ke warga: “%s”. Kalau itu untuk warga, tulis sendiri dengan membalas kartunya."
	callRiskText    = "Belum saya kirim: warga belum menjawab apakah aman dibalas di chat itu, dan pelaku mungkin membaca HP-nya. Tunggu jawabannya; kalau tetap perlu, balas kartunya lagi dengan /balas di depan kata-kata Anda."
	callUnsafeText  = "Belum saya kirim: warga menyatakan tidak aman dibalas di chat itu; pelaku mungkin membaca HP-nya. Tunggu sampai ia menulis aman. Kalau tetap perlu, balas kartunya lagi dengan /balas di depan kata-kata yang tidak menyebut apa pun."
	callAloneText   = " Isinya saya kirim ke chat pribadi Anda, bukan ke sini. Tidak ada yang masuk? Buka dulu chat pribadi dengan bot ini dan tulis halo, lalu balas kartunya lagi dengan: ambil"
	callMediaText   = " Foto atau berkasnya belum saya kirim ke warga; kalau itu untuk warga, balas kartunya lagi dengannya."
	callAlbumText   = "\nFoto lain di album itu juga belum saya kirim."
	callPinText     = "Lokasi tidak dapat diteruskan ke warga. Tulis alamatnya."
)

// calls does what an event means that is about a talk with a citizen: a reply to its card or to any line of it, or a press on
// its card. done is false when the event is about none.
func (h *handling) calls() (done bool, err error) {
	id, verb, shown, ok := h.call()
	if !ok {
		return false, nil
	}
	if p, pressed := h.ev.Body.(bot.Pick); pressed {
		h.press = !p.Quiet
	}
	err = h.inCall(id, verb, shown)
	if no, ok := casework.AsRefusal(err); ok {
		h.batch = ledger.Batch{Cause: h.batch.Cause, At: h.batch.At}
		h.said, h.notice = 0, ""
		h.say(no.Words)
		err = nil
	}
	if err != nil {
		return true, fmt.Errorf("desk: a talk: %w", err)
	}
	h.answerPress()
	return true, nil
}

// call names the talk that the event is about, what a press on its card chose, and what the card showed then.
func (h *handling) call() (id ledger.CallID, verb, shown string, ok bool) {
	if p, pressed := h.ev.Body.(bot.Pick); pressed {
		kind, rest, _ := strings.Cut(p.Menu, ".")
		rest, shown, _ := strings.Cut(rest, ".")
		return ledger.CallID(rest), p.Choice, shown, kind == casework.CallMenuKind && rest != ""
	}
	id, ok = casework.CallOf(h.to.Intent)
	return id, "", "", ok && h.to.Known
}

func (h *handling) inCall(id ledger.CallID, verb, shown string) error {
	c, err := h.Reader.Call(h.ctx, id)
	if errors.Is(err, ledger.ErrUnknown) {
		return h.no(casework.Gone, callGoneText)
	}
	if err != nil {
		return fmt.Errorf("read it: %w", err)
	}
	line, verb, silent, err := h.callLine(c, verb)
	if silent {
		return nil
	}
	at := casework.Occasion{Cause: string(h.ev.ID), At: h.ev.At}
	if no, ok := casework.AsRefusal(err); ok && line.Album != "" && line.Words != "" {
		return h.holdBack(c, line.Album, no, at)
	}
	if err != nil {
		return err
	}
	by, err := h.actor(report.Report{})
	if err != nil {
		return err
	}
	var b ledger.Batch
	done := ""
	switch verb {
	case "":
		if err := h.risky(c); err != nil {
			return err
		}
		_, b, err = h.office.Answer(c, by, line, at)
	case casework.CallTake:
		if done = "Anda yang menangani."; c.Sensitive() {
			done += callAloneText
		}
		_, b, err = h.office.TakeCall(c, by, at)
	case casework.CallEnd:
		done = "Percakapan selesai."
		_, b, err = h.office.EndCall(c, by, at)
	case casework.CallMake:
		b, done, err = h.makeReport(c, by, at)
	default:
		return h.no(casework.Choice, staleText)
	}
	if err != nil {
		return err
	}
	if _, pressed := h.ev.Body.(bot.Pick); pressed && staleCall(c, verb, shown) {
		h.callAnew(c)
		return nil
	}
	h.batch.Add(b)
	if verb != "" && line.Media() {
		done = strings.TrimSpace(done + callMediaText)
	}
	if done != "" {
		h.say(done)
	}
	return nil
}

// risky refuses an answer to who may not be written to, unless it is said to be for that person all the same.
func (h *handling) risky(c ledger.Call) error {
	switch {
	case h.saidForCitizen():
	case casework.Unsafe(c):
		return h.no(casework.Choice, callUnsafeText)
	case casework.Unasked(c):
		return h.no(casework.Choice, callRiskText)
	}
	return nil
}

// holdBack asks back about the words of an album; its other pictures, which come by themselves and without words, are kept from the citizen
// with the first.
func (h *handling) holdBack(c ledger.Call, album string, no *casework.Refusal, at casework.Occasion) error {
	by, err := h.actor(report.Report{})
	if err != nil {
		return err
	}
	h.batch.Add(h.office.HoldBack(c, by, album, at))
	h.say(no.Words + callAlbumText)
	return nil
}

// heldBack reports whether the first picture of an album was kept from the citizen.
func (h *handling) heldBack(c ledger.Call, album string) bool {
	return album != "" && slices.ContainsFunc(c.Lines, func(l ledger.Line) bool {
		return l.What == ledger.LineHeld && l.Album == album && l.By.ID == h.person()
	})
}

// callLine reads what was sent: words or files for the citizen, or a word or number that chooses from the card. silent says
// that it is nothing at all.
func (h *handling) callLine(c ledger.Call, verb string) (l ledger.Line, chosen string, silent bool, err error) {
	l.Words = bot.Clean(bot.Words(h.ev.Body))
	if h.ev.Mentions {
		l.Words = unnamed(l.Words)
	}
	if _, pressed := h.ev.Body.(bot.Pick); h.ev.Relayed && !pressed {
		return l, "", false, h.no(casework.Choice, callRelayedText, again(c, l.Words))
	}
	switch b := h.ev.Body.(type) {
	case bot.Pick:
		return l, verb, false, nil
	case bot.Text:
	case bot.Photo:
		l.Photo, l.Album = []bot.MediaRef{b.Media}, b.Album
	case bot.Voice:
		l.Files = []bot.MediaRef{b.Media}
	case bot.Document:
		l.Files, l.Album = []bot.MediaRef{b.Media}, b.Album
	case bot.Location:
		return l, "", false, h.no(casework.Choice, callPinText)
	case bot.Unsupported:
		if b.Kind == "reaction" {
			return l, "", true, nil
		}
		return l, "", false, h.no(casework.Choice, oddText)
	default:
		return l, "", true, nil
	}
	if h.heldBack(c, l.Album) && l.Words == "" {
		return l, "", true, nil // the first one's question is about all of them
	}
	switch name, rest, ok := bot.Command(l.Words); {
	case ok && h.verbs.named(name) == Reply && (rest != "" || l.Media()):
		l.Words = rest // said to be for the citizen
	case l.Words != "" || !l.Media():
		chosen, err = h.callWord(c, l.Words)
	}
	if err == nil && h.ev.Edited {
		err = h.no(casework.Choice, editedText)
	}
	return l, chosen, false, err
}

// saidForCitizen reports whether words stand behind a command that gives them to the citizen.
func (h *handling) saidForCitizen() bool {
	name, _, ok := bot.Command(bot.Words(h.ev.Body))
	return ok && h.verbs.named(name) == Reply
}

// callWord reads a choice in words. What looks like a command, or like a number of the card that it does not have, never
// reaches the citizen.
func (h *handling) callWord(c ledger.Call, words string) (string, error) {
	if name, _, ok := bot.Command(words); ok {
		switch name {
		case "ambil", "take":
			return casework.CallTake, nil
		case "selesai", "beres", "done", "tutup":
			return casework.CallEnd, nil
		case "laporan", "jadikan", "lapor":
			return casework.CallMake, nil
		}
		return "", h.no(casework.Choice, callOddText)
	}
	if m := casework.CallMenu(c); m != nil {
		if choice, ok := m.Match(bot.Text{Text: words}); ok {
			return choice.ID, nil
		}
		if n, err := strconv.Atoi(bot.Fold(words)); err == nil && n >= 0 && n <= 9 {
			return "", h.no(casework.Choice, staleText)
		}
		if v := h.Answers.Match(*m, words, answer.Asked{Numbered: true, Free: true}); v.OK {
			return v.Choice.ID, nil
		}
	}
	switch verb, rest := h.verbs.opens(words); {
	case verb == Take && len(strings.Fields(rest)) <= 2:
		return casework.CallTake, nil
	case verb != Silent && verb != Reply && verb != Take, nods(h.Answers.Read(words)), amongColleagues(words), unsaid(words):
		return "", h.no(casework.Choice, callUnsureText, again(c, words))
	}
	return "", nil
}

// again repeats what was written, where the group may read it.
func again(c ledger.Call, words string) string {
	if c.Sensitive() {
		return "…"
	}
	return say.Clip(words, 80)
}

// unsaid reports whether words order what becomes of a talk, or speak of it: a citizen in danger must not read them.
func unsaid(text string) bool {
	said := " " + bot.Fold(text) + " "
	for _, cue := range [...]string{" jadikan laporan ", " jadiin laporan ", " buat laporan ", " buatkan laporan ", " bikin laporan ", " laporin ", " laporkan ke ", " tutup aja ", " tutup saja ", " ditutup ", " abaikan ",
		" abaikan aja ", " bukan darurat ", " gak darurat ", " ga darurat ", " prank ", " iseng ", " bercanda ", " hoaks ", " hoax ", " palsu ", " orang gila ", " monitor ", " 86 "} {
		if strings.Contains(said, cue) {
			return true
		}
	}
	return false
}

// makeReport files what the citizen said.
func (h *handling) makeReport(c ledger.Call, by report.Actor, at casework.Occasion) (ledger.Batch, string, error) {
	id, code, err := h.Reader.NextID(h.ctx, at.Cause)
	if err != nil {
		return ledger.Batch{}, "", fmt.Errorf("draw a number: %w", err)
	}
	after, b, err := h.office.MakeReport(c, by, casework.Filing{ID: id, Code: code}, at)
	return b, fmt.Sprintf("Menjadi laporan %s.", after.Code), err
}
