package desk_test

import (
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// An answer begins with a report's number, of the new form or the old, as officers write it; with a slip in it, the answer
// goes to nobody.
func TestAnAnswerBeginsWithANumber(t *testing.T) {
	t.Parallel()
	p := serang(t)
	lx := answer.Must()
	const fresh, early = report.Code("SRG-PSES3-Y"), report.Code("SRG-7K3M-6")
	for _, c := range []struct {
		words string
		code  report.Code
		rest  string
	}{
		{"SRG-PSES3-Y regu kami di lokasi", fresh, "regu kami di lokasi"},
		{"*SRG-PSES3-Y*: regu kami di lokasi", fresh, "regu kami di lokasi"},
		{"srg pses3 y 2 regu di lokasi", fresh, "2 regu di lokasi"},
		{"srgpses3y, 2 regu di lokasi", fresh, "2 regu di lokasi"},
		{"SRG – PSES3 – Y\nregu di lokasi", fresh, "regu di lokasi"},
		{"SRG-7K3M-6 2 regu di lokasi", early, "2 regu di lokasi"},
		{"srg 7k3m 6 regu di lokasi", early, "regu di lokasi"},
		{"[SRG7K3M6] regu di lokasi", early, "regu di lokasi"},
		{"[ SRG-PSES3-Y ] regu di lokasi", fresh, "regu di lokasi"},
		{"'SRG-PSES3-Y' regu di lokasi", fresh, "regu di lokasi"},
		{"SRG-PSES3-Y… regu di lokasi", fresh, "regu di lokasi"},
		{"SRG-PSES3-Y / regu di lokasi", fresh, "regu di lokasi"},
		{"SRG-PSES3-Y\u2800regu di lokasi", fresh, "regu di lokasi"},
		{"SRG-PSES3-Y\u3164regu di lokasi", fresh, "regu di lokasi"},
	} {
		got, err := desk.Parse(p, lx, bot.Event{Body: bot.Text{Text: c.words}}, desk.Target{})
		if err != nil || got.Code != c.code || got.Words != c.rest || got.Verb != desk.Reply {
			t.Errorf("%q is read as %s of %q with %q (%v)", c.words, got.Verb, got.Code, got.Words, err)
		}
	}
	for _, words := range []string{"SRG-PSES3-Z regu di lokasi", "SRG-7K3M-7 regu", "SRG-PSSE3-Y regu di lokasi", "srgpses3z regu"} {
		if got, err := desk.Parse(p, lx, bot.Event{Body: bot.Text{Text: words}}, desk.Target{}); err != nil || got.Verb != desk.BadCode {
			t.Errorf("%q is read as %q of %q (%v), not as a slip", words, got.Verb, got.Code, err)
		}
	}
}
