package casework

import (
	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// MoveMost is how many reports follow a citizen to a new address: nobody has filed as many.
const MoveMost = 1000

// Move lets a citizen's reports follow him or her to another address, with all that waits for the old one. No letter tells
// of it, and no card: the citizen has done nothing, and operators see no address.
func (o *Office) Move(reports []report.Report, was, now bot.Address, t Occasion) ledger.Batch {
	b := ledger.Batch{Cause: t.Cause, At: t.At}
	for _, r := range reports {
		c := &change{Office: o, Occasion: t, by: report.Actor{Role: report.System, Chat: now}, was: r, now: r}
		c.fact(report.Fact{What: report.WasMoved})
		b.Changes = append(b.Changes, ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts})
	}
	b.Changes = append(b.Changes, ledger.Moved{Was: was, Now: now})
	return b
}
