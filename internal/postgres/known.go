package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
)

// teach writes what is known of a category. What has moved on meanwhile is ErrStale, also where two give the first answer.
func (s *Store) teach(ctx context.Context, tx pgx.Tx, c ledger.Taught) error {
	const put = `
INSERT INTO known (category, doc) SELECT $1, $2 WHERE $3 = 0 OR EXISTS (SELECT FROM known WHERE category = $1)
ON CONFLICT (category) DO UPDATE SET doc = excluded.doc WHERE (known.doc ->> 'rev')::int = $3`
	tag, err := tx.Exec(ctx, put, c.Known.Category, mustJSON(c.Known), c.Was)
	if err == nil && tag.RowsAffected() == 0 {
		return ledger.ErrStale
	}
	return err
}

// Known is what officers have answered to what people ask.
func (s *Reader) Known(ctx context.Context) ([]ledger.Known, error) {
	return many[ledger.Known](ctx, s, "read what officers have answered", `SELECT doc FROM known ORDER BY category COLLATE "C"`)
}
