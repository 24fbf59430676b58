package testdb

import (
	"context"
	"testing"

	"rabeg/internal/embedded"
)

// Standby starts a standby of a test's own durable server (Own).
func Standby(t testing.TB, of *embedded.Postgres, name string) *embedded.Postgres {
	t.Helper()
	dir, remove, err := embedded.Scratch()
	if err != nil {
		t.Fatalf("make a folder for PostgreSQL: %v", err)
	}
	t.Cleanup(remove)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	server, err := embedded.StartStandby(ctx, of, name, embedded.Options{Dir: dir, Durable: true})
	if err != nil {
		t.Fatalf("start a standby: %v", err)
	}
	closing(t, server)
	return server
}
