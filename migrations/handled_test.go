package migrations

import (
	"errors"
	"strings"
	"testing"
)

// What a house has handled is known in the new shape, wherever the step was broken off before, and while an older program goes on beside.
func TestWhatWasHandledStaysKnown(t *testing.T) {
	t.Parallel()
	steps, err := files.ReadFile("0058_handled.sql")
	if err != nil {
		t.Fatal(err)
	}
	var statements []string
	for part := range strings.SplitSeq(string(steps), "-- +goose StatementBegin") {
		statement, _, _ := strings.Cut(part, "-- +goose StatementEnd")
		statements = append(statements, statement)
	}
	for broken := range len(statements) + 1 {
		db, dsn := filled(t, 51, `
INSERT INTO handled (cause, at) SELECT 'c' || i, now() - i * interval '1 hour' FROM generate_series(1, 500) AS i`)
		older := func() (acts bool) {
			t.Helper()
			r, err := db.ExecContext(t.Context(), `INSERT INTO handled (cause, memo) SELECT c, m FROM unnest(ARRAY['c7'], ARRAY[NULL]::json[]) AS r (c, m) ORDER BY c ON CONFLICT DO NOTHING`)
			n, count := r.RowsAffected()
			if err = errors.Join(err, count); err != nil {
				t.Fatal(err)
			}
			return n > 0
		}
		for _, s := range statements[:broken] {
			if _, err := db.ExecContext(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			if older() {
				t.Errorf("broken off after %d: an older program handles a cause again", broken)
			}
		}
		if err := At(t.Context(), dsn); err != nil {
			t.Fatal(err)
		}
		if older() {
			t.Errorf("broken off after %d: an older program handles a cause again beside the new one", broken)
		}
		var known, parts int
		if err := db.QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM handled), (SELECT count(*) FROM pg_inherits WHERE inhparent = 'handled'::regclass)`).Scan(&known, &parts); err != nil || known != 500 || parts != 1 {
			t.Errorf("broken off after %d: %d causes are known in %d parts, %v", broken, known, parts, err)
		}
	}
}
