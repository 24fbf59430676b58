package engine

import (
	"context"
	"sync"
	"sync/atomic"

	"rabeg/bot"
)

// Begun knows which events were begun and never ended, over deaths of the program. It may forget; then an event is tried
// more often.
type Begun interface {
	// Begun is how often an event was begun since it last ended.
	Begun(ctx context.Context, id bot.EventID) (int, error)
	// Begin counts one more beginning, End forgets all of them.
	Begin(ctx context.Context, id bot.EventID) error
	End(ctx context.Context, id bot.EventID) error
}

const (
	// freshMost is how many events of a program's life are counted. What killed the program before comes first again, so
	// that all the others cost nothing.
	freshMost = 512
	// deathsMost is how often the program may die at an event before the event is set aside.
	deathsMost = 5
	// deathsAlone is after how many an event is handled while no other is.
	deathsAlone = 2
)

// deadly finds the event that the program dies of. An event that was in hand at several deaths is handled while no other is,
// so that only the guilty one is counted again.
type deadly struct {
	seen  atomic.Int64
	alone sync.RWMutex
}

// begin notes that an event is begun; over that it is ended, whatever came of it. deadly says that the program has died of
// it too often. Where it cannot be noted it is not.
func (e *Engine) begin(ctx context.Context, ev bot.Event) (over func(), deadly bool) {
	if e.Begun == nil || e.deadly.seen.Add(1) > freshMost {
		return func() {}, false
	}
	deaths, err := e.Begun.Begun(ctx, ev.ID)
	if err != nil {
		return func() {}, false
	}
	if deaths >= deathsMost {
		return nil, true
	}
	leave := e.deadly.alone.RUnlock
	if deaths >= deathsAlone {
		e.deadly.alone.Lock()
		leave = e.deadly.alone.Unlock
	} else {
		e.deadly.alone.RLock()
	}
	if err := e.Begun.Begin(ctx, ev.ID); err != nil {
		return leave, false
	}
	return func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyMost)
		defer cancel()
		_ = e.Begun.End(ending, ev.ID) // at worst it counts as begun once more
		leave()
	}, false
}
