package outbox

import (
	"context"
	"sync"
	"time"

	"rabeg/internal/ledger"
)

// reins hold what is on the wire: it flies on when the sender is told to end, until it is cut off.
type reins struct {
	whole context.Context
	end   context.CancelFunc

	mu  sync.Mutex
	ctx context.Context
	let context.CancelFunc
}

func newReins(ctx context.Context) *reins {
	r := &reins{}
	r.whole, r.end = context.WithCancel(context.WithoutCancel(ctx))
	r.ctx, r.let = context.WithCancel(r.whole)
	return r
}

// now is the context of what flies from now on.
func (r *reins) now() context.Context {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ctx
}

// cut ends what flies; what comes after it may fly again.
func (r *reins) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.let()
	r.ctx, r.let = context.WithCancel(r.whole)
}

// cutOff ends what is on the wire: a while after this sender was told to end, and sooner when its lead is not sure any more.
func (s *Sender) cutOff(ctx context.Context, flown *reins) {
	if unsure := ledger.HoldOf(ctx).Unsure; unsure != nil {
		go s.cutUnsure(flown, unsure)
	}
	select {
	case <-flown.whole.Done():
		return
	case <-ctx.Done():
	}
	if pause(flown.whole, landingMost) {
		flown.cut()
	}
}

func (s *Sender) cutUnsure(flown *reins, unsure func() time.Duration) {
	tick := time.NewTicker(againSoon * time.Duration(min(max(s.Tempo, 1), 10))) // who speaks seldom is followed the later
	defer tick.Stop()
	for {
		select {
		case <-flown.whole.Done():
			return
		case <-tick.C:
		}
		if unsure() > cutAfter {
			flown.cut()
		}
	}
}
