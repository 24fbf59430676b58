package outbox_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

func alarm(key string) ledger.Letter {
	return ledger.Letter{Key: key, To: deskChat, Desk: true, Purpose: ledger.Alarm, Message: bot.Message{Text: key}}
}

// reached is how long after since a letter arrived; the test fails when it did not.
func (w *world) reached(key string, since time.Time) time.Duration {
	w.tb.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.calls {
		if c.Key == key && c.Err == nil {
			return c.Ended.Sub(since)
		}
	}
	w.tb.Fatalf("%s has not arrived", key)
	return 0
}

// A hundred cards wait at Telegram's pace of twenty a minute, and a thousand citizens for their answers: the alarm is there
// within a second all the same.
func TestAnAlarmPassesABusyDesk(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Pace = outbox.TelegramPace() }, func(w *world) {
		w.set(func() { w.took = 60 * time.Millisecond })
		for i := range 100 {
			w.write(toDesk(fmt.Sprintf("card%d", i)))
		}
		pass(5 * time.Second)
		for i := range 1000 {
			w.write(reply(fmt.Sprintf("r%d", i), citizen(i+1)))
		}
		pass(time.Second)
		since := time.Now()
		w.write(alarm("112"))
		pass(time.Second)
		took := w.reached("112", since)
		t.Logf("the alarm arrived after %s, with %d letters before it", took, 1101-len(w.sent()))
		if took > time.Second {
			t.Errorf("the alarm took %s", took)
		}
		if w.twice != 0 {
			t.Errorf("two letters were on the wire at once in one chat, %d times", w.twice)
		}
		pass(10 * time.Minute)
		w.wantState("card99", ledger.Sent)
		w.wantState("r999", ledger.Sent)
	})
}

// Pictures are on their way to the desk, or to somebody, for a minute: the alarm goes beside them. Nothing else does, and alarms keep their order.
func TestAnAlarmGoesBesideAnUpload(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		help := func(key string) ledger.Letter {
			l := reply(key, citizen(1))
			l.Purpose = ledger.Alarm
			return l
		}
		w.set(func() {
			w.slow = map[string]time.Duration{"photos": time.Minute, "upload": time.Minute, "112a": 3 * time.Second}
		})
		w.write(toDesk("photos"), reply("upload", citizen(1)))
		pass(time.Second)
		since := time.Now()
		w.write(toDesk("card"), alarm("112a"), alarm("112b"), help("112"), reply("next", citizen(1)))
		pass(10 * time.Second)
		w.want("112", "112a", "112b")
		if took := w.reached("112", since); took > time.Second {
			t.Errorf("the number came after %s", took)
		}
		pass(time.Minute)
		if got := w.sent(); len(got) != 7 || slices.Index(got, "card") < slices.Index(got, "photos") || slices.Index(got, "next") < slices.Index(got, "upload") {
			t.Errorf("sent %v", got)
		}
		if w.twice != 0 {
			t.Errorf("two letters were on the wire at once in one chat, %d times", w.twice)
		}
	})
}

// An alarm that flies beside something and is refused comes again, also while that is still on its way.
func TestAnAlarmBesideAnUploadIsTriedAgain(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() {
			w.slow = map[string]time.Duration{"photos": time.Minute}
			w.script = func(_ bot.Address, key string, _ bool) error {
				if key == "112" && w.tries(key) < 2 {
					return &bot.SendError{Remedy: bot.Retry, Err: errors.New("502")}
				}
				return nil
			}
		})
		w.write(toDesk("photos"))
		pass(time.Second)
		w.write(alarm("112"))
		pass(20 * time.Second)
		w.want("112")
		pass(time.Minute)
		w.want("112", "photos")
	})
}

// The network asked everybody to be silent: an alarm tries its luck once, and then waits as long as it is told.
func TestAnAlarmTriesOnceWhileTheNetworkAsksForSilence(t *testing.T) {
	t.Parallel()
	slow := &bot.SendError{Remedy: bot.Retry, After: 20 * time.Second, Slow: true, Err: errors.New("too many")}
	in(t, func(o *outbox.Options) { o.Pace = outbox.TelegramPace() }, func(w *world) {
		w.set(func() { w.script = func(bot.Address, string, bool) error { return slow } })
		w.write(reply("r", citizen(1)), toDesk("card"))
		pass(100 * time.Millisecond)
		w.write(alarm("112"))
		pass(10 * time.Second)
		if n := w.tries("112"); n != 1 {
			t.Errorf("the alarm was tried %d times, want once", n)
		}
		w.set(func() { w.script = func(bot.Address, string, bool) error { return nil } })
		since := time.Now()
		pass(15 * time.Second)
		if took := w.reached("112", since); took > 11*time.Second {
			t.Errorf("the alarm arrived %s after the network was back", took)
		}
		if got := w.sent(); slices.Index(got, "112") > slices.Index(got, "card") {
			t.Errorf("sent %v: the alarm goes before what waited in the desk", got)
		}
	})
}

// Two alarms go in their order, and one that can never be sent does not hold up the other.
func TestAlarmsGoInOrder(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() {
			w.script = func(_ bot.Address, key string, _ bool) error {
				if key == "bad" {
					return &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("refused")}
				}
				return nil
			}
		})
		w.write(toDesk("card"), alarm("bad"), alarm("1"), alarm("2"))
		pass(time.Second)
		w.want("1", "2", "card")
	})
}

// More letters wait than lie in memory: an alarm that comes now passes those that are not loaded as well.
func TestAnAlarmPassesWhatIsNotLoaded(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Pace = outbox.TelegramPace() }, func(w *world) {
		w.leave()
		many := make([]ledger.Letter, 9000)
		for i := range many {
			many[i] = reply(fmt.Sprint(i), citizen(10+i))
		}
		w.commit(many...)
		w.lead()
		pass(3 * time.Second)
		since := time.Now()
		l := reply("112", citizen(1))
		l.Purpose = ledger.Alarm
		w.write(l)
		pass(time.Second)
		if took := w.reached("112", since); took > time.Second {
			t.Errorf("the number to call took %s", took)
		}
	})
}
