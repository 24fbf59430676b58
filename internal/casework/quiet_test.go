package casework_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
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

// Whatever happens to a report about violence, its reporter's phone shows no matter, office or number of it: who does violence may read it.
// That an officer gives it another category makes the phone no safer. Of another report in the same chat the news comes as it is, and shows
// nothing of this one.
func TestNewsOfViolenceTellsNothing(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	p.Categories = append(p.Categories, profile.Category{Code: profile.Violence, Name: "Perempuan dan anak", NameEN: "Women and children", Agency: "DINSOS", Sensitive: true})
	o := &casework.Office{Profile: p, Desk: desk}
	opened := func(id report.ID, code report.Code, category string) report.Report {
		r, _ := o.Open(casework.Filing{ID: id, Code: code, Draft: report.Draft{Text: "isi", Category: category}, Reporter: citizen, Cause: "e", At: start, Served: func(string) bool { return true }})
		return r
	}
	harm, lamp := opened(7, "CTH-7AAAA-1", profile.Violence), opened(8, "CTH-8BBBB-2", "penerangan_jalan")
	rina := report.Actor{Role: report.Coordinator, ID: "telegram:1", Name: "Rina"}
	quiet := say.For(p, "id").QuietNews()
	acts := func(r report.Report, a report.Action) report.Report {
		t.Helper()
		after, b, err := o.Act(r, rina, a, casework.Occasion{Cause: "e2", At: start, Served: func(string) bool { return true }})
		if err != nil {
			t.Fatalf("%T: %v", a, err)
		}
		told := 0
		for _, l := range b.Letters {
			if l.To.Chat() != citizen.Chat() {
				continue
			}
			told++
			if about := r.ID == harm.ID; about != (l.Message.Text == quiet) || !about && strings.Contains(l.Message.Text, string(harm.Code)) {
				t.Errorf("%T of %s: the citizen reads %q", a, r.Code, l.Message.Text)
			}
		}
		if told == 0 {
			t.Errorf("%T of %s: the citizen reads nothing", a, r.Code)
		}
		return after
	}
	other := harm
	for _, category := range []string{"", "bantuan", "penerangan_jalan"} {
		if category != "" {
			other = acts(other, report.Categorise{Category: category})
		}
		for _, a := range []report.Action{
			report.Take{}, report.Reply{Words: "sudah kami dampingi"}, report.Ask{Words: "di mana sekarang?"},
			report.Numbered{Foreign: report.Foreign{Number: "1234567"}}, report.Restrain{Measure: report.Warned, Until: start.Add(24 * time.Hour), Why: "kata kasar"},
		} {
			acts(other, a)
		}
	}
	acts(lamp, report.Reply{Words: "lampunya sudah kami ganti"})
	atDesk := func(r report.Report) report.Report { // an officer took it for a number
		r.Reporter = bot.Address{}
		return r
	}
	yours := o.Claim([]report.Report{atDesk(harm), atDesk(lamp)}, citizen, "id", casework.Occasion{Cause: "e3", At: start})
	var all []string
	for _, l := range yours.Letters {
		if l.To.Chat() == citizen.Chat() {
			all = append(all, l.Message.Text)
		}
	}
	if said := strings.Join(all, "\n"); strings.Contains(said, string(harm.Code)) || !strings.Contains(said, string(lamp.Code)) || !strings.Contains(said, quiet) {
		t.Errorf("whose number it is reads %q", said)
	}
}
