package migrations

import (
	"database/sql"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"rabeg/internal/embedded/testdb"
)

// filled is a database of an older program, which knew the steps until one, with what fill writes into it.
func filled(t *testing.T, until int64, fill string, args ...any) (db *sql.DB, dsn string) {
	t.Helper()
	dsn = testdb.New(t, nil)
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	db = stdlib.OpenDB(*config)
	t.Cleanup(func() { _ = db.Close() })
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithTableName("rabeg_version"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), until); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), fill, args...); err != nil {
		t.Fatal(err)
	}
	return db, dsn
}
