package open311

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits bound how often each client calls. They are of this program alone: two programs side by side let twice as much through.
type limits struct {
	mu sync.Mutex
	of map[string]*rate.Limiter
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
