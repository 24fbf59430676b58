package casework_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// writer is a citizen who adds to one report again and again.
type writer struct {
	*testing.T
	o     *casework.Office
	r     report.Report
	facts []report.Fact
	n     int
}

func newWriter(t *testing.T, draft report.Draft) *writer {
	p := casetest.Profile()
	p.Bounds.Additions = 6
	w := &writer{T: t, o: &casework.Office{Profile: p, Desk: desk}}
	draft.Text, draft.Category, draft.Visibility = "lampu mati", cmp.Or(draft.Category, "penerangan_jalan"), report.Normal
	r, b := w.o.Open(casework.Filing{ID: 7, Code: "CTH-7", Draft: draft, Reporter: citizen, Cause: "e", At: start, Served: func(string) bool { return true }})
	w.r, w.facts = r, b.Changes[0].(ledger.Opened).Facts
	return w
}

// does commits an action, and gives what the desk hears in words, and whether the card is shown anew.
func (w *writer) does(by report.Actor, at time.Time, a report.Action, conduct ledger.Conduct) (told []ledger.Letter, card bool) {
	w.Helper()
	w.n++
	after, b, err := w.o.Act(w.r, by, a, casework.Occasion{Cause: fmt.Sprint("e", w.n), At: at, Facts: w.facts, Conduct: conduct, Served: func(string) bool { return true }})
	if err != nil {
		w.Fatal(err)
	}
	w.r, w.facts = after, append(w.facts, b.Changes[0].(ledger.Changed).Facts...)
	for _, l := range b.Letters {
		switch l.Purpose {
		case ledger.ToDesk:
			told = append(told, l)
		case ledger.Refresh:
			card = true
		}
	}
	return told, card
}

// One phone cannot hold the room of an office: the first words come each by themselves, the next ones take each other's place while they
// wait, and what is beyond the bound is kept with the report, where the card counts it. An hour later it begins anew.
func TestManyAdditionsOfOnePerson(t *testing.T) {
	t.Parallel()
	w := newWriter(t, report.Draft{})
	by := report.Actor{Role: report.Citizen, Chat: citizen}
	fold := ""
	for i := range 9 {
		told, card := w.does(by, start.Add(time.Duration(i)*time.Second), report.Add{Words: fmt.Sprint("p", i)}, ledger.Conduct{})
		last := w.facts[len(w.facts)-1]
		if !card || last.Words != fmt.Sprint("p", i) {
			t.Fatalf("addition %d is not in the report, or its card", i)
		}
		switch {
		case i >= 6:
			if len(told) != 0 || !last.Silent {
				t.Errorf("addition %d beyond the bound made %d letters", i, len(told))
			}
		case len(told) != 1 || last.Silent:
			t.Fatalf("addition %d made %d letters", i, len(told))
		case i < 3 && told[0].Fold != "":
			t.Errorf("addition %d can be replaced unread", i)
		case i >= 3 && (told[0].Fold == "" || fold != "" && told[0].Fold != fold || !strings.Contains(told[0].Message.Text, fmt.Sprintf("(ke-%d dalam satu jam; yang tidak tampil di sini: /riwayat CTH-7)", i+1))):
			t.Errorf("addition %d: %+v", i, told[0])
		case i == 5 && !strings.Contains(told[0].Message.Text, "disimpan dan dihitung di kartu saja"):
			t.Errorf("nobody is told that the rest is only kept: %s", told[0].Message.Text)
		case i >= 3:
			fold = told[0].Fold
		}
	}
	if told, _ := w.does(by, start.Add(2*time.Hour), report.Add{Words: "sudah nyala"}, ledger.Conduct{}); len(told) != 1 || told[0].Fold != "" {
		t.Errorf("an hour later: %+v", told)
	}
}

// Of who is muted nothing is told, and what people want to know is told whoever says it, however often: what answers a question, a danger.
func TestWhoseAdditionsAreTold(t *testing.T) {
	t.Parallel()
	muted := ledger.Conduct{Measure: report.Muted, Until: start.Add(24 * time.Hour)}
	by := report.Actor{Role: report.Citizen, Chat: citizen}
	w := newWriter(t, report.Draft{})
	if told, card := w.does(by, start, report.Add{Words: "p"}, muted); len(told) != 0 || card || !w.facts[len(w.facts)-1].Silent {
		t.Errorf("of who is muted the room hears %d times, the card is shown anew: %v", len(told), card)
	}
	w.does(report.Actor{Role: report.Operator, ID: "telegram:1", Home: "DISHUB", Chat: desk}, start, report.Ask{Words: "Di sebelah mana?"}, ledger.Conduct{})
	for i := range 6 {
		w.does(by, start.Add(time.Minute), report.Add{Words: fmt.Sprint(i)}, ledger.Conduct{})
	}
	w.does(report.Actor{Role: report.Operator, ID: "telegram:1", Home: "DISHUB", Chat: desk}, start.Add(2*time.Minute), report.Ask{Words: "Nomor tiangnya?"}, ledger.Conduct{})
	if told, _ := w.does(by, start.Add(3*time.Minute), report.Add{Words: "tiang 12"}, ledger.Conduct{}); len(told) != 1 {
		t.Errorf("an answer to a question is told %d times", len(told))
	}
	w = newWriter(t, report.Draft{Emergency: true})
	for i := range 9 {
		if told, _ := w.does(by, start, report.Add{Words: fmt.Sprint(i)}, muted); len(told) != 1 {
			t.Fatalf("of a danger addition %d is told %d times", i, len(told))
		}
	}
	other := bot.Address{Network: bot.Telegram, ID: "55"}
	w = newWriter(t, report.Draft{})
	w.does(report.Actor{Role: report.Citizen, Chat: other}, start, report.Follow{Lang: "id"}, ledger.Conduct{})
	for i := range 7 {
		w.does(by, start, report.Add{Words: fmt.Sprint(i)}, ledger.Conduct{})
	}
	if told, _ := w.does(report.Actor{Role: report.Citizen, Chat: other}, start, report.Add{Words: "di sini juga"}, ledger.Conduct{}); len(told) != 1 || told[0].Fold != "" {
		t.Errorf("a neighbour is held up by another person's words: %+v", told)
	}
}

