package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
)

// mapped writes the next version of a mapping. What is not the next any more is ErrStale, also where two write one at once.
func (s *Store) mapped(ctx context.Context, tx pgx.Tx, c ledger.Mapped) error {
	const put = `
INSERT INTO mappings (category, rev, doc) SELECT $1, $2, $3 WHERE $2 = 1 + coalesce((SELECT max(rev) FROM mappings WHERE category = $1), 0)
ON CONFLICT DO NOTHING`
	tag, err := tx.Exec(ctx, put, c.Mapping.Category, c.Mapping.Rev, mustJSON(c.Mapping))
	if err == nil && tag.RowsAffected() == 0 {
		return ledger.ErrStale
	}
	return err
}

// Mappings are all versions of all mappings.
func (s *Reader) Mappings(ctx context.Context) ([]ledger.Mapping, error) {
	return many[ledger.Mapping](ctx, s, "read the mappings", `SELECT doc FROM mappings ORDER BY category COLLATE "C", rev`)
}
