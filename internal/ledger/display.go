package ledger

import (
	"time"

	"rabeg/internal/report"
)

// DisplayQuery is which displays somebody wants, newest filed first. Zero fields ask for nothing.
type DisplayQuery struct {
	Codes      []report.Code
	Categories []string
	Statuses   []report.Status
	Areas      []string
	Offices    []string
	// From and To are about the filing: from a time on, before a time. ChangedFrom and ResolvedFrom are from a time on; with ResolvedFrom
	// the newest resolved come first.
	From, To     time.Time
	ChangedFrom  time.Time
	ResolvedFrom time.Time
	WithExhibits bool
	// Limit is how many at most; 0: a thousand.
	Limit int
	// BeforeFiled with BeforeReport asks for those after that one in the order of filing: the next page.
	BeforeFiled  time.Time
	BeforeReport report.ID
}
