package public

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How many numbers may be looked up, and how many that are not there. A number has some seventeen million fellows: who tries them finds
// little, and here is made to take long.
const (
	askedEach, askedBurst   = 10, 100 // a second from one address, and at once
	missedEach, missedBurst = 0.2, 15
	missedAll, missedFlood  = 50, 500 // from all addresses together
	// clients is how many addresses are remembered.
	clients = 10_000
)

// limits slow down those who guess numbers. What is answered once they are over says nothing of any number.
type limits struct {
	now func() time.Time
	all *rate.Limiter
	mu  sync.Mutex
	by  map[string]*client
}

// client is what one address did lately.
type client struct {
	asked, missed *rate.Limiter
}

func newLimits(now func() time.Time) *limits {
	return &limits{now: now, all: rate.NewLimiter(missedAll, missedFlood), by: map[string]*client{}}
}

func (l *limits) client(key string) *client {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.by[key]
	if c == nil {
		if len(l.by) >= clients {
			l.forget(l.now())
		}
		c = &client{asked: rate.NewLimiter(askedEach, askedBurst), missed: rate.NewLimiter(missedEach, missedBurst)}
		l.by[key] = c
	}
	return c
}

// forget lets go of addresses that have been silent for so long that their bounds are full again; where there are none, of any.
func (l *limits) forget(now time.Time) {
	for k, c := range l.by {
		if c.missed.TokensAt(now) >= missedBurst && c.asked.TokensAt(now) >= askedBurst {
			delete(l.by, k)
		}
	}
	for k := range l.by {
		if len(l.by) < clients {
			break
		}
		delete(l.by, k)
	}
}

// may reports whether an address may look a number up now.
func (l *limits) may(key string) bool {
	c, now := l.client(key), l.now()
	return c.missed.TokensAt(now) >= 1 && l.all.TokensAt(now) >= 1 && c.asked.AllowN(now, 1)
}

// miss counts a number that is not there. An address that had asked for many before the first was answered stays in debt for them.
func (l *limits) miss(key string) {
	now := l.now()
	l.client(key).missed.ReserveN(now, 1)
	l.all.AllowN(now, 1)
}

// missed is a writer that hears whether what was asked for is there.
type missed struct {
	http.ResponseWriter
	missed bool
}

// guarded keeps the bounds around a page that is asked for by a number.
func (s *Site) guarded(lang string, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key := s.clientOf(r)
		if !s.limits.may(key) {
			s.slow(w, lang)
			return
		}
		m := &missed{ResponseWriter: w}
		h(m, r)
		if m.missed {
			s.limits.miss(key)
		}
	}
}

func (s *Site) clientOf(r *http.Request) string { return Caller(r, s.o.ClientHeader) }

// Caller is the address that asks, as a proxy says in the header, "" for none; of the newer ones the part that belongs to one household.
func Caller(r *http.Request, header string) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if header != "" {
		all := strings.Split(strings.Join(r.Header.Values(header), ","), ",")
		if said := strings.TrimSpace(all[len(all)-1]); said != "" { // the last one is what the proxy itself saw
			host = said
		}
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if ip = ip.Unmap(); ip.Is6() {
		if p, err := ip.WithZone("").Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}
