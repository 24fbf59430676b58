package outbox

import (
	"container/heap"
	"time"

	"rabeg/internal/ledger"
)

// pick takes every flight that may start now and tells how long until there may be more.
func (s *Sender) pick() (time.Duration, []flight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	var out []flight
	for len(s.presses) > 0 && s.flying < s.Workers {
		out = append(out, flight{items: []*Item{s.presses[0]}})
		s.presses = s.presses[1:]
		s.flying++
	}
	for len(s.ready) > 0 && s.flying < s.Workers {
		l := s.ready[0]
		if l.when.After(now) {
			break
		}
		it, when := l.due(now)
		if it == nil {
			s.later(l, when)
			continue
		}
		if wait := s.noticeWait(it, now); wait > 0 {
			it.again = now.Add(wait)
			continue // what else waits in the chat may go
		}
		n := cost(it.Letter)
		if wait := s.networkWait(it, now, n); wait > 0 {
			return wait, out
		}
		if wait := l.pace.wait(now, n); wait > 0 && !it.urgent() {
			s.ready.at(l, now.Add(wait))
			continue
		}
		l.pace.take(now, n)
		s.pace.take(now, n)
		s.today.add(now, n)
		if it.Letter.Purpose.News() {
			s.notices.take(now, 1)
		}
		f := s.launch(l, it, now)
		f.cost = n
		out = append(out, f)
	}
	if len(s.ready) == 0 || s.flying >= s.Workers {
		return time.Minute, out // something that lands or comes wakes it
	}
	return max(s.ready[0].when.Sub(now), 100*time.Microsecond), out
}

// launch takes the next flight of a lane out of it.
func (s *Sender) launch(l *lane, it *Item, now time.Time) flight {
	heap.Pop(&s.ready)
	f := flight{lane: l, items: []*Item{it}}
	if l.pace != nil && it.Letter.Purpose == ledger.Card && !it.alone {
		if cards := l.cards(it, now, digestMost); len(cards) >= digestFrom {
			f.items = cards
		}
	}
	for _, it := range f.items {
		l.remove(it)
		delete(s.lacking, it)
	}
	l.busy = true
	s.flying++
	return f
}

// later puts a lane aside until when; a zero when takes it out of the heap: nothing waits in it.
func (s *Sender) later(l *lane, when time.Time) {
	if !when.IsZero() {
		s.ready.at(l, when)
		return
	}
	if l.slot >= 0 {
		heap.Remove(&s.ready, l.slot)
	}
}

// networkWait is how long until the network as a whole may be written to. An alarm is owed to it instead: what comes
// after waits longer.
func (s *Sender) networkWait(it *Item, now time.Time, n int) time.Duration {
	if it.rushes() {
		return 0
	}
	if now.Before(s.stop) {
		return s.stop.Sub(now)
	}
	if s.Pace.PerDay > 0 {
		if wait := s.today.wait(now, n, s.Pace.PerDay); wait > 0 {
			return wait
		}
	}
	return s.pace.wait(now, n)
}

// noticeWait is how long until a notice may go.
func (s *Sender) noticeWait(it *Item, now time.Time) time.Duration {
	if !it.Letter.Purpose.News() {
		return 0
	}
	return s.notices.wait(now, 1)
}
