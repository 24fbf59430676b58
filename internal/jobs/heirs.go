package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"rabeg/internal/ledger"
)

// Alive tells programs that serve the same database from those that have died.
type Alive interface {
	// Lead waits until this program alone holds a name, and calls work with a context that ends when the hold is lost, as it
	// is when the database does not answer for some seconds; then it begins again, until ctx is done.
	Lead(ctx context.Context, name string, work func(context.Context) error) error
	// Led reports whether anybody holds the name.
	Led(ctx context.Context, name string) (bool, error)
}

// inherit begins jobs anew that nobody is at work on any more: of programs that have died, and this one's own when it had
// lost the database, for jobs may have been given to it in the moment that it was lost. River itself lets them lie for a
// minute and more, and with them the letters that wait for a photo. Doing a job twice changes nothing.
func (c *Client) inherit(ctx context.Context) {
	own := c.river.ID()
	first := true
	err := c.o.Alive.Lead(ctx, holdOf(own), func(ctx context.Context) error {
		lost := connectionLost(ctx)
		if !first {
			c.takeBack(ctx, own)
		}
		first = false
		tick := time.NewTicker(c.o.TakeOverEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
				if lost() {
					c.takeBack(ctx, own)
				}
				c.takeOver(ctx, own)
			}
		}
	})
	if err != nil && ctx.Err() == nil {
		c.o.Log.Error("jobs of programs that die are left to the queue", "error", err)
	}
}

// connectionLost gives a function that reports whether the database was lost for a moment since it was asked last, though the
// hold was not.
func connectionLost(ctx context.Context) func() bool {
	hold, known := ledger.HoldOf(ctx), int64(0)
	if hold.Losses != nil {
		known = hold.Losses()
	}
	return func() bool {
		if hold.Losses == nil {
			return false
		}
		n := hold.Losses()
		lost := n != known
		known = n
		return lost
	}
}

func holdOf(client string) string { return "jobs:" + client }

// takeBack begins this program's own jobs anew.
func (c *Client) takeBack(ctx context.Context, own string) {
	running, err := c.running(ctx)
	if err != nil {
		c.o.Log.Warn("unfinished jobs could not be taken over", "error", err)
		return
	}
	c.inheritFrom(ctx, running[own], false)
}

func (c *Client) takeOver(ctx context.Context, own string) {
	running, err := c.running(ctx)
	if err != nil {
		return // the next look comes soon
	}
	for name, jobs := range running {
		if name == "" || name == own {
			continue
		}
		if led, err := c.o.Alive.Led(ctx, holdOf(name)); err == nil && !led {
			c.inheritFrom(ctx, jobs, true)
		}
	}
}

func (c *Client) inheritFrom(ctx context.Context, jobs []*rivertype.JobRow, died bool) {
	if err := c.anew(ctx, jobs, died); err != nil && ctx.Err() == nil {
		c.o.Log.Warn("unfinished jobs could not be taken over", "error", fmt.Errorf("begin jobs anew: %w", err))
	}
}

// runningMost is more than all programs together work at once.
const runningMost = 10_000

// running are the jobs at work, by the program that works them.
func (c *Client) running(ctx context.Context) (map[string][]*rivertype.JobRow, error) {
	list, err := c.river.JobList(ctx, river.NewJobListParams().States(rivertype.JobStateRunning).First(runningMost))
	if err != nil {
		return nil, fmt.Errorf("list the jobs at work: %w", err)
	}
	out := map[string][]*rivertype.JobRow{}
	for _, j := range list.Jobs {
		by := ""
		if n := len(j.AttemptedBy); n > 0 {
			by = j.AttemptedBy[n-1]
		}
		out[by] = append(out[by], j)
	}
	return out, nil
}

// anew lets jobs wait again that nobody is at work on, as if they had not been begun: a try that somebody's death cut short is
// none, but the death itself is counted (deaths). Those that have ended in between stay as they are; one that somebody else took over and began in between is done twice,
// which changes nothing. River's client has no call for it (JobRetry passes over jobs at
// work, JobCancel only asks those who work them), but its driver has one, the one by which a client that stops gives its own
// jobs back. River does not promise to keep the driver as it is: TestATakenOverJobIsAsNew tells whether a new version does.
func (c *Client) anew(ctx context.Context, jobs []*rivertype.JobRow, died bool) error {
	var p riverdriver.JobSetStateIfRunningManyParams
	for _, j := range jobs {
		note, err := deathsOf(j).after(died)
		if err != nil {
			return err
		}
		one := riverdriver.JobSetStateInterrupted(j.ID, j.ScheduledAt, max(j.Attempt-1, 0), note)
		p.ID, p.Attempt, p.ErrData = append(p.ID, one.ID), append(p.Attempt, one.Attempt), append(p.ErrData, one.ErrData)
		p.FinalizedAt, p.ScheduledAt = append(p.FinalizedAt, one.FinalizedAt), append(p.ScheduledAt, one.ScheduledAt)
		p.MetadataDoMerge, p.MetadataUpdates = append(p.MetadataDoMerge, one.MetadataDoMerge), append(p.MetadataUpdates, one.MetadataUpdates)
		p.State = append(p.State, one.State)
	}
	if len(p.ID) == 0 {
		return nil
	}
	if _, err := riverpgxv5.New(c.o.Pool).GetExecutor().JobSetStateIfRunningMany(ctx, &p); err != nil {
		return fmt.Errorf("let %d jobs wait again: %w", len(p.ID), err)
	}
	c.o.Log.Info("unfinished jobs begin anew", "jobs", len(p.ID))
	return nil
}
