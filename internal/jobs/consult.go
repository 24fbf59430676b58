package jobs

import (
	"context"
	"errors"
	"fmt"

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

// consult asks for a second opinion and puts it on record. Whatever goes wrong with the model changes nothing.
func (c *Client) consult(ctx context.Context, job *river.Job[ledger.Consult]) error {
	if c.o.Consult == nil {
		return nil // asked for while a model was configured
	}
	id := job.Args.Report
	r, err := c.o.Store.ByID(ctx, id)
	if errors.Is(err, ledger.ErrUnknown) {
		return nil
	}
	if err != nil {
		return err
	}
	facts, err := c.o.Store.Facts(ctx, id)
	if err != nil {
		return err
	}
	if !r.Status.Open() || casework.Advised(facts) {
		return nil // nobody needs it any more: the model is not paid for nothing
	}
	if r.Shield(c.o.Office().Profile.Sensitive).Hides(report.Model) {
		return nil // it has become sensitive since it was filed
	}
	a, err := c.o.Consult(ctx, r)
	switch {
	case errors.Is(err, llm.ErrAway) && job.Attempt < job.MaxAttempts:
		return fmt.Errorf("ask for a second opinion: %w", err)
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		c.o.Log.Warn("no second opinion", "job_id", job.ID, "report", int64(id), "error", err)
		return nil
	}
	return c.recordOpinion(ctx, id, a)
}

func (c *Client) recordOpinion(ctx context.Context, id report.ID, a report.Advice) error {
	err := ledger.Settle(ctx, c.o.Store, func(error) (ledger.Batch, error) {
		r, err := c.o.Store.ByID(ctx, id)
		if err != nil {
			return ledger.Batch{}, err
		}
		facts, err := c.o.Store.Facts(ctx, id)
		if err != nil {
			return ledger.Batch{}, err
		}
		_, b, _ := c.o.Office().Advise(r, a, casework.Occasion{Cause: casework.AdviceCause(id), At: c.o.Now(), Facts: facts})
		return b, nil
	})
	if err != nil {
		return fmt.Errorf("put a second opinion on record: %w", err)
	}
	return nil
}
