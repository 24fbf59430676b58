package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// landed waits for a chat and tells when it is over.
func (w *world) landed(ctx context.Context, chat bot.Address) (over chan error) {
	over = make(chan error, 1)
	go func() { over <- w.sender.Landed(ctx, chat) }()
	synctest.Wait()
	return over
}

func open(over chan error) bool {
	synctest.Wait()
	return len(over) == 0
}

// Who answers a message at once waits until it is known where it stands, and no longer.
func TestLandedIsAfterTheReferenceIsWritten(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() { w.took = time.Second })
		w.write(reply("a", citizen(1)), reply("b", citizen(1)))
		synctest.Wait()
		over, other := w.landed(w.tb.Context(), citizen(1)), w.landed(w.tb.Context(), citizen(2))
		if !open(over) || open(other) {
			t.Error("only the chat with a message on its way is waited for")
		}
		pass(900 * time.Millisecond)
		w.set(func() { w.away = true })
		pass(200 * time.Millisecond)
		if !open(over) {
			t.Error("it stands, but nobody could know where")
		}
		w.set(func() { w.away = false })
		pass(200 * time.Millisecond)
		if open(over) {
			t.Fatal("still waiting")
		}
		if r := w.row("a"); r.ref.ID != "a" || <-over != nil {
			t.Errorf("the first stands at %v", r.ref)
		}
		if w.row("b").marked != 0 {
			t.Error("the second was waited for")
		}
	})
}

func TestLandedEndsWithItsTimeAndWithTheSender(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		if err := <-w.landed(w.tb.Context(), deskChat); err != nil {
			t.Errorf("nothing is on its way: %v", err)
		}
		w.set(func() { w.took = 3 * time.Second })
		w.write(toDesk("card"))
		synctest.Wait()
		ctx, cancel := context.WithTimeout(w.tb.Context(), time.Second)
		defer cancel()
		if over := w.landed(ctx, deskChat); !errors.Is(<-over, context.DeadlineExceeded) {
			t.Error("a wait ends with its time")
		}
		over := w.landed(w.tb.Context(), deskChat)
		w.leave()
		if err := <-over; err != nil {
			t.Error(err)
		}
		w.lead()
	})
}

// A letter that is sent alone is written down at once; what many letters became is gathered for a moment.
func TestFatesAreGathered(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		pass(time.Second)
		w.write(reply("alone", citizen(0)))
		pass(10 * time.Millisecond) // it lands
		w.wantState("alone", ledger.Sent)
		was := w.marks
		for i := range 500 {
			w.write(reply(fmt.Sprint("r", i), citizen(i+1)))
			pass(400 * time.Microsecond)
		}
		pass(20 * time.Millisecond)
		w.wantState("r499", ledger.Sent)
		if n := w.marks - was; n > 50 {
			t.Errorf("500 letters in a fifth of a second were written down %d times", n)
		}
	})
}
