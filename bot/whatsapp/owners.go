package whatsapp

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
)

// Queryer is a database with this package's tables in a schema of it.
type Queryer interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// Owners are the addresses of who had a number, digits with the country's first, within Trusted before a time. It needs no connection to
// WhatsApp: a city that has moved to the official one still knows its people. schema is that of OpenDB; where it is not there, nobody is known.
func Owners(ctx context.Context, db Queryer, schema, number string, now time.Time) (out []bot.Address, err error) {
	if schema == "" {
		schema = DefaultSchema
	}
	table := pgx.Identifier{schema, "person"}.Sanitize()
	there, err := column[bool](ctx, db, `SELECT to_regclass($1) IS NOT NULL`, table)
	if err != nil || !there[0] {
		return nil, err
	}
	ids, err := column[string](ctx, db, `SELECT DISTINCT id FROM `+table+` WHERE jid = $1 AND seen > $2 ORDER BY id`,
		number+"@s.whatsapp.net", now.Add(-Trusted))
	for _, id := range ids {
		out = append(out, address(id))
	}
	return out, err
}

// column asks for one column.
func column[T any](ctx context.Context, db Queryer, find string, args ...any) ([]T, error) {
	rows, err := db.Query(ctx, find, args...)
	if err != nil {
		return nil, fmt.Errorf("whatsapp: ask whose a number is: %w", err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[T])
	if err != nil {
		return nil, fmt.Errorf("whatsapp: ask whose a number is: %w", err)
	}
	return out, nil
}
