package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
)

// shelve writes what an office has put by. A shelf that has moved on meanwhile is ErrStale, also where two put the first answer there.
func (s *Store) shelve(ctx context.Context, tx pgx.Tx, c ledger.Shelved) error {
	const put = `
INSERT INTO shelves (office, doc) SELECT $1, $2 WHERE $3 = 0 OR EXISTS (SELECT FROM shelves WHERE office = $1)
ON CONFLICT (office) DO UPDATE SET doc = excluded.doc WHERE (shelves.doc ->> 'rev')::int = $3`
	tag, err := tx.Exec(ctx, put, c.Shelf.Office, mustJSON(c.Shelf), c.Was)
	if err == nil && tag.RowsAffected() == 0 {
		return ledger.ErrStale
	}
	return err
}

// Shelf is what an office has put by.
func (s *Reader) Shelf(ctx context.Context, office string) (ledger.Shelf, error) {
	shelf, err := one[ledger.Shelf](ctx, s, "read what an office has put by", `SELECT doc FROM shelves WHERE office = $1`, office)
	if errors.Is(err, ledger.ErrUnknown) {
		return ledger.Shelf{Office: office}, nil
	}
	shelf.Office = office
	return shelf, err
}
