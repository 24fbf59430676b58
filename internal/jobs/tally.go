package jobs

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Tally is what the queue holds of one kind of job: those that wait or work, and those that ended within the last hour or failed
// for good within the last week.
type Tally struct {
	Kind  string
	State string
	Jobs  int
	// Tries is how often they were begun, Failures how many of those tries failed.
	Tries, Failures int
}

// Tallies counts the jobs.
func (c *Client) Tallies(ctx context.Context) ([]Tally, error) {
	const count = `
SELECT kind, state::text, count(*), coalesce(sum(attempt), 0), coalesce(sum(coalesce(array_length(errors, 1), 0)), 0)
FROM river_job GROUP BY kind, state`
	rows, err := c.o.Pool.Query(ctx, count)
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Tally])
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	return all, nil
}
