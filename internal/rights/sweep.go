package rights

import (
	"context"
	"errors"
	"fmt"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// sweep removes what lies beside the database and what no index finds, and tells the person when all is done.
func (c *Clerk) sweep(ctx context.Context, t ledger.Timer, p ledger.Plea) error {
	began := c.Now()
	what := ledger.Sweep{Chats: p.Chats, Except: p.Left, Gone: p.Gone, Talks: p.Talks, Said: p.Said, Later: p.Round > 0}
	// In a later round, or when this sweep goes on after it was put off, the person may have come back: that conversation stays.
	if !what.Later && p.UpTo == 0 {
		if err := c.endTalk(ctx, p.Chats); err != nil {
			return err
		}
	}
	if err := c.files(ctx, what, p.Sources); err != nil {
		return err
	}
	posts, err := c.Store.Posts(ctx, what)
	if err == nil && len(posts) > 0 {
		err = c.commit(ctx, c.Office().Blank(posts, c.occasion(p, "posts")))
	}
	if err != nil {
		return err
	}
	if p.UpTo == 0 {
		if p.UpTo, err = c.Store.Newest(ctx); err != nil {
			return err
		}
	}
	for p.Swept < p.UpTo {
		if p.Swept, err = c.Store.SweepLetters(ctx, what, p.Swept, p.UpTo); err != nil {
			return err
		}
		if c.Now().Sub(began) > c.Budget {
			return c.putOff(ctx, t, p)
		}
	}
	return c.settle(ctx, t, func(now ledger.Plea) (ledger.Batch, error) {
		if now.Stage != ledger.PleaBegun {
			return ledger.Batch{}, nil
		}
		left, err := c.left(ctx, now)
		if err != nil {
			return ledger.Batch{}, err
		}
		return c.Office().Told(now, left, c.occasion(now, "told")), nil
	})
}

// endTalk ends what goes on with a person: conversations, copies on their way, and what handled causes tell.
func (c *Clerk) endTalk(ctx context.Context, chats []bot.Address) error {
	for _, chat := range chats {
		if err := c.Forget(ctx, chat); err != nil {
			return fmt.Errorf("end a conversation that is erased: %w", err)
		}
	}
	if err := c.endExports(ctx, chats); err != nil {
		return err
	}
	return errors.Join(c.Drop(ctx, chats), c.Store.DropCauses(ctx, chats))
}

// putOff remembers how far a sweep came.
func (c *Clerk) putOff(ctx context.Context, t ledger.Timer, p ledger.Plea) error {
	err := c.settle(ctx, t, func(now ledger.Plea) (ledger.Batch, error) {
		was := now.Rev
		now.Rev, now.Swept, now.UpTo = was+1, p.Swept, p.UpTo
		o := c.occasion(now, "sweep")
		return ledger.Batch{Cause: o.Cause, At: o.At, Changes: []ledger.Change{ledger.Pleaded{Plea: now, Was: was},
			ledger.Timed{Timer: ledger.Timer{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(p.ID), At: o.At}}}}, nil
	})
	if err != nil {
		return err
	}
	c.Log.Info("an erasing goes on", "plea", string(p.ID), "letter", p.Swept, "of", p.UpTo)
	return nil
}

// files removes the files of erased reports and talks. One picture may be of several people: it stays for the others. A file goes
// before the row that names it, so that a program that dies in between finds it again.
func (c *Clerk) files(ctx context.Context, what ledger.Sweep, sources []bot.MediaRef) error {
	orphans, err := c.Store.Orphans(ctx, what, sources)
	if err != nil {
		return err
	}
	for _, o := range orphans {
		if o.Ref.ID != "" {
			needed, err := c.Store.Needed(ctx, o)
			if err != nil {
				return err
			}
			if !needed {
				if err := c.Blobs.Remove(ctx, o.Ref.ID); err != nil {
					return fmt.Errorf("remove a file: %w", err)
				}
			}
		}
		if err := c.Store.DropMedia(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// end takes away the last traces: the letter that told of it, former addresses, and the address in the plea.
func (c *Clerk) end(ctx context.Context, t ledger.Timer, p ledger.Plea) error {
	// The person may have come back since then: what belongs to new reports stays.
	own, err := c.possessions(ctx, p, 0)
	if err != nil {
		return err
	}
	var since []report.ID
	for _, k := range own.Reports {
		since = append(since, k.Report.ID)
	}
	if err := c.sweepAll(ctx, ledger.Sweep{Chats: p.Chats, Except: since}); err != nil {
		return err
	}
	if len(own.Reports) == 0 && len(p.Chats) > 0 {
		if err := c.Store.DropMoves(ctx, p.Chats); err != nil {
			return err
		}
		for _, chat := range p.Chats {
			if err := c.Unknow(ctx, chat); err != nil {
				return err
			}
		}
	}
	return c.settle(ctx, t, func(now ledger.Plea) (ledger.Batch, error) {
		return c.Office().PleaEnded(now, c.occasion(now, "end")), nil
	})
}
