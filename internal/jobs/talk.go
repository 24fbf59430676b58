package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

type talkArgs struct {
	Call    string `json:"call"`
	Network string `json:"network"`
}

// Kind names the job in the queue.
func (talkArgs) Kind() string { return "fetch_talk" }

type talkWorker struct {
	river.WorkerDefaults[talkArgs]
	c *Client
}

// NextRetry is when a fetch that failed is tried again.
func (w *talkWorker) NextRetry(job *river.Job[talkArgs]) time.Time {
	return w.c.o.Now().Add(w.c.o.Pause(job.Attempt))
}

// Work fetches the files that a talk's lines name in one network. Those that are there already are not fetched again.
func (w *talkWorker) Work(ctx context.Context, job *river.Job[talkArgs]) error {
	call, err := w.c.o.Store.Call(ctx, ledger.CallID(job.Args.Call))
	if err != nil {
		return err
	}
	last := job.Attempt >= job.MaxAttempts
	var failed error
	fetch := func(m bot.MediaRef, kind string) {
		if string(m.Network) == job.Args.Network {
			failed = errors.Join(failed, w.c.one(ctx, call.Report, m, kind, last))
		}
	}
	for _, l := range call.Lines {
		for _, m := range l.Photo {
			fetch(m, "photo")
		}
		for _, m := range l.Files {
			fetch(m, "document")
		}
	}
	return w.c.fetched(job.ID, job.Attempt, last, failed)
}
