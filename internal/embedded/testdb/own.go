package testdb

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"rabeg/internal/embedded"
)

// seeds are the stopped servers that those of tests are copies of: making one anew (initdb and every migration) takes seconds of a
// processor, copying files does not.
var seeds sync.Map // of seed to func() (string, error)

// seed names what such a server holds: a database, and what migrated it (0: nothing).
type seed struct {
	database string
	migrate  uintptr
}

// Own starts a server for one test alone, to be stopped and killed at will, and a database in it in which migrate has run (nil: an
// empty one). Durable waits for the disk as in production.
func Own(t testing.TB, database string, durable bool, migrate Migrate) *embedded.Postgres {
	t.Helper()
	key := seed{database: database}
	if migrate != nil {
		key.migrate = reflect.ValueOf(migrate).Pointer()
	}
	made, _ := seeds.LoadOrStore(key, sync.OnceValues(func() (string, error) { return sow(database, migrate) }))
	from, err := made.(func() (string, error))()
	if err != nil {
		t.Fatalf("make PostgreSQL's data: %v", err)
	}
	dir, remove, err := embedded.Scratch()
	if err != nil {
		t.Fatalf("make a folder for PostgreSQL: %v", err)
	}
	t.Cleanup(remove)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if out, err := exec.CommandContext(ctx, "cp", "-Rp", filepath.Join(from, "postgres"), dir).CombinedOutput(); err != nil {
		t.Fatalf("copy PostgreSQL's data: %v: %s", err, out)
	}
	server, err := embedded.StartPostgres(ctx, embedded.Options{Dir: dir, Durable: durable})
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	closing(t, server)
	return server
}

// closing stops a server at the end of its test.
func closing(t testing.TB, server *embedded.Postgres) {
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := server.Close(ctx); err != nil {
			t.Errorf("stop PostgreSQL: %v", err)
		}
	})
}

// sow makes a server's data, stops the server in good order and returns the folder, which goes with the test binary.
func sow(database string, migrate Migrate) (dir string, err error) {
	if dir, _, err = embedded.Scratch(); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	server, err := embedded.StartPostgres(ctx, embedded.Options{Dir: dir})
	if err != nil {
		return "", err
	}
	err = server.EnsureDatabase(ctx, database)
	if err == nil && migrate != nil {
		err = migrate(ctx, server.DSN(database))
	}
	if err = errors.Join(err, server.Close(ctx)); err != nil {
		return "", fmt.Errorf("prepare database %s: %w", database, err)
	}
	return dir, nil
}
