package postgres_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// Each restore of a database has numbers drawn from a slice that none of its lives before drew from, as long as there are any;
// and the last one is what people are told of.
func TestRestoresDrawFromNewSlices(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	of := map[report.Code]int{}
	for slice := range report.Slices {
		of[report.NewCodeIn("SRG", 5, slice)] = slice
	}
	slice := func() (int, report.Gap) {
		s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG", Chance: func() uint64 { return 5 }}, "seed")
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		_, drawn := s.Draw("e")
		_, looked, err := s.NextID(t.Context(), "e")
		if err != nil || drawn != looked {
			t.Errorf("Draw gives %s, NextID %s (%v)", drawn, looked, err)
		}
		return of[drawn], s.Gap()
	}
	first, gap := slice()
	if first != 0 || gap != (report.Gap{}) {
		t.Errorf("a database that was never restored draws from slice %d, and misses %v", first, gap)
	}
	seen := map[int]bool{0: true}
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	for n := 1; n < 2*report.Slices; n++ {
		taken := at.Add(-time.Hour)
		if err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) error { return postgres.MarkRestored(t.Context(), tx, taken, at) }); err != nil {
			t.Fatal(err)
		}
		now, gap := slice()
		if gap != (report.Gap{From: taken, Until: at}) {
			t.Errorf("restore %d: the gap is %v", n, gap)
		}
		if n < report.Slices && seen[now] {
			t.Errorf("restore %d draws from slice %d again", n, now)
		}
		seen[now] = true
		backed, err := postgres.NewReader(pool).BackedUp(t.Context())
		if err != nil || !backed.Equal(taken) {
			t.Errorf("restore %d: the last backup is of %v (%v)", n, backed, err)
		}
		at = at.Add(26*time.Hour + 7*time.Minute)
	}
}
