package casework_test

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// A danger of violence is read by the one who takes it alone, from its first word; so is one whose report its citizen has hidden. What
// else is in danger is for the whole room, for somebody has to go there.
func TestADangerOfViolenceIsReadByOne(t *testing.T) {
	t.Parallel()
	at := func(cause string) casework.Occasion { return casework.Occasion{Cause: cause, At: start} }
	room := func(b ledger.Batch) (all string) {
		for _, l := range b.Letters {
			if l.To == desk {
				all += l.Message.Text
			}
		}
		return all
	}
	for _, c := range []struct {
		name          string
		first, second ledger.Line
		shown         string // which of the two words the room reads
	}{
		{"fire", ledger.Line{Words: "pertama"}, ledger.Line{Words: "kedua"}, "pertama kedua"},
		{"violence", ledger.Line{Words: "pertama", Kept: true}, ledger.Line{Words: "kedua"}, ""},
		{"violence that is told later", ledger.Line{Words: "pertama"}, ledger.Line{Words: "kedua", Kept: true}, "pertama"},
		{"hidden by its citizen", ledger.Line{Words: "pertama"}, ledger.Line{What: ledger.LineFiled, Report: 5, Code: "SRG-7K3MQ-9", Secret: true}, "pertama"},
	} {
		o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
		c.first.What = ledger.LineAlarm
		if c.second.What == "" {
			c.second.What = ledger.LineSaid
		}
		call, b := o.OpenCall(casework.Calling{Kind: ledger.DangerCall, Chat: citizen, Person: bot.Person{ID: "62811", Name: "Asep"}, First: c.first}, at("e1"))
		said := room(b)
		call, b = o.Heard(call, c.second, at("e2"))
		said += room(b)
		for _, w := range []string{"pertama", "kedua"} {
			if strings.Contains(said, w) != strings.Contains(c.shown, w) {
				t.Errorf("%s: %q is read by the room: %v", c.name, w, strings.Contains(said, w))
			}
		}
		card := o.CallCard(call).Text
		if hidden := c.name != "fire"; strings.Contains(card, "pertama") == hidden || call.Hides(report.Group) != hidden {
			t.Errorf("%s: the card is %q", c.name, card)
		}
	}
}
