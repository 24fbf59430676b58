package outbox_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// windowWorld is a world whose network takes words only within a window, and invitations outside it.
type windowWorld struct {
	*coldWorld
	invited map[bot.Address]bool
	wakes   []string // keys of the invitations that went out
	refuse  func() error
	// postponed are the waits of letters for which nobody could be invited for long.
	postponed []time.Duration
	during    func() // happens while an invitation is on the wire
}

func inWindow(t *testing.T, test func(*windowWorld)) {
	t.Helper()
	v := &windowWorld{invited: map[bot.Address]bool{}, refuse: func() error { return nil }, during: func() {}}
	inCold(t, func(o *outbox.Options) {
		c, ok := o.Channel.(*coldWorld)
		if !ok {
			t.Fatal("the channel is not the cold world")
		}
		v.coldWorld = c
		o.Channel, o.Colds, o.Composer = v, v, v
	}, func(*coldWorld) { test(v) })
}

func (v *windowWorld) Wake(_ context.Context, to bot.Address, key string, w bot.Wakeup) (bot.MessageRef, error) {
	v.mu.Lock()
	during, refuse := v.during, v.refuse
	v.mu.Unlock()
	during()
	if err := refuse(); err != nil {
		return bot.MessageRef{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if w.Code == "" {
		v.tb.Error("an invitation names no report")
	}
	v.wakes = append(v.wakes, key)
	return bot.MessageRef{Chat: to, ID: key}, nil
}

func (v *windowWorld) Wakeup(context.Context, ledger.Letter) (bot.Wakeup, error) {
	return bot.Wakeup{Code: "SRG-1", Office: "Dishub"}, nil
}

func (v *windowWorld) Invited(_ context.Context, chat bot.Address) (bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.invited[chat], nil
}

func (v *windowWorld) Invite(_ context.Context, chat bot.Address) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.invited[chat] = true
	return nil
}

func (v *windowWorld) Postpone(_ context.Context, id int64, wait time.Duration) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.postponed = append(v.postponed, wait)
	return nil
}

func (v *windowWorld) Thaw(ctx context.Context, chat bot.Address) (int, error) {
	v.mu.Lock()
	v.invited[chat] = false
	v.mu.Unlock()
	return v.coldWorld.Thaw(ctx, chat)
}

func (v *windowWorld) keys() (sent []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, c := range v.calls {
		if c.Err == nil {
			sent = append(sent, c.Key)
		}
	}
	return sent
}

// News to who was silent: one invitation, whatever waits, and no word of the news. The press lets all of it out, in order.
func TestWhoWasSilentIsInvitedOnce(t *testing.T) {
	t.Parallel()
	inWindow(t, func(v *windowWorld) {
		v.write(notice("one", citizen(1)), notice("two", citizen(1)), notice("warm", citizen(2)))
		pass(time.Minute)
		if got := v.keys(); !slices.Equal(got, []string{"warm"}) {
			t.Errorf("words went out: %q", got)
		}
		if !slices.Equal(v.wakes, []string{"wake:one"}) {
			t.Errorf("invitations: %q", v.wakes)
		}
		v.wantState("one", ledger.Cold)
		v.wantState("two", ledger.Cold)
		if err := v.writes(citizen(1), bot.Woken{}); err != nil {
			t.Fatal(err)
		}
		pass(time.Minute)
		if got := v.keys(); !slices.Equal(got, []string{"warm", "one", "two"}) {
			t.Errorf("after the press went out: %q", got)
		}
		v.set(func() { v.silent[citizen(1)] = true })
		v.write(notice("later", citizen(1)))
		pass(time.Minute)
		if len(v.wakes) != 2 {
			t.Errorf("who is silent again is not invited again: %q", v.wakes)
		}
	})
}

