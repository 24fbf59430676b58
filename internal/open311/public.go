package open311

import (
	"context"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Public is what strangers may see, by the projection without persons.
type Public interface {
	// Displays are reports, the newest first. What must not be seen is not there.
	Displays(ctx context.Context, q ledger.DisplayQuery) ([]report.Display, error)
}
