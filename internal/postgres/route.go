package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Routes are the ways of all reports filed since then, oldest first.
func (s *Store) Routes(ctx context.Context, since time.Time) ([]ledger.Route, error) {
	const find = `
SELECT f.report, f.what, coalesce(f.doc ->> 'agency', ''), coalesce(f.doc ->> 'meant', '')
FROM reports r JOIN facts f ON f.report = r.id
WHERE r.filed >= $1 ORDER BY r.filed, r.id, f.seq`
	rows, err := s.Pool.Query(ctx, find, since)
	if err != nil {
		return nil, fmt.Errorf("read the ways of reports: %w", err)
	}
	var out []ledger.Route
	var way []report.Fact
	end := func() {
		if len(way) > 0 {
			out = append(out, casework.RouteOf(way))
			way = way[:0]
		}
	}
	var f report.Fact
	_, err = pgx.ForEachRow(rows, []any{&f.Report, (*string)(&f.What), &f.Agency, &f.Meant}, func() error {
		if len(way) > 0 && way[0].Report != f.Report {
			end()
		}
		way = append(way, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the ways of reports: %w", err)
	}
	end()
	return out, nil
}

// Spend adds tokens to what the language model cost on a day, and gives the day's sum (llm.Budget). What is given back
// never makes a day cheaper than nothing.
func (s *Store) Spend(ctx context.Context, day string, tokens int) (total int, err error) {
	const add = `
INSERT INTO model_budget (day, tokens) VALUES ($1, greatest($2, 0))
ON CONFLICT (day) DO UPDATE SET tokens = greatest(model_budget.tokens + $2, 0) RETURNING tokens`
	if err := s.Pool.QueryRow(ctx, add, day, int64(tokens)).Scan(&total); err != nil {
		return 0, fmt.Errorf("count the language model's tokens: %w", err)
	}
	return total, nil
}
