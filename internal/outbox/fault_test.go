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
	"rabeg/internal/report"
)

func reportID(n int) report.ID { return report.ID(n) }

// lateQueue lets something happen right after the waiting letters were listed for the first time.
type lateQueue struct {
	*world
	during func()
}

func (q *lateQueue) WaitingIDs(ctx ctx, networks []string, limit int) ([]int64, error) {
	ids, err := q.world.WaitingIDs(ctx, networks, limit)
	if q.during != nil {
		q.during()
		q.during = nil
	}
	return ids, err
}

func refuse(r bot.Remedy) error { return &bot.SendError{Remedy: r, Err: errors.New("no")} }

// The network is away for a while: nothing is lost, each chat keeps its order, and nobody is hammered.
func TestNetworkAway(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() { w.script = func(bot.Address, string, bool) error { return errors.New("502") } })
		var want []string
		for i := range 5 {
			want = append(want, fmt.Sprint(i))
			w.write(reply(want[i], citizen(1)))
		}
		pass(20 * time.Second)
		w.want()
		if n := w.tries("0"); n < 5 || n > 12 {
			t.Errorf("%d tries in 20 s", n)
		}
		if n := w.tries("1"); n != 0 {
			t.Error("a letter passed the one before it")
		}
		w.set(func() { w.script = func(bot.Address, string, bool) error { return nil } })
		pass(30 * time.Second)
		w.want(want...)
	})
}

// 429 to a citizen silences the whole network for the time it asks, one to the group the group alone.
func TestTheNetworkAsksToSlowDown(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		slow := func(key string) {
			once := true
			w.set(func() {
				w.script = func(_ bot.Address, k string, _ bool) error {
					if k == key && once {
						once = false
						return &bot.SendError{Remedy: bot.Retry, Slow: true, After: 5 * time.Second, Err: errors.New("429")}
					}
					return nil
				}
			})
		}
		slow("desk")
		w.write(toDesk("desk"))
		pass(time.Second)
		w.write(reply("a", citizen(1)))
		pass(time.Second)
		w.want("a")
		pass(4 * time.Second)
		w.want("a", "desk")

		slow("b")
		w.write(reply("b", citizen(1)))
		pass(time.Second)
		w.write(reply("c", citizen(2)))
		pass(3 * time.Second)
		w.want("a", "desk")
		pass(2 * time.Second)
		if got := w.sent(); len(got) != 4 {
			t.Errorf("sent %v", got)
		}
	})
}

// Told that all is well again, the sender waits no longer for the minutes that were asked for.
func TestTheNetworkIsBack(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() {
			w.script = func(to bot.Address, _ string, _ bool) error {
				return &bot.SendError{Remedy: bot.Retry, Slow: to == citizen(1), After: 10 * time.Minute, Err: errors.New("banned")}
			}
		})
		w.write(reply("a", citizen(1)), toDesk("d"))
		pass(time.Second)
		w.write(reply("b", citizen(2)))
		w.set(func() { w.script = func(bot.Address, string, bool) error { return nil } })
		pass(time.Minute)
		w.want()
		w.sender.Resume()
		pass(time.Second)
		for _, key := range []string{"a", "b", "d"} {
			w.wantState(key, ledger.Sent)
		}
	})
}

func TestBlockedAndRefused(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() {
			w.script = func(to bot.Address, key string, _ bool) error {
				switch {
				case to == citizen(1):
					return refuse(bot.Gone)
				case to == citizen(3):
					return &bot.SendError{Remedy: bot.Gone, Stranger: true, Err: errors.New("another owner")}
				case key == "bad":
					return refuse(bot.GiveUp)
				}
				return nil
			}
		})
		strange := reply("strange", citizen(3))
		strange.Purpose, strange.Report = ledger.Notice, 8
		w.write(strange)
		notice := reply("news", citizen(1))
		notice.Purpose, notice.Report = ledger.Notice, 7
		w.write(notice, reply("after", citizen(1)), reply("bad", citizen(2)), reply("good", citizen(2)))
		pass(time.Second)
		w.wantState("news", ledger.Failed)
		w.wantState("after", ledger.Failed)
		w.wantState("bad", ledger.Failed)
		w.wantState("good", ledger.Sent)
		if why := w.row("news").why; why != "diblokir atau keluar dari chat" {
			t.Errorf("why is %q", why)
		}
		for key, shut := range map[string]bot.Address{"news": citizen(1), "strange": citizen(3), "bad": {}, "good": {}} {
			if got := w.row(key).shut; got != shut {
				t.Errorf("%s: the chat that takes nothing any more is %v, want %v", key, got, shut)
			}
		}
		w.wantState("strange", ledger.Failed)
		if why := w.row("strange").why; why != ledger.Stranger {
			t.Errorf("why is %q", why)
		}
	})
}

