package desk

import (
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

// A choice, pressed or typed, agrees to what its message showed, never to what is stored by the time it comes. So every button carries what it showed: a
// request the Rev of the person, a button about a report its casework.Mark, one of a call its casework.CallMark, Urungkan the very
// answer. Where that has changed, nothing is stored, and the same is asked anew as things stand now.

const (
	changedText     = "Laporan %s sudah berubah sejak pilihan itu ditampilkan: kini %s. Belum ada yang dilakukan; pilih lagi dari yang baru."
	changedAskText  = "Permintaan %s sudah berubah sejak tombol itu ditampilkan. Belum ada yang disimpan; baca yang baru di bawah."
	changedCallText = "Percakapan ini sudah berubah sejak tombol itu ditampilkan. Belum ada yang dilakukan; pilih lagi dari yang baru."
)

// marked adds to a menu what it shows of a report.
func marked(m *bot.Menu, r report.Report) *bot.Menu {
	if m == nil {
		return nil
	}
	with := *m
	with.ID += "." + casework.Mark(r)
	return &with
}

// intentMark stands in the intent of a question with choices, before what it was shown with: a choice that is typed agrees to no more than
// one that is pressed. Nothing that people write holds it (bot.Clean).
const intentMark = casework.MarkLead

// agreed is a reply as an agreement to what its question showed, where it chose what stood there.
func (p parser) agreed(c Command) Command {
	if p.target.Mark != "" && (c.Exact || c.Held) && c.Verb != Undo && (c.Code == "" || c.Code == p.target.Report.Code) {
		c.Pressed, c.Shown = true, p.target.Mark
	}
	return c
}

// outdated reports whether the message that is replied to showed the report otherwise: its numbers may have meant something else.
func (p parser) outdated() bool {
	return p.target.Mark != "" && p.target.Mark != casework.Mark(p.target.Report)
}

// renumber answers a number that was typed under an old card with the card as it is now.
func (h *handling) renumber() error {
	by, err := h.member()
	if err != nil {
		return err
	}
	if err := h.showTo(h.to.Report, by); err != nil {
		return err
	}
	h.tellChanged(h.to.Report)
	return nil
}

// stale reports whether a press was made on buttons that showed the report otherwise.
func stale(c Command, r report.Report) bool { return c.Pressed && c.Shown != casework.Mark(r) }

// anew asks again for what was pressed.
func (h *handling) anew(v row, c Command, on subject) error {
	h.batch = ledger.Batch{Cause: h.batch.Cause, At: h.batch.At}
	h.said, h.notice = 0, ""
	var err error
	switch {
	case c.Held:
		k, _ := keptIn(h.to.Intent)
		if k.Canned != "" {
			_, _, err = canned(h, Command{Verb: Canned, Arg: k.Canned, Exact: true, Held: true, Photos: k.Photos, Files: k.Files, Album: k.Album}, on)
			break
		}
		if k.Told {
			err = h.show(on.report)
			break
		}
		again := Command{Verb: Unsure, Code: c.Code, Words: k.Words, Photos: k.Photos, Files: k.Files, Album: k.Album}
		if k.Relayed {
			again.Verb = Relayed
		}
		err = h.unsure(again)
	case v.menu != nil:
		_, _, err = v.act(h, Command{Verb: v.name, Code: c.Code, Bare: true}, on)
	default:
		err = h.show(on.report)
	}
	if err != nil {
		return err
	}
	h.tellChanged(on.report)
	return nil
}

// tellChanged says that a choice was of what a report was before, and did nothing.
func (h *handling) tellChanged(r report.Report) {
	now := casework.StatusName(r.Status)
	if r.Agency != "" {
		now += " di " + h.office.OfficeName(r.Agency)
	}
	h.say(fmt.Sprintf(changedText, r.Code, now))
}

// callAnew asks again what is to become of a call.
func (h *handling) callAnew(c ledger.Call) {
	text := "Percakapan ini sudah berubah."
	if c.TakenBy.ID != "" {
		text += " Ditangani: " + bot.Bold(say.Clip(c.TakenBy.Name, 40)) + "."
	}
	if words := lastSaid(c); words != "" && !c.Sensitive() {
		text += "\nTerakhir dari warga: “" + say.Clip(words, 600) + "”"
	}
	h.letter(ledger.Letter{Intent: casework.CallIntent(c.ID), Message: bot.Message{Text: text + "\nApa yang akan dilakukan?", Menu: casework.CallMenu(c)}})
	h.say(changedCallText)
}

// lastSaid are the citizen's last words.
func lastSaid(c ledger.Call) string {
	for _, l := range slices.Backward(c.Lines) {
		if l.ByCitizen() && l.Words != "" {
			return l.Words
		}
	}
	return ""
}

// staleCall reports whether a press on a call's card was made before something that matters to it: another one took it, or, for what
// ends it or makes a report of it, the citizen said more. Whoever takes a call that nobody has never has to ask twice.
func staleCall(c ledger.Call, verb, shown string) bool {
	said, taker, _ := strings.Cut(shown, "-")
	nowSaid, nowTaker, _ := strings.Cut(casework.CallMark(c), "-")
	switch verb {
	case casework.CallTake:
		return c.TakenBy.ID != "" && taker != nowTaker
	case casework.CallEnd, casework.CallMake:
		return said != nowSaid || taker != nowTaker
	}
	return false
}

// requestIntent is the intent of a request to join: the person, and the Rev that it shows.
func requestIntent(op ledger.Operator) string {
	return joinIntent + strconv.Itoa(op.Rev) + ":" + op.ID
}

// requested reads requestIntent. A request from before requests had a Rev has one that no person has.
func requested(intent string) (rev int, id string, ok bool) {
	rest, ok := strings.CutPrefix(intent, joinIntent)
	if !ok {
		return 0, "", false
	}
	if n, person, found := strings.Cut(rest, ":"); found {
		if rev, err := strconv.Atoi(n); err == nil {
			return rev, person, true
		}
	}
	return -1, rest, true
}

// shownPerson is a person as a question showed him or her.
type shownPerson struct {
	rev       int
	id, label string
}

const (
	dismissKind = "e"
	dismissLead = string(Dismiss) + ":"
	dismissNone = "batal"
)

// dismissMenu asks whose right is to end. A person whose id is too long for a menu is chosen by words.
func dismissMenu(people []shownPerson) bot.Menu {
	m := bot.Menu{ID: dismissKind + ".siapa", Columns: 1}
	for i, p := range people {
		enc, ok := encodePerson(p.id)
		if !ok {
			enc = "lama" + strconv.Itoa(i)
		}
		also := ""
		if len(people) == 1 {
			also = "ya|keluarkan"
		}
		m.Choices = append(m.Choices, bot.Choice{ID: strconv.Itoa(p.rev) + "." + enc, Label: "🚪 " + p.label, Also: also})
	}
	m.Choices = append(m.Choices, bot.Choice{ID: dismissNone, Label: "Batal", Also: "tidak|jangan|tidak jadi"})
	return m
}

func dismissIntent(people []shownPerson) string {
	var lines []string
	for _, p := range people {
		lines = append(lines, strconv.Itoa(p.rev)+" "+p.id+" "+p.label)
	}
	return dismissLead + strings.Join(lines, "\n")
}

// dismissShown reads dismissIntent.
func dismissShown(intent string) (people []shownPerson, ok bool) {
	rest, ok := strings.CutPrefix(intent, dismissLead)
	if !ok {
		return nil, false
	}
	for line := range strings.SplitSeq(rest, "\n") {
		n, rest, _ := strings.Cut(line, " ")
		id, label, _ := strings.Cut(rest, " ")
		if rev, err := strconv.Atoi(n); err == nil && id != "" {
			people = append(people, shownPerson{rev: rev, id: id, label: label})
		}
	}
	return people, true
}

// dismissChoice reads a press on dismissMenu, or the choice that words meant.
func dismissChoice(choice string, people []shownPerson) (Command, bool) {
	if choice == dismissNone {
		return Command{Verb: Dismiss, Exact: true}, true
	}
	n, enc, _ := strings.Cut(choice, ".")
	rev, err := strconv.Atoi(n)
	if err != nil {
		return Command{}, false
	}
	if i, long := strings.CutPrefix(enc, "lama"); long {
		at, err := strconv.Atoi(i)
		if err != nil || at < 0 || at >= len(people) || people[at].rev != rev {
			return Command{}, false
		}
		return Command{Verb: Dismiss, Arg: people[at].id, Rev: rev, Exact: true}, true
	}
	id, ok := decodePerson(enc)
	return Command{Verb: Dismiss, Arg: id, Rev: rev, Exact: true}, ok
}
