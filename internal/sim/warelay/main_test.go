package warelay

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/store"
	"go.mau.fi/whatsmeow/types/events"
	"go.uber.org/goleak"
)

// unsafeUnderRace skips a test in which whatsmeow races with itself; the
// detector reports that, and cannot tell it from a race of the relay.
func unsafeUnderRace(t *testing.T, why string) {
	t.Helper()
	if raceEnabled {
		t.Skip("not under the race detector: whatsmeow races with itself, " + why)
	}
}

const (
	raceDelete = "Device.Delete writes the stores that other goroutines read (store/store.go:295)"
	raceGroup  = "a group notification changes the member list SendMessage reads (group.go, updateGroupParticipantCache)"
)

// TestMain fails when a goroutine outlives the relays: every test closes its
// own.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// testLimit bounds one test's waiting; nothing below comes near it.
const testLimit = 60 * time.Second

// start gives a running relay and a context for the test.
func start(t *testing.T) (context.Context, *Relay) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), testLimit)
	r, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.Trust()
	if err = r.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		r.Close()
		cancel()
	})
	return ctx, r
}

func person(ctx context.Context, t *testing.T, r *Relay, phone, name string) *Person {
	t.Helper()
	p, err := r.Person(ctx, phone, name)
	if err != nil {
		t.Fatalf("log %s in: %v", name, err)
	}
	return p
}

// must is for calls whose failure ends the test.
func must[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantText waits until a person has got a text.
func wantText(ctx context.Context, t *testing.T, p *Person, text string) Received {
	t.Helper()
	m, err := p.Next(ctx, func(m Received) bool { return m.Text == text })
	if err != nil {
		t.Fatalf("wait for %q: %v; inbox %+v", text, err, p.Inbox())
	}
	return m
}

// testBot is a linked device with whatsmeow's settings for at-least-once
// delivery, as the product's bot has it.
type testBot struct {
	*Person
	all chan any // every event

	answering sync.Mutex // held while the echo answers
	silent    bool       // the test is over; guarded by answering
}

// bot links a device to an account and logs it in. It answers nothing.
func bot(ctx context.Context, t *testing.T, r *Relay, phone string) *testBot {
	t.Helper()
	a := r.Account(phone, AccountOptions{PushName: "Rabeg"})
	dev, err := r.Device(a)
	ok(t, err)
	b := dial(t, a, dev)
	ok(t, b.Connect(ctx))
	return b
}

// dial sets a client up for a device without connecting it.
func dial(t *testing.T, a *Account, dev *store.Device) *testBot {
	t.Helper()
	p := must[*Person](t)(newPerson(t.Context(), a, dev))
	b := &testBot{Person: p, all: make(chan any, 10_000)}
	b.handle(func(e any) bool {
		b.all <- e
		return true
	})
	t.Cleanup(func() {
		b.answering.Lock() // whatsmeow races with itself when a send breaks off
		b.silent = true
		b.answering.Unlock()
		b.Disconnect()
	})
	return b
}

// echo makes the bot answer every text with "echo: " and the text, in the
// goroutine that handles the message.
func (b *testBot) echo(t *testing.T) {
	b.handle(func(e any) bool {
		m, isMessage := e.(*events.Message)
		if !isMessage || m.Info.IsFromMe {
			return true
		}
		r, shown := read(m)
		if !shown || r.Kind != "text" {
			return true
		}
		b.answering.Lock()
		defer b.answering.Unlock()
		if b.silent {
			return false
		}
		_, err := b.client().SendMessage(context.Background(), m.Info.Chat,
			&waE2E.Message{Conversation: new("echo: " + r.Text)})
		var cut *whatsmeow.DisconnectedError // the test is over
		if err != nil && !errors.Is(err, whatsmeow.ErrNotConnected) && !errors.As(err, &cut) {
			t.Errorf("answer: %v", err)
		}
		return true
	})
}

// event waits for one of the bot's events of a type.
func event[E any](ctx context.Context, t *testing.T, b *testBot) E {
	t.Helper()
	for {
		select {
		case e := <-b.all:
			if found, is := e.(E); is {
				return found
			}
		case <-ctx.Done():
			var zero E
			t.Fatalf("no %T", zero)
		}
	}
}

// once gives a fault hook that acts on the first stanza that matches.
func once(match func(Stanza) bool, v Verdict) func(Stanza) Verdict {
	var mu sync.Mutex
	done := false
	return func(s Stanza) Verdict {
		mu.Lock()
		defer mu.Unlock()
		if done || !match(s) {
			return Verdict{}
		}
		done = true
		return v
	}
}
