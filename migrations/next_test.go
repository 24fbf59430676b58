package migrations

import (
	"context"
	"testing"
)

// What is open when the program is made new stands in its office's list by the clock that is due next; what is over by none, and one from
// before clocks were kept by the day that was promised.
func TestOpenReportsGetTheirNextLimit(t *testing.T) {
	t.Parallel()
	const fill = `
INSERT INTO reports (id, code, cause, reporter, filed, due, doc)
SELECT n, 'SRG-' || n, 'c' || n, '', '2026-11-02 02:00Z', '2026-11-05 02:00Z', jsonb_strip_nulls(jsonb_build_object('id', n, 'status', s, 'agency', 'A', 'rev', 1, 'terms', terms::jsonb, 'answered', a))
FROM (VALUES
    (1, 'assigned', '[{"stage": "verify", "from": "2026-11-02T02:00:00Z", "due": "2026-11-02T03:00:00Z"},
        {"stage": "finish", "from": "2026-11-02T02:00:00Z", "due": "2026-12-02T02:00:00Z"},
        {"stage": "answer", "from": "2026-11-02T02:00:00Z", "due": "2026-11-05T02:00:00.5Z"}]', NULL),
    (2, 'in_progress', '[{"stage": "answer", "from": "2026-11-02T02:00:00Z", "due": "2026-11-05T02:00:00Z", "met": "2026-11-03T02:00:00Z"},
        {"stage": "finish", "from": "2026-11-03T02:00:00Z", "due": "2026-12-02T02:00:00Z"}]', '2026-11-03T02:00:00Z'),
    (3, 'closed', '[{"stage": "finish", "from": "2026-11-02T02:00:00Z", "due": "2026-12-02T02:00:00Z"}]', NULL),
    (4, 'assigned', NULL, NULL), (5, 'in_progress', NULL, '2026-11-03T02:00:00Z'),
    (6, 'in_progress', '[{"stage": "answer", "from": "2026-11-02T02:00:00Z", "due": "0001-01-01T00:00:00Z"}]', '2026-11-03T02:00:00Z')) AS t (n, s, terms, a)`
	db, dsn := filled(t, 41, fill)
	if err := At(context.Background(), dsn); err != nil {
		t.Fatal(err)
	}
	var got string
	const find = `SELECT string_agg(id || ' ' || coalesce(to_char(next_from AT TIME ZONE 'UTC', 'DD.MM') || '–' || to_char(next_due AT TIME ZONE 'UTC', 'DD.MM HH24:MI:SS.MS'), 'none'), ', ' ORDER BY id) FROM reports`
	if err := db.QueryRowContext(t.Context(), find).Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "1 02.11–05.11 02:00:00.500, 2 03.11–02.12 02:00:00.000, 3 none, 4 02.11–05.11 02:00:00.000, 5 none, 6 none"; got != want {
		t.Errorf("next limits\n%s, want\n%s", got, want)
	}
}
