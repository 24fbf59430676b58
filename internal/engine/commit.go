package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"

	"rabeg/internal/ledger"
)

// stepping is the store with the steps around a commit that a crash could fall between.
type stepping struct{ *Engine }

// Commit is of ledger.Committer.
func (s stepping) Commit(ctx context.Context, b ledger.Batch) error {
	if err := s.Step("before commit"); err != nil {
		return err
	}
	err := s.Cases.Store.Commit(ctx, b)
	if err == nil || errors.Is(err, ledger.ErrDone) {
		if died := s.Step("after commit"); died != nil {
			return died
		}
	}
	return err
}

// commit writes the batch; nil as well when an earlier try of the turn did.
func (e *Engine) commit(ctx context.Context, t *handling) error {
	t.tried = true
	err := e.Cases.Store.Commit(ctx, t.batch)
	if !errors.Is(err, ledger.ErrDone) {
		return err
	}
	if gone, ask := e.gone(ctx, t); ask != nil || gone {
		return cmp.Or(ask, errGone)
	}
	switch {
	case t.drawn:
		return fmt.Errorf("the report may have been filed under another number: %w", ledger.ErrTaken)
	case t.batch.Memo != nil && !t.repeated:
		return fmt.Errorf("the turn may have found something else when it was handled before: %w", ledger.ErrStale)
	case t.opinion != nil && t.opinion.asked:
		return e.again(ctx, t)
	case len(t.filed) > 0:
		return e.filedAlready(ctx, t)
	}
	return nil
}

// filedAlready answers an event that sends a draft which another event of the chat has filed (ofDraft): its batch was refused for that, and
// nothing of it is left but what the citizen is told, with the number that the draft has got.
func (e *Engine) filedAlready(ctx context.Context, t *handling) error {
	if e.Cases.Handled == nil {
		return nil
	}
	if done, err := e.Cases.Handled.Handled(ctx, t.cause); err != nil || done {
		return err
	}
	for _, r := range t.filed {
		if _, err := e.Cases.Reports.ByCode(ctx, r.Code); errors.Is(err, ledger.ErrUnknown) {
			return nil // a number that no report has is told to nobody
		} else if err != nil {
			return err
		}
	}
	told := ledger.Batch{Cause: t.cause, At: t.at}
	for _, l := range t.batch.Letters {
		if l.To == t.chat && !l.Desk {
			told.Letters = append(told.Letters, l)
		}
	}
	if err := e.Cases.Store.Commit(ctx, told); !errors.Is(err, ledger.ErrDone) {
		return err
	}
	return nil
}

// deaths is how many deaths of one turn, each after another opinion was heard, still end in the question that is open.
const deaths = 8

// again shows the open question once more, when an earlier try of this turn was committed before it died: it may have heard
// another opinion, and asked something else. So the question that was said last is the one that is open.
func (e *Engine) again(ctx context.Context, t *handling) error {
	var last *ledger.Letter
	for i, l := range t.batch.Letters {
		if l.To == t.chat && l.Purpose == ledger.Reply {
			last = &t.batch.Letters[i]
		}
	}
	if last == nil {
		return nil
	}
	for n := range deaths {
		cause := t.cause + "/again" + strconv.Itoa(n)
		l := *last
		l.Key = cause
		err := e.Cases.Store.Commit(ctx, ledger.Batch{Cause: cause, At: t.at, Letters: []ledger.Letter{l}})
		if !errors.Is(err, ledger.ErrDone) {
			return err
		}
	}
	return nil
}
