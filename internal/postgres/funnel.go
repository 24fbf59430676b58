package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
)

var _ ledger.Funnel = (*Store)(nil)

// Trod adds what was counted on a day. Rows are taken in one order, so that two programs never wait for each other.
func (s *Store) Trod(ctx context.Context, day time.Time, all []ledger.Footfall) error {
	const add = `
INSERT INTO funnel (day, network, step, n)
SELECT $1::date, r.network, r.step, sum(r.n) FROM unnest($2::text[], $3::text[], $4::bigint[]) AS r (network, step, n)
GROUP BY 2, 3 ORDER BY 2, 3
ON CONFLICT (day, network, step) DO UPDATE SET n = funnel.n + excluded.n`
	networks, steps, counts := make([]string, len(all)), make([]string, len(all)), make([]int64, len(all))
	for i, f := range all {
		networks[i], steps[i], counts[i] = string(f.Network), string(f.Step), int64(f.N)
	}
	if _, err := s.Pool.Exec(ctx, add, day.Format(time.DateOnly), networks, steps, counts); err != nil {
		return fmt.Errorf("count the steps of conversations: %w", err)
	}
	return nil
}

// Footfalls are those of some days, added up.
func (s *Store) Footfalls(ctx context.Context, from, to time.Time) ([]ledger.Footfall, error) {
	const find = `
SELECT network, step, sum(n)::bigint FROM funnel WHERE day >= $1::date AND day < $2::date GROUP BY network, step ORDER BY network, step`
	rows, err := s.Pool.Query(ctx, find, from.Format(time.DateOnly), to.Format(time.DateOnly))
	if err != nil {
		return nil, fmt.Errorf("read the steps of conversations: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Footfall])
	if err != nil {
		return nil, fmt.Errorf("read the steps of conversations: %w", err)
	}
	return all, nil
}
