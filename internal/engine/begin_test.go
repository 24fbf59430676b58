package engine_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/engine"
)

// slow are conversations of which the first that is asked for waits for what somebody else is about to write, in its chat's place.
type slow struct {
	engine.Sessions
	asked        atomic.Bool
	waits, known chan struct{}
}

func (s *slow) Load(ctx context.Context, chat bot.Address) (engine.Session, error) {
	if !s.asked.Swap(true) {
		engine.Waiting(ctx, func() { close(s.waits); <-s.known })
	}
	return s.Sessions.Load(ctx, chat)
}

func (s *slow) Take(ctx context.Context, chat bot.Address, _ engine.Beginning) (engine.Session, error) {
	return s.Load(ctx, chat)
}

// Somebody waits for what another is about to write; others wait for the place where that is handled; and an event that was in hand at deaths of the program wants to be handled alone. Whoever comes first, all of them end.
func TestWhoWaitsKeepsNobodyFromEnding(t *testing.T) {
	t.Parallel()
	for round := range 60 {
		past := &lives{n: map[bot.EventID]int{"alone": 3}}
		s := &slow{waits: make(chan struct{}), known: make(chan struct{})}
		e, _, _ := parking(func(o *engine.Options) {
			o.Begun = past
			s.Sessions, o.Sessions = o.Sessions, s
		})
		var all sync.WaitGroup
		handle := func(ev bot.Event) {
			all.Go(func() {
				if err := e.Handle(t.Context(), ev); err != nil {
					t.Error(err)
				}
			})
		}
		handle(says("answer", siti, "got mampet di kel Cipare"))
		<-s.waits
		for n := range 3 {
			handle(says(fmt.Sprint("beside", n), siti, "got mampet di kel Cipare"))
		}
		for range round * 20 {
			runtime.Gosched()
		}
		handle(says("alone", bot.Address{Network: "sim", ID: "other"}, "got mampet di kel Cipare"))
		for range round * 20 {
			runtime.Gosched()
		}
		close(s.known)
		ended := make(chan struct{})
		go func() { all.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-time.After(time.Minute): // only where they wait for one another for ever
			t.Fatalf("in round %d they wait for one another", round)
		}
	}
}
