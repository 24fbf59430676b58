package outbox_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// harbour is a database that knows what departed.
type harbour struct {
	*world
	departed        map[int64]bool // before the network was given it
	deaf            bool           // takes no departures
	forgets         int            // how often old departures were taken away
	keepsDepartures bool           // some are not old yet
	results         []string
}

// inHarbour runs a test whose sender follows another, which ended without a word after the letters written by before had departed.
func inHarbour(t *testing.T, before []ledger.Letter, test func(*harbour)) {
	t.Helper()
	h := &harbour{departed: map[int64]bool{}}
	in(t, func(o *outbox.Options) {
		h.world = o.Channel.(*world)
		for _, it := range h.commit(before...) {
			h.departed[it.ID] = true
		}
		o.Departures = h
		o.Observe = func(result string, _ time.Duration) { h.set(func() { h.results = append(h.results, result) }) }
	}, func(*world) { test(h) })
}

func (h *harbour) Depart(_ context.Context, ids []int64) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.deaf {
		return errAway
	}
	for _, id := range ids {
		h.departed[id] = true
	}
	return nil
}

func (h *harbour) Adrift(context.Context, []string) (ids []int64, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id := range h.departed {
		if h.rows[id-1].state == ledger.Waiting {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func (h *harbour) ForgetDeparted(context.Context) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.forgets++
	left := h.keepsDepartures
	h.keepsDepartures = false // by the next time they are old
	return left, nil
}

// Old departures are taken away while there are any, and where nothing departs nobody asks.
func TestNobodyForgetsWhatIsNotThere(t *testing.T) {
	t.Parallel()
	inHarbour(t, nil, func(h *harbour) {
		forgets := func() (n int) { h.set(func() { n = h.forgets }); return n }
		pass(5 * time.Minute)
		if n := forgets(); n != 1 { // of an earlier program there may be some
			t.Errorf("it asks %d times for nothing", n)
		}
		h.set(func() { h.keepsDepartures = true })
		h.write(reply("a", citizen(1)))
		pass(5 * time.Minute)
		if n := forgets(); n != 3 {
			t.Errorf("it asks %d times, want once while some are left, and once for those", n-1)
		}
	})
}

// does is something that a person did, which the program takes up.
func (h *harbour) does(chat bot.Address, body bot.Body) {
	h.tb.Helper()
	handled := errors.New("handled")
	handle := h.sender.Heard(func(context.Context, bot.Event) error { return handled })
	if err := handle(h.tb.Context(), bot.Event{Chat: chat, Body: body}); !errors.Is(err, handled) {
		h.tb.Errorf("the event is not handled: %v", err)
	}
}

func asking(key string, chat bot.Address) ledger.Letter {
	l := reply(key, chat)
	l.Message.Menu = &bot.Menu{ID: "sure", Choices: []bot.Choice{{ID: "y", Label: "Ya"}, {ID: "n", Label: "Tidak"}}}
	return l
}

// Nothing is given to the network before it is written down that it departs; what cannot be written down waits and counts as no try.
// What may come as often as it will departs unwritten.
func TestNothingFliesThatDidNotDepart(t *testing.T) {
	t.Parallel()
	inHarbour(t, nil, func(h *harbour) {
		h.set(func() { h.deaf = true })
		h.write(reply("a", citizen(1)), toDesk("b"), ledger.Letter{Key: "p", To: citizen(1), Purpose: ledger.ToPress, Press: "p"})
		pass(time.Minute)
		h.want("p")
		h.set(func() { h.deaf = false })
		pass(time.Second)
		h.wantState("a", ledger.Sent)
		h.wantState("b", ledger.Sent)
		if n := h.row("a").Attempts; n != 1 {
			t.Errorf("it counts %d tries", n)
		}
		if !h.departed[h.row("a").ID] || !h.departed[h.row("b").ID] || h.departed[h.row("p").ID] {
			t.Errorf("departed is %v", h.departed)
		}
	})
}

// A database that fails to take one departure delays that letter by a moment, also when nothing else happens.
func TestADepartureThatFailedIsTriedAgainSoon(t *testing.T) {
	t.Parallel()
	inHarbour(t, nil, func(h *harbour) {
		h.set(func() { h.deaf = true })
		h.write(reply("a", citizen(1)))
		synctest.Wait()
		h.set(func() { h.deaf = false })
		pass(300 * time.Millisecond)
		h.want("a")
	})
}

// A letter that may have arrived waits for a sign, and with it what comes after it in its chat; others do not wait. Without a sign it goes
// out again, and the card and the figures say so.
func TestWhatMayHaveArrivedWaitsForASign(t *testing.T) {
	t.Parallel()
	news := ledger.Letter{Key: "news", To: citizen(1), Purpose: ledger.Notice, Report: 7, Message: bot.Message{Text: "news"}}
	inHarbour(t, []ledger.Letter{news}, func(h *harbour) {
		h.write(reply("after it", citizen(1)), reply("other", citizen(2)))
		pass(time.Second)
		h.want("other")
		pass(2 * time.Second)
		h.want("other", "news", "after it")
		if why := h.row("news").why; why == "" || h.row("after it").why != "" {
			t.Errorf("the card says %q", why)
		}
		if !slices.Contains(h.results, "again") {
			t.Errorf("counted as %v", h.results)
		}
	})
}

// Danger waits for no sign: better twice than late.
func TestDangerWaitsForNoSign(t *testing.T) {
	t.Parallel()
	alarm := reply("112", citizen(1))
	alarm.Purpose = ledger.Alarm
	inHarbour(t, []ledger.Letter{alarm}, func(h *harbour) {
		pass(100 * time.Millisecond)
		h.want("112")
	})
}

// Who answers what a letter asks has read it: it is not sent again. Nothing else is a sign.
func TestAnAnswerIsASign(t *testing.T) {
	t.Parallel()
	one := citizen(1)
	pin := asking("q", one)
	pin.Message.Menu, pin.Message.Want = nil, bot.WantLocation
	at := bot.MessageRef{Chat: one, ID: "41"}
	for name, c := range map[string]struct {
		asked ledger.Letter
		chat  bot.Address
		body  bot.Body
		sign  bool
	}{
		"its button":                 {asking("q", one), one, bot.Pick{Menu: "sure", Choice: "y", Message: at}, true},
		"its label":                  {asking("q", one), one, bot.Text{Text: "tidak"}, true},
		"its number":                 {asking("q", one), one, bot.Text{Text: "2."}, true},
		"the place it asks for":      {pin, one, bot.Location{Lat: -6, Lon: 106}, true},
		"another button":             {asking("q", one), one, bot.Pick{Menu: "other", Choice: "y", Message: at}, false},
		"other words":                {asking("q", one), one, bot.Text{Text: "halo?"}, false},
		"a place nobody wanted":      {asking("q", one), one, bot.Location{Lat: -6, Lon: 106}, false},
		"somebody else's button":     {asking("q", one), citizen(2), bot.Pick{Menu: "sure", Choice: "y", Message: at}, false},
		"words to what asks nothing": {reply("q", one), one, bot.Text{Text: "ya"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inHarbour(t, []ledger.Letter{c.asked}, func(h *harbour) {
				h.does(c.chat, c.body)
				pass(5 * time.Second)
				if sent := slices.Contains(h.sent(), "q"); sent == c.sign {
					t.Errorf("sent again: %v", sent)
				}
				h.wantState("q", ledger.Sent)
				if _, pressed := c.body.(bot.Pick); pressed && c.sign && h.row("q").ref != at {
					t.Errorf("it stands at %v", h.row("q").ref)
				}
			})
		})
	}
}

// The conversation has gone on without it: a question that may have arrived gives way to the next answer like any other.
func TestAQuestionAdriftGivesWay(t *testing.T) {
	t.Parallel()
	old, next := asking("old", citizen(1)), asking("next", citizen(1))
	old.Fold, next.Fold, next.Over = "talk", "talk", "talk"
	inHarbour(t, []ledger.Letter{old}, func(h *harbour) {
		h.write(next)
		pass(5 * time.Second)
		h.want("next")
		h.wantState("old", ledger.Overtaken)
	})
}

// A sender that is not sure of its lead any more ends what is on the wire before another may lead; one that is sure lets it land.
func TestWhatIsOnTheWireIsCutOff(t *testing.T) {
	t.Parallel()
	for name, unsure := range map[string]time.Duration{"unsure": 2600 * time.Millisecond, "sure": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inHeld(t, func() time.Duration { return unsure }, func(w *world) {
				w.set(func() { w.took = 30 * time.Second })
				w.write(reply("a", citizen(1)))
				pass(10 * time.Second)
				ended := w.tries("a") > 0
				if ended != (unsure > 0) {
					t.Errorf("ended: %v", ended)
				}
			})
		})
	}
}

// inHeld runs a test with a sender that leads, and knows for how long that has not been sure.
func inHeld(t *testing.T, unsure func() time.Duration, test func(*world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, nil)
		ctx, cancel := context.WithCancel(ledger.Holding(context.Background(), ledger.Hold{Name: "send", Fence: 7, Unsure: unsure}))
		w.stop, w.ended = cancel, make(chan struct{})
		go func() { defer close(w.ended); _ = w.sender.Run(ctx) }()
		synctest.Wait()
		defer func() { w.leave() }()
		test(w)
	})
}
