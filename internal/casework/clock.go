package casework

import (
	"fmt"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Moment is what a timer finds when its time has come.
type Moment struct {
	Timer ledger.Timer
	// At is now: later than the timer's own time, by days where the program slept. What comes next is reckoned from here, so
	// that what was missed is made up for once.
	At time.Time
	// Report and Facts are those of a report's timer. Cases are the open reports of a room's, oldest first, at most HandMost; Served
	// tells whether anybody serves its office.
	Report report.Report
	Facts  []report.Fact
	Cases  []ledger.Case
	Served bool
}

// OpenMost is how many open reports of a room a timer looks at.
const OpenMost = 200

// Occasion is what surrounds an action that a timer brings about.
func (m Moment) Occasion() Occasion {
	return Occasion{Cause: m.Timer.Cause(), At: m.At, Facts: m.Facts}
}

// Clock decides what a timer of one kind brings about; ok is false where there is nothing to do any more. What it writes is
// committed once, and with it the timer is over: a clock that goes on sets the timer anew (ledger.Timed). Cause, At and the
// end of the timer are filled in.
type Clock func(o *Office, m Moment) (b ledger.Batch, ok bool)

// Clocks are the kinds of timers that reports and rooms have. Those of conversations go to the machine.
func Clocks() map[ledger.TimerKind]Clock {
	return map[ledger.TimerKind]Clock{ledger.VerdictTimer: unjudged, ledger.PlanTimer: planDue, ledger.AnswerTimer: unanswered,
		ledger.DisposalTimer: uncounselled, ledger.ProofTimer: unproved,
		ledger.FallTimer: fallsOn}
}

// Due decides what a timer of a report or a room brings about; ok is false where it is dropped: the report is not any more what
// it was when the timer was set, or there is nothing to do. An error is a mistake of the program, or of an older one beside
// this: the timer is kept.
func (o *Office) Due(m Moment) (b ledger.Batch, ok bool, err error) {
	clocks := o.Clocks
	if clocks == nil {
		clocks = Clocks()
	}
	decide, known := clocks[m.Timer.Kind]
	if !known {
		return ledger.Batch{}, false, fmt.Errorf("decide what is due: unknown kind of timer %q", m.Timer.Kind)
	}
	if _, of := m.Timer.Subject.Report(); of && m.Timer.Rev != "" && m.Timer.Rev != ledger.RevOf(m.Report) {
		return ledger.Batch{}, false, nil
	}
	if b, ok = decide(o, m); !ok {
		return ledger.Batch{}, false, nil
	}
	b.Cause, b.At = m.Timer.Cause(), m.At
	b.Changes, err = ring(b.Changes, m)
	return b, err == nil, err
}

// ring ends the timer within a batch: after what was done to the report, as in every batch, so that two at once wait for each
// other in one order; before the timer is set anew.
func ring(changes []ledger.Change, m Moment) ([]ledger.Change, error) {
	at := len(changes)
	for i, c := range changes {
		switch c := c.(type) {
		case ledger.Timed:
			if c.Timer.Kind == m.Timer.Kind && c.Timer.Subject == m.Timer.Subject && !c.Timer.At.After(m.At) {
				return nil, fmt.Errorf("decide what is due: a timer of kind %q sets itself anew for a time that has passed", m.Timer.Kind)
			}
			at = min(at, i)
		case ledger.Untimed:
			at = min(at, i)
		}
	}
	out := make([]ledger.Change, 0, len(changes)+1)
	out = append(out, changes[:at]...)
	out = append(out, ledger.Rung{Timer: m.Timer})
	return append(out, changes[at:]...), nil
}
