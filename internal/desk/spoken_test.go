package desk_test

import (
	"os"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// TestSpoken replies to a card as officers talk: testdata/spoken.tsv holds "words<TAB>what they mean", written by people who
// had not seen the code. What is meant for colleagues must not reach the citizen.
func TestSpoken(t *testing.T) {
	t.Parallel()
	p := serang(t)
	lx := answer.Must()
	b, err := os.ReadFile("testdata/spoken.tsv")
	if err != nil {
		t.Fatal(err)
	}
	r := report.Report{ID: 1, Code: report.NewCode(p.Prefix, 7), Status: report.Assigned, Agency: "DISHUB"}
	r.Category = "penerangan_jalan"
	meant := map[string]desk.Verb{"take": desk.Take, "forward": desk.Forward, "resolve": desk.Resolve, "reject": desk.Reject, "ask": desk.Ask,
		"note": desk.Note, "notours": desk.NotOurs, "plan": desk.Plan, "answer": desk.Reply, "askback": desk.Unsure}
	all, right, leaked := 0, 0, 0
	for l := range strings.Lines(string(b)) {
		words, want, ok := strings.Cut(strings.TrimSpace(l), "\t")
		if !ok {
			continue
		}
		all++
		c, err := desk.Parse(p, lx, bot.Event{Body: bot.Text{Text: words}}, desk.Target{Known: true, Report: r})
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case c.Verb == meant[want]:
			right++
		case c.Verb == desk.Reply && !c.Bare:
			leaked++
			t.Logf("%q goes to the citizen, meant is %s", words, want)
		default:
			t.Logf("%q is taken for %q, meant is %s", words, c.Verb, want)
		}
	}
	t.Logf("%d of %d understood, %d would have reached the citizen", right, all, leaked)
	if right*100 < all*93 || leaked*100 > all*3 {
		t.Errorf("%d of %d understood, %d would have reached the citizen", right, all, leaked)
	}
}
