package lane

import (
	"context"
	"time"
)

// Backoff gives growing pauses: twice as long each time, up to a longest, the last half of each by chance.
type Backoff struct {
	next, max time.Duration
	rand      func() float64
}

// NewBackoff begins with a first pause; rand gives numbers in [0,1).
func NewBackoff(first, most time.Duration, rand func() float64) *Backoff {
	return &Backoff{next: first, max: most, rand: rand}
}

// Pause waits for the next pause, or for least when that is longer, or until ctx is done.
func (b *Backoff) Pause(ctx context.Context, least time.Duration) {
	d := b.next/2 + time.Duration(b.rand()*float64(b.next/2))
	b.next = min(2*b.next, b.max)
	Pause(ctx, max(d, least))
}

// Pause waits for a time, or until ctx is done.
func Pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
