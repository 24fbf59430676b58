package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// forgetAfter is longer than any network redelivers: Telegram keeps updates for a day, WhatsApp messages for a month.
const forgetAfter = 45 * 24 * time.Hour

type forget struct{}

// Kind names the job in the queue.
func (forget) Kind() string { return "forget" }

// forget removes what only served to do things once and is older than any redelivery.
func (c *Client) forget(ctx context.Context, _ *river.Job[forget]) error {
	return c.o.Store.Forget(ctx, c.o.Now().Add(-forgetAfter))
}
