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
	// Begin counts one more beginning, Wait takes the last one back, End forgets all of them.
	Begin(ctx context.Context, id bot.EventID) error
	Wait(ctx context.Context, id bot.EventID) error
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

// beginning is an event that is noted as begun. It travels with the context to where it may have to wait.
type beginning struct {
	e     *Engine
	id    bot.EventID
	alone bool
}

type beginningKey struct{}

// begin notes that an event is begun; over that it is ended, whatever came of it. deadly says that the program has died of
// it too often. Where it cannot be noted it is not.
func (e *Engine) begin(ctx context.Context, ev bot.Event) (begun context.Context, over func(), deadly bool) {
	if e.Begun == nil || e.deadly.seen.Add(1) > freshMost {
		return ctx, func() {}, false
	}
	deaths, err := e.Begun.Begun(ctx, ev.ID)
	if err != nil {
		return ctx, func() {}, false
	}
	if deaths >= deathsMost {
		return ctx, nil, true
	}
	b := &beginning{e, ev.ID, deaths >= deathsAlone}
	b.enter()
	if err := e.Begun.Begin(ctx, ev.ID); err != nil {
		return ctx, b.leave, false
	}
	return context.WithValue(ctx, beginningKey{}, b), func() {
		b.note(ctx, e.Begun.End) // at worst it counts as begun once more
		b.leave()
	}, false
}

// Waiting waits for what others hold or are about to write, while an event is handled. Who dies then has not died of the event, and nobody has to be kept from beginning beside it.
func Waiting(ctx context.Context, wait func()) {
	b, ok := ctx.Value(beginningKey{}).(*beginning)
	if !ok {
		wait()
		return
	}
	b.note(ctx, b.e.Begun.Wait)
	b.leave()
	wait()
	b.enter()
	b.note(ctx, b.e.Begun.Begin)
}

func (b *beginning) enter() {
	if b.alone {
		b.e.deadly.alone.Lock()
		return
	}
	b.e.deadly.alone.RLock()
}

func (b *beginning) leave() {
	if b.alone {
		b.e.deadly.alone.Unlock()
		return
	}
	b.e.deadly.alone.RUnlock()
}

// note writes something down about the event, also when the program is to end.
func (b *beginning) note(ctx context.Context, what func(context.Context, bot.EventID) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyMost)
	defer cancel()
	_ = what(ctx, b.id)
}
