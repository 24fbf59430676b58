package outbox_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// A sender that was frozen wakes: until it knows that it still leads nothing goes out, not even the answer to a press, and nothing
// counts as a try.
func TestNothingGoesOutWhileTheLeadIsNotSure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		var unsure atomic.Bool
		unsure.Store(true)
		ctx, cancel := context.WithCancel(ledger.Holding(context.Background(), ledger.Hold{Name: "send", Fence: 7, Still: func() bool { return !unsure.Load() }}))
		w.stop, w.ended = cancel, make(chan struct{})
		go func() { defer close(w.ended); _ = w.sender.Run(ctx) }()
		defer func() { w.leave() }()
		synctest.Wait()
		w.write(reply("a", citizen(1)), toDesk("b"), ledger.Letter{Key: "p", To: citizen(1), Purpose: ledger.ToPress, Press: "p"})
		pass(time.Minute)
		w.want()
		unsure.Store(false)
		pass(time.Second)
		if got := len(w.sent()); got != 3 {
			t.Errorf("%d letters were sent once the lead was sure", got)
		}
		w.wantState("a", ledger.Sent)
		w.wantState("p", ledger.Sent)
		if n := w.row("a").Attempts; n != 1 {
			t.Errorf("it counts %d tries", n)
		}
	})
}

// Who takes another's place does not know what the other has just sent: the network's pace goes on as if all of it had been used.
func TestThePaceIsTheNetworks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(o *outbox.Options) {
			o.Pace = outbox.Pace{PerSecond: 10, Burst: 5, ChatPerSecond: 1, ChatBurst: 2, GroupPerMinute: 20, GroupBurst: 12}
		})
		ctx, cancel := context.WithCancel(ledger.Holding(context.Background(), ledger.Hold{Name: "send", Fence: 8, After: true}))
		w.stop, w.ended = cancel, make(chan struct{})
		go func() { defer close(w.ended); _ = w.sender.Run(ctx) }()
		defer func() { w.leave() }()
		synctest.Wait()
		for i := range 20 {
			w.write(toDesk(fmt.Sprint("d", i)), reply(fmt.Sprint("a", i), citizen(1)))
		}
		pass(10 * time.Second)
		desk, one := 0, 0
		for _, key := range w.sent() {
			if key[0] == 'd' {
				desk++
			} else {
				one++
			}
		}
		if desk > 4 || desk < 3 || one > 11 || one < 9 {
			t.Errorf("%d to the desk and %d to one person in ten seconds", desk, one)
		}
	})
}

// The database takes no fates: no more letters go out than in a second, for another sends again what is not written.
func TestLettersWaitForTheirFates(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.write(reply("0", citizen(1)))
		w.set(func() { w.away = true })
		for i := range 1000 {
			w.write(reply(fmt.Sprint(i+1), citizen(1))) // each takes 10 ms
		}
		pass(20 * time.Second)
		if got := len(w.sent()); got > 110 {
			t.Errorf("%d letters were sent whose fates nobody knows", got)
		}
		w.set(func() { w.away = false })
		pass(20 * time.Second)
		if got := len(w.sent()); got != 1001 {
			t.Errorf("%d of 1001 letters were sent", got)
		}
	})
}

// The connection is lost while a sender that leaves writes its last fates: it tries again, for the next one sends again what is
// not written.
func TestTheLastFatesAreWrittenAgain(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() { w.away = true })
		w.write(reply("a", citizen(1)))
		pass(500 * time.Millisecond)
		time.AfterFunc(time.Second, func() { w.set(func() { w.away = false }) })
		w.leave()
		w.want("a")
		w.wantState("a", ledger.Sent)
		w.lead()
	})
}
