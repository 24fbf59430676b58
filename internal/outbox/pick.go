package outbox

import (
	"container/heap"
	"slices"
	"time"

	"rabeg/internal/ledger"
)

// pick takes every flight that may start now and tells how long until there may be more.
func (b *board) pick(now time.Time) (time.Duration, []flight) {
	held, out := b.answerPresses(now)
	b.rush(now)
	for len(b.ready) > 0 {
		l := b.ready[0]
		if l.when.After(now) {
			break
		}
		for _, old := range l.expire(now) {
			b.finish(old, Fate{State: ledger.Overtaken})
		}
		it, when := l.next(now)
		if it == nil {
			b.later(l, when)
			continue
		}
		if b.flying >= b.workers && (!it.urgent() || b.flying >= b.workers+spare) {
			return held, out // something that lands wakes it
		}
		if wait := b.limits.notice(it, now); wait > 0 {
			it.again = now.Add(wait)
			continue // what else waits in the chat may go
		}
		n := cost(it.Letter)
		switch wait := b.limits.network(it, now, n); {
		case wait <= 0:
		case it.urgent(): // one that has had its first try; another behind it may have its own
			b.ready.at(l, now.Add(wait))
			continue
		default:
			return min(wait, held), out
		}
		wait, gather := b.lanePause(l, it, now, n)
		if wait > 0 {
			if rush := l.nextRush(now); rush > 0 {
				wait = min(wait, rush)
			}
			b.ready.at(l, now.Add(wait))
			continue
		}
		f := l.flight(it, now, gather, n)
		l.pace.take(now, f.cost)
		b.limits.take(it, now, f.cost)
		b.launch(f)
		out = append(out, f)
	}
	if len(b.ready) == 0 {
		return held, out // something that lands or comes wakes it
	}
	return min(max(b.ready[0].when.Sub(now), 100*time.Microsecond), held), out
}

// answerPresses takes the answers to pressed buttons, which wait for nothing but a pause that the network asked for, and tells
// how long the next of them waits, at most a minute.
func (b *board) answerPresses(now time.Time) (held time.Duration, out []flight) {
	held = time.Minute
	waits := b.presses[:0:0]
	for _, it := range b.presses {
		switch wait := it.again.Sub(now); {
		case wait > 0:
			held = min(held, wait)
			waits = append(waits, it)
		case b.flying >= b.workers:
			waits = append(waits, it)
		default:
			out = append(out, flight{items: []*Item{it}})
			b.flying++
		}
	}
	b.presses = waits
	return held, out
}

// flight is what starts with a letter: it alone, or with it the alarms (gather) or the cards that are told of in one message.
func (l *lane) flight(it *Item, now time.Time, gather bool, n int) flight {
	f := flight{lane: l, items: []*Item{it}, gather: gather, cost: n, beside: l.busy}
	switch {
	case gather:
		f.items, f.cost = l.untold(it, now), 1
	case l.pace != nil && it.Letter.Purpose == ledger.Card && !it.alone:
		if cards := l.newCards(it, now, digestMost); len(cards) >= digestFrom {
			f.items = cards
		}
	}
	return f
}

// rush puts the chats with an alarm that may go now before all others, wherever in the line they were: the network may have
// asked for a pause after its first try.
func (b *board) rush(now time.Time) {
	b.alarmed = slices.DeleteFunc(b.alarmed, func(l *lane) bool { return l.alarms == 0 && !l.busy && !l.alarming })
	for _, l := range b.alarmed {
		if !l.alarming && l.alarm(now) != nil {
			b.ready.at(l, first())
		}
	}
}

// lanePause is how long a letter waits for the pace of its chat. An alarm waits for none; but where more of them come than
// the operators' group takes, the first goes at once and the rest are told of together (gather), each once more by itself as
// soon as there is room.
func (b *board) lanePause(l *lane, it *Item, now time.Time, n int) (wait time.Duration, gather bool) {
	wait = l.pace.wait(now, n)
	switch {
	case wait <= 0 || !it.urgent():
		return wait, false
	case it.told:
		return wait, false
	case !l.group || !b.gathers || it.alone:
		return 0, false
	}
	if since := now.Sub(l.rushed); !l.rushed.IsZero() && since < floodPause {
		return floodPause - since, false
	}
	l.rushed = now
	return 0, len(l.untold(it, now)) > 1
}

// launch takes what flies out of its lane.
func (b *board) launch(f flight) {
	l := f.lane
	if l.slot >= 0 {
		heap.Remove(&b.ready, l.slot)
	}
	for _, it := range f.items {
		l.remove(it)
		delete(b.lacking, it)
	}
	switch first := f.items[0]; {
	case f.gather:
	case first.told:
		l.yields = yieldsTo
	case first.Letter.Purpose == ledger.Card && l.yields > 0:
		l.yields--
	}
	l.flights++
	if f.beside {
		l.beside = l.flights
	} else {
		l.busy, l.onWire = true, l.flights
	}
	l.alarming = l.alarming || f.items[0].urgent()
	b.flying++
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
