package postgres_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/embedded"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testengines"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// A database with a standby: the one server of the two that takes writes is chosen, what the standby lacks is seen, and so is a commit that
// waits for it; it can be let go, and counts. After the failover the history is another, and what did not come over is known.
func TestAStandby(t *testing.T) {
	t.Parallel()
	one := testdb.Own(t, "rabeg", true, nil)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := migrations.At(ctx, one.DSN("rabeg")); err != nil {
		t.Fatal(err)
	}
	two := testdb.Standby(t, one, "dua")
	either := embedded.EitherDSN(two, one, "rabeg") // the standby first
	hosts, err := postgres.Hosts(ctx, either)
	if err != nil || len(hosts) != 2 || hosts[0].Writes || !hosts[1].Writes || hosts[0].Err != nil {
		t.Fatalf("the servers are %+v, %v", hosts, err)
	}
	beside, err := postgres.Beside(ctx, strings.Replace(either, "target_session_attrs=read-write", "dbname=rabeg", 1), "rabeg_lain")
	if err != nil {
		t.Fatalf("a database beside it: %v", err)
	}
	if cfg, err := pgx.ParseConfig(beside); err != nil || cfg.Database != "rabeg_lain" {
		t.Errorf("the address of the database beside it leads to %q, %v", cfg.Database, err)
	}
	if err := migrations.At(ctx, one.DSN("rabeg_lain")); err != nil {
		t.Errorf("the database beside it: %v", err)
	}
	pool, err := postgres.Connect(ctx, either, 4)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	s, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: "SRG"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	first, was, err := s.Timeline(ctx)
	if err != nil || was != "" {
		t.Fatalf("the history is %q, was %q: %v", first, was, err)
	}
	if err := s.TimelineKnown(ctx, first); err != nil {
		t.Fatal(err)
	}
	seen, err := s.Replication(ctx)
	if err != nil || len(seen.All) != 1 || seen.All[0].Name != "dua" || seen.All[0].Sync || seen.Wanted != "" || seen.Hidden {
		t.Fatalf("the standbys are %+v, %v", seen, err)
	}
	waitForIt(ctx, t, s, one, two)
	if err := one.Tell(ctx, `CREATE ROLE poor LOGIN`); err != nil {
		t.Fatal(err)
	}
	poor, err := postgres.Connect(ctx, strings.Replace(one.DSN("rabeg"), "user=rabeg", "user=poor", 1), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(poor.Close)
	seen, err = postgres.Replication(ctx, poor)
	if _, _, waits := postgres.Waits(ctx, poor); err != nil || waits != nil || !seen.Hidden || len(seen.All) != 1 || seen.Wanted != "dua" {
		t.Errorf("a user without rights sees %+v, %v, %v", seen, err, waits)
	}
	if _, err := pool.Exec(ctx, `INSERT INTO handled (cause) VALUES ('known')`); err != nil {
		t.Fatal(err)
	}
	gone, unknown, err := s.Absent(ctx, []report.ID{7}, []string{"known", "lost"})
	if err != nil || !gone[7] || unknown["known"] || !unknown["lost"] {
		t.Errorf("gone %v, unknown %v: %v", gone, unknown, err)
	}
	one.Kill()
	if err := two.Promote(ctx); err != nil {
		t.Fatal(err)
	}
	now, was, err := s.Timeline(ctx)
	for err != nil && ctx.Err() == nil {
		now, was, err = s.Timeline(ctx)
	}
	if err != nil || was != first || now == first {
		t.Errorf("after the failover the history is %q, was %q: %v", now, was, err)
	}
	theOldOneReturns(ctx, t, pool, one, two, now)
}

// theOldOneReturns has the primary of before start again, first in the address: nobody writes to it, neither who begins with it nor who knew the
// newer one, also while that is away.
func theOldOneReturns(ctx context.Context, t *testing.T, pool *pgxpool.Pool, one, two *embedded.Postgres, now string) {
	t.Helper()
	if err := one.Start(ctx); err != nil {
		t.Fatal(err)
	}
	oldFirst := embedded.EitherDSN(one, two, "rabeg")
	hosts, err := postgres.Hosts(ctx, oldFirst)
	if err != nil || len(hosts) != 2 || !hosts[0].Writes || !hosts[1].Writes || hosts[0].Timeline >= hosts[1].Timeline || hosts[1].Timeline != now {
		t.Fatalf("the servers are %+v, %v", hosts, err)
	}
	fresh, err := postgres.Connect(ctx, oldFirst, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(fresh.Close)
	pool.Reset()
	for name, p := range map[string]*pgxpool.Pool{"who begins": fresh, "who knew it": pool} {
		at := ""
		if err := p.QueryRow(ctx, `SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)`).Scan(&at); err != nil || at != now {
			t.Errorf("%s writes to the history %q, want %q: %v", name, at, now, err)
		}
	}
	if err := two.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	fresh.Reset()
	if err := fresh.Ping(ctx); !errors.Is(err, postgres.ErrOlder) {
		t.Errorf("while the newer one is away, the older is written to: %v", err)
	}
}

// waitForIt has commits wait for the standby, which is away, and come back.
func waitForIt(ctx context.Context, t *testing.T, s *postgres.Store, one, two *embedded.Postgres) {
	t.Helper()
	if err := errors.Join(one.Tell(ctx, `ALTER SYSTEM SET synchronous_standby_names = 'dua'`), one.Tell(ctx, `SELECT pg_reload_conf()`)); err != nil {
		t.Fatal(err)
	}
	seen, err := s.Replication(ctx)
	for err == nil && (seen.Wanted == "" || len(seen.All) == 0 || !seen.All[0].Sync) && ctx.Err() == nil {
		seen, err = s.Replication(ctx)
	}
	if err := errors.Join(err, s.Commits(ctx), two.Stop(ctx)); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Commits(ctx) }()
	n, longest, err := s.Waits(ctx)
	for err == nil && longest < 50*time.Millisecond && ctx.Err() == nil {
		n, longest, err = s.Waits(ctx)
	}
	if err != nil || n != 1 {
		t.Fatalf("%d commits wait, the longest for %s: %v", n, longest, err)
	}
	if n, err := s.Unwait(ctx, time.Hour); err != nil || n != 0 {
		t.Errorf("%d commits were let go that had not waited long: %v", n, err)
	}
	if n, err := s.Unwait(ctx, 0); err != nil || n != 1 {
		t.Errorf("%d commits were let go: %v", n, err)
	}
	if err := <-done; err != nil {
		t.Errorf("a commit that was let go: %v", err)
	}
	if err := errors.Join(two.Start(ctx), s.Commits(ctx)); err != nil { // which waits until the standby is there again
		t.Error(err)
	}
}

// PgBouncer that shares sessions among connections is recognised, one that does not is as good as none.
func TestAPoolerThatSharesSessions(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, migrations.At)
	for mode, want := range map[string]error{"session": nil, "transaction": postgres.ErrPooled, "statement": postgres.ErrPooled} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			through := testengines.NewBouncer(t, dsn, mode, "ignore_startup_parameters = plan_cache_mode,extra_float_digits").DSN
			for range 5 {
				if err := postgres.Sessions(t.Context(), through); !errors.Is(err, want) {
					t.Errorf("a pooler in %s mode: %v, want %v", mode, err, want)
				}
			}
		})
	}
	if err := postgres.Sessions(t.Context(), dsn); err != nil {
		t.Errorf("PostgreSQL itself: %v", err)
	}
	err := postgres.Sessions(t.Context(), testengines.NewBouncer(t, dsn, "session").DSN)
	if name, is := postgres.Parameter(err); !is || name == "" {
		t.Errorf("a pooler that does not pass our settings on: %v", err)
	}
}

// Who does not connect by this package reaches the server that takes writes all the same.
func TestAnAddressOfSeveralServers(t *testing.T) {
	t.Parallel()
	for dsn, want := range map[string]string{
		"postgres://u@a:1,b:2/d":                          "postgres://u@a:1,b:2/d?target_session_attrs=read-write",
		"postgres://u@a,b/d?sslmode=disable":              "postgres://u@a,b/d?sslmode=disable&target_session_attrs=read-write",
		"host=a,b dbname=d":                               "host=a,b dbname=d target_session_attrs=read-write",
		"postgres://u@a,b/d?target_session_attrs=primary": "postgres://u@a,b/d?target_session_attrs=primary",
		"postgres://u@a/d":                                "postgres://u@a/d",
		"host=/run/postgresql dbname=d":                   "host=/run/postgresql dbname=d",
		"nonsense":                                        "nonsense",
	} {
		if got := postgres.Writer(dsn); got != want {
			t.Errorf("%s becomes %s, want %s", dsn, got, want)
		}
	}
}
