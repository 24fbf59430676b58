package jobs

import (
	"context"

	"github.com/riverqueue/river"
)

type wakeArgs struct{}

// Kind names the job in the queue.
func (wakeArgs) Kind() string { return "wake" }

type wakeWorker struct {
	river.WorkerDefaults[wakeArgs]
	c *Client
}

const wakeMost = 500

// Work wakes every conversation whose time has come. One that fails is tried again at the next round.
func (w *wakeWorker) Work(ctx context.Context, _ *river.Job[wakeArgs]) error {
	due, err := w.c.o.Store.Due(ctx, w.c.o.Now(), wakeMost)
	if err != nil {
		return err
	}
	for _, wake := range due {
		if err := w.c.o.Wake(ctx, wake); err != nil {
			w.c.o.Log.Warn("wake-up comes again", "error", err)
			continue
		}
		if err := w.c.o.Store.Woken(ctx, wake); err != nil {
			return err
		}
	}
	return nil
}

type forgetArgs struct{}

// Kind names the job in the queue.
func (forgetArgs) Kind() string { return "forget" }

type forgetWorker struct {
	river.WorkerDefaults[forgetArgs]
	c *Client
}

// Work removes what only served to do things once and is older than any redelivery.
func (w *forgetWorker) Work(ctx context.Context, _ *river.Job[forgetArgs]) error {
	return w.c.o.Store.Forget(ctx, w.c.o.Now().Add(-forgetAfter))
}
