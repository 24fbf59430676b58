package open311

import (
	"context"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits bound how often each client calls. They are of this program alone: two programs side by side let twice as much through.
type limits struct {
	mu sync.Mutex
	of map[string]*rate.Limiter
}

const (
	// strangerCalls is how many calls a minute, and at once, an address may make that need no key; strangers how many addresses are remembered.
	strangerCalls = 120
	strangers     = 10_000
	// readers is how many calls read what everybody may know at once, and readerPatience how long another one waits for its turn: the pages
	// for people read through the same connections, and come first.
	readers        = 2
	readerPatience = 5 * time.Second
	// unkeyedForms is how many forms at once may lay photos down before their key has come: what strangers fill of the disk by it is
	// at most so many bodies.
	unkeyedForms = 4
)

// turn waits for a place among those who do something at once, and gives what ends it.
func turn(ctx context.Context, places chan struct{}) (end func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, readerPatience)
	defer cancel()
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, &Fault{Status: http.StatusServiceUnavailable, Words: "too many calls at once; call again", After: int(readerPatience / time.Second)}
	}
}

// forget lets go of whose bounds are full again; where all are in use, of any: the map stays small whoever calls.
func (l *limits) forget(now time.Time) {
	for k, lim := range l.of {
		if lim.TokensAt(now) >= float64(lim.Burst()) {
			delete(l.of, k)
		}
	}
	for k := range l.of {
		if len(l.of) < strangers {
			return
		}
		delete(l.of, k)
	}
}

// take takes one call of a client and answers 0, or how long it has to wait. It may make as many at once as it may make in a minute.
func (l *limits) take(client string, perMinute int, now time.Time) time.Duration {
	if perMinute <= 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of == nil {
		l.of = map[string]*rate.Limiter{}
	}
	lim, ok := l.of[client]
	if !ok {
		if len(l.of) >= strangers {
			l.forget(now)
		}
		lim = rate.NewLimiter(0, perMinute)
		l.of[client] = lim
	}
	if each := rate.Limit(float64(perMinute) / 60); lim.Limit() != each { // it is another one now
		lim.SetLimitAt(now, each)
		lim.SetBurstAt(now, perMinute)
	}
	r := lim.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}
