package outbox_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// coldWorld is a world whose network minds silence.
type coldWorld struct {
	*world
	silent map[bot.Address]bool
	asked  []bot.Address
	ask    func(context.Context) error // before it answers
	chills []string
}

// inCold runs a test on such a network.
func inCold(t *testing.T, change func(*outbox.Options), test func(*coldWorld)) {
	t.Helper()
	c := &coldWorld{silent: map[bot.Address]bool{citizen(1): true}, ask: func(context.Context) error { return nil }}
	in(t, func(o *outbox.Options) {
		w, ok := o.Channel.(*world)
		if !ok {
			t.Fatal("the channel is not the world")
		}
		c.world = w
		o.Channel, o.Colds = c, c
		if change != nil {
			change(o)
		}
	}, func(*world) { test(c) })
}

func (c *coldWorld) Cold(ctx context.Context, to bot.Address) (bool, error) {
	if err := c.ask(ctx); err != nil {
		return true, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, to)
	return c.silent[to], nil
}

func (c *coldWorld) Chill(_ context.Context, id int64, why string) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.away {
		return false, errAway
	}
	r := c.rows[id-1]
	if r.state != ledger.Waiting && r.state != claimed && r.state != ledger.Cold {
		return false, nil
	}
	r.state, r.why = ledger.Cold, why
	c.chills = append(c.chills, r.Letter.Key)
	return true, nil
}

func (c *coldWorld) Warm(_ context.Context, id int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.rows[id-1]; r.state == ledger.Cold {
		r.state = ledger.Waiting
	}
	return nil
}

func (c *coldWorld) Thaw(_ context.Context, chat bot.Address) (n int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.away {
		return 0, errAway
	}
	for _, r := range c.rows {
		if r.state == ledger.Cold && r.Letter.To == chat {
			r.state, r.why = ledger.Waiting, ""
			n++
		}
	}
	return n, nil
}

// writes lets a person say something: it is handled as the sender wants it.
func (c *coldWorld) writes(who bot.Address, body bot.Body) error {
	handled := c.sender.Heard(func(context.Context, bot.Event) error {
		c.set(func() { c.silent[who] = false })
		return nil
	})
	return handled(c.tb.Context(), bot.Event{Chat: who, Body: body})
}

func (c *coldWorld) refuseTheSilent() {
	c.set(func() {
		c.script = func(to bot.Address, _ string, _ bool) error {
			c.mu.Lock()
			defer c.mu.Unlock()
			if c.silent[to] {
				return &bot.SendError{Remedy: bot.GiveUp, Cold: true, Err: errors.New("too long silent")}
			}
			return nil
		}
	})
}

func notice(key string, to bot.Address) ledger.Letter {
	return ledger.Letter{Key: key, To: to, Report: 1, Purpose: ledger.Notice, Message: bot.Message{Text: key}}
}

// A letter to a silent person is written down as cold before it is on the wire. What is no notice is not asked about.
func TestAColdLetterIsMarkedBeforeItGoes(t *testing.T) {
	t.Parallel()
	inCold(t, nil, func(c *coldWorld) {
		var during []ledger.DeliveryState
		c.set(func() {
			c.script = func(_ bot.Address, key string, _ bool) error {
				during = append(during, c.row(key).state)
				return nil
			}
		})
		held := notice("held", citizen(1))
		held.Hold = time.Now().Add(time.Minute)
		echo := notice("echo", citizen(1))
		echo.Purpose = ledger.Echo
		c.write(notice("cold", citizen(1)), echo, held, notice("warm", citizen(2)), reply("reply", citizen(1)), toDesk("desk"))
		pass(2 * time.Minute)
		c.wantState("cold", ledger.Sent)
		c.wantState("held", ledger.Sent)
		if c.row("echo").why == "" {
			t.Error("a follower's long silence is not minded")
		}
		if r := c.row("cold"); r.why == "" || c.row("warm").why != "" {
			t.Errorf("the card says %q of the cold letter, %q of the other", r.why, c.row("warm").why)
		}
		if !slices.Equal(c.chills, []string{"cold", "echo", "held"}) || len(c.asked) != 4 {
			t.Errorf("chilled %v, asked about %v", c.chills, c.asked)
		}
		if n := slices.Index(during, ledger.Cold); n < 0 {
			t.Errorf("on the wire the letters were %v", during)
		}
	})
}

