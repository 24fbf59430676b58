package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

func reply(key string, to bot.Address) ledger.Letter {
	return ledger.Letter{Key: key, To: to, Purpose: ledger.Reply, Message: bot.Message{Text: key}}
}

func toDesk(key string) ledger.Letter {
	return ledger.Letter{Key: key, To: deskChat, Desk: true, Purpose: ledger.ToDesk, Message: bot.Message{Text: key}}
}

func card(key string, id int) ledger.Letter {
	return ledger.Letter{Key: key, To: deskChat, Desk: true, Purpose: ledger.Card, Report: reportID(id)}
}

func refresh(key, card string, id int) ledger.Letter {
	return ledger.Letter{Key: key, To: deskChat, Desk: true, Purpose: ledger.Refresh, Report: reportID(id), Edits: card, Fold: card}
}

func TestOldestFirstAndNeverTwoAtOnce(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		for i := range 20 {
			w.write(reply(fmt.Sprintf("a%d", i), citizen(1)), reply(fmt.Sprintf("b%d", i), citizen(2)))
		}
		pass(time.Second)
		var a, b int
		for _, key := range w.sent() {
			n := &a
			if key[0] == 'b' {
				n = &b
			}
			if key[1:] != fmt.Sprint(*n) {
				t.Errorf("%s came as number %d of its chat", key, *n)
			}
			*n++
		}
		if a != 20 || b != 20 || w.twice != 0 {
			t.Errorf("%d and %d sent, %d times two at once", a, b, w.twice)
		}
		w.wantState("a19", ledger.Sent)
	})
}

// What was committed while the sender reads its backlog waits there; what is offered right after must not pass it.
func TestNothingPassesTheBacklog(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.leave()
		w.commit(reply("1", citizen(1)))
		late := &lateQueue{world: w, during: func() { w.write(reply("2", citizen(1))) }}
		w.sender = outbox.New(outbox.Options{
			Channel: w, Networks: []string{"telegram"}, Queue: late, Directory: w, Composer: w, Desk: w,
			Now: time.Now, Jitter: func() float64 { return 0 },
		})
		w.lead()
		synctest.Wait()
		w.write(reply("3", citizen(1)))
		pass(10 * time.Second)
		w.want("1", "2", "3")
	})
}

// More letters wait than lie in memory: a new one of a chat does not pass an old one that is not loaded yet.
func TestNothingPassesWhatIsNotLoaded(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Workers = 512 }, func(w *world) {
		w.leave()
		many := make([]ledger.Letter, 20000)
		for i := range many {
			many[i] = reply(fmt.Sprint(i), citizen(10+i))
		}
		w.commit(many...)
		w.commit(reply("old", citizen(1)))
		w.lead()
		synctest.Wait()
		w.write(reply("new", citizen(1)))
		pass(10 * time.Second)
		got := w.sent()
		if old, fresh := slices.Index(got, "old"), slices.Index(got, "new"); old < 0 || fresh < old || len(got) != 20002 {
			t.Errorf("%d letters sent, the old one as number %d, the new one as number %d", len(got), old, fresh)
		}
	})
}

// A file that is not there, a card not yet sent: others pass, and the wait costs the chat's pace nothing.
func TestAWaitForAFileCostsNothing(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Pace = outbox.Pace{GroupPerMinute: 20, GroupBurst: 1} }, func(w *world) {
		l := toDesk("photos")
		l.Message.Photos = []bot.MediaRef{{Network: bot.Telegram, ID: "p"}}
		w.write(l, toDesk("one"), toDesk("two"))
		pass(4 * time.Second)
		w.want("one", "two") // at 0 s and 3 s
		w.set(func() { w.files["p"] = ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: "kept"}} })
		w.sender.Look()
		pass(3 * time.Second)
		w.want("one", "two", "photos")
		if got := w.call(2).M.Photos; len(got) != 1 || got[0].ID != "kept" {
			t.Errorf("the letter went with %v", got)
		}
	})
}

func TestALookEndsTheWaitForAFile(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		l := reply("photos", citizen(1))
		l.Message.Photos = []bot.MediaRef{{Network: bot.Telegram, ID: "p"}, {Network: bot.Telegram, ID: "lost"}}
		w.write(l)
		pass(time.Minute)
		w.want()
		w.set(func() {
			w.files["p"] = ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: "kept"}}
			w.files["lost"] = ledger.File{Lost: "hilang"}
		})
		w.sender.Look()
		pass(50 * time.Millisecond)
		w.want("photos")
		if got := w.call(0).M.Photos; len(got) != 1 {
			t.Errorf("the letter went with %v, want the one file that is there", got)
		}
	})
}

