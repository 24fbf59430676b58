package desk

import (
	"cmp"
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
)

// at is the occasion of what this event does to people.
func (h *handling) at() casework.Occasion {
	return casework.Occasion{Cause: string(h.ev.ID), At: h.ev.At}
}

// membership ends the right of who leaves the group, and of who no longer runs it and was let in by nobody else. A right does not
// come back with the person: who was away is approved anew, for the group cannot know why he or she was gone.
func (h *handling) membership(m bot.Member) error {
	if m.Self {
		h.bared()
	}
	if m.Who.ID == "" {
		return nil
	}
	op, err := h.Reader.Operator(h.ctx, string(h.ev.Chat.Network)+":"+m.Who.ID)
	if errors.Is(err, ledger.ErrUnknown) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("desk: read who left: %w", err)
	}
	_, asks := op.Asks()
	switch {
	case op.Since.After(h.ev.At): // let in since
	case !m.Here && (op.In() || asks):
		return h.endRight(op, casework.WentOut, report.Actor{})
	case m.Here && !m.Runs && op.In() && op.Approved == op.ID:
		return h.endRight(op, casework.Demoted, report.Actor{})
	}
	return nil
}

// bared tells the coordinator's room that the bot may do less in the group than it needs, and what goes on all the same.
func (h *handling) bared() {
	h.batch.Letters = append(h.batch.Letters, ledger.Letter{Key: string(h.ev.ID) + "/bared", To: h.office.Desk, Desk: true, Purpose: ledger.ToDesk,
		Message: bot.Message{Text: "⚠️ Bot ini bukan admin grup lagi, atau haknya berkurang. Laporan dan kartu tetap datang, dan balasan pada kartu tetap sampai ke warga. " +
			"Yang tidak bisa: membuat topik kantor, membaca tulisan yang bukan balasan atau perintah, dan tahu siapa yang keluar. Jadikan bot admin lagi dengan hak mengelola topik."}})
}

// shutOut tells the coordinators, each in the own chat, that the bot is in the desk's group no more: nothing can be said there. What is meant for
// the group waits until it is back. Any other chat is that of a person whom nothing reaches from now on.
func (h *handling) shutOut() error {
	if h.ev.Chat.Chat() != h.office.Desk.Chat() {
		op, ok, err := h.ofChat()
		if ok {
			b, _ := h.office.Unreached(op, h.at().Cause)
			h.batch.Add(b)
		}
		return err
	}
	all, err := h.Reader.Operators(h.ctx)
	if err != nil {
		return fmt.Errorf("desk: read who coordinates: %w", err)
	}
	for i, op := range all {
		to, ok := bot.ParseAddress(op.ID)
		if !ok || !op.In() || op.Role != report.Coordinator {
			continue
		}
		h.batch.Letters = append(h.batch.Letters, ledger.Letter{Key: fmt.Sprintf("%s/evicted%d", h.ev.ID, i), To: to, Purpose: ledger.ToDesk, Intent: aloneIntent,
			Message: bot.Message{Text: "⚠️ Bot ini dikeluarkan dari grup petugas, atau grupnya dihapus. Laporan warga tetap masuk dan tidak ada yang hilang, tetapi kartunya menunggu dan tidak ada petugas yang membacanya. " +
				"Masukkan lagi bot ke grup itu: yang menunggu datang dengan sendirinya. Grupnya sudah tidak ada? Minta pengelola program mengatur grup yang baru."}})
	}
	return nil
}

func (h *handling) endRight(op ledger.Operator, why casework.EndWhy, by report.Actor) error {
	in := casework.Ending{Operator: op, By: by, Why: why}
	if op.In() {
		var err error
		if in.Left, err = h.leaves(op); err != nil {
			return err
		}
		if in.Disposed, err = h.disposedTo(op); err != nil {
			return err
		}
		if in.Calls, err = h.Reader.CallsOf(h.ctx, op.ID); err != nil {
			return fmt.Errorf("read whose calls are free: %w", err)
		}
	}
	h.batch.Add(h.office.EndRight(in, h.at()))
	return nil
}

// leaves finds what becomes of an office when a person goes.
func (h *handling) leaves(op ledger.Operator) (casework.Left, error) {
	left := casework.Left{Agency: op.Agency}
	if !op.In() || op.Agency == "" {
		return left, nil
	}
	all, err := h.Reader.Operators(h.ctx)
	if err != nil {
		return left, fmt.Errorf("read who else serves the office: %w", err)
	}
	left.Unmanned = !ledger.Serves(slices.DeleteFunc(all, func(o ledger.Operator) bool { return o.ID == op.ID }), op.Agency)
	if !left.Unmanned {
		return left, nil
	}
	open, err := h.Reader.OpenOf(h.ctx, op.Agency, casework.HandMost+casework.Counted+1)
	if err != nil {
		return left, fmt.Errorf("read what the office has open: %w", err)
	}
	now := open[:min(len(open), casework.HandMost)]
	left.More = len(open) - len(now)
	left.Open, err = h.cases(now)
	return left, err
}

