package migrations

import "testing"

// A number that came by other software was typed by anybody: it is kept no longer, and its report says so. What an officer was told stays.
func TestPhonesOfOtherSoftwareAreForgotten(t *testing.T) {
	t.Parallel()
	const fill = `
INSERT INTO reports (id, code, cause, reporter, filed, doc)
SELECT n, 'SRG-' || n, 'c' || n, '', '2026-11-02 02:00Z', jsonb_build_object('id', n, 'status', 'received', 'rev', 1, 'contact', true) FROM generate_series(1, 2) n;
INSERT INTO contacts (report, number) VALUES (1, '62811'), (2, '62812');
INSERT INTO open311_carried (report, client, token, at) VALUES (2, 'fms', 't', '2026-11-02 02:00Z')`
	db, dsn := filled(t, 66, fill)
	if err := At(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	var got string
	const find = `SELECT string_agg(r.id || ' ' || coalesce(c.number, '-') || ' ' || coalesce(r.doc ->> 'contact', '-'), ', ' ORDER BY r.id) FROM reports r LEFT JOIN contacts c ON c.report = r.id`
	if err := db.QueryRowContext(t.Context(), find).Scan(&got); err != nil {
		t.Fatal(err)
	}
	if want := "1 62811 true, 2 - -"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
