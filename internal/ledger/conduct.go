package ledger

import (
	"context"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Conduct is the measure that was set last against a citizen's chat. Who it is stands nowhere: the coordinator names one of the
// person's reports. The acts themselves are facts of that report.
type Conduct struct {
	// Chat is the citizen's; the store keeps it beside the rest, for people move.
	Chat bot.Address `json:"-"`
	Rev  int         `json:"rev"` // grows with every change
	// Measure holds from At until Until; NoMeasure says that it was ended before its time.
	Measure report.Measure `json:"measure,omitempty"`
	At      time.Time      `json:"at"`
	Until   time.Time      `json:"until"`
	// Why is the reason, as the citizen reads it, By the coordinator who gave it.
	Why string       `json:"why"`
	By  report.Actor `json:"by"`
	// Report and Code are the report by which the person was named.
	Report report.ID   `json:"report"`
	Code   report.Code `json:"code"`
	// Unnamed says that this report hides from operators who filed it.
	Unnamed bool `json:"unnamed,omitempty"`
	// Appealed is when the citizen wrote the one appeal against it; zero: not yet.
	Appealed time.Time `json:"appealed,omitzero"`
}

// Holds is the measure that is in force at a time.
func (c Conduct) Holds(at time.Time) report.Measure {
	if !at.Before(c.Until) {
		return report.NoMeasure
	}
	return c.Measure
}

// Restrained writes a citizen's conduct. Was is the Rev it had before, 0 for none: Commit fails with ErrStale when it has moved on.
type Restrained struct {
	Conduct Conduct
	Was     int
}

func (Restrained) isChange() {}

// Load is what a citizen has filed, as far as the bounds on filing ask for it.
type Load struct {
	// Open are the reports that offices still have to act on, Recent those filed since the time that was asked for, Quarantined
	// those that wait for the coordinator's look. What was filed of a danger is none of Recent.
	Open, Recent, Quarantined int
	// Conduct is the measure set last, zero for none.
	Conduct Conduct
}

// ConductReader reads how much citizens file, and what was set against them.
type ConductReader interface {
	// Load is read once for each report that is filed. The zero Address is nobody's.
	Load(ctx context.Context, reporter bot.Address, since time.Time) (Load, error)
	// Conduct is the measure set last against a chat; the zero Conduct where there never was one.
	Conduct(ctx context.Context, chat bot.Address) (Conduct, error)
	// Restrained are the measures in force at a time, by chat. They are few.
	Restrained(ctx context.Context, at time.Time) ([]Conduct, error)
	// Quarantined are the reports in quarantine, oldest first, at most limit.
	Quarantined(ctx context.Context, limit int) ([]report.Report, error)
}
