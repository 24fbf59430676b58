package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

const (
	// offerFor is how long a code can be typed and agreed to.
	offerFor = 10 * time.Minute
	// tieMine is how many reports are named before chats are tied.
	tieMine = 20
)

// kin finds the other chats of who writes. Only who has some is asked about, and a conversation that has just begun: it may have been
// lost. The chat itself is home from now on.
func (e *Engine) kin(ctx context.Context, t *handling, state *flows.State, in flows.Input) error {
	t.kin, t.away, t.tied, t.reminded = nil, false, false, bot.Address{}
	_, news := in.(flows.TieNews)
	if e.Cases.Ties == nil || !state.Tied && !news && !state.At.IsZero() {
		return nil
	}
	all, err := e.Cases.Ties.Ties(ctx, t.chat)
	if err != nil {
		return err
	}
	t.kin, state.Tied = all, len(all) > 1
	if !state.Tied && !news {
		return e.remind(ctx, t)
	}
	t.away = state.Tied && all[0].Chat() != t.chat.Chat()
	return nil
}

// home says that news go to this chat from now on, where a person who has several writes in it.
func (e *Engine) home(t *handling) {
	if len(t.kin) < 2 || t.event == nil {
		return
	}
	h := ledger.Homed{Chat: t.chat, At: e.Now()} // networks count in seconds, each by a clock of its own
	for _, c := range t.kin {
		if e.Serves != nil && !e.Serves(c.Network) && !slices.Contains(h.Unserved, c.Network) {
			h.Unserved = append(h.Unserved, c.Network)
		}
	}
	t.batch.Changes = append(t.batch.Changes, h)
}

// chats are all chats of who writes, this one first.
func (t *handling) chats() []bot.Address {
	out := []bot.Address{t.chat}
	for _, c := range t.kin {
		if c.Chat() != t.chat.Chat() {
			out = append(out, c)
		}
	}
	return out
}

// as is the chat by which who writes has to do with a report: the one that filed it, else one that follows it, else this one.
func (t *handling) as(r report.Report) bot.Address {
	all := t.chats()
	for _, c := range all {
		if owns(c, r) {
			return c
		}
	}
	for _, c := range all {
		if r.Follows(c) {
			return c
		}
	}
	return t.chat
}

// citizen is who writes, as the actor of a fact about a report.
func (t *handling) citizen(r report.Report) report.Actor {
	as, id := t.as(r), t.from.ID
	if as.Chat() != t.chat.Chat() {
		id = as.ID // a person's own chat goes by the person's id
	}
	return report.Actor{Role: report.Citizen, ID: string(as.Network) + ":" + id, Chat: as}
}

