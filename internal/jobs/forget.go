package jobs

import (
	"context"

	"github.com/riverqueue/river"
)

type forget struct{}

// Kind names the job in the queue.
func (forget) Kind() string { return "forget" }

// forget removes what only served to do things once and is older than any redelivery.
func (c *Client) forget(ctx context.Context, _ *river.Job[forget]) error {
	return c.o.Store.Forget(ctx, c.o.Now())
}
