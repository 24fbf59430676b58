package postgres_test

import (
	"context"
	"testing"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/postgres"
	"rabeg/migrations"
)

// That it cannot be asked who holds a name is no answer: nobody leads by it, it is told once, and whoever can be asked again leads.
func TestAnErrorIsNoLeader(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	told := make(chan string, 100)
	s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG", Unasked: func(name string, err error) {
		if err == nil {
			t.Error("it is told without a reason")
		}
		told <- name
	}}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if _, err := pool.Exec(t.Context(), `ALTER TABLE leases RENAME TO leases_away`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	leads, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- s.Lead(ctx, "send:test", func(ctx context.Context) error {
			close(leads)
			<-ctx.Done()
			return nil
		})
	}()
	if name := <-told; name != "send:test" {
		t.Errorf("it is told of %q", name)
	}
	select {
	case <-leads:
		t.Error("it leads by an error")
	default:
	}
	if _, err := pool.Exec(t.Context(), `ALTER TABLE leases_away RENAME TO leases`); err != nil {
		t.Fatal(err)
	}
	<-leads
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if n := len(told); n != 0 {
		t.Errorf("it was told %d times more", n)
	}
}
