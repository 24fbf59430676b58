package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
)

// climb rings a clock's timer together with all others of clocks that are due, so that everybody gets one letter. Where that fails this
// one is rung alone: what is wrong with another's report is no harm to it, and time is left for it.
func (c *Client) climb(ctx context.Context, t ledger.Timer, climbed map[int64]bool) error {
	for limit := c.timerTime / 2; limit >= c.timerTime/4; limit /= 2 {
		if !c.climbMany(ctx, t.Kind, limit, climbed) {
			break
		}
	}
	if climbed[t.ID] {
		return nil
	}
	return c.climbAll(ctx, []ledger.Timer{t})
}

// climbMany rings as many clocks that are due as are known to be done in one commit. Where the stores are far away, or slow, the
// limit does not do for as many: fewer are tried from then on. again says that it is such.
func (c *Client) climbMany(ctx context.Context, kind ledger.TimerKind, limit time.Duration, climbed map[int64]bool) (again bool) {
	most := casework.ClimbMost
	if known := c.climbs.Load(); known > 0 {
		most = int(known)
	}
	all, err := c.o.Store.DueOf(ctx, kind, c.o.Now(), most)
	if err == nil && len(all) < most { // nobody waits: the next morning may be quicker
		c.climbs.Store(int64(min(2*most, casework.ClimbMost)))
	}
	if err != nil || len(all) < 2 {
		return false
	}
	began := time.Now()
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	switch err := c.climbAll(bounded, all); {
	case err == nil:
		for _, t := range all {
			climbed[t.ID] = true
		}
		if len(all) == most && time.Since(began) < limit/4 {
			c.climbs.Store(int64(min(2*most, casework.ClimbMost)))
		}
	case bounded.Err() != nil:
		c.climbs.Store(int64(max(len(all)/4, 4)))
		return true
	}
	return false
}

// climbAll decides for several clocks in one commit, anew when one of their reports has changed in between.
func (c *Client) climbAll(ctx context.Context, all []ledger.Timer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the ladder stumbled: %T", r)
		}
	}()
	people, err := c.o.Store.Operators(ctx)
	if err != nil {
		return err
	}
	return ledger.Again(ctx, func(error) error {
		var moments []casework.Moment
		for _, t := range all {
			m, err := c.moment(ctx, t)
			switch {
			case errors.Is(err, ledger.ErrUnknown):
				err = c.o.Store.TimerOver(ctx, t)
			case err == nil:
				moments = append(moments, m)
			}
			if err != nil {
				return err
			}
		}
		b, ok := c.o.Office().Climb(moments, people, c.o.Now())
		if !ok {
			return nil
		}
		switch err := c.o.Store.Commit(ctx, b); {
		case err == nil:
			return nil
		case errors.Is(err, ledger.ErrUntimed) && len(all) == 1, errors.Is(err, ledger.ErrDone): // another program did it, or it was set anew
			return nil
		default:
			return fmt.Errorf("commit what the clocks told: %w", err)
		}
	})
}

// roll reads the offices their open lists.
func (c *Client) roll(ctx context.Context, t ledger.Timer) error {
	office := c.o.Office()
	people, err := c.o.Store.Operators(ctx)
	if err != nil {
		return err
	}
	now := c.o.Now()
	open, err := c.o.Store.Opens(ctx, office.Rooms(), now, office.Soon(now), casework.RollShown)
	if err != nil {
		return err
	}
	handing, err := c.o.Store.HandingOver(ctx, now, casework.OpenMost)
	if err != nil {
		return err
	}
	b := office.Roll(casework.RollCall{Timer: t, At: now, People: people, Open: open, Handing: handing})
	switch err := c.o.Store.Commit(ctx, b); {
	case err == nil, errors.Is(err, ledger.ErrUntimed):
		return nil
	case errors.Is(err, ledger.ErrDone):
		return c.o.Store.TimerOver(ctx, t)
	default:
		return fmt.Errorf("commit the roll call: %w", err)
	}
}
