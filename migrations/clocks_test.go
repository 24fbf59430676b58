package migrations

import (
	"context"
	"testing"
)

// What was open before clocks had timers gets one; what was over gets none, and a timer that is there stays.
func TestOpenReportsGetClocks(t *testing.T) {
	t.Parallel()
	const fill = `
INSERT INTO reports (id, code, cause, reporter, filed, doc) SELECT n, 'SRG-' || n, 'c' || n, '', now(), jsonb_build_object('status', s, 'suggested', '', 'rev', 1)
FROM unnest(ARRAY['received', 'closed', 'planned', 'resolved', 'quarantined', 'rejected']) WITH ORDINALITY AS t (s, n);
INSERT INTO timers (kind, subject, at, rev) VALUES ('clock', 'report:1', '2030-01-01', 'x')`
	db, dsn := filled(t, 31, fill)
	if err := At(context.Background(), dsn); err != nil {
		t.Fatal(err)
	}
	var got string
	const find = `SELECT string_agg(subject || rev, ' ' ORDER BY subject) FROM timers WHERE kind = 'clock'`
	if err := db.QueryRowContext(t.Context(), find).Scan(&got); err != nil || got != "report:1x report:3 report:5" {
		t.Errorf("clocks of %q, %v", got, err)
	}
}
