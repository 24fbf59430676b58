package engine

import (
	"context"
	"errors"
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
			err = e.Cases.Stumble(ctx, cause, fmt.Sprintf("%T at a message by hand", r), nil)
		}
	}()
	for range tries {
		reports, err := e.Cases.LastActive(ctx, p.To, casework.PhoneLook)
		if err != nil {
			return err
		}
		_, b, ok := e.Office().Phone(reports, p, casework.Turn{Cause: cause, At: at})
		if !ok {
			return nil
		}
		if err := e.Step("before commit"); err != nil {
			return err
		}
		err = e.Cases.Commit(ctx, b)
		if err == nil || errors.Is(err, ledger.ErrDone) {
			return e.Step("after commit")
		}
		if !errors.Is(err, ledger.ErrStale) {
			return fmt.Errorf("commit a message by hand: %w", err)
		}
	}
	return fmt.Errorf("commit a message by hand: %w", ledger.ErrStale)
}
