package telegram

import (
	"context"
	"sync"
	"time"
)

// inbox knows the updates that Telegram may give again: fetched, and not yet acknowledged by a call with a later offset.
type inbox struct {
	mu     sync.Mutex
	known  map[int64]bool // by update number: handled?
	open   int            // how many are not handled
	last   int64          // the highest number known since the queue was last empty
	change chan struct{}  // holds a token when something was handled
	idle   time.Duration  // the pause while nothing new comes and something is open
}

// The pauses while an update stays unhandled. Telegram repeats it on every call, at once, so calls need a pace.
const (
	patience = 20 * time.Millisecond
	idleMax  = 250 * time.Millisecond
)

func newInbox() *inbox {
	return &inbox{known: make(map[int64]bool), change: make(chan struct{}, 1), idle: patience}
}

// add notes an update that was fetched; false when it is known.
func (b *inbox) add(id int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.known[id]; ok {
		return false
	}
	b.known[id] = false
	b.open++
	b.last = max(b.last, id)
	return true
}

// done notes that an update was handled.
func (b *inbox) done(id int64) {
	b.mu.Lock()
	if handled, ok := b.known[id]; ok && !handled {
		b.known[id] = true
		b.open--
	}
	b.mu.Unlock()
	select {
	case b.change <- struct{}{}:
	default:
	}
}

// waiting is how many updates are not handled.
func (b *inbox) waiting() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.open
}

// offset is what to ask for next: the oldest update that is not handled, or the one after the last. 0 asks for whatever
// is not acknowledged.
func (b *inbox) offset() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.oldest()
}

func (b *inbox) oldest() int64 {
	if b.open == 0 {
		if b.last == 0 {
			return 0
		}
		return b.last + 1
	}
	oldest := b.last
	for id, handled := range b.known {
		if !handled && id < oldest {
			oldest = id
		}
	}
	return oldest
}

// confirmed forgets what a call with this offset has acknowledged. empty says that the call brought nothing: then the
// queue is empty, and the next call asks from 0, because after a quiet week Telegram numbers updates anew, perhaps lower.
func (b *inbox) confirmed(offset int64, empty bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for id, handled := range b.known {
		if handled && id < offset {
			delete(b.known, id)
		}
	}
	if empty && len(b.known) == 0 {
		b.last = 0
	}
}

// settle waits until it is time to ask again: all is handled; or, when full (more is waiting at Telegram), half of the
// window is free; or patience is over, so that one slow or stuck chat does not hold up the others. Patience grows while
// nothing new comes and nothing is handled.
func (b *inbox) settle(ctx context.Context, full, fresh bool) {
	if fresh {
		b.idle = patience
	}
	t := time.NewTimer(b.idle)
	defer t.Stop()
	moved := false
	for !b.settled(full) {
		select {
		case <-b.change:
			moved = true
		case <-ctx.Done():
			return
		case <-t.C:
			b.idle = min(2*b.idle, idleMax)
			if moved {
				b.idle = patience
			}
			return
		}
	}
	b.idle = patience
}

func (b *inbox) settled(full bool) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.open == 0 {
		return true
	}
	if !full || len(b.known)-b.open < pollLimit/2 { // so few are handled at all that half the window cannot be free
		return false
	}
	free := b.oldest() // everything before it leaves the window with the next call
	n := 0
	for id := range b.known {
		if id < free {
			n++
		}
	}
	return n >= pollLimit/2
}