// mine are the reports of who writes, newest first.
func (e *Engine) mine(ctx context.Context, t *handling, limit int) (all []report.Report, err error) {
	chats := t.chats()
	for _, c := range chats {
		some, err := e.Cases.Citizens.Mine(ctx, c, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	if len(chats) > 1 {
		slices.SortStableFunc(all, func(a, b report.Report) int { return b.Filed.Compare(a.Filed) })
		all = all[:min(len(all), limit)]
	}
	return all, nil
}

// followedBy are the reports that who writes follows, each once, and none of his or her own.
func (e *Engine) followedBy(ctx context.Context, t *handling, own []report.Report) (all []report.Report, err error) {
	for _, c := range t.chats() {
		some, err := e.followed(ctx, c)
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			same := func(o report.Report) bool { return o.ID == r.ID }
			if len(t.kin) < 2 || !slices.ContainsFunc(all, same) && !slices.ContainsFunc(own, same) {
				all = append(all, r)
			}
		}
	}
	return all, nil
}

// codesOf are the reports of who writes, of all chats that are tied already, which would be known in one more.
func (e *Engine) codesOf(ctx context.Context, t *handling) (out []report.Code, err error) {
	mine, err := e.mine(ctx, t, tieMine)
	for _, r := range mine {
		out = append(out, r.Code)
	}
	return out, err
}

// tie does what a citizen wants with another chat, and tells how it stands.
func (e *Engine) tie(ctx context.Context, t *handling, eff flows.Tie) (flows.Input, error) {
	out := flows.TieTold{What: eff.What, Why: flows.TieOver, Anew: eff.Anew}
	if e.Cases.Ties == nil || t.event == nil || t.event.Group {
		return out, nil
	}
	var err error
	switch eff.What {
	case flows.TieOffer:
		err = e.offer(ctx, t, eff, &out)
	case flows.TieJoin:
		err = e.sameNumber(ctx, t, &out)
	case flows.TieLook, flows.TieWant:
		err = e.want(ctx, t, eff, &out)
	case flows.TieGive, flows.TieDrop:
		err = e.give(ctx, t, eff, &out)
	case flows.TieEnd:
		err = e.untie(ctx, t, &out)
	default:
		err = fmt.Errorf("unknown wish about a tie %q", eff.What)
	}
	return out, err
}

// offer shows a code, unless a chat of the same number can be asked about. A turn that is handled again draws another code: the one that
// was committed first stands.
func (e *Engine) offer(ctx context.Context, t *handling, eff flows.Tie, out *flows.TieTold) error {
	if len(t.kin) >= ledger.TiesMost {
		out.Why = flows.TieFull
		return nil
	}
	if !eff.Plain {
		k, _, ok, err := e.numbered(ctx, t)
		if err != nil {
			return err
		}
		if ok {
			out.OK, out.Other, out.Kindred = true, k.Network, &k
			return nil
		}
	}
	o := ledger.Offer{Chat: t.chat.Chat(), Code: e.TieCode(), Until: t.at.Add(offerFor)}
	t.batch.Changes = append(t.batch.Changes, ledger.Offered{Offer: o})
	out.OK, out.Code, out.Until = true, o.Code, o.Until
	return nil
}

// want tells what a code would join, and once more when it is wanted: then the chat that shows it is asked.
func (e *Engine) want(ctx context.Context, t *handling, eff flows.Tie, out *flows.TieTold) error {
	o, err := e.Cases.Ties.OfferBy(ctx, eff.Code)
	if errors.Is(err, ledger.ErrUnknown) {
		return nil
	}
	if err != nil {
		return err
	}
	if why, err := e.hindered(ctx, t, o); err != nil || why != "" {
		out.Why = why
		return err
	}
	out.Code, out.Until, out.Other = o.Code, o.Until, o.Chat.Network
	if out.Mine, err = e.codesOf(ctx, t); err != nil {
		return err
	}
	out.OK = true
	if eff.What == flows.TieWant {
		t.batch.Changes = append(t.batch.Changes, ledger.Wanted{Code: o.Code, Taker: t.chat.Chat(), At: t.at})
		t.tell(o.Chat, flows.TieAsked)
	}
	return nil
}

// full reports whether too many would be tied with who writes, whose other chats are given as they are tied already.
func (t *handling) full(others []bot.Address) bool {
	return max(len(others), 1)+max(len(t.kin), 1) > ledger.TiesMost
}

// hindered tells why a code cannot be taken in this chat.
func (e *Engine) hindered(ctx context.Context, t *handling, o ledger.Offer) (flows.TieWhy, error) {
	theirs, err := e.Cases.Ties.Ties(ctx, o.Chat)
	if err != nil {
		return "", err
	}
	_, barred, err := e.conductOf(ctx, t)
	if err == nil && !barred {
		_, barred, err = e.conducts.of(ctx, o.Chat, e.Now())
	}
	switch {
	case err != nil:
		return "", err
	case o.Chat.Chat() == t.chat.Chat():
		return flows.TieOwn, nil
	case !o.Until.After(t.at), !o.Taker.Zero() && o.Taker.Chat() != t.chat.Chat():
		return flows.TieOver, nil
	case slices.Contains(theirs, t.chat.Chat()):
		return flows.TieSame, nil
	case t.full(theirs):
		return flows.TieFull, nil
	case barred:
		return flows.TieBarred, nil
	}
	return "", nil
}

// give ties this chat to the one that wants its code, or does not; the other is told. A yes is for the code that was asked about: another
// may be wanted since. What was tied is looked up next time whatever comes of it: this very turn may have died before it was saved.
func (e *Engine) give(ctx context.Context, t *handling, eff flows.Tie, out *flows.TieTold) error {
	t.tied = true
	o, err := e.Cases.Ties.OfferOf(ctx, t.chat)
	known := !errors.Is(err, ledger.ErrUnknown)
	if err != nil && known {
		return err
	}
	if !known || o.Code != eff.Code || o.Taker.Zero() || !o.Until.After(e.Now()) {
		out.OK = out.What == flows.TieDrop
		return nil
	}
	out.OK, out.Other = true, o.Taker.Network
	if out.What == flows.TieDrop {
		t.batch.Changes = append(t.batch.Changes, ledger.Withdrawn{Chat: t.chat.Chat()})
		t.tell(o.Taker, flows.TieNot)
		return nil
	}
	theirs, err := e.Cases.Ties.Ties(ctx, o.Taker) // which may have tied more since it wanted the code
	if err != nil {
		return err
	}
	if !slices.Contains(theirs, t.chat.Chat()) && t.full(theirs) {
		out.OK, out.Why = false, flows.TieFull
		return nil
	}
	t.batch.Changes = append(t.batch.Changes, ledger.Tied{Chat: t.chat.Chat(), Taker: o.Taker, At: e.Now()})
	t.tell(o.Taker, flows.TieMade)
	return nil
}

// untie lets this chat be by itself again.
func (e *Engine) untie(ctx context.Context, t *handling, out *flows.TieTold) error {
	all, err := e.Cases.Ties.Ties(ctx, t.chat)
	if err != nil {
		return err
	}
	if len(all) < 2 {
		out.Why = flows.TieNone
		return nil
	}
	out.OK = true
	t.batch.Changes = append(t.batch.Changes, ledger.Untied{Chat: t.chat.Chat()})
	for _, c := range all {
		if c.Chat() != t.chat.Chat() {
			t.tell(c, flows.TieOff)
		}
	}
	t.kin = nil
	return nil
}

// tell brings a word to another chat, in a turn of its own.
func (t *handling) tell(chat bot.Address, w flows.TieWord) {
	cause := fmt.Sprintf("tell:%s/%d", t.cause, len(t.batch.Jobs)) // without the chat: what was handled is kept after an erasing
	t.batch.Jobs = append(t.batch.Jobs, ledger.Tell{Chat: chat.Chat(), Word: string(w), Other: t.chat.Chat(), Cause: cause})
}

// Tell brings a word about a tie to the conversation that it is for. It may be called again: it is told once.
func (e *Engine) Tell(ctx context.Context, j ledger.Tell) error {
	if e.Cases.Ties == nil {
		return nil
	}
	now := e.Now()
	in := flows.TieNews{Word: flows.TieWord(j.Word), Other: j.Other.Network, At: now, Chat: j.Chat}
	if in.Word == flows.TieAsked {
		o, err := e.Cases.Ties.OfferOf(ctx, j.Chat)
		if errors.Is(err, ledger.ErrUnknown) || err == nil && (o.Taker.Chat() != j.Other.Chat() || !o.Until.After(now)) {
			return nil // it is over, or another code was asked for since
		}
		if err != nil {
			return err
		}
		kin, err := e.Cases.Ties.Ties(ctx, j.Chat)
		if err != nil {
			return err
		}
		if in.Mine, err = e.codesOf(ctx, &handling{chat: j.Chat, kin: kin}); err != nil {
			return err
		}
		in.Code = o.Code
	}
	return e.back(ctx, handling{chat: j.Chat, cause: j.Cause, at: now}, in)
}

// conductOf is what the coordinator has set against any chat of who writes, the strongest first.
func (e *Engine) conductOf(ctx context.Context, t *handling) (found ledger.Conduct, ok bool, err error) {
	for _, chat := range t.chats() {
		c, holds, err := e.conducts.of(ctx, chat, e.Now())
		if err != nil {
			return found, false, err
		}
		if holds && (!ok || c.Measure == report.Blocked) {
			found, ok = c, true
		}
	}
	return found, ok, nil
}

// filedBefore is what the bounds on filing ask for, of all chats of who writes.
func (e *Engine) filedBefore(ctx context.Context, t *handling) (sum ledger.Load, err error) {
	if e.Cases.Conducts == nil {
		return sum, nil
	}
	for n, chat := range t.chats() {
		l, err := e.Cases.Conducts.Load(ctx, chat, t.at.Add(-casework.BoundsSpan))
		if err != nil {
			return sum, err
		}
		if n > 0 {
			l.Open, l.Recent, l.Quarantined = l.Open+sum.Open, l.Recent+sum.Recent, l.Quarantined+sum.Quarantined
			if sum.Conduct.Holds(t.at) != report.NoMeasure {
				l.Conduct = sum.Conduct
			}
		}
		sum = l
	}
	return sum, nil
}