func TestAFileThatNeverComesIsLeftOut(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		l := reply("photos", citizen(1))
		l.Message.Photos = []bot.MediaRef{{Network: bot.Telegram, ID: "p"}}
		w.write(l)
		pass(2 * time.Minute)
		w.want()
		pass(70 * time.Second)
		w.want("photos")
		if got := w.call(0).M.Photos; len(got) != 0 {
			t.Errorf("the letter went with %v", got)
		}
	})
}

// Answers to operators stand in the same chat as cards: they share its pace and its order.
func TestTheDeskIsOneChat(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		topic := deskChat
		topic.Topic = "9"
		w.write(toDesk("a"), reply("b", topic), toDesk("c"), reply("d", deskChat))
		pass(time.Second)
		w.want("a", "b", "c", "d")
		if w.twice != 0 {
			t.Error("two letters were on the wire to the desk at once")
		}
	})
}

func TestPace(t *testing.T) {
	t.Parallel()
	pace := outbox.Pace{PerSecond: 10, Burst: 3, ChatPerSecond: 1, ChatBurst: 2, GroupPerMinute: 20, GroupBurst: 4}
	in(t, func(o *outbox.Options) { o.Pace = pace }, func(w *world) {
		for i := range 30 {
			w.write(reply(fmt.Sprintf("a%d", i), citizen(1)), toDesk(fmt.Sprintf("d%d", i)))
			for c := range 10 {
				w.write(reply(fmt.Sprintf("c%d/%d", c, i), citizen(10+c)))
			}
		}
		pass(20 * time.Second)
		all := len(w.sent())
		a, d := 0, 0
		for _, k := range w.sent() {
			switch k[0] {
			case 'a':
				a++
			case 'd':
				d++
			}
		}
		if all < 195 || all > 204 {
			t.Errorf("%d letters in 20 s, want about 10 a second", all)
		}
		if a > 22 || d > 4+7 {
			t.Errorf("%d to one chat and %d to the group in 20 s", a, d)
		}
	})
}

// Letters of a desk that cannot be reached must not keep those of citizens out of memory.
func TestAFullDeskStarvesNobody(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.leave()
		w.set(func() { w.desk = bot.Address{} })
		many := make([]ledger.Letter, 20100)
		for i := range many {
			many[i] = toDesk(fmt.Sprintf("d%d", i))
		}
		w.commit(many...)
		w.commit(reply("read", citizen(1)))
		w.lead()
		pass(100 * time.Millisecond)
		w.write(reply("offered", citizen(2)))
		pass(100 * time.Millisecond)
		w.want("read", "offered")
	})
}

// Finished letters are remembered for a while; they must not count as waiting ones, or a busy sender would fall behind.
func TestABusySenderDoesNotFallBehind(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Workers = 256 }, func(w *world) {
		n := 0
		for range 44 {
			for range 500 {
				n++
				w.write(reply(fmt.Sprint(n), citizen(n)))
			}
			pass(50 * time.Millisecond)
		}
		if got := len(w.sent()); got != n {
			t.Errorf("%d of %d letters were sent at once", got, n)
		}
	})
}

func TestPressesGoBesideAll(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Pace = outbox.Pace{PerSecond: 1, Burst: 1} }, func(w *world) {
		bad := true
		w.set(func() {
			w.script = func(_ bot.Address, key string, _ bool) error {
				if key == "late" || key == "once" && bad {
					bad = key == "late" && bad
					return errors.New("502")
				}
				return nil
			}
		})
		w.write(reply("a", citizen(1)), reply("b", citizen(1)))
		for _, p := range []string{"once", "late", "fine"} {
			w.write(ledger.Letter{Key: p, To: citizen(1), Purpose: ledger.ToPress, Press: bot.EventID(p)})
		}
		pass(100 * time.Millisecond)
		w.wantState("fine", ledger.Sent)
		w.wantState("once", ledger.Sent)
		w.wantState("late", ledger.Failed)
		if n := w.tries("late"); n != 3 {
			t.Errorf("an answer to a press was tried %d times", n)
		}
	})
}

