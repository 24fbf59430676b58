package engine

import (
	"context"
	"fmt"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
)

// Phoned puts on record what somebody of the office wrote to a citizen by hand. cause is the same when it is told again:
// it counts once. nil: it is on record, or there is no open report to put it on.
func (e *Engine) Phoned(ctx context.Context, p casework.Phoned, cause string, at time.Time) (err error) {
	defer func() {
		if r := recover(); r != nil {
			e.Log.Error("a message by hand stumbled", "event", cause, "why", fmt.Sprintf("%T", r), "at", where())
			err = e.Cases.Stumbles.Stumble(ctx, cause, fmt.Sprintf("%T at a message by hand", r), nil)
		}
	}()
	err = ledger.Settle(ctx, stepping{e}, func(error) (ledger.Batch, error) {
		reports, err := e.Cases.Citizens.LastActive(ctx, p.To, casework.PhoneLook)
		if err != nil {
			return ledger.Batch{}, err
		}
		_, b, _ := e.Office().Phone(reports, p, casework.Occasion{Cause: cause, At: at})
		return b, nil
	})
	if err != nil {
		return fmt.Errorf("put a message by hand on record: %w", err)
	}
	return nil
}