// Refused, a letter is never tried again by itself. When the person writes, what was missed goes out in order and once;
// others' letters stay.
func TestWhatWasRefusedGoesWhenThePersonWrites(t *testing.T) {
	t.Parallel()
	inCold(t, nil, func(c *coldWorld) {
		c.set(func() { c.silent[citizen(2)] = true })
		c.refuseTheSilent()
		c.write(notice("a", citizen(1)), notice("b", citizen(1)), notice("x", citizen(2)))
		pass(time.Hour)
		c.write(notice("c", citizen(1)))
		pass(48 * time.Hour)
		for _, key := range []string{"a", "b", "c", "x"} {
			if r := c.row(key); r.state != ledger.Cold || r.why != "tidak sampai: warga lama diam; hubungi dengan cara lain" || c.tries(key) != 1 {
				t.Errorf("%s is %q (%s) after %d tries", key, r.state, r.why, c.tries(key))
			}
		}
		for range 3 {
			if err := c.writes(citizen(1), bot.Text{Text: "halo"}); err != nil {
				t.Fatal(err)
			}
		}
		c.write(reply("reply", citizen(1)))
		pass(time.Minute)
		got := c.sent()
		if at := slices.Index(got, "reply"); at < 0 || !slices.Equal(slices.Delete(got, at, at+1), []string{"a", "b", "c"}) {
			t.Errorf("sent %v", c.sent())
		}
		c.wantState("x", ledger.Cold)
	})
}

// Letters refused a moment ago go out soon, and once, though they wait for the pace of notices meanwhile.
func TestWhatWasRefusedAMomentAgo(t *testing.T) {
	t.Parallel()
	inCold(t, func(o *outbox.Options) { o.Pace = outbox.Pace{NoticeEvery: 15 * time.Second} }, func(c *coldWorld) {
		c.refuseTheSilent()
		c.write(notice("a", citizen(1)), notice("b", citizen(1)))
		pass(16 * time.Second)
		c.wantState("b", ledger.Cold)
		if err := c.writes(citizen(1), bot.Text{Text: "halo"}); err != nil {
			t.Fatal(err)
		}
		pass(2 * time.Minute)
		c.want("a", "b")
	})
}

// The network refuses though nobody knew of a silence: that letter is cold from then on.
func TestRefusedThoughNotKnownToBeCold(t *testing.T) {
	t.Parallel()
	inCold(t, nil, func(c *coldWorld) {
		c.refuseTheSilent()
		c.set(func() { c.ask = func(context.Context) error { return errAway } })
		c.write(notice("a", citizen(1)), reply("r", citizen(1)))
		pass(time.Hour)
		c.wantState("a", ledger.Cold)
		c.wantState("r", ledger.Failed) // an answer of long ago is of no use
		if c.tries("a") != 1 {
			t.Errorf("tried %d times", c.tries("a"))
		}
	})
}

// Where nobody can say whether a person is silent, or not soon, the letter goes out.
func TestASilenceThatIsNotKnownStopsNothing(t *testing.T) {
	t.Parallel()
	for name, ask := range map[string]func(context.Context) error{
		"the database is away": func(context.Context) error { return errAway },
		"it does not answer":   func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inCold(t, nil, func(c *coldWorld) {
				c.set(func() { c.ask = ask })
				c.write(notice("a", citizen(1)))
				pass(3 * time.Second)
				c.want("a")
				if r := c.row("a"); r.state != ledger.Sent || r.why != "" {
					t.Errorf("it is %q (%s)", r.state, r.why)
				}
			})
		})
	}
}

