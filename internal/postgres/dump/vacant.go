package dump

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
)

// OccupiedError says what a database holds that is to be filled from a backup.
type OccupiedError struct{ What string }

// Error is one line.
func (e *OccupiedError) Error() string {
	return "is not empty: " + e.What
}

const (
	// leaveMost is how long somebody who has just left a database may still be seen there.
	leaveMost  = 3 * time.Second
	leaveEvery = 100 * time.Millisecond
)

// Unused fails with an *OccupiedError while a program called name uses the database.
func Unused(ctx context.Context, db *pgx.Conn, name string) error {
	const users = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = $1`
	tick := time.NewTicker(leaveEvery)
	defer tick.Stop()
	for waited := time.Duration(0); ; waited += leaveEvery {
		var n int
		if err := db.QueryRow(ctx, users, name).Scan(&n); err != nil {
			return fmt.Errorf("ask who uses the database: %w", err)
		}
		if n == 0 {
			return nil
		}
		if waited >= leaveMost {
			return &OccupiedError{What: "a " + name + " uses it; end that one first"}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Vacant clears what a program leaves in a database that nothing came to yet: tables, but no rows in them other than those of
// the tables in spare (schema.name). Anything more is an *OccupiedError, and nothing is touched. Where empties is false it only looks.
func Vacant(ctx context.Context, tx pgx.Tx, schemas, spare []string, empties bool) error {
	rows, err := tx.Query(ctx, copied, schemas)
	var all []Table
	if err == nil {
		all, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Table])
	}
	if err != nil {
		return fmt.Errorf("read the database's tables: %w", err)
	}
	for _, t := range all {
		if slices.Contains(spare, t.String()) || slices.Contains(spare, t.Of) {
			continue
		}
		var filled bool
		if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM "+t.quoted()+")").Scan(&filled); err != nil {
			return fmt.Errorf("look into the table %s: %w", t, err)
		}
		if filled {
			return &OccupiedError{What: "its table " + t.String() + " holds rows"}
		}
	}
	if !empties {
		return nil
	}
	return drop(ctx, tx, schemas)
}

func drop(ctx context.Context, tx pgx.Tx, schemas []string) error {
	for _, sql := range []string{dropTables, dropSequences, dropFunctions, dropTypes} {
		rows, err := tx.Query(ctx, sql, schemas)
		var list []string
		if err == nil {
			list, err = pgx.CollectRows(rows, pgx.RowTo[string])
		}
		if err != nil {
			return fmt.Errorf("read what is to be cleared: %w", err)
		}
		for _, drop := range list {
			if _, err := tx.Exec(ctx, drop); err != nil {
				return fmt.Errorf("clear the database: %w", err)
			}
		}
	}
	return nil
}

const (
	dropTables = `
SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = c.oid AND x.deptype = 'e')`
	dropSequences = `
SELECT format('DROP SEQUENCE %I.%I CASCADE', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'S' AND n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = c.oid AND x.deptype = 'e')`
	dropFunctions = `
SELECT format('DROP ROUTINE %s CASCADE', p.oid::regprocedure) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = p.oid AND x.deptype = 'e')`
	dropTypes = `
SELECT format('DROP TYPE %I.%I CASCADE', n.nspname, t.typname) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'e' AND n.nspname = ANY ($1) AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = t.oid AND x.deptype = 'e')`
)