// What the desk has for one of its own people, in private, goes the same way: one invitation, and of lists of which each takes the place of the one
// before only the newest comes, weeks later. Where nobody can be invited, or the chat is gone, the desk is to know that nothing reaches it.
func TestOneOfTheDesksPeopleWasSilent(t *testing.T) {
	t.Parallel()
	late := func(key string) ledger.Letter {
		return ledger.Letter{Key: key, To: citizen(1), Purpose: ledger.ToDesk, Fold: "tenggat", Message: bot.Message{Text: key}}
	}
	inWindow(t, func(v *windowWorld) {
		v.write(late("monday"))
		pass(time.Minute)
		v.write(late("tuesday"), notice("as a citizen", citizen(1)))
		pass(time.Minute)
		if got := v.keys(); len(got) > 0 || !slices.Equal(v.wakes, []string{"wake:monday"}) {
			t.Errorf("sent %q, invitations %q", got, v.wakes)
		}
		if shut := v.row("monday").shut; !shut.Zero() {
			t.Errorf("who is invited is said to be out of reach: %v", shut)
		}
		if err := v.writes(citizen(1), bot.Woken{}); err != nil {
			t.Fatal(err)
		}
		pass(time.Minute)
		if got := v.keys(); !slices.Equal(got, []string{"tuesday", "as a citizen"}) {
			t.Errorf("after the press went out: %q", got)
		}
		v.wantState("monday", ledger.Overtaken)
	})
	for name, remedy := range map[string]bot.Remedy{"cannot be invited": bot.GiveUp, "is gone": bot.Gone} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWindow(t, func(v *windowWorld) {
				v.set(func() { v.refuse = func() error { return &bot.SendError{Remedy: remedy, Cold: true, Err: errAway} } })
				v.write(late("monday"))
				pass(time.Minute)
				if shut := v.row("monday").shut; shut != citizen(1) {
					t.Errorf("out of reach is %v", shut)
				}
			})
		})
	}
}

// The person writes while the invitation is on its way: what waited goes out, and nothing is left lying.
func TestWhoWritesWhileBeingInvited(t *testing.T) {
	t.Parallel()
	inWindow(t, func(v *windowWorld) {
		v.during = func() {
			if err := v.writes(citizen(1), bot.Text{Text: "halo"}); err != nil {
				t.Error(err)
			}
		}
		v.write(notice("one", citizen(1)))
		pass(time.Minute)
		v.wantState("one", ledger.Sent)
	})
}

// An invitation that cannot be had for now is tried again; one that cannot be had at all leaves the letter for when the person
// writes; who is gone is gone.
func TestAnInvitationThatFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  *bot.SendError
		want ledger.DeliveryState
		then string
	}{
		"for now":     {&bot.SendError{Remedy: bot.Retry, Err: errAway}, ledger.Waiting, "wake"},
		"not allowed": {&bot.SendError{Remedy: bot.GiveUp, Cold: true, Err: errAway}, ledger.Cold, ""},
		"gone":        {&bot.SendError{Remedy: bot.Gone, Err: errAway}, ledger.Failed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inWindow(t, func(v *windowWorld) {
				v.set(func() { v.refuse = func() error { return c.err } })
				v.write(notice("one", citizen(1)))
				pass(time.Second)
				v.wantState("one", c.want)
				v.set(func() { v.refuse = func() error { return nil } })
				pass(time.Minute)
				if (len(v.wakes) == 1) != (c.then == "wake") {
					t.Errorf("invitations afterwards: %q", v.wakes)
				}
			})
		})
	}
}

// Nobody can be invited for long: the news waits for that, and an answer to the same person goes at once.
func TestNobodyCanBeInvitedForLong(t *testing.T) {
	t.Parallel()
	inWindow(t, func(v *windowWorld) {
		v.set(func() {
			v.refuse = func() error { return &bot.SendError{Remedy: bot.Retry, After: 15 * time.Minute, Err: errAway} }
		})
		v.write(notice("news", citizen(1)))
		pass(time.Second)
		v.write(reply("answer", citizen(1)))
		pass(time.Second)
		if got := v.keys(); !slices.Equal(got, []string{"answer"}) || !slices.Equal(v.postponed, []time.Duration{15 * time.Minute}) || len(v.wakes) != 0 {
			t.Errorf("sent %q, postponed %v, invitations %q", got, v.postponed, v.wakes)
		}
	})
}

// Nobody knew that the window was shut: the network says so. News is for the invitation then; an answer waits until the person
// writes again.
func TestTheNetworkKnowsBetter(t *testing.T) {
	t.Parallel()
	inWindow(t, func(v *windowWorld) {
		v.set(func() {
			v.silent[citizen(1)] = false
			v.script = func(to bot.Address, _ string, _ bool) error {
				v.mu.Lock()
				defer v.mu.Unlock()
				if to != citizen(1) {
					return nil
				}
				v.silent[to] = true // the channel has learned it
				return &bot.SendError{Remedy: bot.GiveUp, Cold: true, Err: errors.New("more than 24 hours")}
			}
		})
		v.write(reply("answer", citizen(1)))
		pass(time.Second)
		v.wantState("answer", ledger.Cold)
		v.set(func() { v.silent[citizen(1)] = false })
		v.write(notice("news", citizen(1)))
		pass(time.Minute)
		v.wantState("news", ledger.Cold)
		if !slices.Equal(v.wakes, []string{"wake:news"}) {
			t.Errorf("invitations: %q", v.wakes)
		}
	})
}

