package ledger

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rabeg/internal/report"
)

// OpenList is what a roll call reads of one room.
type OpenList struct {
	// First are its open reports as they are read: danger first, then what is due first (report.Next), of one due time what was filed
	// first. They are at most as many as were asked for.
	First []report.Report
	// Open counts all that are open, Late those of them whose next clock is due already.
	Open, Late int
	// Soon are the next clocks that are due from then on and before the time that was asked for, in no order.
	Soon []Limit
}

// Limit is when a clock began and until when it runs.
type Limit struct{ From, Due time.Time }

// RollReader reads what roll calls read.
type RollReader interface {
	// Opens is what rooms ("" is the coordinator's) have open at a time, with at most so many reports of each; soon bounds Soon. A room
	// without any is not in it.
	Opens(ctx context.Context, rooms []string, at, soon time.Time, most int) (map[string]OpenList, error)
}

// OpenListOf makes it of all open reports of a room.
func OpenListOf(open []report.Report, at, soon time.Time, most int) OpenList {
	l := OpenList{Open: len(open)}
	for _, r := range open {
		switch t, ok := r.Next(); {
		case !ok:
		case t.Due.Before(at):
			l.Late++
		case t.Due.Before(soon):
			l.Soon = append(l.Soon, Limit{t.From, t.Due})
		}
	}
	calm := func(r report.Report) int {
		if r.Emergency {
			return 0
		}
		return 1
	}
	never := time.Unix(1<<40, 0)
	due := func(r report.Report) time.Time {
		if t, ok := r.Next(); ok {
			return t.Due
		}
		return never
	}
	l.First = slices.Clone(open)
	slices.SortFunc(l.First, func(a, b report.Report) int {
		return cmp.Or(calm(a)-calm(b), due(a).Compare(due(b)), a.Filed.Compare(b.Filed), cmp.Compare(a.ID, b.ID))
	})
	l.First = l.First[:min(len(l.First), most)]
	return l
}
