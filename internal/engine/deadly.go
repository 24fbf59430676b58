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
//
// An event takes its chat's place first, and then begins. It never waits for a place once it has begun: whoever waits for others
// (Waiting) begins again with its place in hand, and those others have to end. A beginning that is nil is noted nowhere.
type beginning struct {
	e     *Engine
	id    bot.EventID
	alone bool
	noted bool
}

type beginningKey struct{}

// beginning is how an event is to be begun, nil where it is not counted. deadly says that the program has died of it too often.
func (e *Engine) beginning(ctx context.Context, ev bot.Event) (b *beginning, deadly bool) {
	if e.Begun == nil || e.deadly.seen.Add(1) > freshMost {
		return nil, false
	}
	deaths, err := e.Begun.Begun(ctx, ev.ID)
	switch {
	case err != nil:
		return nil, false
	case deaths >= deathsMost:
		return nil, true
	}
	return &beginning{e: e, id: ev.ID, alone: deaths >= deathsAlone}, false
}

// begin begins the event, in its chat's place, and notes that once. Where it cannot be noted it is not.
func (b *beginning) begin(ctx context.Context) context.Context {
	if b == nil {
		return ctx
	}
	b.enter()
	if !b.noted {
		if b.e.Begun.Begin(ctx, b.id) != nil {
			return ctx
		}
		b.noted = true
	}
	return context.WithValue(ctx, beginningKey{}, b)
}

// over notes that the event is ended, whatever came of it. At worst it counts as begun once more.
func (b *beginning) over(ctx context.Context) {
	if b != nil && b.noted {
		b.note(ctx, b.e.Begun.End)
	}
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
	defer func() {
		b.enter()
		b.note(ctx, b.e.Begun.Begin)
	}()
	wait()
}

// aside leaves an event's place to other chats while it does what takes long. It is not ended meanwhile: the program may die of that. One
// that is handled alone keeps its place, where nobody else may begin.
func (e *Engine) aside(ctx context.Context, chat bot.Address, do func()) {
	b, _ := ctx.Value(beginningKey{}).(*beginning)
	if b != nil && b.alone {
		do()
		return
	}
	b.leave()
	defer b.enter()
	e.placeOf(chat).aside(chat.ID, do)
}

func (b *beginning) enter() {
	switch {
	case b == nil:
	case b.alone:
		b.e.deadly.alone.Lock()
	default:
		b.e.deadly.alone.RLock()
	}
}

func (b *beginning) leave() {
	switch {
	case b == nil:
	case b.alone:
		b.e.deadly.alone.Unlock()
	default:
		b.e.deadly.alone.RUnlock()
	}
}

// note writes something down about the event, also when the program is to end.
func (b *beginning) note(ctx context.Context, what func(context.Context, bot.EventID) error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyMost)
	defer cancel()
	_ = what(ctx, b.id)
}
