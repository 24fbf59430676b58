package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var _ ledger.ContactReader = (*Reader)(nil)

func (s *Store) contacted(ctx context.Context, tx pgx.Tx, c ledger.Contacted) error {
	const put = `INSERT INTO contacts (report, number) VALUES ($1, $2) ON CONFLICT (report) DO UPDATE SET number = excluded.number`
	_, err := tx.Exec(ctx, put, c.Report, c.Number)
	return err
}

func (s *Store) claimed(ctx context.Context, tx pgx.Tx, c ledger.Claimed) error {
	_, err := tx.Exec(ctx, `DELETE FROM contacts WHERE report = $1`, c.Report)
	return err
}

// LeftFor are the reports that wait for who writes from a number, oldest first, at most limit.
func (s *Reader) LeftFor(ctx context.Context, number string, limit int) ([]report.Report, error) {
	const find = `SELECT r.doc FROM contacts c JOIN reports r ON r.id = c.report WHERE c.number = $1 ORDER BY r.filed, r.id LIMIT $2`
	return many[report.Report](ctx, s, "read what was left for a number", find, number, limit)
}

// HandedOver lists the reports that were handed over to somebody outside the government, oldest first, at most limit.
func (s *Reader) HandedOver(ctx context.Context, limit int) ([]report.Report, error) {
	const find = `SELECT doc FROM reports WHERE status = 'transferred' ORDER BY filed, id LIMIT $1`
	return many[report.Report](ctx, s, "read what was handed over", find, limit)
}
