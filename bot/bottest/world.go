package bottest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"rabeg/bot"
)

// world is a row's network and the time it has.
type world struct {
	Harness
	ctx context.Context
}

// listener is a channel that runs.
type listener struct {
	bot.Channel
	stop func()
	over chan struct{}
	err  error
}

// run opens a channel and lets it receive until the row ends or stop is called, which waits for the end.
func (w world) run(t *testing.T, h bot.Handler) *listener {
	t.Helper()
	ctx, cancel := context.WithCancel(w.ctx)
	l := &listener{Channel: w.Open(t), over: make(chan struct{})}
	checked := func(ctx context.Context, ev bot.Event) error {
		if err := Kept(ev); err != nil {
			t.Errorf("an event that cannot be written down, a %T: %v", ev.Body, err)
		}
		return h(ctx, ev)
	}
	go func() {
		defer close(l.over)
		l.err = l.Run(ctx, checked)
	}()
	l.stop = func() { cancel(); <-l.over }
	t.Cleanup(func() {
		l.stop()
		if l.err != nil {
			t.Errorf("Run gave %v", l.err)
		}
	})
	return l
}

// events is a handler that takes everything and hands it to the row.
func (w world) events(t *testing.T) (bot.Handler, func() bot.Event) {
	ch := make(chan bot.Event, 1000)
	handle := func(_ context.Context, ev bot.Event) error {
		ch <- ev
		return nil
	}
	next := func() bot.Event {
		t.Helper()
		for {
			select {
			case ev := <-ch:
				if _, joined := ev.Body.(bot.Joined); !joined { // some networks tell when a person first comes
					return ev
				}
			case <-w.ctx.Done():
				t.Fatal("no event came")
			}
		}
	}
	return handle, next
}

func (w world) send(t *testing.T, p Phone, o Out) string {
	t.Helper()
	id, err := p.Send(w.ctx, o)
	if errors.Is(err, ErrCannot) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatalf("the person's message: %v", err)
	}
	return id
}

func (w world) say(t *testing.T, p Phone, text string) string {
	t.Helper()
	return w.send(t, p, Out{Text: text})
}

// tell sends a message of the bot.
func (w world) tell(t *testing.T, c bot.Channel, to bot.Address, m bot.Message) bot.MessageRef {
	t.Helper()
	ref, err := c.Send(w.ctx, to, "key-"+t.Name()+m.Text[:min(len(m.Text), 20)], m)
	if err != nil {
		t.Fatalf("Send: %v", err)
	}
	if ref.Zero() {
		t.Fatal("Send gave no reference")
	}
	return ref
}

// sees waits for n messages of the bot.
func (w world) sees(t *testing.T, p Phone, n int) []Shown {
	t.Helper()
	return w.until(t, p, func(list []Shown) bool { return len(list) >= n })
}

func (w world) until(t *testing.T, p Phone, ok func([]Shown) bool) []Shown {
	t.Helper()
	list, err := p.Wait(w.ctx, ok)
	if err != nil {
		t.Fatalf("waiting for the bot's messages: %v; it sees %d", err, len(list))
	}
	return list
}

// met is a person who has written once, so that the bot may write back, and the running channel.
func (w world) met(t *testing.T) (*listener, Phone, func() bot.Event) {
	t.Helper()
	handle, next := w.events(t)
	l, p := w.run(t, handle), w.Phone(t)
	w.say(t, p, "halo")
	if ev := next(); ev.Chat != p.Chat() {
		t.Fatalf("the event is of chat %v, not %v", ev.Chat, p.Chat())
	}
	return l, p, next
}

// diary notes which texts of which chat were handled, in order.
type diary struct {
	mu   sync.Mutex
	told map[bot.Address][]string
	ids  map[bot.EventID]int
	wake chan struct{} // closed, and made anew, with each note
}

func newDiary() *diary {
	return &diary{told: make(map[bot.Address][]string), ids: make(map[bot.EventID]int), wake: make(chan struct{})}
}

func (d *diary) note(ev bot.Event) {
	text, ok := ev.Body.(bot.Text)
	if !ok {
		return
	}
	d.mu.Lock()
	d.told[ev.Chat] = append(d.told[ev.Chat], text.Text)
	d.ids[ev.ID]++
	close(d.wake)
	d.wake = make(chan struct{})
	d.mu.Unlock()
}

func (d *diary) of(chat bot.Address) []string {
	list, _ := d.look(chat)
	return list
}

// look gives a chat's notes and what is closed with the next note.
func (d *diary) look(chat bot.Address) ([]string, <-chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.told[chat]), d.wake
}

// wait waits until a chat has n notes.
func (d *diary) wait(ctx context.Context, t *testing.T, chat bot.Address, n int) []string {
	t.Helper()
	for {
		list, next := d.look(chat)
		if len(list) >= n {
			return list
		}
		select {
		case <-next:
		case <-ctx.Done():
			t.Fatalf("chat %v: handled %d of %d", chat, len(list), n)
		}
	}
}

// numbered are the texts "<prefix> 0" to "<prefix> n-1".
func numbered(prefix string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("%s %d", prefix, i)
	}
	return list
}

// firsts drops later copies: what an at-least-once delivery looks like to a handler that knows event ids.
func firsts(list []string) []string {
	seen := make(map[string]bool, len(list))
	var out []string
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// wantRemedy checks a failure and gives it.
func wantRemedy(t *testing.T, err error, want bot.Remedy) *bot.SendError {
	t.Helper()
	var se *bot.SendError
	if !errors.As(err, &se) {
		t.Fatalf("the error is %v, not a *bot.SendError", err)
	}
	if se.Remedy != want {
		t.Fatalf("remedy %v, want %v: %v", se.Remedy, want, err)
	}
	return se
}

// squeezed is a text without white space: for comparing what was split over messages.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
