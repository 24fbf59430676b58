package migrations

import "testing"

// What waits to be sorted when the program is made new stands in the coordinator's list by that clock where it is due first; an office's list
// is as it was.
func TestWhatWaitsToBeSortedGetsItsLimit(t *testing.T) {
	t.Parallel()
	const fill = `
INSERT INTO reports (id, code, cause, reporter, filed, due, next_from, next_due, doc)
SELECT n, 'SRG-' || n, 'c' || n, '', '2026-11-02 02:00Z', '2026-11-05 02:00Z', '2026-11-02 02:00Z', '2026-11-09 02:00Z',
    jsonb_strip_nulls(jsonb_build_object('id', n, 'status', s, 'agency', nullif(a, ''), 'rev', 1, 'terms', terms::jsonb))
FROM (VALUES
    (1, 'received', '', '[{"stage": "verify", "from": "2026-11-03T02:00:00Z", "due": "2026-11-06T02:00:00Z"},
        {"stage": "answer", "from": "2026-11-02T02:00:00Z", "due": "2026-11-09T02:00:00Z"}]'),
    (2, 'in_progress', '', '[{"stage": "verify", "from": "2026-11-03T02:00:00Z", "due": "2026-11-06T02:00:00Z", "met": "2026-11-04T02:00:00Z"},
        {"stage": "answer", "from": "2026-11-02T02:00:00Z", "due": "2026-11-09T02:00:00Z"}]'),
    (3, 'assigned', 'DISHUB', '[{"stage": "verify", "from": "2026-11-03T02:00:00Z", "due": "2026-11-06T02:00:00Z"}]'),
    (4, 'received', '', NULL)) AS t (n, s, a, terms)`
	db, dsn := filled(t, 66, fill)
	if err := At(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	var got string
	const find = `SELECT string_agg(id || ' ' || to_char(next_from AT TIME ZONE 'UTC', 'DD') || '–' || to_char(next_due AT TIME ZONE 'UTC', 'DD'), ', ' ORDER BY id) FROM reports`
	if err := db.QueryRowContext(t.Context(), find).Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "1 03–06, 2 02–09, 3 02–09, 4 02–09"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
