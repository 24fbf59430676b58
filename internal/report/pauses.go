package report

import (
	"slices"
	"time"
)

// LongestWait is how long a question to the reporter stops the clocks at most: by then the office has been told to go on without an
// answer. A question that is asked again meanwhile stops them no longer.
const LongestWait = 6 * 24 * time.Hour

// Pauses are the times in which a report's clocks stand still, as they follow from its facts one after the other (docs/clocks.md). They are
// the same for the ladder and for figures.
type Pauses struct {
	// All are in the order in which they began and may overlap. One that goes on ends when it would do so by itself.
	All []Wait
	// asked and planned are those of the question and of the plan that wait: their place in All, from 1 on; 0 for none.
	asked, planned int
}

// Follow takes one more fact that holds; now is the report after it, and hears says whether its reporter hears a question: who waits for an
// answer to what nobody hears waits in vain.
func (p *Pauses) Follow(now Report, f Fact, hears bool) {
	switch {
	case !now.Asked.IsZero() && p.asked == 0 && hears:
		p.asked = p.begin(f.At, f.At.Add(LongestWait))
	case now.Asked.IsZero() && p.asked > 0:
		p.end(&p.asked, f.At)
	}
	if p.planned > 0 && (now.Status != Planned || f.What == WasPlanned) {
		p.end(&p.planned, f.At)
	}
	if f.What == WasPlanned && now.Status == Planned && f.Until.After(f.At) {
		p.planned = p.begin(f.At, f.Until)
	}
}

func (p *Pauses) begin(from, to time.Time) int {
	p.All = append(p.All, Wait{from, to})
	return len(p.All)
}

// end ends a pause that was not over yet.
func (p *Pauses) end(which *int, at time.Time) {
	if w := &p.All[*which-1]; at.Before(w.To) {
		w.To = at
	}
	*which = 0
}

// apart are the pauses in order and apart from each other: what overlaps is one, and one of no time is none.
func (p *Pauses) apart() []Wait {
	all := slices.DeleteFunc(slices.Clone(p.All), func(w Wait) bool { return !w.To.After(w.From) })
	slices.SortStableFunc(all, func(a, b Wait) int { return a.From.Compare(b.From) })
	var out []Wait
	for _, w := range all {
		if n := len(out); n > 0 && !w.From.After(out[n-1].To) {
			if w.To.After(out[n-1].To) {
				out[n-1].To = w.To
			}
			continue
		}
		out = append(out, w)
	}
	return out
}
