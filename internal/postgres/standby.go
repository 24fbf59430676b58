package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/report"
)

// Standby is a server that copies the database as it changes.
type Standby struct {
	Name string
	// Sync says that commits wait for it, or may.
	Sync bool
	// Lag is how much later than now what it has on its disk ends; 0: it has all.
	Lag time.Duration
}

// Standbys are the servers that copy the database now.
type Standbys struct {
	// Wanted is synchronous_standby_names: whose disks a commit waits for; "": nobody's.
	Wanted string
	All    []Standby
	// Hidden says that this user sees that there are some, and not how they are: that takes pg_read_all_stats.
	Hidden bool
}

// Replication asks the primary for its standbys.
func Replication(ctx context.Context, pool *pgxpool.Pool) (s Standbys, err error) {
	const wanted = `SELECT current_setting('synchronous_standby_names')`
	if err := pool.QueryRow(ctx, wanted).Scan(&s.Wanted); err != nil {
		return s, fmt.Errorf("ask for the standbys: %w", err)
	}
	const all = `
SELECT coalesce(application_name, ''), coalesce(sync_state, '') IN ('sync', 'quorum', 'potential'), state IS NULL, coalesce(CASE
    WHEN pg_is_in_recovery() OR flush_lsn >= pg_current_wal_flush_lsn() THEN 0
    ELSE greatest(extract(epoch FROM flush_lag), extract(epoch FROM clock_timestamp() - reply_time), 0) END, 0)::float8
FROM pg_stat_replication WHERE state IS NULL OR state <> 'backup' ORDER BY 1, pid`
	rows, err := pool.Query(ctx, all)
	if err != nil {
		return s, fmt.Errorf("ask for the standbys: %w", err)
	}
	s.All, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (one Standby, err error) {
		var hidden bool
		var lag float64
		err = row.Scan(&one.Name, &one.Sync, &hidden, &lag)
		one.Lag, s.Hidden = time.Duration(lag*float64(time.Second)), s.Hidden || hidden
		return one, err
	})
	if err != nil {
		return s, fmt.Errorf("ask for the standbys: %w", err)
	}
	return s, nil
}

// Replication asks the primary for its standbys.
func (s *Watch) Replication(ctx context.Context) (Standbys, error) {
	return Replication(ctx, s.leases.db) // the commits that wait may have all other connections
}

// Waits is how many commits of this user wait for a standby's disk, and how long the longest has.
func Waits(ctx context.Context, pool *pgxpool.Pool) (n int, longest time.Duration, err error) {
	const find = `
SELECT count(*), coalesce(extract(epoch FROM max(clock_timestamp() - state_change)), 0)::float8
FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND usename = current_user AND datname = current_database()`
	var seconds float64
	if err := pool.QueryRow(ctx, find).Scan(&n, &seconds); err != nil {
		return 0, 0, fmt.Errorf("ask which commits wait: %w", err)
	}
	return n, time.Duration(seconds * float64(time.Second)), nil
}

// Waits is how many commits wait for a standby's disk, and how long the longest has.
func (s *Watch) Waits(ctx context.Context) (int, time.Duration, error) {
	return Waits(ctx, s.leases.db)
}

// Unwait ends the waiting of commits that have waited for a standby so long. They are commits all the same, on this server's disk alone.
func (s *Watch) Unwait(ctx context.Context, least time.Duration) (n int, err error) {
	const end = `
SELECT count(*) FILTER (WHERE pg_cancel_backend(pid)) FROM pg_stat_activity
WHERE wait_event = 'SyncRep' AND usename = current_user AND datname = current_database() AND clock_timestamp() - state_change >= make_interval(secs => $1)`
	if err := s.leases.db.QueryRow(ctx, end, least.Seconds()).Scan(&n); err != nil {
		return 0, fmt.Errorf("end the waiting for a standby: %w", err)
	}
	return n, nil
}

// Commits reports whether a commit comes back in the time that ctx leaves, over a connection that no other commit waits for.
func (s *Watch) Commits(ctx context.Context) error {
	const beat = `
INSERT INTO settings (name, value) VALUES ('standby', to_char(now(), 'YYYY-MM-DD HH24:MI:SS.US'))
ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	if _, err := s.leases.db.Exec(ctx, beat); err != nil {
		return fmt.Errorf("try a commit: %w", err)
	}
	return nil
}

// Timeline is which history of the database this is: it changes when another server takes the primary's place. was is what it was when it
// was last looked through (TimelineKnown), "" never.
func (s *Watch) Timeline(ctx context.Context) (now, was string, err error) {
	const ask = `SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), coalesce((SELECT value FROM settings WHERE name = 'timeline'), '')`
	if err := s.leases.db.QueryRow(ctx, ask).Scan(&now, &was); err != nil {
		return "", "", fmt.Errorf("ask which history this is: %w", err)
	}
	return now, was, nil
}

// TimelineKnown writes down that the history is known and nothing of it is left to be looked through.
func (s *Watch) TimelineKnown(ctx context.Context, timeline string) error {
	const put = `INSERT INTO settings (name, value) VALUES ('timeline', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	if _, err := s.leases.db.Exec(ctx, put, timeline); err != nil {
		return fmt.Errorf("keep which history this is: %w", err)
	}
	return nil
}

// Absent are those of some reports that are not in the database, and those of some events that it knows nothing of having handled.
func (s *Watch) Absent(ctx context.Context, reports []report.ID, events []string) (gone map[report.ID]bool, unknown map[string]bool, err error) {
	const find = `
SELECT ARRAY(SELECT id FROM unnest($1::bigint[]) AS asked (id) WHERE NOT EXISTS (SELECT FROM reports r WHERE r.id = asked.id)),
    ARRAY(SELECT cause FROM unnest($2::text[]) AS asked (cause) WHERE NOT EXISTS (SELECT FROM handled h WHERE h.cause = asked.cause))`
	var ids []report.ID
	var causes []string
	if err := s.db.QueryRow(ctx, find, reports, events).Scan(&ids, &causes); err != nil {
		return nil, nil, fmt.Errorf("look for what is gone: %w", err)
	}
	gone, unknown = map[report.ID]bool{}, map[string]bool{}
	for _, id := range ids {
		gone[id] = true
	}
	for _, cause := range causes {
		unknown[cause] = true
	}
	return gone, unknown, nil
}
