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

// HandOver gives the coordinator's reports that waited for an office to that office, which somebody serves now. Each citizen hears
// of it, as of every change. What may not be forwarded any more stays; moved counts the others.
func (o *Office) HandOver(cases []ledger.Case, agency string, by report.Actor, t Occasion) (b ledger.Batch, moved int) {
	b = ledger.Batch{Cause: t.Cause, At: t.At}
	for _, k := range cases {
		r, at := k.Report, t
		at.Cause, at.Facts = t.Cause+"/"+string(r.Code), k.Facts
		c := &change{Office: o, Occasion: at, by: by, was: r, now: r}
		if r.Agency != "" || o.Permit(r, by, report.Forward{To: agency}) != nil {
			continue
		}
		c.passOn(report.Fact{What: report.WasForwarded, Agency: agency})
		c.reclock()
		b.Changes = append(b.Changes, ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts})
		b.Add(c.batch)
		moved++
	}
	return b, moved
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