// Several programs answer one chat. What this one has just written waits for what another wrote before.
func TestNothingPassesWhatAnotherInstanceWrote(t *testing.T) {
	t.Parallel()
	in(t, func(o *outbox.Options) { o.Shared = true }, func(w *world) {
		w.commit(reply("1", citizen(1)))
		w.write(reply("2", citizen(1)))
		pass(100 * time.Millisecond)
		w.want("1", "2")
		w.write(reply("3", citizen(1)))
		pass(100 * time.Millisecond)
		w.want("1", "2", "3")
	})
}

// The database took letters but its answer was lost. What is written after them does not pass them.
func TestNothingPassesWhatMayHaveBeenWritten(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		w.commit(reply("1", citizen(1)))
		w.sender.Doubt()
		w.write(reply("2", citizen(1)))
		pass(100 * time.Millisecond)
		w.want("1", "2")
		w.write(reply("3", citizen(1)))
		pass(100 * time.Millisecond)
		w.want("1", "2", "3")
	})
}

// unsure is a database of a network that tells later what became of letters: of one nobody knows yet whether it was sent.
type unsure struct {
	*world
	key  string
	wait time.Duration
}

func (u *unsure) ByIDs(ctx context.Context, ids []int64) ([]outbox.Item, error) {
	items, err := u.world.ByIDs(ctx, ids)
	for i := range items {
		if items[i].Letter.Key == u.key {
			items[i].Wait, items[i].Unsure = u.wait, true
		}
	}
	return items, err
}

// A letter that may have arrived keeps its place before those behind it, and its wait for a sign, whatever happens meanwhile: danger is
// told of, the network takes letters again, the person writes, the database fails.
func TestNothingPassesWhatMayHaveArrived(t *testing.T) {
	t.Parallel()
	const wait = 2 * time.Second
	for name, meanwhile := range map[string]func(*world){
		"nothing": func(*world) {},
		"danger": func(w *world) {
			l := reply("112", citizen(1))
			l.Purpose = ledger.Alarm
			w.write(l)
		},
		"the network recovers": func(w *world) { w.sender.Resume() },
		"the person writes": func(w *world) {
			heard := w.sender.Heard(func(context.Context, bot.Event) error { return nil })
			if err := heard(w.tb.Context(), bot.Event{Chat: citizen(1), Body: bot.Text{Text: "halo?"}}); err != nil {
				w.tb.Error(err)
			}
		},
		"the database fails": func(w *world) {
			w.set(func() { w.away = true })
			w.sender.Doubt()
			pass(200 * time.Millisecond)
			w.set(func() { w.away = false })
		},
	} {
		old := reply("old", citizen(1))
		ordered := func(w *world) {
			began := time.Now()
			w.write(reply("next", citizen(1)))
			pass(100 * time.Millisecond)
			meanwhile(w)
			pass(100 * time.Millisecond)
			w.write(reply("last", citizen(1)))
			pass(time.Minute)
			got := slices.DeleteFunc(w.sent(), func(key string) bool { return key == "112" })
			if !slices.Equal(got, []string{"old", "next", "last"}) {
				t.Errorf("%s: sent %v", name, got)
			}
			for _, c := range w.calls {
				if c.Key == "old" && c.Began.Sub(began) < wait-10*time.Millisecond {
					t.Errorf("%s: it waited for %v", name, c.Began.Sub(began))
				}
			}
		}
		t.Run(name+", adrift", func(t *testing.T) {
			t.Parallel()
			inHarbour(t, []ledger.Letter{old}, func(h *harbour) { ordered(h.world) })
		})
		t.Run(name+", unsettled", func(t *testing.T) {
			t.Parallel()
			in(t, func(o *outbox.Options) {
				w, ok := o.Channel.(*world)
				if !ok {
					t.Fatal("the channel is not the world")
				}
				w.commit(old)
				o.Queue = &unsure{world: w, key: "old", wait: wait}
			}, ordered)
		})
	}
}

// What is held for more of the same is passed by what is written meanwhile, and goes before what is written after that.
func TestWhatIsHeldIsPassed(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		held := reply("held", citizen(1))
		held.Purpose, held.Hold = ledger.Notice, time.Now().Add(5*time.Second)
		w.write(held, reply("meanwhile", citizen(1)))
		pass(4 * time.Second)
		w.want("meanwhile")
		pass(2 * time.Second)
		w.write(reply("after", citizen(1)))
		pass(time.Second)
		w.want("meanwhile", "held", "after")
	})
}
