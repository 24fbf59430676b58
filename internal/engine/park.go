package engine

import (
	"context"
	"errors"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/say"
)

// Park takes an event that has failed for long out of the way of the others, once healthy says that the stores are not to
// blame: it is kept for a person to look at, the citizen is told, and so is the coordinator. What a network failed at is
// tried again for ever: the event is not to blame.
func (e *Engine) Park(ctx context.Context, ev bot.Event, cause error, healthy func(context.Context) error) error {
	if se, ok := errors.AsType[*bot.SendError](cause); ok && se.Remedy == bot.Retry {
		return cause
	}
	if e.Unwell != nil && e.Unwell(cause) {
		return cause // a disk that is full may take the little word by which its health is asked
	}
	if err := healthy(ctx); err != nil {
		return err
	}
	if !errors.Is(cause, ErrBusy) { // waited for as long as anybody may hold a chat: once more would be no other
		err := e.Handle(ctx, ev)
		if err == nil {
			return nil // it was the stores
		}
		if e.Unwell != nil && e.Unwell(err) || errors.Is(err, bot.ErrEarlier) {
			return err // what waits for an earlier event does not wait for long
		}
		cause = err
	}
	return e.setAside(ctx, ev, short(cause))
}

// tooOld is why an event is set aside of which nobody knows any more whether it was handled.
const tooOld = "it is older than what is remembered of events"

// setAside is a stumble that the coordinator hears of.
func (e *Engine) setAside(ctx context.Context, ev bot.Event, why string) error {
	if err := e.stumble(ctx, ev, why); err != nil {
		return err
	}
	desk := e.DeskAt()
	if desk.Zero() {
		return nil
	}
	cause := string(ev.ID) + "/aside"
	err := e.Cases.Store.Commit(ctx, ledger.Batch{Cause: cause, At: e.Now(), Letters: []ledger.Letter{{
		Key: cause, To: desk, Desk: true, Purpose: ledger.ToDesk,
		Message: bot.Message{Text: say.For(e.Office().Profile, "id").SetAside(string(ev.ID))},
	}}})
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		e.Log.Warn("the coordinator does not hear of an event set aside", "event", string(ev.ID), "error", err)
	}
	return nil
}

// short is the innermost error: what was wrong, without values of people, which no error of ours holds.
func short(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}

// stumble keeps an event that the program itself failed on, tells the citizen so, and lets the chat go on: delivered
// again it would fail again.
func (e *Engine) stumble(ctx context.Context, ev bot.Event, why string) error {
	e.Log.Error("event stumbled", "event", string(ev.ID), "why", why, "at", where())
	if err := e.Cases.Stumbles.Stumble(ctx, string(ev.ID), why, eventJSON(ev)); err != nil {
		// Perhaps it is the event that cannot be kept; then that it came is.
		if e.Cases.Stumbles.Stumble(ctx, string(ev.ID), why, []byte(`{}`)) != nil {
			return err
		}
	}
	b := ledger.Batch{Cause: string(ev.ID), At: e.Now()}
	if !ev.Group {
		b.Letters = []ledger.Letter{{
			Key: string(ev.ID) + "/r0", To: ev.Chat, Purpose: ledger.Reply,
			Message: bot.Message{Text: e.voiceFor(ctx, ev).Stumbled()},
		}}
	}
	if err := e.Cases.Store.Commit(ctx, b); err != nil && !errors.Is(err, ledger.ErrDone) {
		return err
	}
	if !ev.Group {
		e.forsake(ctx, ev)
	}
	return nil
}
