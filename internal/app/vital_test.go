package app

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
)

// hours is a clock that a test turns.
type hours struct{ at time.Time }

func (h *hours) now() time.Time       { return h.at }
func (h *hours) pass(d time.Duration) { h.at = h.at.Add(d) }

func watched() (*hours, *vital) {
	h := &hours{time.Date(2026, 11, 28, 2, 0, 0, 0, time.UTC)}
	return h, newVital(h.now)
}

func says(t *testing.T, err error, words string) {
	t.Helper()
	switch {
	case words == "" && err != nil:
		t.Errorf("it is red: %v", err)
	case words != "" && (err == nil || !strings.Contains(err.Error(), words)):
		t.Errorf("it says %v, want %q", err, words)
	}
}

// Nobody writes all night, and all is well; then Telegram is cut off, and comes back.
func TestAQuietNightIsNoFault(t *testing.T) {
	t.Parallel()
	h, v := watched()
	v.begins()
	for range 1000 {
		h.pass(pollHold)
		v.reaches()
		says(t, v.receives(true, true), "")
		says(t, v.handles(), "")
		says(t, v.sends(time.Time{}), "")
	}
	v.fails()
	says(t, v.receives(true, true), "")
	h.pass(unreachedAfter + time.Second)
	v.fails()
	says(t, v.receives(true, true), "not reached, for 11 s")
	says(t, v.receives(false, true), "") // another one receives
	v.reaches()
	says(t, v.receives(true, true), "")
	h.pass(unheardAfter + time.Second) // a poll that never ends
	says(t, v.receives(true, true), "poll is 46 s old")
	says(t, v.receives(true, false), "") // a webhook is called when somebody writes
	if !v.refuses() || v.refuses() {
		t.Error("a refusal is news once")
	}
	says(t, v.receives(true, true), "refuses")
	v.reaches()
	says(t, v.receives(true, true), "")
}

// An event that is tried again and again, or that never comes back, is told of; one that was set aside is not.
func TestAStuckEventIsTold(t *testing.T) {
	t.Parallel()
	h, v := watched()
	broken := errors.New("the store is away")
	handle := v.watch(func(context.Context, bot.Event) error { return broken })
	ev := bot.Event{ID: "telegram:7"}
	for range 8 {
		if err := handle(t.Context(), ev); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		says(t, v.handles(), "")
		h.pass(4 * time.Second)
	}
	says(t, v.handles(), "not been handled for 32 s")
	h.pass(stuckUntil + time.Second)
	says(t, v.handles(), "") // nobody tries it any more: it was parked
	handle = v.watch(func(context.Context, bot.Event) error {
		h.pass(stuckAfter + time.Second)
		says(t, v.handles(), "not been handled for 31 s")
		return nil
	})
	if err := handle(t.Context(), ev); err != nil {
		t.Fatal(err)
	}
	says(t, v.handles(), "")
}

// Letters may wait for a pace; it is a fault only where none goes out.
func TestLettersThatDoNotGoAreTold(t *testing.T) {
	t.Parallel()
	h, v := watched()
	v.notes(true, 10*time.Minute)
	says(t, v.sends(time.Time{}), "") // it has just begun to send
	h.pass(unsentAfter + time.Second)
	v.notes(true, 11*time.Minute)
	says(t, v.sends(h.at.Add(-time.Second)), "") // a long queue that moves
	says(t, v.sends(time.Time{}), "waits for 660 s, and none went out for 46 s")
	v.notes(true, 0)
	says(t, v.sends(time.Time{}), "")
	v.notes(false, time.Hour)
	says(t, v.sends(time.Time{}), "") // another one sends
	v.led("send", false)
	says(t, v.sends(time.Time{}), "")
	h.pass(leaderlessAfter + time.Second)
	v.led("send", false)
	says(t, v.sends(time.Time{}), "no program sends, for 16 s")
	v.led("send", true)
	says(t, v.sends(time.Time{}), "")
}

// Who turns the clock of the lab makes no poll and no letter older than it is; where time goes on for three days it is told.
func TestATurnedClockMakesNothingOlder(t *testing.T) {
	t.Parallel()
	for turned, words := range map[bool]string{true: "", false: "the last successful poll is 259200 s old"} {
		h := &hours{time.Now()}
		a := &App{opts: Options{Now: h.now, Turned: turned}}
		v := newVital(a.steady())
		v.begins()
		v.reaches()
		v.notes(true, time.Second)
		h.pass(72 * time.Hour)
		says(t, v.receives(true, true), words)
		if d, ok := v.age(func(v *vital) time.Time { return v.reached }); !ok || turned != (d < time.Hour) {
			t.Errorf("turned: %t, it was reached %s ago", turned, d)
		}
		v.notes(true, 2*unsentAfter)
		if err := v.sends(time.Time{}); turned != (err == nil) {
			t.Errorf("turned: %t, of the letters it says %v", turned, err)
		}
	}
}