// What lies with a neighbour is no office's of ours: people look at it first, and it goes to its office once its reporter says that it lies
// here after all. A danger goes where it always does.
func TestWhatLiesWithANeighbour(t *testing.T) {
	t.Parallel()
	by := report.Actor{Role: report.Citizen, Chat: citizen}
	there := report.Place{Said: "Pasar", Whose: "Sebelah"}
	w := newWriter(t, report.Draft{Category: "jalan", Place: there})
	if w.r.Agency != "" {
		t.Errorf("a road of the neighbour's is with %s", w.r.Agency)
	}
	if w.does(by, start.Add(time.Minute), report.Add{Place: &report.Place{District: "99.01.02"}}, ledger.Conduct{}); w.r.Agency != "DPUPR" {
		t.Errorf("it lies here after all, and is with %q", w.r.Agency)
	}
	if w = newWriter(t, report.Draft{Category: "jalan", Place: there, Emergency: true}); w.r.Agency != "DPUPR" {
		t.Errorf("a danger at the neighbour's is with %q", w.r.Agency)
	}
}

// Who says again and again that the place is another one does not lay card after card in the rooms of offices, nor letter after letter
// before the coordinator. The place is the one told last, and an hour later the report follows it.
func TestManyCorrectionsOfThePlace(t *testing.T) {
	t.Parallel()
	w := newWriter(t, report.Draft{Category: "kelurahan", Place: report.Place{District: "99.01.01"}})
	by := report.Actor{Role: report.Citizen, Chat: citizen}
	at := func(i int) report.Place { return report.Place{District: fmt.Sprintf("99.01.0%d", 1+i%2)} }
	moves := 0
	for i := range 19 {
		was, p := w.r.CardKey, at(i+1)
		_, card := w.does(by, start.Add(time.Duration(i)*time.Second), report.Add{Place: &p}, ledger.Conduct{})
		if w.r.CardKey != was {
			moves++
		} else if !card {
			t.Errorf("correction %d is on no card", i)
		}
		if w.r.Place.District != p.District {
			t.Fatalf("correction %d is lost: %+v", i, w.r.Place)
		}
	}
	if moves != 6 {
		t.Errorf("%d cards were laid", moves)
	}
	last := at(1)
	if w.does(by, start.Add(2*time.Hour), report.Add{Place: &last}, ledger.Conduct{}); w.r.Agency != "KEC-BARU" || w.r.Place.District != "99.01.02" {
		t.Errorf("an hour later it is with %s, at %s", w.r.Agency, w.r.Place.District)
	}
	abroad := 0
	for i := range 20 {
		told, _ := w.does(by, start.Add(4*time.Hour+time.Duration(i)*time.Second), report.Add{Place: &report.Place{Whose: "Sebelah"}}, ledger.Conduct{})
		for _, l := range told {
			if strings.Contains(l.Message.Text, "Menurut pelapor") {
				abroad++
			}
		}
	}
	if abroad != 6 {
		t.Errorf("the coordinator heard %d times that it lies with a neighbour", abroad)
	}
}

// The first correction in an hour is followed, however much was said before it.
func TestACorrectionAfterManyWords(t *testing.T) {
	t.Parallel()
	w := newWriter(t, report.Draft{Category: "kelurahan", Place: report.Place{District: "99.01.01"}})
	by := report.Actor{Role: report.Citizen, Chat: citizen}
	for i := range 9 {
		w.does(by, start.Add(time.Duration(i)*time.Second), report.Add{Words: fmt.Sprint("p", i)}, ledger.Conduct{})
	}
	if w.does(by, start.Add(time.Minute), report.Add{Place: &report.Place{District: "99.01.02"}}, ledger.Conduct{}); w.r.Agency != "KEC-BARU" {
		t.Errorf("it stays with %s", w.r.Agency)
	}
}
