package open311

import (
	"context"
	"time"

	"rabeg/internal/report"
)

// Wanted are the reports that somebody asks for. Codes override everything else.
type Wanted struct {
	Codes      []report.Code
	Categories []string
	Statuses   []report.Status
	// From and To are when they were filed, To not included; zero: at any time.
	From, To time.Time
	// ChangedFrom is since when something of them changed; zero: at any time.
	ChangedFrom time.Time
	// After is the last report that was seen, nil for none: those filed before it are wanted.
	After *report.Display
	Limit int
}

// Public is what strangers may see, by the projection without persons.
type Public interface {
	// Displays are reports, the newest first, at most Limit. What must not be seen is not there.
	Displays(ctx context.Context, w Wanted) ([]report.Display, error)
}
