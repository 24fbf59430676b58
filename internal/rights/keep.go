package rights

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

const (
	// keepEvery is how often is looked for what was kept for long enough, keepSome how much of each is done in one look.
	keepEvery = time.Hour
	keepSome  = 50
	// mendFor is how long after an erasing files are looked for that a program left which died, or that came in late.
	mendFor  = 48 * time.Hour
	mendMost = 5000
)

func (c *Clerk) next(at time.Time) ledger.Timer {
	return ledger.Timer{Kind: ledger.KeepTimer, Subject: ledger.OfHouse(), At: at.Add(keepEvery)}
}

// keep removes what was kept for as long as the profile says, and looks again in an hour, or soon where there is more.
func (c *Clerk) keep(ctx context.Context, t ledger.Timer) error {
	began := c.Now()
	k := c.Office().Profile.Keeping
	if k.Reports <= 0 || k.Letters <= 0 || k.Stumbles <= 0 {
		return c.Store.TimerOver(ctx, t) // nothing says how long: nothing goes
	}
	late := func() bool { return c.Now().Sub(began) > c.Budget }
	ids, err := c.Store.Aged(ctx, began.Add(-k.AfterEnd()), keepSome)
	if err != nil {
		return err
	}
	more := len(ids) == keepSome
	if err := c.age(ctx, ids); err != nil {
		return fmt.Errorf("erase what was kept for long enough: %w", err)
	}
	erased, err := c.Store.ErasedSince(ctx, began.Add(-mendFor), mendMost)
	if err != nil {
		return err
	}
	if err := c.files(ctx, ledger.Sweep{Gone: erased}, nil); err != nil {
		return err
	}
	if err := c.ageCalls(ctx, began.Add(-k.AfterEnd())); err != nil {
		return err
	}
	terms := ledger.Terms{Reports: began.Add(-k.AfterEnd()), Letters: began.Add(-k.LetterTime()), Stumbles: began.Add(-k.StumbleTime())}
	if err := c.Store.Expire(ctx, terms); err != nil {
		return err
	}
	for !late() {
		left, err := c.Store.Old(ctx, terms)
		if err != nil {
			return err
		}
		if !left {
			break
		}
		more = true
	}
	next := c.next(c.Now())
	if more {
		next.At = c.Now().Add(time.Second)
	}
	err = c.Store.Commit(ctx, ledger.Batch{Cause: t.Cause(), At: c.Now(), Changes: []ledger.Change{ledger.Rung{Timer: t}, ledger.Timed{Timer: next}}})
	if err != nil && !errors.Is(err, ledger.ErrUntimed) && !errors.Is(err, ledger.ErrDone) {
		return err
	}
	return nil
}

// age erases everybody from reports. Their letters go first: a program that dies in between finds the reports again.
func (c *Clerk) age(ctx context.Context, ids []report.ID) error {
	if len(ids) == 0 {
		return nil
	}
	if err := c.sweepAll(ctx, ledger.Sweep{Gone: ids}); err != nil {
		return err
	}
	for _, id := range ids {
		err := ledger.Settle(ctx, c.Store, func(error) (ledger.Batch, error) {
			k, err := c.Store.Case(ctx, id)
			if err != nil || k.Report.Emptied() || k.Report.Status.Open() {
				return ledger.Batch{}, err
			}
			return c.Office().Age(k, c.Store.ErasureKey(), casework.Occasion{Cause: fmt.Sprintf("age:%d/%d", id, k.Report.Rev), At: c.Now()}), nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *Clerk) ageCalls(ctx context.Context, over time.Time) error {
	calls, err := c.Store.AgedCalls(ctx, over, keepSome)
	if err != nil || len(calls) == 0 {
		return err
	}
	var talks []string
	for _, call := range calls {
		talks = append(talks, casework.CallIntent(call.ID))
	}
	if err := c.sweepAll(ctx, ledger.Sweep{Talks: talks}); err != nil {
		return err
	}
	for _, call := range calls {
		if err := c.files(ctx, ledger.Sweep{}, casework.CallFiles(call)); err != nil {
			return err
		}
		b := c.Office().AgeCall(call, casework.Occasion{Cause: fmt.Sprintf("age:%s/%d", call.ID, call.Rev), At: c.Now()})
		if err := c.Store.Commit(ctx, b); err != nil && !errors.Is(err, ledger.ErrDone) && !errors.Is(err, ledger.ErrStale) {
			return err
		}
	}
	return nil
}

// sweepAll looks at all letters there are.
func (c *Clerk) sweepAll(ctx context.Context, w ledger.Sweep) error {
	upTo, err := c.Store.Newest(ctx)
	for at := int64(0); err == nil && at < upTo; {
		at, err = c.Store.SweepLetters(ctx, w, at, upTo)
	}
	return err
}
