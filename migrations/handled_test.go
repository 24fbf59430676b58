package migrations

import (
	"errors"
	"strings"
	"testing"
)

// statementsOf are the statements of a step that is no transaction, one by one.
func statementsOf(t *testing.T, name string) (all []string) {
	t.Helper()
	step, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	plain := func(text string) {
		for statement := range strings.SplitSeq(text, ";\n") {
			if strings.TrimSpace(statement) != "" {
				all = append(all, statement)
			}
		}
	}
	_, text, _ := strings.Cut(string(step), "-- +goose Up\n")
	for {
		before, rest, more := strings.Cut(text, "-- +goose StatementBegin\n")
		plain(before)
		if !more {
			return all
		}
		var whole string
		whole, text, _ = strings.Cut(rest, "-- +goose StatementEnd\n")
		all = append(all, whole)
	}
}

// What a house has handled is known in the new shape, wherever the step was broken off before, and while an older program goes on beside.
func TestWhatWasHandledStaysKnown(t *testing.T) {
	t.Parallel()
	statements := statementsOf(t, "0058_handled.sql")
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

// What waits in a house is in the queue, and what was sent has its place, wherever the step was broken off before, while an older program
// writes letters and marks them.
func TestWhatWaitsIsInTheQueue(t *testing.T) {
	t.Parallel()
	statements := statementsOf(t, "0059_queue.sql")
	const house = `
INSERT INTO letters (key, network, lane, report, purpose, fold, state, ref, doc)
SELECT 'k' || i, 'telegram', 'telegram:' || i % 7, i, CASE i % 3 WHEN 0 THEN 'reply' WHEN 1 THEN 'refresh' ELSE 'notice' END, 'f' || i % 5,
    (ARRAY['waiting', 'sending', 'cold', 'sent', 'sent', 'sent', 'failed'])[1 + i % 7], CASE WHEN i % 7 > 2 THEN 'telegram:' || i % 7 || '#' || i END, '{}'
FROM generate_series(1, 700) AS i`
	for broken := range len(statements) + 1 {
		if broken%3 != 0 && broken != len(statements)-1 {
			continue // each takes a database of its own
		}
		db, dsn := filled(t, 58, house)
		older := func(n int) {
			t.Helper()
			for _, sql := range []string{
				`INSERT INTO letters (key, network, lane, report, purpose, fold, doc) SELECT 'n' || $1::int || '-' || i, 'telegram', 'telegram:1', 0, 'notice', '', '{}' FROM generate_series(1, 4) AS i`,
				`UPDATE letters SET state = 'sent', ref = 'telegram:1#n' || id WHERE id IN (SELECT id FROM letters WHERE state = 'waiting' ORDER BY id DESC LIMIT 3) AND $1::int >= 0`,
				`UPDATE letters SET state = 'cold' WHERE id IN (SELECT id FROM letters WHERE state = 'waiting' ORDER BY id LIMIT 1) AND $1::int >= 0`,
			} {
				if _, err := db.ExecContext(t.Context(), sql, n); err != nil {
					t.Fatal(err)
				}
			}
		}
		for n, s := range statements[:broken] {
			if _, err := db.ExecContext(t.Context(), s); err != nil {
				t.Fatalf("%v: %s", err, s)
			}
			older(n)
		}
		if err := At(t.Context(), dsn); err != nil {
			t.Fatal(err)
		}
		older(1000)
		var due, queued, sent, placed, indexes int
		if err := db.QueryRowContext(t.Context(), `
SELECT (SELECT count(*) FROM letters WHERE state IN ('waiting', 'sending', 'cold')),
    (SELECT count(*) FROM letters JOIN queue USING (id, network, lane, state, purpose)),
    (SELECT count(*) FROM letters WHERE ref IS NOT NULL), (SELECT count(*) FROM letters l JOIN places p ON p.letter = l.id AND p.ref = l.ref),
    (SELECT count(*) FROM pg_index WHERE indrelid = 'letters'::regclass AND indisvalid)`).Scan(&due, &queued, &sent, &placed, &indexes); err != nil {
			t.Fatal(err)
		}
		if due != queued || due < 300 || sent != placed || indexes != 5 {
			t.Errorf("broken off after %d: of %d letters %d are in the queue; of %d %d have a place; %d indexes", broken, due, queued, sent, placed, indexes)
		}
	}
}
