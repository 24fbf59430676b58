package ledger

import (
	"context"

	"rabeg/internal/report"
)

// Contacted keeps the number of whom a report was taken for, digits alone with the country's first ("62811…"). Nothing is sent to
// it. It is kept apart from the report, so that no card, list, export or log can show it.
type Contacted struct {
	Report report.ID
	Number string
}

// Claimed says that who has the number of a report has written from it: the number is kept no longer.
type Claimed struct{ Report report.ID }

func (Contacted) isChange() {}
func (Claimed) isChange()   {}

// ContactReader finds what was taken for somebody who had no chat here.
type ContactReader interface {
	// LeftFor are the reports that wait for who writes from a number, oldest first, at most limit.
	LeftFor(ctx context.Context, number string, limit int) ([]report.Report, error)
}
