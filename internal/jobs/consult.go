package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/llm"
)

const (
	consultQueue = "consult"
	// consultTries is how often a model that is away is asked, within about ten minutes. Then people decide without it, as
	// they do anyway.
	consultTries = 5
)

type consultArgs struct {
	Report int64 `json:"report"`
}

// Kind names the job in the queue.
func (consultArgs) Kind() string { return "consult" }

type consultWorker struct {
	river.WorkerDefaults[consultArgs]
	c *Client
}

// NextRetry gives the model time to come back.
func (w *consultWorker) NextRetry(job *river.Job[consultArgs]) time.Time {
	return w.c.o.Now().Add(w.c.o.Pause(job.Attempt))
}

// Work asks for a second opinion and puts it on record. Whatever goes wrong with the model changes nothing.
func (w *consultWorker) Work(ctx context.Context, job *river.Job[consultArgs]) error {
	if w.c.o.Consult == nil {
		return nil // asked for while a model was configured
	}
	id := report.ID(job.Args.Report)
	r, err := w.c.o.Store.ByID(ctx, id)
	if errors.Is(err, ledger.ErrUnknown) {
		return nil
	}
	if err != nil {
		return err
	}
	facts, err := w.c.o.Store.Facts(ctx, id)
	if err != nil {
		return err
	}
	if !r.Status.Open() || casework.Advised(facts) {
		return nil // nobody needs it any more: the model is not paid for nothing
	}
	if r.Shield(w.c.o.Office().Profile.Sensitive).Hides(report.Model) {
		return nil // it has become sensitive since it was filed
	}
	a, err := w.c.o.Consult(ctx, r)
	switch {
	case errors.Is(err, llm.ErrAway) && job.Attempt < job.MaxAttempts:
		return fmt.Errorf("ask for a second opinion: %w", err)
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		w.c.o.Log.Warn("no second opinion", "job_id", job.ID, "report", job.Args.Report, "error", err)
		return nil
	}
	return w.record(ctx, id, a)
}

func (w *consultWorker) record(ctx context.Context, id report.ID, a report.Advice) error {
	err := ledger.Settle(ctx, w.c.o.Store, func(error) (ledger.Batch, error) {
		r, err := w.c.o.Store.ByID(ctx, id)
		if err != nil {
			return ledger.Batch{}, err
		}
		facts, err := w.c.o.Store.Facts(ctx, id)
		if err != nil {
			return ledger.Batch{}, err
		}
		_, b, _ := w.c.o.Office().Advise(r, a, casework.Turn{Cause: casework.AdviceCause(id), At: w.c.o.Now(), Facts: facts})
		return b, nil
	})
	if err != nil {
		return fmt.Errorf("put a second opinion on record: %w", err)
	}
	return nil
}