// A refusal that is not tried for ever ends as the network's remedy says.
func TestBoundedTries(t *testing.T) {
	t.Parallel()
	in(t, nil, func(w *world) {
		tries := 0
		w.set(func() {
			w.script = func(bot.Address, string, bool) error {
				tries++
				return &bot.SendError{Remedy: bot.Retry, Tries: 3, Then: bot.Gone, Err: errAway}
			}
		})
		w.write(notice("one", citizen(1)))
		pass(time.Hour)
		w.wantState("one", ledger.Failed)
		if tries != 3 {
			t.Errorf("it was tried %d times", tries)
		}
	})
}

// Whatever comes of receipts, in any order, twice, and of copies that failed before: what has been seen is not forgotten but by a
// failure, nothing that failed for good comes back, and a letter goes out anew only so often.
func TestReceiptsInAnyOrder(t *testing.T) {
	t.Parallel()
	ref := func(n int) bot.MessageRef { return bot.MessageRef{Chat: citizen(1), ID: string(rune('a' + n))} }
	rapid.Check(t, func(t *rapid.T) {
		at := outbox.Standing{State: ledger.Sending, News: rapid.Bool().Draw(t, "news")}
		copies := 1 // how many of it the network has
		for range rapid.IntRange(1, 30).Draw(t, "n") {
			if rapid.Bool().Draw(t, "sender") && (at.State == ledger.Sending || at.State == ledger.Waiting) {
				at.State, at.Ref = ledger.Sent, ref(copies-1) // the sender writes down that it was taken
				continue
			}
			r := bot.Receipt{
				Ref: ref(rapid.IntRange(0, copies-1).Draw(t, "copy")), Outcome: bot.Outcome(rapid.IntRange(1, 4).Draw(t, "outcome")),
				Beside: rapid.IntRange(0, 9).Draw(t, "beside") == 0,
			}
			if r.Outcome == bot.Missed {
				r.Err = rapid.SampledFrom([]*bot.SendError{
					{Remedy: bot.GiveUp}, {Remedy: bot.Gone}, {Remedy: bot.Retry}, {Remedy: bot.Retry, Tries: 2, Then: bot.Gone}, {Remedy: bot.GiveUp, Cold: true},
				}).Draw(t, "err")
			}
			was := at
			now, wait, err := at.After(r)
			switch {
			case err != nil && (!errors.Is(err, outbox.ErrEarly) || r.Outcome != bot.Missed || was.State == ledger.Sent):
				t.Fatalf("%+v after %+v: %v", r, was, err)
			case err != nil:
				continue
			case was.State == ledger.Failed && now != was:
				t.Fatalf("what failed for good became %+v", now)
			case r.Outcome != bot.Missed && was.Seen == ledger.Read && now.Seen != ledger.Read:
				t.Fatalf("what was read became %+v", now)
			case now.Lates > 3, now.Lates < was.Lates:
				t.Fatalf("it went out anew %d times", now.Lates)
			case (now.State == ledger.Waiting && was.State == ledger.Sent) != (wait > 0):
				t.Fatalf("%s waits %v", now.State, wait)
			}
			again, _, err := now.After(r) // twice is as good as once
			if err == nil && again != now && r.Outcome != bot.Missed {
				t.Fatalf("told twice %+v, once %+v", again, now)
			}
			if now.State == ledger.Waiting && was.State == ledger.Sent {
				copies++
			}
			at = now
		}
	})
}

