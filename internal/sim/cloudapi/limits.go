package cloudapi

import "time"

// What Meta allows.
const (
	window      = 24 * time.Hour // for free words, after the person's last message
	pairBurst   = 45             // messages to one person at once
	pairEvery   = 6 * time.Second
	secondBurst = 80  // calls that send, in a second
	coldPeople  = 250 // different people outside their windows, in a day
	mediaLife   = 30 * 24 * time.Hour
	theirLife   = 7 * 24 * time.Hour // of files that people sent
	urlLife     = 5 * time.Minute
	quoteLife   = 30 * 24 * time.Hour
	hookLife    = 7 * 24 * time.Hour // a webhook call that is never taken is dropped then
)

// bucket lets a burst through and then one in a while.
type bucket struct {
	tokens float64
	at     time.Time
}

func (b *bucket) fill(most float64, now time.Time) { b.tokens, b.at = most, now }

func (b *bucket) take(most float64, every time.Duration, now time.Time) bool {
	b.tokens = min(most, b.tokens+now.Sub(b.at).Seconds()/every.Seconds())
	b.at = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}

// pace is what all people together are sent.
type pace struct {
	all  bucket
	day  time.Time
	cold map[string]bool
}

// allow refuses what comes too fast. s.mu is held.
func (s *Server) allow(p *Person, template bool) *refusal {
	now := s.opt.Now()
	if s.opt.Unlimited {
		return nil
	}
	if s.pace.all.at.IsZero() {
		s.pace.all.fill(secondBurst, now)
	}
	if !s.pace.all.take(secondBurst, time.Second/secondBurst, now) {
		return wrong(130429, "Cloud API message throughput has been reached.")
	}
	if p == nil {
		return nil
	}
	if !p.bucket.take(pairBurst, pairEvery, now) {
		return wrong(131056, "Too many messages sent from the sender phone number to the same recipient phone number in a short period of time.")
	}
	if !template || now.Sub(p.heard) < window {
		return nil
	}
	if now.Sub(s.pace.day) > 24*time.Hour {
		s.pace.day, s.pace.cold = now, map[string]bool{}
	}
	if !s.pace.cold[p.id] && len(s.pace.cold) >= coldPeople {
		return wrong(131048, "Message failed to send because there are restrictions on how many messages can be sent.")
	}
	s.pace.cold[p.id] = true
	return nil
}
