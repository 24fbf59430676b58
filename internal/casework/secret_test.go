package casework_test

import (
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Who wants to speak with a person about something confidential is read by the one who takes the talk, alone, and that is written down.
// A danger is shown all the same: somebody has to go there.
func TestATalkAboutASecret(t *testing.T) {
	t.Parallel()
	budi := report.Actor{Role: report.Operator, ID: "telegram:1", Name: "Budi", Home: "DISHUB", Chat: desk}
	alone := bot.Address{Network: bot.Telegram, ID: "1"}
	for _, c := range []struct {
		kind   ledger.CallKind
		secret bool
		hidden bool
	}{
		{ledger.HumanCall, false, false}, {ledger.HumanCall, true, true}, {ledger.DangerCall, true, false}, {ledger.HarmCall, false, true},
	} {
		o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
		at := func(cause string) casework.Occasion { return casework.Occasion{Cause: cause, At: start} }
		var group, private string
		var looks []ledger.Look
		keep := func(b ledger.Batch) {
			looks = append(looks, b.Looks...)
			for _, l := range b.Letters {
				switch {
				case l.To == alone:
					private += l.Message.Text
				case l.To == desk:
					group += l.Message.Text
				}
			}
		}
		call, b := o.OpenCall(casework.Calling{Kind: c.kind, Chat: citizen, Person: bot.Person{ID: "62811", Name: "Asep"},
			First: ledger.Line{Words: "katapertama", Secret: c.secret}}, at("e1"))
		keep(b)
		call, b, err := o.TakeCall(call, budi, at("e2"))
		if err != nil {
			t.Fatal(err)
		}
		keep(b)
		call, b = o.Heard(call, ledger.Line{What: ledger.LineSaid, Words: "katakedua"}, at("e3"))
		keep(b)
		group += o.CallCard(call).Text
		for _, w := range []string{"katapertama", "katakedua"} {
			if strings.Contains(group, w) == c.hidden || strings.Contains(private, w) != c.hidden {
				t.Errorf("%s, secret %v: %q is shown to the group %v, to the officer %v", c.kind, c.secret, w, strings.Contains(group, w), strings.Contains(private, w))
			}
		}
		want := []ledger.Look{{At: start, Who: budi.ID, Act: ledger.LookOpen, About: "talk"}}
		if !c.hidden {
			want = nil
		}
		if !slices.Equal(looks, want) {
			t.Errorf("%s, secret %v: noted is %+v", c.kind, c.secret, looks)
		}
	}
}
