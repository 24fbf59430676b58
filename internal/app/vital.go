package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/web"
)

// How long something may go wrong before citizens are taken to hear nothing. A quiet night is none of them: polls succeed.
const (
	// stuckAfter is how long one event may take, with all its tries.
	stuckAfter = 30 * time.Second
	// stuckUntil is how long after its last try an event is taken to be tried again.
	stuckUntil = 20 * time.Second
	// unreachedAfter is how long a network may fail, unheardAfter how old its last answer may be: a poll is held for pollHold.
	unreachedAfter = 10 * time.Second
	unheardAfter   = 45 * time.Second
	pollHold       = 20 * time.Second
	// unsentAfter is how long the oldest letter may wait while no letter gets through.
	unsentAfter = 45 * time.Second
	// leaderlessAfter is how long nobody may lead.
	leaderlessAfter = 15 * time.Second
	// eventsMost bounds how many events are watched at once.
	eventsMost = 4096
)

// vital is how the work with one network goes, as far as this program does it. It may be used from several goroutines.
type vital struct {
	now func() time.Time

	mu      sync.Mutex
	handled time.Time // the last event
	reached time.Time // when the network last answered as it should
	failing time.Time // since when it does not
	begun   time.Time // when this program began to receive, or to be allowed to
	refused bool      // the network does not know this program any more
	lost    time.Time // since when the network's calls do not arrive here
	events  map[bot.EventID]*attempt
	unsent  time.Time // since when the oldest letter waits; zero: none does
	sending time.Time // since when this program sends; zero: it does not
	// unled is since when no program receives or sends, by what nobody does.
	unled map[string]time.Time
}

// attempt is an event that came and is not handled yet.
type attempt struct {
	since, last time.Time
	here        int // how many handle it now
}

// newVital makes one that goes by the machine's clock.
func newVital(now func() time.Time) *vital {
	return &vital{now: now, events: map[bot.EventID]*attempt{}, unled: map[string]time.Time{}}
}

// steady is the clock by which the app tells how long something lasts: the machine's also where somebody turns Now, which makes
// nothing older than it is.
func (a *App) steady() func() time.Time {
	if a.opts.Turned {
		return time.Now
	}
	return a.opts.Now
}

// watch is a handler that is looked at.
func (v *vital) watch(h bot.Handler) bot.Handler {
	return func(ctx context.Context, ev bot.Event) error {
		v.came(ev.ID)
		err := h(ctx, ev)
		v.left(ev.ID, err)
		return err
	}
}

func (v *vital) came(id bot.EventID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	at := v.events[id]
	if at == nil {
		if len(v.events) >= eventsMost {
			return
		}
		at = &attempt{since: v.now()}
		v.events[id] = at
	}
	at.here++
}

func (v *vital) left(id bot.EventID, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := v.now()
	if err == nil {
		v.handled = now
	}
	at := v.events[id]
	if at == nil {
		return
	}
	at.here--
	at.last = now
	if err == nil && at.here <= 0 {
		delete(v.events, id)
	}
}

// oldest is for how long the event that waits longest has been tried. One that is tried no more was set aside.
func (v *vital) oldest() time.Duration {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := v.now()
	var most time.Duration
	for id, at := range v.events {
		if at.here <= 0 && now.Sub(at.last) > stuckUntil {
			delete(v.events, id)
			continue
		}
		most = max(most, now.Sub(at.since))
	}
	return most
}

// begins says that this program receives from now on.
func (v *vital) begins() {
	v.set(func(now time.Time) { v.begun, v.failing, v.lost = now, time.Time{}, time.Time{} })
}

// reaches says that the network answered as it should.
func (v *vital) reaches() {
	v.set(func(now time.Time) { v.reached, v.failing, v.lost, v.refused = now, time.Time{}, time.Time{}, false })
}

// fails says that it did not.
func (v *vital) fails() {
	v.set(func(now time.Time) {
		if v.failing.IsZero() {
			v.failing = now
		}
	})
}

// misses says that the network cannot deliver: its calls do not arrive here.
func (v *vital) misses() {
	v.set(func(now time.Time) {
		v.reached, v.failing = now, time.Time{} // it answered
		if v.lost.IsZero() {
			v.lost = now
		}
	})
}

// refuses says that the network does not know this program; false when that was known.
func (v *vital) refuses() (news bool) {
	v.set(func(time.Time) { news, v.refused = !v.refused, true })
	return news
}

func (v *vital) set(f func(now time.Time)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f(v.now())
}

// receives tells why nothing comes from the network. leads: this program is the one to receive; polls: it does so by asking.
func (v *vital) receives(leads, polls bool) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := v.now()
	heard := v.reached
	if heard.Before(v.begun) {
		heard = v.begun
	}
	switch since := v.unled["receive"]; {
	case v.refused:
		return web.Reason("the network refuses this program's token or link")
	case !since.IsZero() && now.Sub(since) > leaderlessAfter:
		return web.Reason(fmt.Sprintf("no program receives, for %s", seconds(now.Sub(since))))
	case !leads:
		return nil
	case !v.failing.IsZero() && now.Sub(v.failing) > unreachedAfter:
		return web.Reason(fmt.Sprintf("the network is not reached, for %s", seconds(now.Sub(v.failing))))
	case !v.lost.IsZero():
		return web.Reason(fmt.Sprintf("the network's calls do not arrive at the webhook, for %s", seconds(now.Sub(v.lost))))
	case polls && now.Sub(heard) > unheardAfter:
		return web.Reason(fmt.Sprintf("the last successful poll is %s old", seconds(now.Sub(heard))))
	}
	return nil
}

// handles tells why events are not handled.
func (v *vital) handles() error {
	if wait := v.oldest(); wait > stuckAfter {
		return web.Reason(fmt.Sprintf("an event has not been handled for %s", seconds(wait)))
	}
	return nil
}

// sends tells why letters do not go out. heeded is when the network last took one or judged it.
func (v *vital) sends(heeded time.Time) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := v.now()
	if since := v.unled["send"]; !since.IsZero() && now.Sub(since) > leaderlessAfter {
		return web.Reason(fmt.Sprintf("no program sends, for %s", seconds(now.Sub(since))))
	}
	if v.sending.IsZero() || v.unsent.IsZero() {
		return nil
	}
	if heeded.Before(v.sending) {
		heeded = v.sending
	}
	if waited, silent := now.Sub(v.unsent), now.Sub(heeded); waited > unsentAfter && silent > unsentAfter {
		return web.Reason(fmt.Sprintf("the oldest letter waits for %s, and none went out for %s", seconds(waited), seconds(silent)))
	}
	return nil
}

// notes takes down what was seen of the letters: whether this program sends, and how long the oldest waits.
func (v *vital) notes(sends bool, oldest time.Duration) {
	v.set(func(now time.Time) {
		switch {
		case !sends:
			v.sending = time.Time{}
		case v.sending.IsZero():
			v.sending = now
		}
		v.unsent = time.Time{}
		if oldest > 0 {
			v.unsent = now.Add(-oldest)
		}
	})
}

// led takes down whether some program does what one alone may.
func (v *vital) led(what string, is bool) {
	v.set(func(now time.Time) {
		switch {
		case is:
			delete(v.unled, what)
		case v.unled[what].IsZero():
			v.unled[what] = now
		}
	})
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.0f s", d.Seconds()) }
