package ledger

import (
	"context"
	"time"

	"rabeg/internal/report"
)

// Figures are what is counted over all reports. It is counted where they are kept: what comes back is as short as what is
// shown, however many there are.
type Figures interface {
	// Ways count the reports filed since then by the way they went, the commonest first.
	Ways(ctx context.Context, since time.Time) ([]Way, error)
	// Routes are the ways of all of them one by one, oldest first: for what runs beside the desk.
	Routes(ctx context.Context, since time.Time) ([]Route, error)
	// Courses gives, in any order, the courses of all reports that have anything to do with the time from one moment until before
	// another: filed before its end, and not over before it began (report.Course.Until). What each gets is written over afterwards.
	Courses(ctx context.Context, from, to time.Time, each func(*report.Course)) error
}

// Way is how many reports went one way through the offices.
type Way struct {
	// First is the office that was guessed when they were filed, Last the one that has them now, or whose duty people took
	// them for; "" is the coordinator.
	First, Last string
	// Judged says that people have shown what they think of the guess.
	Judged  bool
	Reports int
}

// Right reports whether the first guess was right. It means nothing unless Judged.
func (w Way) Right() bool { return w.First == w.Last }
