package e2e

import (
	"context"
	"sync"
)

// tally counts the answers that people read, in all and since the program last began.
type tally struct {
	mu           sync.Mutex
	total, since int
	wake         chan struct{}
}

func newTally() *tally { return &tally{wake: make(chan struct{}, 1)} }

func (y *tally) add() {
	if y == nil {
		return
	}
	y.mu.Lock()
	y.total++
	y.since++
	y.mu.Unlock()
	select {
	case y.wake <- struct{}{}:
	default:
	}
}

// restart begins to count anew and gives how many came in all.
func (y *tally) restart() int {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.since = 0
	return y.total
}

func (y *tally) count() int {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.total
}

// wait until so many came since restart.
func (y *tally) wait(ctx context.Context, n int, done <-chan struct{}) {
	for {
		y.mu.Lock()
		enough := y.since >= n
		y.mu.Unlock()
		if enough {
			return
		}
		select {
		case <-y.wake:
		case <-done:
			return
		case <-ctx.Done():
			return
		}
	}
}
