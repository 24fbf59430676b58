package jobs

import (
	"context"

	"github.com/riverqueue/river"
)

type retell struct{}

// Kind names the job in the queue.
func (retell) Kind() string { return "retell" }

// retell tells the clients of Open311 what they were not told while they were away, or while nobody was told anything.
func (c *Client) retell(ctx context.Context, _ *river.Job[retell]) error {
	if c.o.Retell == nil {
		return nil
	}
	return c.o.Retell(ctx)
}
