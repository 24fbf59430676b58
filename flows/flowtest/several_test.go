package flowtest

import (
	"os"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/internal/report"
)

// tell plays one message, names the place where it is asked for, and sends; filed are the reports that came of it, asked that the
// matters were shown before anything was sent.
func tell(t *testing.T, m *flows.Machine, text string) (filed []report.Draft, asked bool) {
	t.Helper()
	var s flows.State
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	for _, words := range []string{text, "where", "where", "place", "place", "place", "kirim"} {
		if words == "where" || words == "place" {
			if s.Ask == nil || s.Ask.Kind != words {
				continue
			}
			words = map[string]string{"where": "1", "place": "kel Cipare"}[words]
		}
		at = at.Add(time.Minute)
		inputs := []flows.Input{flows.Said{Event: bot.Event{ID: bot.EventID(words), At: at, Body: bot.Text{Text: words}}}}
		for len(inputs) > 0 {
			var out []flows.Effect
			s, out = m.Step(s, inputs[0])
			inputs = inputs[1:]
			for _, e := range out {
				switch e := e.(type) {
				case flows.Look:
					inputs = append(inputs, flows.Found{Asked: e.Code})
				case flows.Seek:
					inputs = append(inputs, flows.Sought{Draft: e.Draft.ID})
				case flows.File:
					filed = append(filed, e.Draft)
					inputs = append(inputs, flows.Filed{Report: report.Report{ID: report.ID(len(filed)), Code: "SRG-1", Draft: e.Draft, Filed: at}})
				case flows.Say:
					asked = asked || strings.HasPrefix(e.Message.Text, "Saya lihat") || strings.Contains(e.Message.Text, "\nSaya lihat") ||
						strings.HasPrefix(e.Message.Text, "I see ") || strings.Contains(e.Message.Text, "\nI see ")
				}
			}
		}
	}
	if f := intake.Of(s).Form; len(filed) == 0 && f != nil && len(f.Several.Each) > 1 {
		asked = true
	}
	return filed, asked
}

// Of messages that tell of several matters four in five become as many reports, each with its own words; none that is about one is
// taken apart, or costs its writer a question. The unseen halves were never looked at while the rules were made.
func TestSeveralMattersThroughTheWholeMachine(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	for _, half := range []string{"several_tune", "several_unseen", "single_tune", "single_unseen", "several_people_tune", "several_people_unseen", "several_people_fresh", "single_people_tune", "single_people_unseen"} {
		doc, err := os.ReadFile("../../internal/understand/testdata/parts/" + half + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		right, all := 0, 0
		for line := range strings.SplitSeq(strings.TrimSpace(string(doc)), "\n") {
			names, text, several := strings.Cut(line, "\t")
			if !several {
				text = line
			}
			if several && r.Read(text).Emergency {
				continue // danger goes first: TestADangerAmongSeveralMatters
			}
			filed, asked := tell(t, m, text)
			ok := !asked && len(filed) < 2
			if several {
				want := strings.Split(names, "/")
				ok = asked && len(filed) == len(want)
				for i := range want {
					ok = ok && strings.Contains(strings.ToLower(filed[i].Text), want[i])
				}
			}
			if all++; ok {
				right++
			} else if strings.HasSuffix(half, "tune") || strings.Contains(half, "people_tune") {
				t.Logf("%s: asked %v, %d filed", line, asked, len(filed))
			}
		}
		t.Logf("%s: %d of %d", half, right, all)
		least := map[bool]float64{true: 0.8, false: 1}[strings.HasPrefix(half, "several")]
		if float64(right) < least*float64(all) {
			t.Errorf("%s: %d of %d", half, right, all)
		}
	}
}

// Where one of the matters is a danger the room is called at once, with all that was said, and nobody is asked how many reports it
// should be; the other matters stay in the words that are filed.
func TestADangerAmongSeveralMatters(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	all := 0
	for _, half := range []string{"several_danger", "several_tune", "several_unseen", "several_people_tune", "several_people_unseen", "several_people_fresh"} {
		doc, err := os.ReadFile("../../internal/understand/testdata/parts/" + half + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(strings.TrimSpace(string(doc)), "\n") {
			names, text, _ := strings.Cut(line, "\t")
			if half != "several_danger" && !r.Read(text).Emergency {
				continue
			}
			all++
			called := false
			s, out := m.Step(flows.State{}, flows.Said{Event: bot.Event{ID: "a", At: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC), Body: bot.Text{Text: text}}})
			if len(out) == 1 && out[0] == (flows.Look{}) { // whether it is about a report that was filed before
				s, out = m.Step(s, flows.Found{})
			}
			for _, e := range out {
				c, ok := e.(flows.Call)
				called = called || ok && c.Kind == flows.DangerCall && c.What == flows.RaiseCall && c.Said.Text == text
			}
			if _, asked := tell(t, m, text); !called || asked {
				t.Errorf("%s, line %d: called %v, asked how many %v", half, n+1, called, asked)
			}
			f := intake.Of(s).Form
			for w := range strings.SplitSeq(names, "/") {
				if f == nil || !f.Emergency || !strings.Contains(strings.ToLower(f.Text), w) {
					t.Errorf("%s, line %d: %q is lost", half, n+1, w)
				}
			}
		}
	}
	if all < 20 {
		t.Errorf("%d dangers told among several matters, 20 wanted", all)
	}
}
