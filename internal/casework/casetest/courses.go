package casetest

import (
	"context"
	"slices"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Courses gives the courses of all reports that have anything to do with a time.
func (m *Memory) Courses(_ context.Context, from, to time.Time, each func(*report.Course)) error {
	if !from.Before(to) {
		return nil
	}
	for _, r := range m.Reports() {
		m.mu.Lock()
		c := report.CourseOf(r, slices.Clone(m.facts[r.ID]))
		for _, l := range m.letters {
			if l.Report == r.ID && l.Purpose == ledger.Notice {
				switch l.state.State {
				case ledger.Sent:
					c.Delivered++
				case ledger.Failed:
					c.Undelivered++
				}
			}
		}
		m.mu.Unlock()
		if c.Filed.Before(to) && (c.Ended.IsZero() || !c.Until().Before(from)) {
			each(&c)
		}
	}
	return nil
}
