// Package testdb gives every test a PostgreSQL database of its own, with the
// schema in place, in about 30 ms.
//
// The tests of one package share one private server, started by the first that
// asks. It is gone with the test binary, however that ends. DATABASE_URL is
// never read: no test can touch somebody's data.
package testdb

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/embedded"
)

// Migrate brings an empty database to the schema a test needs and leaves no
// connection behind. It runs once per test binary, not once per test, so it
// must not depend on variables around it.
type Migrate func(ctx context.Context, dsn string) error

// patience bounds everything that is done before or after the test proper.
const patience = time.Minute

// cluster is the server of this test binary.
type cluster struct {
	server *embedded.Postgres
	admin  *pgxpool.Pool
	serial atomic.Int64
	drops  chan struct{} // a sign for each database that is being dropped

	mu        sync.Mutex
	templates map[uintptr]func() (string, error) // by migrate function
}

// shared starts the server when first asked. It lives as long as the test
// binary, as the seeds do.
var shared = sync.OnceValues(startCluster)

func startCluster() (*cluster, error) {
	dir, _, err := embedded.Scratch() // removed when the test binary ends
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	server, err := embedded.StartPostgres(ctx, embedded.Options{Dir: dir})
	if err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(server.DSN("postgres"))
	if err != nil {
		return nil, fmt.Errorf("read own connection string: %w", err)
	}
	config.MaxConns = 4
	admin, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect to the tests' server: %w", err)
	}
	return &cluster{server: server, admin: admin, drops: make(chan struct{}, 3), templates: map[uintptr]func() (string, error){}}, nil
}

// leave drops the database of a test that has ended, to have its space back. The test does not wait for it: a drop takes as long as
// the last connection takes to notice. What is left goes with the server.
func (c *cluster) leave(name string) {
	c.drops <- struct{}{}
	go func() {
		defer func() { <-c.drops }()
		_ = c.drop(name)
	}()
}

// New returns the connection string of a fresh database in which migrate has
// run; a nil migrate gives an empty one. The database is dropped soon after the
// test has ended. The test fails where no PostgreSQL is installed: `make setup` mends it.
func New(t testing.TB, migrate Migrate) string {
	t.Helper()
	c, err := shared()
	if err != nil {
		t.Fatalf("start the tests' PostgreSQL: %v", err)
	}
	template, err := c.template(migrate)
	if err != nil {
		t.Fatalf("prepare the tests' database: %v", err)
	}
	name := fmt.Sprintf("test_%d", c.serial.Add(1))
	if err := c.create(name, template); err != nil {
		t.Fatalf("make the test's database: %v", err)
	}
	t.Cleanup(func() { c.leave(name) })
	return c.server.DSN(name)
}

// Pool is New with a pool of at most eight connections, closed when the test ends.
func Pool(t testing.TB, migrate Migrate) *pgxpool.Pool {
	t.Helper()
	config, err := pgxpool.ParseConfig(New(t, migrate))
	if err != nil {
		t.Fatalf("read the test's connection string: %v", err)
	}
	config.MaxConns = 8
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		t.Fatalf("connect to the test's database: %v", err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// template returns the name of the database that holds migrate's schema,
// making it the first time.
func (c *cluster) template(migrate Migrate) (string, error) {
	if migrate == nil {
		return "template0", nil
	}
	key := reflect.ValueOf(migrate).Pointer()
	c.mu.Lock()
	once, ok := c.templates[key]
	if !ok {
		name := fmt.Sprintf("template_%d", len(c.templates)+2)
		once = sync.OnceValues(func() (string, error) { return name, c.migrate(name, migrate) })
		c.templates[key] = once
	}
	c.mu.Unlock()
	return once()
}

func (c *cluster) migrate(name string, migrate Migrate) error {
	if err := c.create(name, "template0"); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := migrate(ctx, c.server.DSN(name)); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	// A forgotten connection would block every clone: end it, and let nobody in.
	_, err := c.admin.Exec(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, name)
	if err != nil {
		return fmt.Errorf("close the template: %w", err)
	}
	if _, err := c.admin.Exec(ctx, "ALTER DATABASE "+quoted(name)+" ALLOW_CONNECTIONS false"); err != nil {
		return fmt.Errorf("close the template: %w", err)
	}
	return nil
}

func (c *cluster) create(name, template string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err := c.admin.Exec(ctx, "CREATE DATABASE "+quoted(name)+" TEMPLATE "+quoted(template)+"")
	if err != nil {
		return fmt.Errorf("create database %s: %w", name, err)
	}
	return nil
}

func (c *cluster) drop(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, err := c.admin.Exec(ctx, "DROP DATABASE IF EXISTS "+quoted(name)+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("drop database %s: %w", name, err)
	}
	return nil
}

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }
