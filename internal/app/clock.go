package app

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// clock tells the right time of day, whatever becomes of the machine's clock: deadlines, holds and what was pressed when go by it. It goes
// on evenly, as the machine measures time going on, and is put right by a witness: the network that is served, else the database. While
// the machine's clock is near enough to the witness it is the machine's. It may be used from several goroutines.
type clock struct {
	machine func() time.Time
	alone   bool // no witness is believed
	log     *slog.Logger

	mu    sync.Mutex
	base  time.Time // a reading of the machine's clock,
	right time.Time // and the right time of day then
	told  time.Time // the reading when a network last told the time; zero: never
	wrong bool      // the machine's clock is
}

// witnessed is how long the word of a network is taken before the database's.
const witnessed = 2 * time.Minute

func newClock(machine func() time.Time, alone bool, log *slog.Logger) *clock {
	base := machine()
	return &clock{machine: machine, alone: alone, log: log, base: base, right: base.Round(0)}
}

// now is the right time of day.
func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.right.Add(c.machine().Sub(c.base))
}

// network hears the time that a network tells, which it did a moment ago.
func (c *clock) network(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told = c.machine()
	c.put(at)
}

// database hears the time that the database told.
func (c *clock) database(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.told.IsZero() || c.machine().Sub(c.told) > witnessed {
		c.put(at)
	}
}

// put puts the clock right. A witness may be some seconds late, so that the machine's clock is finer while it is near.
func (c *clock) put(at time.Time) {
	if c.alone {
		return
	}
	reading := c.machine()
	wall := reading.Round(0)
	is := c.right.Add(reading.Sub(c.base))
	switch {
	case wall.Sub(at).Abs() <= clockOff:
		c.base, c.right = reading, wall
	case is.Sub(at).Abs() > clockOff:
		c.base, c.right = reading, at.Round(0)
	}
	if wrong := wall.Sub(at).Abs() > clockOff; wrong != c.wrong {
		c.wrong = wrong
		if wrong {
			c.log.Warn("the machine's clock is wrong and is not gone by", "by", wall.Sub(at).Round(time.Second).String())
		} else {
			c.log.Info("the machine's clock is right again")
		}
	}
}

// asked puts a clock right at the start, before anything goes by it; a database that does not answer soon is not waited for.
func (c *clock) asked(ctx context.Context, ask func(context.Context) (time.Time, error)) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if at, err := ask(ctx); err == nil {
		c.database(at)
	}
}
