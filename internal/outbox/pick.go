package outbox

import (
	"container/heap"
	"time"

	"rabeg/internal/ledger"
)

// pick takes every flight that may start now and tells how long until there may be more.
func (b *board) pick(now time.Time) (time.Duration, []flight) {
	var out []flight
	for len(b.presses) > 0 && b.flying < b.workers {
		out = append(out, flight{items: []*Item{b.presses[0]}})
		b.presses = b.presses[1:]
		b.flying++
	}
	for len(b.ready) > 0 && b.flying < b.workers {
		l := b.ready[0]
		if l.when.After(now) {
			break
		}
		it, when := l.due(now)
		if it == nil {
			b.later(l, when)
			continue
		}
		if wait := b.limits.notice(it, now); wait > 0 {
			it.again = now.Add(wait)
			continue // what else waits in the chat may go
		}
		n := cost(it.Letter)
		if wait := b.limits.network(it, now, n); wait > 0 {
			return wait, out
		}
		if wait := l.pace.wait(now, n); wait > 0 && !it.urgent() {
			b.ready.at(l, now.Add(wait))
			continue
		}
		l.pace.take(now, n)
		b.limits.take(it, now, n)
		f := b.launch(l, it, now)
		f.cost = n
		out = append(out, f)
	}
	if len(b.ready) == 0 || b.flying >= b.workers {
		return time.Minute, out // something that lands or comes wakes it
	}
	return max(b.ready[0].when.Sub(now), 100*time.Microsecond), out
}

// launch takes the next flight of a lane out of it.
func (b *board) launch(l *lane, it *Item, now time.Time) flight {
	heap.Pop(&b.ready)
	f := flight{lane: l, items: []*Item{it}}
	if l.pace != nil && it.Letter.Purpose == ledger.Card && !it.alone {
		if cards := l.cards(it, now, digestMost); len(cards) >= digestFrom {
			f.items = cards
		}
	}
	for _, it := range f.items {
		l.remove(it)
		delete(b.lacking, it)
	}
	l.busy = true
	l.flights++
	b.flying++
	return f
}

// later puts a lane aside until when; a zero when takes it out of the heap: nothing waits in it.
func (b *board) later(l *lane, when time.Time) {
	if !when.IsZero() {
		b.ready.at(l, when)
		return
	}
	if l.slot >= 0 {
		heap.Remove(&b.ready, l.slot)
	}
}
