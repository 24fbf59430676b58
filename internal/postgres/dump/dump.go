// Package dump copies a whole database out of one PostgreSQL and into another: every table, sequence, type, function, index and
// trigger of some schemas, whatever made them. It knows no table by name, so a table that comes with a later migration is in it
// by itself. What it writes is text, which any version of PostgreSQL reads.
package dump

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Shape is what a database is made of but for its rows. It is written down with them.
type Shape struct {
	// Before are the statements that make everything that rows need, After those that need the rows.
	Before []string `json:"before"`
	After  []string `json:"after"`
	Tables []Table  `json:"tables"`
}

// Table is one table and the columns that are copied: all but those that PostgreSQL works out itself.
type Table struct {
	Schema  string   `json:"schema"`
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	// Of is the divided table (schema.name) of which it is a part, "" for none.
	Of string `json:"of,omitempty"`
}

// String is schema.name, for people and for names of files.
func (t Table) String() string { return t.Schema + "." + t.Name }

func (t Table) quoted() string { return pgx.Identifier{t.Schema, t.Name}.Sanitize() }

func (t Table) columns() string {
	var list []string
	for _, c := range t.Columns {
		list = append(list, pgx.Identifier{c}.Sanitize())
	}
	return strings.Join(list, ", ")
}

// plain makes what is written independent of how the server or the user is set up. The empty search_path has every name written
// with its schema.
const plain = `
SET LOCAL search_path = ''; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex'; SET LOCAL TimeZone = 'UTC'; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL check_function_bodies = off; SET LOCAL client_encoding = 'UTF8'`

// Snapshot is a database as it was at one moment, while others write on. It locks nobody out of anything but a change of shape.
type Snapshot struct {
	tx      pgx.Tx
	schemas []string
}

// See calls use with the database as it is now.
func See(ctx context.Context, db *pgx.Conn, schemas []string, use func(*Snapshot) error) error {
	tx, err := db.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
	if err != nil {
		return fmt.Errorf("begin to read the database: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // nothing was written
	if _, err := tx.Exec(ctx, plain); err != nil {
		return fmt.Errorf("begin to read the database: %w", err)
	}
	return use(&Snapshot{tx: tx, schemas: schemas})
}

// Row asks for one row as of the snapshot. Names need their schema.
func (s *Snapshot) Row(ctx context.Context, sql string, args ...any) pgx.Row {
	return s.tx.QueryRow(ctx, sql, args...)
}

// Lines calls each for every row of a query of one text.
func (s *Snapshot) Lines(ctx context.Context, sql string, each func(string) error) error {
	rows, err := s.tx.Query(ctx, sql)
	if err != nil {
		return fmt.Errorf("read the database: %w", err)
	}
	var line string
	_, err = pgx.ForEachRow(rows, []any{&line}, func() error { return each(line) })
	return err
}

// Copy writes the rows of a table and tells how many there are.
func (s *Snapshot) Copy(ctx context.Context, t Table, w io.Writer) (rows int64, err error) {
	tag, err := s.tx.Conn().PgConn().CopyTo(ctx, w, "COPY "+t.quoted()+" ("+t.columns()+") TO STDOUT")
	if err != nil {
		return 0, fmt.Errorf("read the table %s: %w", t, err)
	}
	return tag.RowsAffected(), nil
}

// Filling is what Load fills a database with.
type Filling struct {
	Shape Shape
	// Open gives what Copy wrote of a table.
	Open func(Table) (io.ReadCloser, error)
	// First and Last are called in the same transaction, before anything is made and after everything is there.
	First, Last func(pgx.Tx) error
}

// Load makes a database of a shape, with its rows, in one transaction: whatever fails or is cut off leaves the database as it was.
func Load(ctx context.Context, db *pgx.Conn, f Filling) error {
	tx, err := db.Begin(ctx)
	if err != nil {
		return fmt.Errorf("begin to fill the database: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // committed by then, or not to be
	if _, err := tx.Exec(ctx, plain); err != nil {
		return fmt.Errorf("begin to fill the database: %w", err)
	}
	if err := f.First(tx); err != nil {
		return err
	}
	if err := each(ctx, tx, f.Shape.Before); err != nil {
		return err
	}
	for _, t := range f.Shape.Tables {
		if err := fill(ctx, tx, t, f.Open); err != nil {
			return err
		}
	}
	if err := each(ctx, tx, f.Shape.After); err != nil {
		return err
	}
	if err := f.Last(tx); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("fill the database: %w", err)
	}
	// The planner has seen none of the rows yet. It looks by itself some time.
	_, _ = db.Exec(ctx, "ANALYZE")
	return nil
}

func each(ctx context.Context, tx pgx.Tx, statements []string) error {
	for _, sql := range statements {
		if _, err := tx.Exec(ctx, sql); err != nil {
			return fmt.Errorf("make the database's shape: %w", err)
		}
	}
	return nil
}

func fill(ctx context.Context, tx pgx.Tx, t Table, open func(Table) (io.ReadCloser, error)) error {
	r, err := open(t)
	if err != nil {
		return err
	}
	_, err = tx.Conn().PgConn().CopyFrom(ctx, r, "COPY "+t.quoted()+" ("+t.columns()+") FROM STDIN")
	if err = errors.Join(err, r.Close()); err != nil {
		return fmt.Errorf("fill the table %s: %w", t, err)
	}
	return nil
}
