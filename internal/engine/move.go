package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
)

// hops is how many moves are followed for one event: people do not move as often while it is on its way.
const hops = 8

// elsewhere says that the person of a chat is reached at another address: the turn is to be taken there.
type elsewhere struct{ to bot.Address }

func (*elsewhere) Error() string { return "the conversation goes on at another address" }

// gone is what stands in place of a conversation whose person has moved. What was on its way to the old address when that
// became known (a message, the words of a voice note, a wake-up) finds the new one by it.
type gone struct {
	Moved bot.Address `json:"moved"`
	At    time.Time   `json:"at,omitzero"` // when the person moved, by the network's clock
}

func goneTo(state []byte) (bot.Address, bool) {
	g, is := goneBy(state)
	return g.Moved, is
}

func goneBy(state []byte) (g gone, is bool) {
	if !bytes.HasPrefix(state, []byte(`{"moved":`)) {
		return g, false
	}
	err := json.Unmarshal(state, &g)
	return g, err == nil && !g.Moved.Zero()
}

// moveEnd is where a move leads by now: networks keep no order, and the person may have moved on before it was told of. signed says that
// an old sign stands there: he or she is back where one led away from.
func (e *Engine) moveEnd(ctx context.Context, ev bot.Event, to bot.Address) (_ bot.Address, signed bool, err error) {
	for range hops {
		at, err := e.load(ctx, to, ev.Chat)
		if err != nil {
			return to, false, err
		}
		e.free(ctx, at)
		g, is := goneBy(at.State)
		if !is || !g.At.After(ev.At) {
			return to, is, nil
		}
		to = g.Moved
		if to.Chat() == ev.Chat.Chat() {
			break
		}
	}
	return to, false, nil
}

// moved lets everything of a person follow to another address: first the reports and what waits, in one batch, then the
// conversation, and last the old conversation gives way to a sign to the new one. Each step finds out that it was done
// before, so a death in between costs nothing.
func (e *Engine) moved(ctx context.Context, ev bot.Event, to bot.Address) error {
	if to.Zero() || to.Chat() == ev.Chat.Chat() {
		return nil
	}
	to, signed, err := e.moveEnd(ctx, ev, to)
	if err != nil || to.Chat() == ev.Chat.Chat() {
		return err
	}
	if err := e.moveCases(ctx, ev, to); err != nil {
		return err
	}
	if e.Cases.Pleas != nil { // a move that comes again leaves no sign to who was erased since then
		if gone, err := e.Cases.Pleas.Gone(ctx, ev.Chat, ev.At); gone || err != nil {
			return err
		}
	}
	was, err := e.load(ctx, ev.Chat, ev.Chat)
	if err != nil {
		return err
	}
	saved := false
	defer func() {
		if !saved {
			e.free(ctx, was)
		}
	}()
	old, left := goneBy(was.State)
	if left && !ev.At.After(old.At) {
		return nil
	}
	if len(was.State) > 0 && !left || signed { // what was left before holds no more than its sign, which is put anew
		if err := e.join(ctx, ev.ID, was, to); err != nil {
			return err
		}
	}
	if err := e.Step("before the sign"); err != nil {
		return err
	}
	doc, err := json.Marshal(gone{Moved: to, At: ev.At})
	if err != nil {
		return fmt.Errorf("write where a conversation went: %w", err)
	}
	if err := e.Sessions.Save(ctx, was, doc, ev.ID); err != nil {
		return err
	}
	saved = true
	return e.Step("after the sign")
}

func (e *Engine) moveCases(ctx context.Context, ev bot.Event, to bot.Address) error {
	err := ledger.Settle(ctx, stepping{e}, func(error) (ledger.Batch, error) {
		mine, err := e.Cases.Citizens.Mine(ctx, ev.Chat, casework.MoveMost)
		if err != nil {
			return ledger.Batch{}, err
		}
		t := casework.Occasion{Cause: string(ev.ID), At: ev.At}
		b := e.Office().Move(mine, ev.Chat, to, t)
		if e.Cases.Twins != nil {
			followed, err := e.Cases.Twins.Followed(ctx, ev.Chat, casework.MoveMost)
			if err != nil {
				return ledger.Batch{}, err
			}
			e.Office().Rehome(&b, followed, ev.Chat, to, t)
		}
		return b, nil
	})
	if err != nil {
		return fmt.Errorf("move what a citizen has filed: %w", err)
	}
	return nil
}

// join makes one conversation of the one that was and the one at the new address, once.
func (e *Engine) join(ctx context.Context, cause bot.EventID, was Session, to bot.Address) error {
	return ledger.Again(ctx, func(error) error {
		now, err := e.load(ctx, to, was.Chat)
		if err != nil {
			return err
		}
		if now.Seen(cause) {
			return e.Sessions.Free(ctx, now)
		}
		doc, err := json.Marshal(e.Machine.Join(e.stateOf(was), e.stateOf(now)))
		if err == nil {
			err = e.Step("before save")
		}
		if err == nil {
			err = e.Sessions.Save(ctx, now, doc, cause)
		}
		if err == nil {
			return nil
		}
		e.free(ctx, now)
		if errors.Is(err, ErrConflict) {
			err = fmt.Errorf("%w: %w", ledger.ErrStale, err)
		}
		return err
	})
}

// stateOf reads a conversation; one that went elsewhere, and one that cannot be read, begin anew.
func (e *Engine) stateOf(s Session) (state flows.State) {
	if _, moved := goneTo(s.State); moved || len(s.State) == 0 {
		return state
	}
	state, err := e.Machine.Read(s.State)
	if err != nil {
		e.Log.Error("conversation unreadable, begun anew")
	}
	return state
}

// toward is an input of no event, at another address.
func toward(in flows.Input, to bot.Address) flows.Input {
	switch in := in.(type) {
	case flows.Idle:
		in.Chat = to
		return in
	case flows.Heard:
		in.Chat = to
		return in
	case flows.Unkept:
		in.Chat = to
		return in
	case flows.TieNews:
		in.Chat = to
		return in
	default:
		return in
	}
}
