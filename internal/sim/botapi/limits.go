package botapi

import (
	"math"
	"time"
)

// pace is the state of one bucket: the moment it would be full again.
type pace struct{ full time.Time }

// wait is how long n messages must wait; 0 when they pass now.
func (p *pace) wait(b Bucket, n int, now time.Time) time.Duration {
	if b.Burst <= 0 {
		return 0
	}
	missing := max(p.full.Sub(now), 0) // the time the refill still needs
	room := time.Duration(b.Burst-min(n, b.Burst)) * b.Every
	return max(missing-room, 0)
}

func (p *pace) take(b Bucket, n int, now time.Time) {
	if b.Burst <= 0 {
		return
	}
	if p.full.Before(now) {
		p.full = now
	}
	p.full = p.full.Add(time.Duration(n) * b.Every)
}

// spend takes n tokens for a message to c, or refuses and takes nothing. The server's lock is held.
func (s *Server) spend(c *chat, n int) *apiError {
	if s.opt.Limits == nil {
		return nil
	}
	l := s.opt.Limits
	own := l.Group
	if c.private() {
		own = l.Person
	}
	now := s.opt.Now()
	wait := max(s.pace.wait(l.Bot, n, now), c.pace.wait(own, n, now))
	if wait > 0 {
		return tooMany(max(1, int(math.Ceil(wait.Seconds()))))
	}
	s.pace.take(l.Bot, n, now)
	c.pace.take(own, n, now)
	return nil
}
