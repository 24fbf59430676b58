package casework

import (
	"fmt"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// Doubtful reports whether a second opinion is worth asking for: the reader was not sure what the words mean, and the
// citizen did not choose. What is kept from a language model never leaves the house for it.
func (o *Office) Doubtful(d report.Draft) bool {
	sure := len(d.Guesses) > 0 && d.Guesses[0].P >= understand.Sure
	return d.Text != "" && !d.Chosen && !sure && !d.Shield(o.Profile.Sensitive).Hides(report.Model)
}

// Advised reports whether a second opinion is on record.
func Advised(facts []report.Fact) bool {
	for _, f := range facts {
		if f.What == report.WasAdvised {
			return true
		}
	}
	return false
}

// Advise puts a second opinion on record and shows it on the card. Owner, category and clock stay: people decide. ok is
// false when it comes too late to be of use: the report is over, or has one already.
func (o *Office) Advise(r report.Report, a report.Advice, t Occasion) (after report.Report, b ledger.Batch, ok bool) {
	if _, known := o.Profile.Category(a.Category); !known || !r.Status.Open() || Advised(t.Facts) {
		return r, ledger.Batch{}, false
	}
	c := &change{Office: o, Occasion: t, by: report.Actor{Role: report.System}, was: r, now: r, batch: ledger.Batch{Cause: t.Cause, At: t.At}}
	c.fact(report.Fact{What: report.WasAdvised, Advice: &a})
	c.card()
	b = c.batch
	b.Changes = []ledger.Change{ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts}}
	return c.now, b, true
}

// AdviceCause is the cause of a report's second opinion: there is one, ever.
func AdviceCause(id report.ID) string { return fmt.Sprintf("job:advice:%d", id) }
