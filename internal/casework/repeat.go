package casework

import (
	"time"

	"rabeg/internal/report"
)

// Done reports whether this very message of a reporter's, written at that time, has done an action already, as the facts tell: it was
// delivered again, and is answered as it was at first.
func Done(a report.Action, facts []report.Fact, by report.Actor, at time.Time) bool {
	for _, f := range facts {
		if !f.At.Equal(at) || !sameChat(f.By.Chat, by.Chat) {
			continue
		}
		switch a := a.(type) {
		case report.Hide:
			if f.What == report.WasHidden && f.Visibility == a.Visibility {
				return true
			}
		case report.Reveal:
			if f.What == report.WasRevealed {
				return true
			}
		case report.Recall:
			if f.What == report.WasRecalled || f.What == report.WasLeft {
				return true
			}
		case report.Resume:
			if f.What == report.WasResumed {
				return true
			}
		case report.Oppose:
			if f.What == report.WasOpposed {
				return true
			}
		case report.Urge:
			if f.What == report.WasUrged {
				return true
			}
		}
	}
	return false
}