// A connection that is down is no refusal: the letter waits again, with its word, and goes out once there is one.
func TestAColdLetterIsTriedAgainWithoutARefusal(t *testing.T) {
	t.Parallel()
	inCold(t, nil, func(c *coldWorld) {
		c.set(func() { c.script = func(bot.Address, string, bool) error { return refuse(bot.Retry) } })
		c.write(notice("a", citizen(1)))
		pass(time.Minute)
		if r := c.row("a"); r.state != ledger.Waiting || r.why == "" {
			t.Errorf("meanwhile it is %q (%s)", r.state, r.why)
		}
		c.set(func() { c.script = func(bot.Address, string, bool) error { return nil } })
		pass(time.Minute)
		c.want("a")
		c.wantState("a", ledger.Sent)
	})
}

// Only people who write end their silence, and only once their message is handled.
// Who has blocked the bot gets what came meanwhile when he or she lets it in again, or writes: all of it, once, in order. What answered words of
// then is over.
func TestBlockedAndBack(t *testing.T) {
	t.Parallel()
	for name, back := range map[string]bot.Body{"lets it in": bot.Joined{}, "writes": bot.Text{Text: "/start"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inCold(t, nil, func(c *coldWorld) {
				blocked := func(to bot.Address, _ string, _ bool) error {
					if to == citizen(1) {
						return &bot.SendError{Remedy: bot.Gone, Cold: true, Err: errors.New("blocked by the user")}
					}
					return nil
				}
				c.set(func() { c.script, c.silent[citizen(1)] = blocked, name == "writes" }) // silent for long, or not
				c.write(notice("answer", citizen(1)), reply("said then", citizen(1)), notice("done", citizen(1)), notice("other", citizen(2)))
				pass(time.Second)
				for _, key := range []string{"answer", "done"} {
					if r := c.row(key); r.state != ledger.Cold || r.why != "gagal: bot diblokir atau akunnya tidak aktif; dikirim begitu warga kembali" || r.shut != citizen(1) || c.tries(key) != 1 {
						t.Errorf("%s is %s, %q, tried %d times; out of reach is %v", key, r.state, r.why, c.tries(key), r.shut)
					}
				}
				c.wantState("said then", ledger.Failed)
				pass(time.Hour)
				c.set(func() { c.script = func(bot.Address, string, bool) error { return nil } })
				if err := c.writes(citizen(1), back); err != nil {
					t.Fatal(err)
				}
				pass(time.Second)
				c.want("other", "answer", "done")
				c.wantState("answer", ledger.Sent)
				c.wantState("done", ledger.Sent)
			})
		})
	}
}

func TestHeard(t *testing.T) {
	t.Parallel()
	inCold(t, nil, func(c *coldWorld) {
		c.refuseTheSilent()
		c.write(notice("a", citizen(1)))
		pass(time.Second)
		failing := c.sender.Heard(func(context.Context, bot.Event) error { return errAway })
		if err := failing(t.Context(), bot.Event{Chat: citizen(1), Body: bot.Text{Text: "halo"}}); !errors.Is(err, errAway) {
			t.Errorf("the handler's error became %v", err)
		}
		silent := c.sender.Heard(func(context.Context, bot.Event) error { return nil })
		for _, ev := range []bot.Event{{Chat: citizen(1), Body: bot.Left{}},
			{Chat: citizen(1), Body: bot.Moved{To: citizen(3)}}, {Chat: citizen(1), Group: true, Body: bot.Text{Text: "halo"}}} {
			if err := silent(t.Context(), ev); err != nil {
				t.Error(err)
			}
		}
		c.wantState("a", ledger.Cold)
		c.set(func() { c.away = true })
		if err := c.writes(citizen(1), bot.Text{Text: "halo"}); !errors.Is(err, errAway) {
			t.Errorf("without the database the message is taken: %v", err)
		}
		c.set(func() { c.away = false })
		if err := c.writes(citizen(1), bot.Text{Text: "halo"}); err != nil {
			t.Error(err)
		}
		pass(time.Minute)
		c.want("a")
	})
}
