package desk_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// spokenVerbs are the labels of what officers may mean with a line, by the verb that it is. What is none of them is said to colleagues, is a nod,
// or is not clear: it must be asked back, or kept as a note.
var spokenVerbs = map[string]desk.Verb{"answer": desk.Reply, "take": desk.Take, "forward": desk.Forward, "resolve": desk.Resolve, "reject": desk.Reject, "ask": desk.Ask,
	"note": desk.Note, "notours": desk.NotOurs, "plan": desk.Plan, "merge": desk.Merge, "identify": desk.Identity}

// spokenTally counts what becomes of lines.
type spokenTally struct {
	// all are the lines, right those that become what was meant, asked those of something else than an answer that are asked back without
	// it. leaked reach the citizen and were not meant for him or her; acted is done at once, and nobody meant it.
	all, right, asked, leaked, acted int
	// honest are the answers to citizens, kept those of them that are asked about first. nods are answers which say no more than a nod does
	// ("terima kasih"): those are asked about by rule.
	honest, kept, nods int
}

// take counts what became of one line that was meant as one of some labels.
func (s *spokenTally) take(c desk.Command, meant []string) {
	s.all++
	verb := c.Verb
	if verb == desk.Unsure && c.For != "" {
		verb = c.For
	}
	right := slices.ContainsFunc(meant, func(l string) bool {
		switch {
		case l == "note", spokenVerbs[l] == "":
			return verb == desk.Note || verb == desk.Unsure
		case l == "ask" && verb == desk.Unsure:
			return desk.OffersQuestion(c.Words)
		case l == "notours" && verb == desk.Transfer:
			return true
		}
		return spokenVerbs[l] == verb && (verb != desk.Reply || !c.Bare)
	})
	switch answer := slices.Contains(meant, "answer"); {
	case answer && !right && desk.Nods(c.Words):
		s.nods++
		right = true
	case answer:
		s.honest++
		if !right {
			s.kept++
		}
	}
	// A verb that brings nothing along asks for what it needs, a refusal for its reason, a joining for its number; who is on duty is only told.
	asked := c.Verb == desk.Unsure || c.For != "" || c.Bare && c.Verb != desk.Take || (c.Verb == desk.Reject || c.Verb == desk.Merge) && c.Arg == "" || c.Verb == desk.Duty
	switch {
	case right:
		s.right++
	case c.Verb == desk.Reply:
		s.leaked++
	case asked:
		s.asked++
	default:
		s.acted++
	}
}

// spokenFile reads lines of "words<TAB>what they mean, by bars".
func spokenFile(t *testing.T, file string) (lines [][2]string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(b)) {
		if words, meant, ok := strings.Cut(strings.TrimSpace(l), "\t"); ok {
			lines = append(lines, [2]string{words, meant})
		}
	}
	return lines
}

// replied is what the desk makes of words in reply to a card.
func replied(t *testing.T, words string) desk.Command {
	t.Helper()
	p := serang(t)
	r := report.Report{ID: 1, Code: report.NewCode(p.Prefix, 7), Status: report.Assigned, Agency: "DISHUB"}
	r.Category = "penerangan_jalan"
	c, err := desk.Parse(p, answer.Must(), bot.Event{Body: bot.Text{Text: words}}, desk.Target{Known: true, Report: r})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestSpokenUnseen reads lines as officers type them in a group, drawn by lot before anything was measured on them. It tells figures alone, so
// that nothing is mended for one of its lines.
func TestSpokenUnseen(t *testing.T) {
	t.Parallel()
	var s spokenTally
	for _, l := range spokenFile(t, "testdata/spoken_unseen.tsv") {
		s.take(replied(t, l[0]), strings.Split(l[1], "|"))
	}
	t.Logf("%+v", s)
	if s.right*100 < s.all*90 || s.leaked > 1 || s.acted > 0 || s.kept*100 > s.honest*5 {
		t.Errorf("%+v", s)
	}
}
