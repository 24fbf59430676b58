package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
)

// How long it is believed what a network said of who runs a group, and how long it is still better than nothing while the network
// cannot say. What it tells by itself (bot.Member) counts at once.
const (
	rolesFresh = 2 * time.Minute
	rolesOld   = 30 * time.Minute
	rolesMost  = 1000 // people
)

// roles remembers of people whether they run the desk's group, or whether they are in it, so that an officer's act does not hang on one
// question to the network.
type roles struct {
	mu    sync.Mutex
	known map[roleOf]roleKnown
}

type roleOf struct {
	group  bot.Address
	person string
}

type roleKnown struct {
	yes bool
	at  time.Time
	// doubted says that it is not believed any more while the network can say.
	doubted bool
}

func (r *roles) look(of roleOf) (roleKnown, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k, ok := r.known[of]
	return k, ok
}

// learn keeps what was heard at a time, unless something newer is known.
func (r *roles) learn(of roleOf, yes bool, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if k, ok := r.known[of]; ok && k.at.After(at) {
		return
	}
	if r.known == nil || len(r.known) >= rolesMost {
		r.known = map[roleOf]roleKnown{}
	}
	r.known[of] = roleKnown{yes: yes, at: at}
}

// doubt has what is known asked of the network once more before it is believed; sure says that nothing else will do.
func (r *roles) doubt(of roleOf, sure bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k, ok := r.known[of]
	switch {
	case ok && sure:
		delete(r.known, of)
	case ok:
		k.doubted = true
		r.known[of] = k
	}
}

// ask gives what is known while it is fresh, else what ask answers; where that fails, what was known not long ago.
func (r *roles) ask(of roleOf, now func() time.Time, ask func() (bool, error)) (bool, error) {
	began := now()
	k, ok := r.look(of)
	if ok && !k.doubted && began.Sub(k.at) < rolesFresh {
		return k.yes, nil
	}
	yes, err := ask()
	if err == nil {
		r.learn(of, yes, began)
		return yes, nil
	}
	if se := (*bot.SendError)(nil); errors.As(err, &se) && se.Remedy != bot.Retry {
		return false, err
	}
	if k, ok = r.look(of); ok && began.Sub(k.at) < rolesOld {
		return k.yes, nil
	}
	return false, err
}

// Admin asks the desk's network who runs the group.
func (n *networks) Admin(ctx context.Context, group bot.Address, person string) (bool, error) {
	l := n.link(group.Network)
	if l == nil {
		return false, nil
	}
	asked, ok := l.Channel.(bot.Roles)
	if !ok {
		return false, nil
	}
	return n.roles.ask(roleOf{group.Chat(), person}, n.now, func() (bool, error) { return asked.Admin(ctx, group, person) })
}

// errUntold says that a network tells nobody who is in a group.
var errUntold = errors.New("the network does not tell who is in a group")

// Here asks the desk's network who is in the group. Whatever keeps it from saying so, what was seen there not long ago still holds.
func (n *networks) Here(ctx context.Context, group bot.Address, person string) (bool, error) {
	var asked bot.Members
	if l := n.link(group.Network); l != nil {
		asked, _ = l.Channel.(bot.Members)
	}
	return n.here.ask(roleOf{group.Chat(), person}, n.now, func() (bool, error) {
		if asked == nil {
			return false, errUntold
		}
		here, err := asked.Here(ctx, group, person)
		if err != nil {
			return false, &bot.SendError{Remedy: bot.Retry, Err: err}
		}
		return here, nil
	})
}

// Anew has it asked anew how a person stands in the desk's group: another instance may have heard that he or she left it. sure says that what
// is remembered of who runs the group will not do even while the network cannot say. Who was seen in the group was there: some networks never
// say more.
func (n *networks) Anew(group bot.Address, person string, sure bool) {
	of := roleOf{group.Chat(), person}
	n.roles.doubt(of, sure)
	n.here.doubt(of, false)
}

// attentive is the desk, from which is learnt who runs the group and who is in it.
type attentive struct {
	*desk.Desk
	of *networks
}

// Handle learns of a person's standing before the desk acts on it. Who writes in the group is in it.
func (a attentive) Handle(ctx context.Context, ev bot.Event) (ledger.Batch, error) {
	now := a.of.now()
	switch m := ev.Body.(type) {
	case bot.Member:
		if !m.Self {
			a.of.roles.learn(roleOf{ev.Chat.Chat(), m.Who.ID}, m.Here && m.Runs, now)
			a.of.here.learn(roleOf{ev.Chat.Chat(), m.Who.ID}, m.Here, now)
		}
	case bot.Text, bot.Photo, bot.Voice, bot.Document, bot.Location:
		if ev.Group && ev.From.ID != "" && !ev.At.IsZero() {
			if ev.At.Before(now) { // it may come again after its writer has left
				now = ev.At
			}
			a.of.here.learn(roleOf{ev.Chat.Chat(), ev.From.ID}, true, now)
		}
	}
	return a.Desk.Handle(ctx, ev)
}
