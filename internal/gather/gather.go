// Package gather lets callers that come at the same time share one piece of work, such as a round trip or a flush to disk:
// what comes while one batch is at work makes the next one. Nobody waits for a batch to fill.
package gather

import (
	"context"
	"errors"
	"sync"
)

// ErrClosed says that nothing is taken any more.
var ErrClosed = errors.New("closed")

// Line is where values wait for the next batch. Its methods may be called at once.
type Line[T any] struct {
	in   chan T
	most int
	do   func([]T)
	done sync.WaitGroup
	// mu keeps Put from a closed channel.
	mu     sync.RWMutex
	closed bool
}

// New starts a line that hands batches of at most so many values to do, as many batches at once as there are workers. do
// must not keep the slice.
func New[T any](workers, most int, do func([]T)) *Line[T] {
	l := &Line[T]{in: make(chan T, most*workers), most: most, do: do}
	for range workers {
		l.done.Go(l.work)
	}
	return l
}

// Put adds a value to the next batch. ErrClosed, or ctx's error while the line is full: the value was not taken.
func (l *Line[T]) Put(ctx context.Context, v T) error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		return ErrClosed
	}
	select {
	case l.in <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close returns when everything that was taken is done.
func (l *Line[T]) Close() {
	l.mu.Lock()
	if !l.closed {
		l.closed = true
		close(l.in)
	}
	l.mu.Unlock()
	l.done.Wait()
}

func (l *Line[T]) work() {
	batch := make([]T, 0, l.most)
	for first := range l.in {
		batch = append(batch[:0], first)
		for more := true; more && len(batch) < l.most; {
			select {
			case v, ok := <-l.in:
				if more = ok; ok {
					batch = append(batch, v)
				}
			default:
				more = false
			}
		}
		l.do(batch)
		clear(batch)
	}
}
