package outbox

import (
	"context"
	"time"

	"rabeg/internal/guard"
)

// stands runs f; a panic in it ends the sender in good order.
func stands(fall context.CancelCauseFunc, f func()) {
	if err := guard.Do(func() error { f(); return nil }); err != nil {
		fall(err)
	}
}

// works lets one flight after the other fly, until there has been none for a while: where little is sent nobody waits for it. There are
// never more at work than the board lets fly.
func (s *Sender) works(ctx context.Context, flown *reins, f flight) {
	idle := time.NewTimer(idleMost)
	defer idle.Stop()
	for {
		if ctx.Err() == nil { // what has not begun stays in the database
			s.fly(flown.now(), f)
		}
		idle.Reset(idleMost)
		var open bool
		select {
		case f, open = <-s.work:
			if !open {
				return
			}
		case <-idle.C:
			return
		}
	}
}