// A status that comes for a letter whose sender died settles it.
func TestAStatusSettlesWhatACrashLeftOpen(t *testing.T) {
	t.Parallel()
	at, _, err := outbox.Standing{State: ledger.Waiting}.After(bot.Receipt{Ref: bot.MessageRef{Chat: citizen(1), ID: "a"}, Outcome: bot.Took})
	if err != nil || at.State != ledger.Sent || at.Ref.ID != "a" {
		t.Errorf("it is %+v, %v", at, err)
	}
	failed := outbox.Standing{State: ledger.Sent, Ref: at.Ref}
	gone, _, err := failed.After(bot.Receipt{Ref: bot.MessageRef{Chat: citizen(1), ID: "older"}, Outcome: bot.Missed, Err: &bot.SendError{Remedy: bot.Gone}})
	if err != nil || gone != failed {
		t.Errorf("an older copy that failed made it %+v, %v", gone, err)
	}
}

// What is not delivered until somebody acts goes out anew as often as it takes; its card says meanwhile that it did not arrive, and no
// more once it did.
func TestWhatIsNotPaidForWaits(t *testing.T) {
	t.Parallel()
	ref := bot.MessageRef{Chat: citizen(1), ID: "a"}
	unpaid := bot.Receipt{Ref: ref, Outcome: bot.Missed, Err: &bot.SendError{Remedy: bot.Retry, Slow: true, Tries: -1, After: 5 * time.Minute}}
	at := outbox.Standing{State: ledger.Sent, Ref: ref}
	for range 50 {
		now, wait, err := at.After(unpaid)
		if err != nil || now.State != ledger.Waiting || now.Why != outbox.NotSeen || now.Lates != 0 || wait != 5*time.Minute {
			t.Fatalf("it is %+v and waits %v (%v)", now, wait, err)
		}
		at = outbox.Standing{State: ledger.Sent, Ref: ref}
	}
	at.Why = outbox.NotSeen // by what the network did not tell
	if now, _, err := at.After(bot.Receipt{Ref: ref, Outcome: bot.Arrived}); err != nil || now.Why != "" || now.Seen != ledger.Arrived {
		t.Errorf("what arrived is %+v (%v)", now, err)
	}
}

// lateWorld is a network that tells later what became of letters, and what is kept of that.
type lateWorld struct {
	*world
	laid  map[int64]int // how often a letter was laid aside,
	until map[int64]time.Time
}

func (l *lateWorld) ByIDs(ctx context.Context, ids []int64) ([]outbox.Item, error) {
	items, err := l.world.ByIDs(ctx, ids)
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range items {
		items[i].Wait = max(0, time.Until(l.until[items[i].ID]))
	}
	return items, err
}

func (l *lateWorld) Receipts(func(context.Context, bot.Receipt) error) {}

func (l *lateWorld) Received(context.Context, bot.Receipt) (bool, error) { return false, nil }

func (l *lateWorld) Unsettle(context.Context, []string, time.Duration) error { return nil }

func (l *lateWorld) Refused(_ context.Context, id int64, wait time.Duration) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.rows[id-1]
	r.state = ledger.Waiting
	if wait > 0 {
		l.laid[id]++
		l.until[id] = time.Now().Add(wait)
	}
	return l.laid[id], nil
}

// A letter that is to wait for hours does not keep those behind it; when it has been laid aside as often as the remedy says, it ends
// as that says.
func TestALetterIsLaidAsideForHours(t *testing.T) {
	t.Parallel()
	l := &lateWorld{laid: map[int64]int{}, until: map[int64]time.Time{}}
	in(t, func(o *outbox.Options) {
		w, ok := o.Channel.(*world)
		if !ok {
			t.Fatal("the channel is not the world")
		}
		l.world = w
		o.Channel, o.Later, o.Queue = l, l, l
	}, func(w *world) {
		var tries atomic.Int64
		w.set(func() {
			w.script = func(_ bot.Address, key string, _ bool) error {
				if key != "far" {
					return nil
				}
				tries.Add(1)
				return &bot.SendError{Remedy: bot.Retry, After: 8 * time.Hour, Tries: 3, Then: bot.Gone, Err: errAway}
			}
		})
		w.write(notice("far", citizen(1)), notice("near", citizen(1)))
		pass(time.Minute)
		w.wantState("near", ledger.Sent)
		w.wantState("far", ledger.Waiting)
		if n := tries.Load(); n != 1 {
			t.Errorf("after a minute it was tried %d times", n)
		}
		pass(9 * time.Hour)
		if n := tries.Load(); n != 2 {
			t.Errorf("after nine hours it was tried %d times", n)
		}
		pass(9 * time.Hour)
		w.wantState("far", ledger.Failed)
	})
}
