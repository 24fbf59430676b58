package jobs

import (
	"context"
	"time"
)

// Ring is one round of the timers' job.
func (c *Client) Ring(ctx context.Context) error { return c.ring(ctx, nil) }

// Anew takes over all jobs at work, as Start does.
func (c *Client) Anew(ctx context.Context) error {
	running, err := c.running(ctx)
	if err != nil {
		return err
	}
	return c.anew(ctx, running)
}

// Hurry bounds what one timer may take.
func (c *Client) Hurry(d time.Duration) { c.timerTime = d }
