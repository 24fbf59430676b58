package testdb_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/embedded/testdb"
)

// schema counts how often it runs, in a database that says so itself.
func schema(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	// Left open on purpose: a careless migration must not block the clones.
	_, err = conn.Exec(ctx, `CREATE TABLE report (id int PRIMARY KEY); INSERT INTO report VALUES (0)`)
	return err
}

func other(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	_, err = conn.Exec(ctx, `CREATE TABLE letter (id int)`)
	return err
}

func TestEveryTestHasItsOwnDatabase(t *testing.T) {
	t.Parallel()
	var made atomic.Int64
	for range 8 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			pool := testdb.Pool(t, schema)
			if _, err := pool.Exec(t.Context(), `INSERT INTO report VALUES (1)`); err != nil {
				t.Error(err)
			}
			var rows int
			if err := pool.QueryRow(t.Context(), `SELECT count(*) FROM report`).Scan(&rows); err != nil || rows != 2 {
				t.Errorf("%d rows, %v; want the template's and its own", rows, err)
			}
			made.Add(1)
		})
	}
	t.Cleanup(func() {
		if made.Load() != 8 {
			t.Errorf("%d tests ran", made.Load())
		}
	})
}

func TestSchemasAreKeptApart(t *testing.T) {
	t.Parallel()
	tables := func(m testdb.Migrate) (names string) {
		pool := testdb.Pool(t, m)
		err := pool.QueryRow(t.Context(), `SELECT coalesce(string_agg(tablename, ' '), '') FROM pg_tables
			WHERE schemaname = 'public'`).Scan(&names)
		if err != nil {
			t.Error(err)
		}
		return names
	}
	for want, m := range map[string]testdb.Migrate{"report": schema, "letter": other, "": nil} {
		if got := tables(m); got != want {
			t.Errorf("tables %q, want %q", got, want)
		}
	}
}

func TestDatabaseIsDroppedWithItsTest(t *testing.T) {
	t.Parallel()
	var dsn string
	t.Run("one", func(t *testing.T) {
		dsn = testdb.New(t, schema)
		if _, err := pgx.Connect(t.Context(), dsn); err != nil { // left open on purpose
			t.Error(err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for { // soon, for nobody waits for it
		conn, err := pgx.Connect(ctx, dsn)
		if err != nil && strings.Contains(err.Error(), "does not exist") {
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("connecting a minute afterwards: %v, want that it does not exist", err)
		}
		if err == nil {
			_ = conn.Close(ctx)
		}
	}
}

func TestOwnServerComesBack(t *testing.T) {
	t.Parallel()
	pg := testdb.Own(t, "rabeg", true, nil)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	pg.Kill()
	if _, err := pgx.Connect(ctx, pg.DSN("rabeg")); err == nil {
		t.Error("a killed server takes connections")
	}
	if err := pg.Start(ctx); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(ctx, pg.DSN("rabeg"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(conn.Ping(ctx), conn.Close(ctx)); err != nil {
		t.Error(err)
	}
}

func BenchmarkNew(b *testing.B) {
	testdb.New(b, schema)
	for b.Loop() {
		testdb.New(b, schema)
	}
}
