package jobs

import (
	"context"
	"time"
)

// Ring is one round of the timers' job.
func (c *Client) Ring(ctx context.Context) error { return c.ring(ctx, nil) }

// Anew takes over all jobs at work, of a program that has died or of one that was stopped.
func (c *Client) Anew(ctx context.Context, died bool) error {
	running, err := c.running(ctx)
	if err != nil {
		return err
	}
	for _, jobs := range running {
		if err := c.anew(ctx, jobs, died); err != nil {
			return err
		}
	}
	return nil
}

// Hurry bounds what one timer may take.
func (c *Client) Hurry(d time.Duration) { c.timerTime = d }

// Behind puts what the client's store is behind something else.
func (c *Client) Behind(wrap func(Store) Store) { c.o.Store = wrap(c.o.Store) }
