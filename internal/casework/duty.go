package casework

import (
	"time"

	"rabeg/internal/ledger"
)

// DutyFor is how long somebody is on duty who does not say that it is over.
const DutyFor = 12 * time.Hour

// Duty sets somebody on duty from now on, or ends it.
func (o *Office) Duty(op ledger.Operator, on bool, t Occasion) (ledger.Operator, ledger.Batch) {
	was := op.Rev
	op.Rev, op.Duty = was+1, time.Time{}
	if on {
		op.Duty = t.At.Add(DutyFor).UTC()
	}
	return op, ledger.Batch{Cause: t.Cause, At: t.At, Changes: []ledger.Change{ledger.Enrolled{Operator: op, Was: was}}}
}
