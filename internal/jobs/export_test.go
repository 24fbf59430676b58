package jobs

import "context"

// Anew takes over all jobs at work, as Start does.
func (c *Client) Anew(ctx context.Context) error {
	running, err := c.running(ctx)
	if err != nil {
		return err
	}
	return c.anew(ctx, running)
}
