package postgres_test

import (
	"testing"

	"rabeg/internal/postgres"
)

// The budget is one for all instances, counts each token once, and never falls below nothing.
func TestSpend(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	done := make(chan error, 50)
	for range 50 {
		go func() {
			_, err := s.Spend(t.Context(), "2026-11-22", 10)
			done <- err
		}()
	}
	for range 50 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		day          string
		tokens, want int
	}{{"2026-11-22", 0, 500}, {"2026-11-22", -20, 480}, {"2026-11-23", -5, 0}, {"2026-11-23", 7, 7}, {"2026-11-22", -9999, 0}} {
		if got, err := s.Spend(t.Context(), c.day, c.tokens); err != nil || got != c.want {
			t.Errorf("%s %+d: %d (%v), want %d", c.day, c.tokens, got, err, c.want)
		}
	}
}
