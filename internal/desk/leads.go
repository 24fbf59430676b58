package desk

import (
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Leaders read in their own chats, on whichever network, and in a group of their own. They act on nothing; but what one of them writes
// under something that the bot sent is meant for somebody: it goes to the coordinator, and onto the report that it is about.

const (
	// leadIntent begins the intent of a leader's words in the coordinator's room; behind it stands who wrote: a reply goes back there.
	leadIntent = "arahan:"

	groupRankText = "Di grup, tulis /daftar pimpinan. Jabatan seseorang didaftarkan di chat pribadinya dengan bot."
	leadsNoText   = "Tulis pesannya dengan kata-kata: foto dan berkas pimpinan belum dapat diteruskan."
	leadsToText   = "Diteruskan ke koordinator%s. Warga tidak membacanya."
	leadsLongText = "Tulisannya terlalu panjang; paling banyak %d huruf. Kirim lagi lebih singkat."
	leadsBareText = " Hanya kata-katanya: foto dan berkas pimpinan belum dapat diteruskan."
	leadsBackText = "Terkirim ke %s. Warga tidak membacanya."
)

// elsewhere reports whether the event comes from a group that is not the desk.
func (h *handling) elsewhere() bool {
	return h.ev.Group && h.ev.Chat.Chat() != h.office.Desk.Chat()
}

// leads reports whether what comes from a group, or from a chat on a network that the desk is not on, is a leader's: a wish to be one, or
// something about what the bot sent there.
func (h *handling) leads() (bool, error) {
	switch b := h.ev.Body.(type) {
	case bot.Pick:
		return h.wrote(b.Message)
	case bot.Member, bot.Moved, bot.Woken, bot.Contact:
		return false, nil
	}
	if h.ev.ReplyTo != nil {
		return h.wrote(*h.ev.ReplyTo)
	}
	words := bot.Words(h.ev.Body)
	name, rest, command := bot.Command(words)
	if command && h.verbs.named(name) == Join && rankOf(rest) != "" {
		return true, nil
	}
	if mine, err := h.listFor(func(r report.Role) bool { return r == report.Leader }); mine || err != nil {
		return mine, err
	}
	looks := command && h.leaders(h.verbs.named(name), rest)
	if !looks && (h.ev.Group || !greets(words)) {
		return false, nil
	}
	if !looks { // what citizens write, too
		op, ok, err := h.receiver()
		return ok && op.Role == report.Leader && op.Met.IsZero(), err
	}
	by, _, err := h.me()
	return by.Role == report.Leader, err
}

// leaders reports whether a verb is what leaders do themselves; citizens, too, look at reports of theirs.
func (h *handling) leaders(v Verb, rest string) bool {
	switch v {
	case Find, Count, Tasks, Help:
		return true
	case Show:
		_, found, _ := report.FindCode(h.office.Profile.Prefix, rest)
		return found
	}
	return false
}

// ofGroup is a group of leaders as one of them: its members read what it gets.
func (h *handling) ofGroup(wish ledger.Wish, name string) (ledger.Wish, string, error) {
	if wish.Role != report.Leader || wish.Title != "pimpinan" {
		return wish, name, h.no(casework.Choice, groupRankText)
	}
	wish.Title = casework.GroupTitle
	return wish, say.Clip("Grup pimpinan ("+name+")", 60), nil
}

// instructs brings to the coordinator what a leader writes under something that the bot sent, or behind a report's number; done is false
// where it is what leaders may do themselves.
func (h *handling) instructs(c Command) (done bool, err error) {
	if h.ev.Chat.Chat() == h.office.Desk.Chat() {
		return false, nil
	}
	if _, press := h.ev.Body.(bot.Pick); press || !h.orders(c) {
		return false, nil
	}
	by, op, err := h.me()
	if err != nil || by.Role != report.Leader {
		return false, err
	}
	r := h.to.Report
	if c.Code != "" {
		if r, err = h.report(c); err != nil {
			return false, err
		}
	}
	words := strings.TrimSpace(bot.Clean(bot.Words(h.ev.Body)))
	switch {
	case words == "":
		h.say(leadsNoText)
		return true, nil
	case nodding(h.Answers, words):
		h.say("👍 Baik.")
		return true, nil
	case say.Units(words) > casework.MaxWords:
		h.on = r
		return false, h.no(casework.TooLong, leadsLongText, casework.MaxWords)
	}
	about := ""
	if r.ID != 0 {
		if about, err = h.noted(r, by, words); err != nil {
			return false, err
		}
	}
	h.toCoordinator(r, by, op, words)
	text := fmt.Sprintf(leadsToText, about)
	if c.media() {
		text += leadsBareText
	}
	h.say(text)
	return true, nil
}

// orders reports whether a command is what officers do, or words to somebody, and not what a leader may do.
func (h *handling) orders(c Command) bool {
	switch c.Verb {
	case Silent, Join, Show, Find, Count, Stale, BadCode:
		return false
	case Unsure, Relayed, Lost, NoCard, Loose, Odd, Several:
		return true
	}
	v := h.verbs.row(c.Verb)
	return v.may == officers || v.may == coordinators
}

// noted puts a leader's words on the report, where it can still be done, and tells where they are then. Words that only stand there may not
// get lost: of a report whose words the room does not read, the refusal is the leader's to know.
func (h *handling) noted(r report.Report, by report.Actor, words string) (where string, err error) {
	facts, err := h.Reader.Facts(h.ctx, r.ID)
	if err != nil {
		return "", fmt.Errorf("read the facts: %w", err)
	}
	_, b, err := h.office.Act(r, by, report.Note{Words: words}, casework.Occasion{Cause: string(h.ev.ID), At: h.ev.At, Facts: facts})
	if _, no := casework.AsRefusal(err); no && !h.office.Secret(r) {
		return ", tentang laporan " + string(r.Code), nil
	}
	if err != nil {
		return "", err
	}
	h.batch.Add(b)
	return ", di bawah laporan " + string(r.Code), nil
}

// toCoordinator writes a leader's words into the coordinator's room, where a reply to them goes back.
func (h *handling) toCoordinator(r report.Report, by report.Actor, op ledger.Operator, words string) {
	who := bot.Bold(say.Clip(strings.Join(strings.Fields(h.ev.From.Name), " "), 40))
	if op.Title != "" {
		who += " (" + op.Title + ")"
	}
	text := "✉️ " + who
	if r.ID != 0 {
		text += fmt.Sprintf(" tentang %s (%s, %s)", bot.Bold(string(r.Code)), h.office.OfficeName(r.Agency), casework.StatusName(r.Status))
	}
	if r.ID != 0 && h.office.Secret(r) {
		text += ".\nPesannya tidak ditampilkan di grup: /buka " + string(r.Code)
	} else {
		text += ":\n“" + words + "”"
	}
	text += fmt.Sprintf("\n\nBalas pesan ini untuk menjawab %s; warga tidak membacanya.", say.Clip(op.Name, 40))
	l := ledger.Letter{Key: string(h.ev.ID) + "/lead", To: h.office.Desk, Desk: true, Report: r.ID, Purpose: ledger.ToDesk, Intent: leadIntent + by.ID,
		Message: bot.Message{Text: text}}
	if r.Agency == "" {
		l.Answers = r.CardKey
	}
	h.batch.Letters = append(h.batch.Letters, l)
}

// answersLeader brings back to a leader what is said under his or her words in the coordinator's room.
func (h *handling) answersLeader() (done bool, err error) {
	id, ok := strings.CutPrefix(h.to.Intent, leadIntent)
	words := strings.TrimSpace(bot.Clean(bot.Words(h.ev.Body)))
	if _, _, command := bot.Command(words); !ok || command || h.ev.Edited {
		return false, nil
	}
	if _, press := h.ev.Body.(bot.Pick); press {
		return false, nil
	}
	done = true
	err = h.tellLeader(id, words)
	if no, refused := casework.AsRefusal(err); refused {
		h.refused(no, Command{})
		err = nil
	}
	return done, err
}

func (h *handling) tellLeader(id, words string) error {
	by, err := h.actor(report.Report{})
	if err != nil {
		return err
	}
	op, err := h.Reader.Operator(h.ctx, id)
	if err != nil && !errors.Is(err, ledger.ErrUnknown) {
		return fmt.Errorf("read who leads: %w", err)
	}
	to, ok := bot.ParseAddress(id)
	switch {
	case by.Role != report.Coordinator && by.Home != h.to.Report.Agency:
		return h.no(casework.NoRight, "Yang menjawab pimpinan koordinator, atau petugas kantor laporannya.")
	case !ok || !op.In() || op.Role != report.Leader:
		return h.no(casework.Gone, "Ia bukan lagi pimpinan di sini; jawaban ini tidak dikirim.")
	case words == "":
		return h.no(casework.Empty, "Jawab pimpinan dengan kata-kata.")
	case say.Units(words) > casework.MaxWords:
		return h.no(casework.TooLong, leadsLongText, casework.MaxWords)
	}
	r := h.to.Report
	text := fmt.Sprintf("💬 %s (%s)", bot.Bold(say.Clip(by.Name, 40)), h.office.OfficeName(by.Home))
	if r.ID != 0 {
		text += " tentang " + bot.Bold(string(r.Code))
	}
	h.batch.Letters = append(h.batch.Letters, ledger.Letter{Key: string(h.ev.ID) + "/back", To: to, Report: r.ID, Purpose: ledger.ToDesk, Intent: aloneIntent,
		Message: bot.Message{Text: text + ":\n“" + words + "”\n\nBalas pesan ini untuk menjawab."}})
	h.say(fmt.Sprintf(leadsBackText, op.Name))
	return nil
}