// people are those who may act, in the order in which the list shows them.
func (h *handling) people() (in, asking []ledger.Operator, err error) {
	all, err := h.Reader.Operators(h.ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the people of the desk: %w", err)
	}
	for _, op := range all {
		if op.In() {
			in = append(in, op)
		}
		if _, asks := op.Asks(); asks {
			asking = append(asking, op)
		}
	}
	slices.SortFunc(in, func(a, b ledger.Operator) int {
		head := func(o ledger.Operator) int { // coordinators first, then leaders
			if o.Role == report.Leader {
				return 1
			}
			return 2 * min(len(o.Agency), 1)
		}
		return cmp.Or(head(a)-head(b), cmp.Compare(h.heading(a), h.heading(b)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return in, asking, nil
}

// listPeople shows who may act, by office.
func (h *handling) listPeople(c Command, _ report.Actor) error {
	only, whole := "", c.Arg == ""
	if !whole {
		var err error
		if only, _, err = h.oneOffice(c.Arg); err != nil {
			return err
		}
	}
	in, asking, err := h.people()
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("Yang boleh bertindak di sini:\n")
	last, left := "?", 0
	for i, op := range in {
		row := ""
		if h.heading(op) != last {
			row = bot.Bold(upperFirst(h.heading(op))) + "\n"
		}
		row += fmt.Sprintf("%d. %s\n", i+1, h.office.PersonLine(op, h.ev.At))
		switch {
		case !whole && (op.Agency != only || op.Role == report.Leader):
		case say.Units(b.String())+say.Units(row) > 3300:
			left++
		default:
			last = h.heading(op)
			b.WriteString(row)
		}
	}
	if left > 0 {
		fmt.Fprintf(&b, "… dan %d lagi: /petugas nama kantor\n", left)
	}
	if last == "?" {
		b.WriteString("(belum ada yang terdaftar)\n")
	}
	if len(asking) > 0 && whole {
		b.WriteString("\nMenunggu persetujuan: ")
		for i, op := range asking[:min(len(asking), 10)] {
			w, _ := op.Asks()
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s (%s)", op.Name, h.office.RoleName(w))
		}
		b.WriteString("\n")
	}
	b.WriteString("\nPengelola grup ini juga koordinator. Koordinator mengakhiri hak dengan /keluarkan nama atau nomornya.")
	h.say(b.String())
	return nil
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// dismissWhole ends the right of somebody who was named in full: at once, unless the whole office goes to the coordinator with it, and its
// citizens hear of that.
func (h *handling) dismissWhole(op ledger.Operator, by report.Actor) error {
	left, err := h.leaves(op)
	if err != nil {
		return err
	}
	if n := len(left.Open) + left.More; n > 0 {
		return h.askDismiss(fmt.Sprintf("%s petugas terakhir %s. %s laporannya yang terbuka pindah ke koordinator, dan warganya dikabari. Keluarkan?",
			op.Name, h.office.OfficeName(op.Agency), casework.Many(n)), []ledger.Operator{op})
	}
	return h.dismissed(op, by)
}

// dismiss ends a right by a coordinator's word. One full name that fits one person is done at once (dismissWhole); a number of the list, a part of a
// name, or a name of several is asked back with the names: the list may have changed since somebody read it.
func (h *handling) dismiss(c Command, by report.Actor) error {
	if c.Exact {
		return h.dismissOne(c, by)
	}
	said := bot.Fold(strings.Trim(c.Arg, " .)#"))
	if said == "" {
		return h.no(casework.Choice, "Siapa? Tulis /keluarkan dan namanya, atau nomornya di /petugas.")
	}
	in, asking, err := h.people()
	if err != nil {
		return err
	}
	var near []ledger.Operator
	if n, err := strconv.Atoi(said); err == nil {
		if n < 1 || n > len(in) {
			return h.no(casework.Choice, "Nomor %d tidak ada di /petugas.", n)
		}
		near = in[n-1 : n]
		return h.askDismiss("Keluarkan siapa?", near)
	}
	for _, op := range asking {
		if !op.In() {
			in = append(in, op)
		}
	}
	var whole []ledger.Operator
	for _, op := range in {
		name := bot.Fold(op.Name)
		if name == said {
			whole = append(whole, op)
		}
		if holdsAll(name, said) {
			near = append(near, op)
		}
	}
	switch {
	case len(whole) == 1:
		return h.dismissWhole(whole[0], by)
	case len(near) == 0:
		return h.no(casework.Choice, "Tidak ada petugas bernama “%s”. Lihat /petugas.", say.Clip(c.Arg, 40))
	}
	return h.askDismiss("Keluarkan siapa?", near[:min(len(near), 8)])
}

// holdsAll reports whether each of the words begins a word of the name.
func holdsAll(name, words string) bool {
	for w := range strings.FieldsSeq(words) {
		if !slices.ContainsFunc(strings.Fields(name), func(n string) bool { return strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}

// askDismiss asks which of some people is meant. The letter holds who they were when it was written.
func (h *handling) askDismiss(text string, list []ledger.Operator) error {
	var people []shownPerson
	for _, op := range list {
		role, _ := op.Asks()
		if op.In() {
			role = op.Right()
		}
		label := strings.Join(strings.Fields(op.Name+" · "+h.office.RoleName(role)), " ")
		people = append(people, shownPerson{rev: op.Rev, id: op.ID, label: say.Clip(label, 60)})
	}
	menu := dismissMenu(people)
	h.letter(ledger.Letter{Intent: dismissIntent(people), Message: bot.Message{Text: text, Menu: &menu}})
	h.notice = "Pilih di bawah."
	return nil
}

// dismissOne is what was chosen from the question.
func (h *handling) dismissOne(c Command, by report.Actor) error {
	if c.Arg == "" {
		h.say("Baik, tidak ada yang dikeluarkan.")
		return nil
	}
	op, err := h.Reader.Operator(h.ctx, c.Arg)
	if errors.Is(err, ledger.ErrUnknown) {
		return h.no(casework.Choice, staleText)
	}
	if err != nil {
		return fmt.Errorf("read the operator: %w", err)
	}
	if _, asks := op.Asks(); op.Rev != c.Rev && (op.In() || asks) {
		return h.askDismiss(fmt.Sprintf("Hak %s sudah berubah sejak pilihan itu ditampilkan. Keluarkan dari yang sekarang?", op.Name), []ledger.Operator{op})
	}
	return h.dismissed(op, by)
}

func (h *handling) dismissed(op ledger.Operator, by report.Actor) error {
	wish, asks := op.Asks()
	role := h.office.RoleName(op.Right())
	switch {
	case !op.In() && !asks:
		return h.no(casework.Already, "%s memang sudah bukan %s.", op.Name, role)
	case !op.In():
		if err := h.endRight(op, casework.Dismissed, by); err != nil {
			return err
		}
		h.say(fmt.Sprintf("Permintaan %s menjadi %s ditutup.", op.Name, h.office.RoleName(wish)))
		return nil
	case op.Role == report.Coordinator && op.ID == by.ID:
		in, _, err := h.people()
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(in, func(o ledger.Operator) bool { return o.Role == report.Coordinator && o.ID != op.ID }) {
			return h.no(casework.Choice, "Anda koordinator terakhir. Terima koordinator lain dulu (/daftar koordinator), baru keluar.")
		}
	}
	runs, err := h.runsGroup(h.inNetwork(op.ID))
	if err != nil {
		return err
	}
	if err := h.endRight(op, casework.Dismissed, by); err != nil {
		return err
	}
	text := fmt.Sprintf("%s tidak lagi %s. Kalau keliru, ia menulis /daftar %s dan diterima lagi.", op.Name, role, h.joinName(op.Agency))
	if runs {
		text += " Ia masih pengelola grup, jadi tetap boleh bertindak sebagai koordinator: cabut juga hak pengelolanya di grup."
	}
	h.say(text)
	return nil
}

// gone reports whether somebody may act on a report no more, for the right has ended or is another office's by now: a colleague may take
// the report over then, and nothing of it that is not for everybody goes to that person.
func (h *handling) gone(person string, r report.Report) (bool, error) {
	op, err := h.Reader.Operator(h.ctx, person)
	if errors.Is(err, ledger.ErrUnknown) {
		return false, nil // who runs the group need not be enrolled
	}
	if err != nil {
		return false, fmt.Errorf("read who has it in hand: %w", err)
	}
	if !op.In() || op.Role == report.Coordinator || op.Agency == r.Agency {
		return !op.In(), nil
	}
	runs, err := h.runsGroup(h.inNetwork(person))
	return !runs, err
}
