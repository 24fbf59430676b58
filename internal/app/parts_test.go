package app

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
)

// What was handled lies in parts that begin and end. A backup holds all of them, and in what is restored they go on.
func TestABackupOfParts(t *testing.T) {
	t.Parallel()
	w := &archive{T: t, media: t.TempDir(), dir: t.TempDir()}
	w.cfg = Config{Database: testdb.New(t, Migrate), Redis: "redis://none", Media: "file://" + w.media}
	w.db = connected(t, w.cfg.Database)
	w.does(`INSERT INTO city (prefix, region, name) VALUES ('SRG', '36.73', 'Kota Serang')`)
	served := func(dsn string, use func(*postgres.Store)) {
		t.Helper()
		pool, err := postgres.Connect(t.Context(), dsn, 2)
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG"}, "seed")
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		use(s)
	}
	began := time.Now()
	handled := func(s *postgres.Store, week int) error {
		if err := s.Forget(t.Context(), began.AddDate(0, 0, 7*week)); err != nil {
			t.Fatal(err)
		}
		return s.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprintf("week %d", week)})
	}
	served(w.cfg.Database, func(s *postgres.Store) {
		for week := range 4 {
			if err := handled(s, week); err != nil {
				t.Fatal(err)
			}
		}
	})
	w.backup()
	to := empty(t)
	restored(t, to, w.dir)
	served(to.Database, func(s *postgres.Store) {
		for week := range 4 {
			if err := s.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprintf("week %d", week)}); !errors.Is(err, ledger.ErrDone) {
				t.Errorf("what was handled in week %d acts again: %v", week, err)
			}
		}
		if err := handled(s, 5); err != nil {
			t.Errorf("after the restore: %v", err)
		}
		var parts int
		if err := s.Pool.QueryRow(t.Context(), `SELECT count(*) FROM pg_inherits WHERE inhparent = 'handled'::regclass`).Scan(&parts); err != nil || parts != 5 {
			t.Errorf("%d parts, %v", parts, err)
		}
	})
}
