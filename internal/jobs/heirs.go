package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Alive tells programs that serve the same database from those that have died.
type Alive interface {
	// Lead waits until this program alone holds a name, and calls work with a context that ends when the hold is lost, as it
	// is with the connection to the database; then it begins again, until ctx is done.
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
		if !first {
			c.anew(ctx, own)
		}
		first = false
		tick := time.NewTicker(c.o.TakeOverEvery)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
				c.takeOver(ctx, own)
			}
		}
	})
	if err != nil && ctx.Err() == nil {
		c.o.Log.Error("jobs of programs that die are left to the queue", "error", err)
	}
}

func holdOf(client string) string { return "jobs:" + client }

func (c *Client) takeOver(ctx context.Context, own string) {
	const find = `SELECT DISTINCT attempted_by[array_upper(attempted_by, 1)] FROM river_job WHERE state = 'running'`
	rows, err := c.o.Pool.Query(ctx, find)
	if err != nil {
		return // the next look comes soon
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[*string])
	if err != nil {
		return
	}
	for _, name := range names {
		if name == nil || *name == own {
			continue
		}
		if led, err := c.o.Alive.Led(ctx, holdOf(*name)); err == nil && !led {
			c.anew(ctx, *name)
		}
	}
}

// anew lets everything wait again that a program was at work on.
func (c *Client) anew(ctx context.Context, client string) {
	const again = `
UPDATE river_job SET state = 'available', attempt = greatest(attempt - 1, 0)
WHERE state = 'running' AND attempted_by[array_upper(attempted_by, 1)] = $1`
	tag, err := c.o.Pool.Exec(ctx, again, client)
	switch {
	case err != nil && ctx.Err() == nil:
		c.o.Log.Warn("unfinished jobs could not be taken over", "error", fmt.Errorf("begin jobs anew: %w", err))
	case err == nil && tag.RowsAffected() > 0:
		c.o.Log.Info("unfinished jobs begin anew", "jobs", tag.RowsAffected())
	}
}
