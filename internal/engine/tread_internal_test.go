package engine

import (
	"fmt"
	"testing"

	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Steps are told from one state to the next: who begins, what is asked, what is left for something else, what was not understood.
func TestTreads(t *testing.T) {
	t.Parallel()
	state := func(ask string, lost int, drafts ...string) flows.State {
		s := flows.State{Lost: lost, Baffled: lost > 0}
		if ask != "" {
			s.Ask = &flows.Ask{Flow: "intake", Kind: ask, Light: ask == "menu"}
		}
		n := &intake.Notes{}
		for i, id := range drafts {
			f := &intake.Form{Draft: report.Draft{ID: id}}
			if i == 0 {
				n.Form = f
			} else {
				n.Shelf = f
			}
		}
		return s.With(intake.Name, n)
	}
	baffled := func(s flows.State) flows.State { // counted in no row, for what was asked waits on or a person was called
		s.Baffled = true
		return s
	}
	for name, c := range map[string]struct {
		before, after flows.State
		wrote         bool
		filed         int
		want          []ledger.Step
	}{
		"the first message":              {flows.State{}, state("place", 0, "d1"), true, 0, []ledger.Step{"began", "message", "asked:intake.place"}},
		"answered, and the next":         {state("place", 0, "d1"), state("review", 0, "d1"), true, 0, []ledger.Step{"message", "answered:intake.place", "asked:intake.review"}},
		"sent":                           {state("review", 0, "d1"), state("", 0), true, 1, []ledger.Step{"filed", "message", "answered:intake.review"}},
		"not understood, asked again":    {state("place", 0, "d1"), state("place", 1, "d1"), true, 0, []ledger.Step{"message", "lost"}},
		"no choice, asked again":         {state("place", 0, "d1"), baffled(state("place", 0, "d1")), true, 0, []ledger.Step{"message", "lost"}},
		"talk beside":                    {flows.State{}, state("menu", 0), true, 0, nil},
		"a nudge moves nothing":          {state("place", 0, "d1"), state("place", 0, "d1"), false, 0, nil},
		"two drafts":                     {state("place", 0, "d1"), state("place", 0, "d2", "d1"), true, 0, []ledger.Step{"began", "message"}},
		"filed by silence":               {state("safe", 0, "d1"), state("", 0), false, 1, []ledger.Step{"filed"}},
		"begun and filed in one message": {flows.State{}, state("", 0), true, 1, []ledger.Step{"began", "filed", "message"}},
	} {
		if got := treads(c.before, c.after, c.wrote, c.filed); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
