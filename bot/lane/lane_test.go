package lane_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/lane"
)

// book writes down what is run, and how jobs ended.
type book struct {
	mu     sync.Mutex
	ran    []string
	faults []string
	panics []string // what is said of them
	ends   chan error
}

func (b *book) options() lane.Options {
	b.ends = make(chan error, 10)
	return lane.Options{Slots: 2, Min: time.Millisecond, Max: time.Millisecond, Rand: func() float64 { return 0 }, Fault: func(kind string, err error) {
		b.mu.Lock()
		defer b.mu.Unlock()
		if kind == "panic" {
			b.panics = append(b.panics, err.Error())
		}
		b.faults = append(b.faults, kind)
	}}
}

func (b *book) job(ctx context.Context, name string, sent int, run func() error) lane.Job {
	return lane.Job{Ctx: ctx, At: time.Unix(int64(sent), 0), Done: func(err error) { b.ends <- err }, Run: func(context.Context) error {
		b.mu.Lock()
		b.ran = append(b.ran, name)
		b.mu.Unlock()
		return run()
	}}
}

func well() error { return nil }

// What was sent earlier comes first, as long as it waits; what was sent at the same time stays in its order.
func TestWhatWasSentEarlierComesFirst(t *testing.T) {
	t.Parallel()
	var b book
	l := lane.New[string](b.options())
	began, goOn := make(chan struct{}), make(chan struct{})
	l.Add("chat", b.job(t.Context(), "first", 9, func() error { close(began); <-goOn; return nil }))
	<-began
	for _, x := range []struct {
		name string
		sent int
	}{{"c", 5}, {"a", 3}, {"d", 5}, {"b", 4}, {"e", 8}} {
		l.Add("chat", b.job(t.Context(), x.name, x.sent, well))
	}
	l.Add("other", b.job(t.Context(), "beside", 0, func() error { close(goOn); return nil })) // a chat of its own waits for nobody
	l.Idle()
	if want := []string{"first", "beside", "a", "b", "c", "d", "e"}; !slices.Equal(b.ran, want) {
		t.Errorf("it was %v, want %v", b.ran, want)
	}
}

// A job that must not be the first lets those go before it that wait behind it, as far as they may, and comes next.
func TestWhatMustComeEarlierComes(t *testing.T) {
	t.Parallel()
	var b book
	l := lane.New[string](b.options())
	began, goOn := make(chan struct{}), make(chan struct{})
	var once sync.Once
	handled := false
	early := func() error {
		once.Do(func() { close(began); <-goOn })
		if !handled {
			return fmt.Errorf("not yet: %w", bot.ErrEarlier)
		}
		return nil
	}
	over, end := context.WithCancel(t.Context())
	end()
	failed := false
	first := func() error {
		if !failed { // what fails otherwise has its turn again, and lets nobody pass
			failed = true
			return errors.New("no")
		}
		handled = true
		return nil
	}
	l.Add("chat", b.job(t.Context(), "b", 0, early))
	<-began
	l.Add("chat", b.job(t.Context(), "c", 0, early))
	l.Add("chat", b.job(over, "given up", 0, well))
	l.Add("chat", b.job(t.Context(), "a", 0, first))
	l.Add("chat", b.job(t.Context(), "d", 0, early))
	close(goOn)
	l.Idle()
	if want := []string{"b", "c", "a", "b", "c", "a", "b", "c"}; !slices.Equal(b.ran, want) {
		t.Errorf("it was %v, want %v", b.ran, want)
	}
}

// A job is tried again until it succeeds, or is parked; what waits behind one that is given up is given up with it.
func TestJobsThatFail(t *testing.T) {
	t.Parallel()
	var b book
	o := b.options()
	l := lane.New[int](o)
	tries := 0
	l.Add(1, b.job(t.Context(), "again", 0, func() error {
		switch tries++; tries {
		case 1:
			return errors.New("no")
		case 2:
			panic("what a person wrote")
		}
		return nil
	}))
	l.Idle()
	if err := <-b.ends; err != nil || tries != 3 || !slices.Equal(b.faults, []string{"handler", "panic"}) {
		t.Errorf("after %d tries it ended with %v; faults %v", tries, err, b.faults)
	}
	bad := b.job(t.Context(), "parked", 0, func() error { return errors.New("no") })
	bad.Park = func(context.Context, error) error { return nil }
	l.Add(1, bad)
	l.Idle()
	if err := <-b.ends; err != nil || b.faults[len(b.faults)-1] != "parked" {
		t.Errorf("what is parked ended with %v; faults %v", err, b.faults)
	}
	parks := 0
	bad.Park = func(context.Context, error) error {
		if parks++; parks == 1 {
			panic("what a person wrote")
		}
		return nil
	}
	l.Add(1, bad)
	l.Idle()
	if err := <-b.ends; err != nil || parks != 2 || b.faults[len(b.faults)-1] != "parked" {
		t.Errorf("what panics as it is parked ended after %d times with %v; faults %v", parks, err, b.faults)
	}
	for _, said := range b.panics {
		if !strings.Contains(said, "TestJobsThatFail") || strings.Contains(said, "what a person wrote") || strings.Contains(said, "0x") {
			t.Errorf("of a panic it is said: %s", said)
		}
	}
	if len(b.panics) != 2 {
		t.Errorf("%d panics are told", len(b.panics))
	}
	ctx, cancel := context.WithCancel(t.Context())
	began := make(chan struct{})
	l.Add(1, b.job(ctx, "given up", 0, func() error { close(began); <-ctx.Done(); return ctx.Err() }))
	<-began
	l.Add(1, b.job(t.Context(), "behind", 0, well))
	cancel()
	l.Idle()
	if first, second := <-b.ends, <-b.ends; first == nil || second == nil || slices.Contains(b.ran, "behind") {
		t.Errorf("given up %v, behind it %v, ran %v", first, second, b.ran)
	}
}
