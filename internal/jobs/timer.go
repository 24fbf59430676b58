package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
)

// timers is the job that looks for timers whose time has come.
type timers struct{}

// Kind names the job in the queue.
func (timers) Kind() string { return "timers" }

const (
	// timerPage is how many timers are read at once.
	timerPage = 200
	// failsMost is how many timers in a row may fail before a round ends: then it is not they that fail, but the stores.
	failsMost = 20
	// timerTime is how long one timer may take: what it waits for may never come.
	timerTime = 20 * time.Second
)

// timerPause grows with each failure of a timer.
func timerPause(tries int) time.Duration {
	return min(10*time.Second<<min(tries, 10), ledger.LongestPause)
}

// ring does what is due, those first that have waited longest. One that fails waits, longer each time, and the others go on.
// A round ends when the next one is to begin, which goes on with what is left.
func (c *Client) ring(ctx context.Context, _ *river.Job[timers]) error {
	now, began := c.o.Now(), time.Now()
	fails, climbed := 0, map[int64]bool{}
	for {
		due, err := c.o.Store.Due(ctx, now, timerPage)
		if err != nil {
			return err
		}
		for _, t := range due {
			if time.Since(began) > c.o.WakeEvery || fails == failsMost {
				return nil
			}
			if climbed[t.ID] {
				continue
			}
			err := c.act(ctx, t, climbed)
			if err == nil {
				fails = 0
				continue
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			fails++
			c.o.Log.Warn("timer comes again", "kind", string(t.Kind), "timer", t.ID, "tries", t.Tries+1, "error", err)
			if err := c.o.Store.TimerLater(ctx, t, now.Add(timerPause(t.Tries))); err != nil {
				return err
			}
		}
		if len(due) < timerPage {
			return nil
		}
	}
}

// act does what one timer is for. What it stumbles over is its own. climbed gets those that were done together with it.
func (c *Client) act(ctx context.Context, t ledger.Timer, climbed map[int64]bool) (err error) {
	ctx, cancel := context.WithTimeout(ctx, c.timerTime)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("a timer stumbled: %T", r)
		}
	}()
	if c.o.House != nil {
		if ok, err := c.o.House(ctx, t); ok || err != nil {
			return err
		}
	}
	switch _, ok := t.Subject.Chat(); {
	case t.Kind == ledger.ClockTimer:
		return c.climb(ctx, t, climbed)
	case t.Kind == ledger.RollTimer:
		return c.roll(ctx, t)
	case !ok:
		return c.decide(ctx, t)
	}
	if err := c.o.Wake(ctx, t); err != nil {
		return err
	}
	return c.o.Store.TimerOver(ctx, t)
}

// decide lets the office decide, anew when the report has changed in between.
func (c *Client) decide(ctx context.Context, t ledger.Timer) error {
	return ledger.Again(ctx, func(error) error {
		m, err := c.moment(ctx, t)
		if errors.Is(err, ledger.ErrUnknown) {
			return c.o.Store.TimerOver(ctx, t)
		}
		if err != nil {
			return err
		}
		b, ok, err := c.o.Office().Due(m)
		if err != nil {
			return err
		}
		if !ok {
			return c.o.Store.TimerOver(ctx, t)
		}
		err = c.o.Store.Commit(ctx, b)
		switch {
		case err == nil, errors.Is(err, ledger.ErrUntimed): // it was dropped, set anew, or another program did it
			return nil
		case errors.Is(err, ledger.ErrDone):
			return c.o.Store.TimerOver(ctx, t)
		}
		return fmt.Errorf("commit what was due: %w", err)
	})
}

// moment reads what a timer is about.
func (c *Client) moment(ctx context.Context, t ledger.Timer) (m casework.Moment, err error) {
	m = casework.Moment{Timer: t, At: c.o.Now()}
	if id, ok := t.Subject.Report(); ok {
		if m.Report, err = c.o.Store.ByID(ctx, id); err == nil {
			m.Facts, err = c.o.Store.Facts(ctx, id)
		}
		return m, err
	}
	agency, ok := t.Subject.Room()
	if !ok {
		return m, fmt.Errorf("a timer of kind %q has no subject that is known", t.Kind)
	}
	people, err := c.o.Store.Operators(ctx)
	if err != nil {
		return m, err
	}
	m.Served = ledger.Serves(people, agency)
	open, err := c.o.Store.OpenOf(ctx, agency, casework.HandMost)
	if err != nil {
		return m, err
	}
	for _, r := range open {
		facts, err := c.o.Store.Facts(ctx, r.ID)
		if err != nil {
			return m, err
		}
		m.Cases = append(m.Cases, ledger.Case{Report: r, Facts: facts})
	}
	return m, nil
}
