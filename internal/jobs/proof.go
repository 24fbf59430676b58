package jobs

import (
	"context"
	"errors"
	"fmt"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// proof looks at the photos by which a report was said to be done, once all of them are kept: where none is new that is taken back, or,
// once the citizen has heard of it, the coordinator and the officers are told, once. Whoever could tell it when they came has told it then.
func (c *Client) proof(ctx context.Context, id report.ID, seq int) error {
	if seq == 0 || c.o.Office == nil {
		return nil
	}
	o := c.o.Office()
	r, facts, err := c.story(ctx, id)
	if err != nil {
		return err
	}
	answer, photos, ok := o.Proof(r, facts, seq)
	if !ok {
		return nil
	}
	var first *casework.Used
	for _, m := range photos {
		u, err := c.usedBefore(ctx, casework.Proving{Alike: ledger.Alike{Report: id, Ref: m}, Report: r, Facts: facts, Answer: answer.Seq, At: answer.At})
		if err != nil || u == nil {
			return err
		}
		if first == nil {
			first = u
		}
	}
	t := casework.Occasion{Cause: fmt.Sprintf("job:proof:%d:%d", id, answer.Seq), At: c.o.Now(), Facts: facts}
	err = ledger.ErrSent
	if b, taken := o.Unprove(r, answer, *first, t); taken == nil {
		err = c.o.Store.Commit(ctx, b)
	}
	if errors.Is(err, ledger.ErrSent) {
		err = c.o.Store.Commit(ctx, o.Unproven(r, answer, *first, t))
	}
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		return err
	}
	c.o.Came()
	return nil
}

// usedBefore tells where a kept photo was shown before.
func (c *Client) usedBefore(ctx context.Context, p casework.Proving) (*casework.Used, error) {
	mine, err := c.o.Store.Pictures(ctx, ledger.Alike{Report: p.Alike.Report, Ref: p.Ref})
	if err != nil {
		return nil, err
	}
	p.Look = lookOf(mine, p.Ref)
	all, err := c.o.Store.Pictures(ctx, p.Alike)
	if err != nil {
		return nil, err
	}
	return casework.UsedBefore(p, all, func(id report.ID) (report.Report, []report.Fact, error) { return c.story(ctx, id) })
}

// lookOf is what a kept file looks like, "" where that is not known.
func lookOf(all []ledger.Picture, ref bot.MediaRef) string {
	for _, p := range all {
		if p.File.Ref.ID == ref.ID {
			return p.File.Look
		}
	}
	return ""
}

// story is a report with its facts.
func (c *Client) story(ctx context.Context, id report.ID) (report.Report, []report.Fact, error) {
	r, err := c.o.Store.ByID(ctx, id)
	if err != nil {
		return r, nil, err
	}
	facts, err := c.o.Store.Facts(ctx, id)
	return r, facts, err
}