func TestChatsMove(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		group := bot.Address{Network: bot.Telegram, ID: "-900"}
		w.set(func() {
			w.script = func(to bot.Address, _ string, _ bool) error {
				switch to.Chat() {
				case citizen(1):
					return &bot.SendError{Remedy: bot.Move, To: citizen(2), Err: errors.New("moved")}
				case deskChat:
					return &bot.SendError{Remedy: bot.Move, To: group, Err: errors.New("moved")}
				}
				return nil
			}
		})
		w.write(reply("a", citizen(1)), reply("b", citizen(1)), toDesk("d"), toDesk("e"))
		pass(3 * time.Second)
		for _, key := range []string{"a", "b", "d", "e"} {
			w.wantState(key, ledger.Sent)
		}
		if w.tries("b") != 1 || w.tries("e") != 1 {
			t.Error("letters behind the first went to the dead chat again")
		}
		if w.moves[citizen(1)] != citizen(2) || w.moves[deskChat] != group || w.Address() != group {
			t.Errorf("moves %v, desk %v", w.moves, w.Address())
		}
	})
}

// A topic that is gone is opened anew; one that is refused again and again must not make hundreds of topics.
func TestTopicsThatAreGone(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		gone := "1"
		w.set(func() {
			w.script = func(to bot.Address, _ string, _ bool) error {
				if gone == "" || to.Topic == gone {
					return &bot.SendError{Remedy: bot.Move, To: deskChat, Err: errors.New("topic gone")}
				}
				return nil
			}
		})
		w.write(toDesk("a"))
		pass(2 * time.Second)
		w.want("a")
		if w.topics != 2 {
			t.Errorf("%d topics were opened, want 2", w.topics)
		}
		w.set(func() { gone = "" })
		w.write(toDesk("b"))
		pass(time.Minute)
		if w.topics > 14 {
			t.Errorf("%d topics were opened in a minute", w.topics)
		}
	})
}

func TestTheDatabaseAway(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.write(reply("a", citizen(1)))
		w.set(func() { w.away = true })
		pass(20 * time.Second)
		w.want("a")
		w.wantState("a", ledger.Waiting)
		w.set(func() { w.away = false })
		pass(time.Second)
		w.wantState("a", ledger.Sent)
		w.commit(reply("b", citizen(1))) // and the sender looks by itself
		pass(2 * time.Second)
		w.want("a", "b")
		if n := w.row("a").marked; n != 1 {
			t.Errorf("the end of a letter was written %d times", n)
		}
	})
}

// Leaving lets what is on the wire arrive: cut off, it would be sent again by the next.
func TestLeavingLetsLettersLand(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() { w.took = 2 * time.Second })
		w.write(reply("a", citizen(1)), reply("b", citizen(1)))
		pass(time.Second)
		began := time.Now()
		w.leave()
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("leaving took %v", took)
		}
		w.want("a")
		w.wantState("a", ledger.Sent)
		w.wantState("b", ledger.Waiting)
		if w.sender.Offer(w.commit(reply("c", citizen(2)))) {
			t.Error("a sender that left takes letters")
		}
		w.lead()
		pass(5 * time.Second)
		w.leave()
		got := w.sent()
		slices.Sort(got)
		if !slices.Equal(got, []string{"a", "b", "c"}) {
			t.Errorf("sent %v", got)
		}

		w.set(func() { w.took = time.Hour }) // a network that hangs
		w.lead()
		w.write(reply("d", citizen(1)))
		pass(time.Second)
		began = time.Now()
		w.leave()
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("leaving a network that hangs took %v", took)
		}
		w.lead()
	})
}

