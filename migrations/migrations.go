// Package migrations holds the database's shape, step by step. Steps only go forward.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed *.sql
var files embed.FS

// Run brings the database to the newest shape. It may be called by several programs at once: one works, the others wait.
func Run(ctx context.Context, db *sql.DB) error {
	locker, err := newLocker()
	if err != nil {
		return err
	}
	if err := Fits(ctx, db); err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker), goose.WithTableName("rabeg_version"))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

// NewerError says that a database was brought to a shape that this program does not know.
type NewerError struct {
	// Has is the newest step that the database has seen, Knows the newest of this program.
	Has, Knows int64
}

// Error is one line.
func (e *NewerError) Error() string {
	return fmt.Sprintf("is of a newer program: it has step %d, and this one knows steps until %d", e.Has, e.Knows)
}

// Fits fails with a *NewerError where the database is newer than this program, which must not touch it then. It writes nothing.
func Fits(ctx context.Context, db *sql.DB) error {
	has, err := version(ctx, db)
	if err != nil {
		return err
	}
	knows, err := Knows()
	if err == nil && has > knows {
		err = &NewerError{has, knows}
	}
	return err
}

// Knows is the newest step that this program knows.
func Knows() (knows int64, err error) {
	list, err := files.ReadDir(".")
	if err != nil {
		return 0, fmt.Errorf("read the migrations: %w", err)
	}
	for _, f := range list {
		n, err := goose.NumericComponent(f.Name())
		if err != nil {
			return 0, fmt.Errorf("read the migrations: %w", err)
		}
		knows = max(knows, n)
	}
	return knows, nil
}

// Empty reports whether the database has no shape yet.
func Empty(ctx context.Context, db *sql.DB) (bool, error) {
	has, err := version(ctx, db)
	return has == 0, err
}

// version is the newest step that a database has seen, 0 for an empty one.
func version(ctx context.Context, db *sql.DB) (has int64, err error) {
	var shaped bool
	if err := db.QueryRowContext(ctx, `SELECT to_regclass('rabeg_version') IS NOT NULL`).Scan(&shaped); err != nil {
		return 0, fmt.Errorf("ask for the database's shape: %w", err)
	}
	if !shaped {
		return 0, nil
	}
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM rabeg_version WHERE is_applied`).Scan(&has)
	if err != nil {
		return 0, fmt.Errorf("ask for the database's shape: %w", err)
	}
	return has, nil
}

// At is Run on the database at an address.
func At(ctx context.Context, dsn string) error {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return fmt.Errorf("read the database address: %w", err)
	}
	db := stdlib.OpenDB(*cfg)
	defer func() { _ = db.Close() }()
	return Run(ctx, db)
}

// Pending tells how many steps the database lacks.
func Pending(ctx context.Context, db *sql.DB) (bool, error) {
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithTableName("rabeg_version"))
	if err != nil {
		return false, fmt.Errorf("read the migrations: %w", err)
	}
	pending, err := p.HasPending(ctx)
	if err != nil {
		return false, fmt.Errorf("ask for pending migrations: %w", err)
	}
	return pending, nil
}
