package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// PackAfter is how long a report is over before its figures are packed with those of its day: what is said of it afterwards comes soon.
const PackAfter = 2 * 24 * time.Hour

// Packer is a Store that packs the figures of what is over, so that those of a month are read in less time.
type Packer interface {
	// PackDays packs the figures of reports that were over before a time. It may block for seconds, the first time for minutes.
	PackDays(ctx context.Context, before time.Time) error
}

type forget struct{}

// Kind names the job in the queue.
func (forget) Kind() string { return "forget" }

// forget removes what only served to do things once and is older than any redelivery, and packs what is over.
func (c *Client) forget(ctx context.Context, _ *river.Job[forget]) error {
	now := c.o.Now()
	if err := c.o.Store.Forget(ctx, now); err != nil {
		return err
	}
	if p, ok := c.o.Store.(Packer); ok {
		return p.PackDays(ctx, now.Add(-PackAfter))
	}
	return nil
}