// The end of a letter that could not be written is written when this sender leads again, and the letter is not sent again.
func TestLeadingAgainAfterTheDatabaseWasAway(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() { w.away = true })
		items := w.commit(reply("a", citizen(1)))
		w.sender.Offer(items)
		pass(time.Second)
		w.leave()
		w.lead()
		pass(time.Second)
		w.set(func() { w.away = false })
		pass(3 * time.Second)
		w.want("a")
		w.wantState("a", ledger.Sent)
	})
}

func TestWithdrawnInTheLastMoment(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		for _, key := range []string{"kept", "withdrawn"} {
			l := reply(key, citizen(1))
			l.Purpose, l.Hold = ledger.Notice, time.Now().Add(20*time.Second)
			w.write(l)
		}
		pass(19 * time.Second)
		w.want()
		w.set(func() { w.rows[1].state = ledger.Taken })
		pass(2 * time.Second)
		w.want("kept")
		w.wantState("withdrawn", ledger.Taken)
	})
}

// What an earlier sender claimed and did not finish is sent by the next one.
func TestClaimedByTheDead(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.leave()
		w.commit(reply("a", citizen(1)))
		w.set(func() { w.rows[0].state = claimed })
		w.lead()
		pass(time.Second)
		w.want("a")
	})
}

func TestFolds(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		held := func(key string) ledger.Letter {
			l := reply(key, citizen(1))
			l.Fold, l.Over, l.Hold = "talk", "talk", time.Now().Add(2*time.Second)
			return l
		}
		w.write(held("1"))
		pass(time.Second)
		w.write(held("2"))
		pass(1500 * time.Millisecond)
		w.want()
		over := reply("3", citizen(1))
		over.Over = "talk"
		w.write(over)
		pass(time.Second)
		w.write(reply("other", citizen(2)))
		pass(time.Second)
		w.want("3", "other")
		w.wantState("1", ledger.Overtaken)
		w.wantState("2", ledger.Overtaken)

		// A held answer that comes late, after one that takes its place, is never shown.
		first := w.commit(held("4"))
		w.set(func() { w.took = time.Minute })
		w.write(reply("slow", citizen(1)), held("5"))
		w.sender.Offer(first)
		w.set(func() { w.took = time.Millisecond })
		pass(2 * time.Minute)
		w.want("3", "other", "slow", "5")
		w.wantState("4", ledger.Overtaken)
	})
}

// A letter that fails again and again while others come through lets those behind it pass, and still goes in the end.
func TestALetterAtFaultStepsAside(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		bad := true
		w.set(func() {
			w.script = func(_ bot.Address, key string, _ bool) error {
				if key == "bad" && bad {
					return errors.New("500")
				}
				return nil
			}
		})
		w.write(toDesk("bad"), toDesk("good"))
		for i := range 180 {
			w.write(reply(fmt.Sprint(i), citizen(1)))
			pass(time.Second)
		}
		w.wantState("good", ledger.Sent)
		w.wantState("bad", ledger.Waiting)
		w.set(func() { bad = false })
		pass(time.Minute)
		w.wantState("bad", ledger.Sent)
	})
}

// A desk that was not there for long, then a network that stumbles once: the letter is not given up.
func TestADeskThatCameLate(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.set(func() { w.desk = bot.Address{} })
		w.write(toDesk("a"))
		pass(40 * time.Minute)
		once := true
		w.set(func() {
			w.desk = deskChat
			w.script = func(bot.Address, string, bool) error {
				if once {
					once = false
					return errors.New("502")
				}
				return nil
			}
		})
		pass(10 * time.Second)
		w.wantState("a", ledger.Sent)
	})
}

// A desk that shut the bot out is waited for, however long.
func TestADeskThatShutTheBotOut(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.MaxBackoff = time.Second }, func(w *world) {
		w.set(func() { w.script = func(bot.Address, string, bool) error { return refuse(bot.Gone) } })
		w.write(card("c", 1))
		pass(time.Hour) // more tries than any other letter gets
		w.wantState("c", ledger.Waiting)
		w.set(func() { w.script = func(bot.Address, string, bool) error { return nil } })
		pass(time.Minute)
		w.wantState("c", ledger.Sent)
	})
}
