package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/report"
)

// Ownerless are reports that were kept before the database held them to have exactly one owner, and have none or two (report.Owned):
// their number, and the first few of them. One that has become whole meanwhile is held to the rule again.
func Ownerless(ctx context.Context, pool *pgxpool.Pool) (n int, first []report.Code, err error) {
	const (
		whole = `UPDATE reports SET ownerless = false WHERE ownerless AND report_owned(status, agency, doc)`
		count = `SELECT count(*) FROM reports WHERE ownerless`
		list  = `SELECT code FROM reports WHERE ownerless ORDER BY id LIMIT 10`
	)
	if err = pool.QueryRow(ctx, count).Scan(&n); err == nil && n > 0 {
		if _, err = pool.Exec(ctx, whole); err == nil {
			err = pool.QueryRow(ctx, count).Scan(&n)
		}
	}
	if err == nil && n > 0 {
		var rows pgx.Rows
		if rows, err = pool.Query(ctx, list); err == nil {
			first, err = pgx.CollectRows(rows, pgx.RowTo[report.Code])
		}
	}
	if err != nil {
		return 0, nil, fmt.Errorf("look for reports without one owner: %w", err)
	}
	return n, first, nil
}
