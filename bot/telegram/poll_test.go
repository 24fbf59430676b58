package telegram_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/telegram"
)

// updates are waiting in a fake until they are acknowledged, as at Telegram.
type updates struct {
	mu      sync.Mutex
	pending []string
	ids     []int64
	offsets []int64
	wake    chan struct{} // something was added
	polled  chan struct{} // somebody asked
}

func newUpdates() *updates {
	return &updates{wake: make(chan struct{}, 1000), polled: make(chan struct{}, 1)}
}

// until waits until ok holds; it is asked again after each call of the bot.
func (u *updates) until(t *testing.T, ok func(offsets []int64, left int) bool) {
	t.Helper()
	late := time.After(20 * time.Second)
	for {
		u.mu.Lock()
		good := ok(u.offsets, len(u.ids))
		u.mu.Unlock()
		if good {
			return
		}
		select {
		case <-u.polled:
		case <-late:
			t.Fatal("waited in vain")
		}
	}
}

func (u *updates) add(id int64, rest string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.ids = append(u.ids, id)
	u.pending = append(u.pending, fmt.Sprintf(`{"update_id":%d%s}`, id, rest))
	u.wake <- struct{}{}
}

func (u *updates) text(id int64, chat int, text string) {
	u.add(id, fmt.Sprintf(`,"message":{"message_id":%d,"from":{"id":%d,"first_name":"B"},"chat":{"id":%d,"type":"private"},"date":1790000000,"text":%q}`,
		id, chat, chat, text))
}

func (u *updates) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var ask struct{ Offset, Timeout, Limit int64 }
	_ = json.NewDecoder(r.Body).Decode(&ask)
	for {
		u.mu.Lock()
		u.offsets = append(u.offsets, ask.Offset)
		for len(u.ids) > 0 && ask.Offset > 0 && u.ids[0] < ask.Offset {
			u.ids, u.pending = u.ids[1:], u.pending[1:]
		}
		list := slices.Clone(u.pending[:min(len(u.pending), 100)])
		u.mu.Unlock()
		select {
		case u.polled <- struct{}{}:
		default:
		}
		if len(list) > 0 || ask.Timeout == 0 {
			_, _ = io.WriteString(w, `{"ok":true,"result":[`+strings.Join(list, ",")+`]}`)
			return
		}
		select {
		case <-u.wake:
		case <-r.Context().Done():
			return
		case <-time.After(time.Duration(ask.Timeout) * time.Second):
			_, _ = io.WriteString(w, `{"ok":true,"result":[]}`)
			return
		}
	}
}

func (u *updates) left() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.ids)
}

// start runs a channel and gives the way to end it, which gives Run's error.
func start(t *testing.T, c *telegram.Channel, h bot.Handler) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	over := make(chan error, 1)
	go func() { over <- c.Run(ctx, h) }()
	end := sync.OnceValue(func() error { cancel(); return <-over })
	t.Cleanup(func() { _ = end() })
	return end
}

func receive[T any](t *testing.T, ch <-chan T) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(20 * time.Second):
		t.Fatal("waited in vain")
		panic("unreachable")
	}
}

