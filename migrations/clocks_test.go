package migrations

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"rabeg/internal/embedded/testdb"
)

// What was open before clocks had timers gets one; what was over gets none, and a timer that is there stays.
func TestOpenReportsGetClocks(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, nil)
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	db := stdlib.OpenDB(*config)
	defer func() { _ = db.Close() }()
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithTableName("rabeg_version"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), 31); err != nil {
		t.Fatal(err)
	}
	const fill = `
INSERT INTO reports (id, code, cause, reporter, filed, doc) SELECT n, 'SRG-' || n, 'c' || n, '', now(), jsonb_build_object('status', s, 'suggested', '', 'rev', 1)
FROM unnest(ARRAY['received', 'closed', 'planned', 'resolved', 'quarantined', 'rejected']) WITH ORDINALITY AS t (s, n);
INSERT INTO timers (kind, subject, at, rev) VALUES ('clock', 'report:1', '2030-01-01', 'x')`
	if _, err := db.ExecContext(t.Context(), fill); err != nil {
		t.Fatal(err)
	}
	if err := At(context.Background(), dsn); err != nil {
		t.Fatal(err)
	}
	var got string
	const find = `SELECT string_agg(subject || rev, ' ' ORDER BY subject) FROM timers WHERE kind = 'clock'`
	if err := db.QueryRowContext(t.Context(), find).Scan(&got); err != nil || got != "report:1x report:3 report:5" {
		t.Errorf("clocks of %q, %v", got, err)
	}
}
