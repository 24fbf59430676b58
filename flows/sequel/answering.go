package sequel

import (
	"slices"
	"time"

	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
)

// answering is for how long after an officer's question was answered what is written goes on answering it: people tell in several lines,
// and the first one is often beside the point.
const answering = time.Hour

// goesOnAnswering is the decision where words that may be about several reports, or a new one, follow an answer.
func (f *flow) goesOnAnswering(s flows.State, d meant.Decision, mine []report.Report) meant.Decision {
	n := Of(s)
	if n.Answered.IsZero() || s.At.Sub(n.Answered) > answering || d.Act != meant.Words {
		return d
	}
	if _, known := d.One(); known {
		return d
	}
	i := slices.IndexFunc(d.Reports, func(r report.Report) bool { return r.Code == n.Took })
	if i < 0 || slices.ContainsFunc(mine, func(r report.Report) bool { return r.Code != n.Took && !r.Asked.IsZero() && r.Status.Open() }) {
		return d
	}
	return meant.Decision{Act: meant.Answer, Reports: d.Reports[i : i+1], Why: "an answer goes on"}
}
