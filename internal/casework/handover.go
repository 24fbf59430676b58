package casework

import (
	"slices"
	"strconv"
	"strings"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// HandMost is how many reports go to an office at once: each of them writes to its citizen and lays a card.
const HandMost = 100

// Counted is how many reports that wait are counted.
const Counted = 1000

// HandOver gives the coordinator's reports that waited for an office to that office, which somebody serves now. Each citizen hears
// of it, as of every change. What may not be forwarded any more stays; moved counts the others.
func (o *Office) HandOver(cases []ledger.Case, agency string, by report.Actor, t Occasion) (b ledger.Batch, moved int) {
	b = ledger.Batch{Cause: t.Cause, At: t.At}
	for _, k := range cases {
		if k.Report.Agency != "" || o.Permit(k.Report, by, report.Forward{To: agency}) != nil {
			continue
		}
		b.Add(o.handOn(k, by, report.Fact{What: report.WasForwarded, Agency: agency}, t))
		moved++
	}
	return b, moved
}

// handOn gives one of several reports to its next owner, with all that an action on it alone would bring about.
func (o *Office) handOn(k ledger.Case, by report.Actor, f report.Fact, t Occasion) ledger.Batch {
	r := k.Report
	t.Cause, t.Facts = t.Cause+"/"+string(r.Code), k.Facts
	c := &change{Office: o, Occasion: t, by: by, was: r, now: r}
	c.passOn(f)
	c.reclock()
	c.passed()
	b := ledger.Batch{Changes: []ledger.Change{ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts}}}
	b.Add(c.batch)
	return b
}

// Many is how many reports there are, as people read it: beyond Counted nobody has counted them.
func Many(n int) string {
	if n > Counted {
		return "lebih dari " + strconv.Itoa(Counted)
	}
	return strconv.Itoa(n)
}

// ListMark is what a question about several reports was shown with: which they are.
func ListMark(reports []report.Report) string {
	var ids []string
	for _, r := range reports {
		ids = append(ids, strconv.FormatInt(int64(r.ID), 36))
	}
	slices.Sort(ids)
	return mark(strings.Join(ids, ","))
}
