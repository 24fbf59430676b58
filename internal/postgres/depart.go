package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

var _ outbox.Departures = (*Store)(nil)

// departedFor is how long a departure is kept, in seconds: longer than a letter is on the wire.
const departedFor = 120

// Depart writes down which letters are given to their network, under the hold of ctx. It need not reach the disk: what a
// database forgets that breaks down together with the sender is not known to have departed.
func (s *Store) Depart(ctx context.Context, ids []int64) error {
	add := `
INSERT INTO departures (name, fence, letters) SELECT $1, $2, $3 FROM (SELECT set_config('synchronous_commit', 'off', true) AS set OFFSET 0) AS quick
WHERE quick.set = 'off' AND ` + fenced(1, 2)
	hold := ledger.HoldOf(ctx)
	tag, err := s.leases.db.Exec(ctx, add, hold.Name, hold.Fence, ids)
	switch {
	case err != nil:
		return fmt.Errorf("write down what departs: %w", err)
	case tag.RowsAffected() == 0:
		return ledger.ErrNotLed
	}
	return nil
}

// Adrift lists the letters that departed under an earlier fence than the hold of ctx and still wait.
func (s *Store) Adrift(ctx context.Context, networks []string) ([]int64, error) {
	const find = `
SELECT id FROM queue WHERE network = ANY ($1) AND NOT cold
AND id IN (SELECT unnest(letters) FROM departures WHERE name = $2 AND fence < $3) ORDER BY id`
	hold := ledger.HoldOf(ctx)
	rows, err := s.Pool.Query(ctx, find, networks, hold.Name, hold.Fence)
	if err != nil {
		return nil, fmt.Errorf("list the letters adrift: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("list the letters adrift: %w", err)
	}
	return ids, nil
}

// ForgetDeparted takes old departures away, and tells whether others are left.
func (s *Store) ForgetDeparted(ctx context.Context) (left bool, err error) {
	const forget = `
WITH old AS (DELETE FROM departures WHERE at < clock_timestamp() - make_interval(secs => $1) RETURNING 1)
SELECT (SELECT count(*) FROM departures) > (SELECT count(*) FROM old)` // it counts those that were there before
	if err := s.Looking().QueryRow(ctx, forget, departedFor).Scan(&left); err != nil {
		return true, fmt.Errorf("take old departures away: %w", err)
	}
	return left, nil
}
