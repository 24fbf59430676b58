package postgres

import (
	"context"
	"time"

	"rabeg/internal/guard"
	"rabeg/internal/ledger"
)

// Lead waits until this instance alone holds the name, then calls work with a context that ends when the hold is lost, and
// that knows the hold (ledger.HoldOf). It tries again until ctx is done, and returns nil then.
func (s *Store) Lead(ctx context.Context, name string, work func(context.Context) error) error {
	suitor := s.leases.suitor(name)
	defer func() {
		if suitor.open {
			suitor.leave(ctx)
		}
	}()
	for ctx.Err() == nil {
		if h := suitor.try(ctx); h != nil {
			if err := h.lead(ctx, work); err != nil {
				return err
			}
		}
		if !pause(ctx, s.leases.times(lookEvery)) {
			break
		}
	}
	return nil
}

// lead works while the hold lasts. The work that is told to end lands what it has begun; meanwhile the hold is kept up, as far as
// the database answers, so that nobody begins before.
func (h *holding) lead(ctx context.Context, work func(context.Context) error) error {
	held, lose := context.WithCancel(ledger.Holding(ctx, h.hold()))
	defer lose()
	defer h.keep(false)
	done := make(chan error, 1)
	go func() { done <- guard.Do(func() error { return work(held) }) }()
	next := time.NewTimer(h.times(beatEvery))
	defer next.Stop()
	for {
		select {
		case err := <-done:
			if held.Err() != nil && ctx.Err() == nil {
				return nil // it lapsed, and comes back to whoever is there first: most often to this one, which knows what it sent
			}
			h.release(ctx)
			if ctx.Err() != nil {
				return nil
			}
			return err
		case <-next.C:
		}
		switch ago, ok, lost := h.beat(ctx); {
		case lost:
			lose()
			<-done //nolint:errcheck // it was told to end; what it says of that is of no use
			return nil
		case ok:
			next.Reset(h.times(beatEvery) - ago)
		default:
			if !h.sure() {
				lose()
			}
			next.Reset(beatAgain)
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