// Broken and unknown updates are counted and acknowledged, and those after them are handled. Where only a part of somebody's
// message is not understood (its origin, a kind of block that is new), the words are.
func TestPollMalformed(t *testing.T) {
	t.Parallel()
	f, u := newFake(t), newUpdates()
	f.handle("getUpdates", u.ServeHTTP)
	u.add(1, `,"message":"not an object"`)
	u.add(2, `,"my_chat_member":{"chat":{"id":5},"new_chat_member":{"status":"king"},"old_chat_member":{"status":"left"}}`)
	u.add(3, `,"message":{"message_id":9999999999999999999999}`)
	u.add(4, `,"telepathy":{}`)
	u.add(5, `,"message":{"message_id":5,"chat":{"id":1},"from":{"id":1},"date":1,"forward_origin":{"type":"oracle"},"text":"x"}`)
	u.add(6, `,"message":{"message_id":6,"chat":{"id":2},"from":{"id":2},"date":1,"rich_message":{"blocks":[{"type":"hologram"}]}}`)
	u.text(7, 1001, "lampu mati")
	kinds, got := make(chan string, 10), make(chan bot.Event, 10)
	c := f.open(t, func(o *telegram.Options) { o.OnUnknown = func(k string) { kinds <- k } })
	stop := start(t, c, func(_ context.Context, ev bot.Event) error { got <- ev; return nil })
	said := map[bot.EventID]string{}
	for range 3 {
		ev := receive(t, got)
		said[ev.ID] = bot.Words(ev.Body)
	}
	if _, answered := said["tg:6"]; !answered || said["tg:5"] != "x" || said["tg:7"] != "lampu mati" {
		t.Errorf("handled %v", said)
	}
	counted := map[string]int{}
	for range 6 {
		counted[receive(t, kinds)]++
	}
	if counted["malformed"] != 3 || counted["unknown"] != 1 || counted["outlined"] != 2 {
		t.Errorf("counted %v", counted)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n := u.left(); n != 0 {
		t.Errorf("%d updates were not acknowledged", n)
	}
}

func TestPollTokenRefused(t *testing.T) {
	t.Parallel()
	for code, text := range map[int]string{401: "Unauthorized", 404: "Not Found"} {
		for _, method := range []string{"getMe", "getUpdates"} {
			f := newFake(t)
			f.on(method, fmt.Sprintf(`{"ok":false,"error_code":%d,"description":%q}`, code, text))
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			err := f.open(t, nil).Run(ctx, func(context.Context, bot.Event) error { return nil })
			cancel()
			if err == nil || !strings.Contains(err.Error(), "token is refused") {
				t.Errorf("%s %d: Run gave %v", method, code, err)
			}
		}
	}
}

// Bad gateways, cut connections, a second poller and somebody's webhook are waited out.
func TestPollTrouble(t *testing.T) {
	t.Parallel()
	f, u := newFake(t), newUpdates()
	var n atomic.Int32
	f.handle("getUpdates", func(w http.ResponseWriter, r *http.Request) {
		switch n.Add(1) {
		case 1:
			w.WriteHeader(502)
			_, _ = io.WriteString(w, "<html>")
		case 2:
			panic(http.ErrAbortHandler)
		case 3:
			_, _ = io.WriteString(w, `{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}`)
		case 4:
			_, _ = io.WriteString(w, `{"ok":false,"error_code":409,"description":"Conflict: can't use getUpdates method while webhook is active"}`)
		case 5:
			_, _ = io.WriteString(w, `{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":1}}`)
		case 6:
			_, _ = io.WriteString(w, `{"ok":true,"result":{"not":"a list"}}`)
		default:
			u.ServeHTTP(w, r)
		}
	})
	u.text(6, 1001, "lampu mati")
	faults, got := make(chan string, 20), make(chan bot.Event, 1)
	c := f.open(t, func(o *telegram.Options) { o.OnFault = func(k string) { faults <- k } })
	begin := time.Now()
	stop := start(t, c, func(_ context.Context, ev bot.Event) error { got <- ev; return nil })
	receive(t, got)
	if took := time.Since(begin); took < time.Second {
		t.Errorf("Telegram asked for a second of quiet and got %v", took)
	}
	for _, want := range []string{"network", "network", "conflict", "conflict", "network", "network"} {
		if k := receive(t, faults); k != want {
			t.Errorf("fault %q, want %q", k, want)
		}
	}
	if n := len(f.made("deleteWebhook")); n != 2 {
		t.Errorf("the webhook was removed %d times, want at the start and after the conflict", n)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// After a quiet week Telegram may number updates anew, and lower.
func TestPollNumberedAnew(t *testing.T) {
	t.Parallel()
	f, u := newFake(t), newUpdates()
	f.handle("getUpdates", u.ServeHTTP)
	got := make(chan bot.Event, 10)
	c := f.open(t, func(o *telegram.Options) { o.PollTimeout = time.Second })
	start(t, c, func(_ context.Context, ev bot.Event) error { got <- ev; return nil })
	u.text(900, 1001, "lama")
	receive(t, got)
	u.until(t, func(offsets []int64, left int) bool {
		return left == 0 && len(offsets) > 2 && offsets[len(offsets)-1] == 0
	})
	u.text(5, 1001, "baru")
	if ev := receive(t, got); ev.ID != "tg:5" {
		t.Errorf("handled %v", ev.ID)
	}
}

// An event that is never handled: the offset never passes it, 99 later updates are handled, a restart gets it again, and
// with Park the rest goes on.
func TestPollStuckForLong(t *testing.T) {
	t.Parallel()
	f, u := newFake(t), newUpdates()
	f.handle("getUpdates", u.ServeHTTP)
	u.text(1, 666, "racun")
	for i := range 150 {
		u.text(int64(2+i), 1001+i%7, "baik")
	}
	var good atomic.Int32
	handle := func(_ context.Context, ev bot.Event) error {
		if ev.Chat.ID == "666" {
			return errors.New("never")
		}
		good.Add(1)
		return nil
	}
	stuck := make(chan string, 1000)
	report := func(k string) {
		if k != "handler" {
			stuck <- k
		}
	}
	stop := start(t, f.open(t, func(o *telegram.Options) { o.OnFault = report }), handle)
	if k := receive(t, stuck); k != "stuck" {
		t.Errorf("fault %q", k)
	}
	if n := good.Load(); n != 99 {
		t.Errorf("%d others were handled, the window allows 99", n)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	u.mu.Lock()
	if top := slices.Max(u.offsets); top > 1 {
		t.Errorf("the offset went to %d, past an update that was not handled", top)
	}
	u.mu.Unlock()

	parked := make(chan bot.Event, 1)
	good.Store(0)
	c := f.open(t, func(o *telegram.Options) {
		o.ParkAfter = 20 * time.Millisecond
		o.Park = func(_ context.Context, ev bot.Event, cause error) error {
			if cause == nil || cause.Error() != "never" {
				t.Errorf("the cause is %v", cause)
			}
			parked <- ev
			return nil
		}
	})
	stop = start(t, c, handle)
	if ev := receive(t, parked); ev.ID != "tg:1" {
		t.Errorf("parked %v", ev.ID)
	}
	u.until(t, func(_ []int64, left int) bool { return left == 0 })
	if err := stop(); err != nil || good.Load() != 150 || u.left() != 0 {
		t.Errorf("%v; %d handled, %d not acknowledged", err, good.Load(), u.left())
	}
}

// Stopping acknowledges what was handled and nothing else.
func TestPollFarewell(t *testing.T) {
	t.Parallel()
	f, u := newFake(t), newUpdates()
	f.handle("getUpdates", u.ServeHTTP)
	for i := range 10 {
		u.text(int64(1+i), 1001, "pesan")
	}
	reached := make(chan struct{})
	stop := start(t, f.open(t, nil), func(ctx context.Context, ev bot.Event) error {
		if ev.ID == "tg:6" {
			close(reached)
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	})
	receive(t, reached)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n := u.left(); n != 5 {
		t.Errorf("%d updates are left, want 5: those from the one that failed on", n)
	}
}

// While one event takes long, messages of others are not held up.
func TestPollSlowHandler(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	slow, quick := s.phone(), s.phone()
	begun, got, release := make(chan struct{}), make(chan bot.Event, 100), make(chan struct{})
	start(t, s.open(t, nil), func(ctx context.Context, ev bot.Event) error {
		if ev.Chat == slow.Chat() {
			close(begun)
			select {
			case <-release:
			case <-ctx.Done():
			}
			return ctx.Err()
		}
		got <- ev
		return nil
	})
	if _, err := slow.p.Text("lama"); err != nil {
		t.Fatal(err)
	}
	receive(t, begun)
	for range 20 {
		begin := time.Now()
		if _, err := quick.p.Text("cepat"); err != nil {
			t.Fatal(err)
		}
		receive(t, got)
		if took := time.Since(begin); took > 3*time.Second {
			t.Errorf("waited %v", took)
		}
	}
	close(release)
}
