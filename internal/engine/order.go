package engine

import (
	"context"
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
)

// The events of a chat are handled in the order in which they began. Within one program its place keeps that; over a death the
// conversation does: it knows what was begun in it. A batch that was committed is known only to its event until the conversation is
// saved, and a network may bring a later event first. That one would be answered from a state that is behind, and what the earlier
// one brought would be lost: so it waits.

// earlierMost is how long a turn waits for an earlier one that was committed and not saved, from when that one was begun. It may never
// come again.
const earlierMost = 2 * time.Minute

// take holds the conversation of a turn.
func (e *Engine) take(ctx context.Context, t handling) (Session, error) {
	b := Beginning{Cause: bot.EventID(t.cause), At: e.Now()}
	for {
		sess, err := e.hold(ctx, t.chat, func() (Session, error) { return e.Sessions.Take(ctx, t.chat, b) })
		if err != nil || sess.Left.Cause == "" || sess.Seen(b.Cause) {
			return sess, err
		}
		if _, moved := goneTo(sess.State); moved {
			return sess, nil
		}
		if err := e.afterLeft(ctx, t, sess.Left); err != nil {
			e.free(ctx, sess)
			return sess, err
		}
		b.Over = sess.Left.Cause
	}
}

// afterLeft reports whether a turn may be taken although an earlier one is not over: it was never committed, so it did not happen, or it
// was waited for long enough.
func (e *Engine) afterLeft(ctx context.Context, t handling, left Left) error {
	if e.Cases.Handled == nil {
		return nil
	}
	done, err := e.Cases.Handled.Handled(ctx, string(left.Cause))
	switch {
	case err != nil:
		return err
	case !done:
		return nil
	case e.Now().Sub(left.At).Abs() < earlierMost: // by a clock that was set back nobody waits longer
		return fmt.Errorf("what was begun before is committed and not saved: %w", bot.ErrEarlier)
	}
	e.Log.Warn("an event goes on before an earlier one that was committed and never saved", "event", nameable(t.cause), "earlier", nameable(string(left.Cause)))
	return nil
}

// nameable is a cause as a log may name it: a wake-up and what was heard go by their chat, which may be a phone number.
func nameable(cause string) string {
	if kind, _, own := strings.Cut(cause, ":"); own && (kind == "timer" || kind == "heard") {
		return kind
	}
	return cause
}

// giveBack frees the conversation of a turn that was not saved. What may be committed stays begun.
func (e *Engine) giveBack(ctx context.Context, t handling, s Session) {
	if t.tried {
		s.Begun = ""
	}
	e.free(ctx, s)
}

// forsake lets nobody wait any more for an event that is set aside.
func (e *Engine) forsake(ctx context.Context, ev bot.Event) {
	e.free(ctx, Session{Chat: ev.Chat, Begun: ev.ID})
}
