package postgres_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
)

// Letters lose their people and words after a year, and go after two with their reports; never while they are on their way, nor while their
// report still has its reporter. Those that wait for somebody who never came back are taken back then.
func TestOldLettersEnd(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	const years = 365 * 24 * time.Hour
	now := time.Now()
	for _, sql := range []string{
		`INSERT INTO reports (id, code, cause, reporter, filed, doc)
SELECT i, 'SRG-' || i, 'c' || i, '', now(), jsonb_build_object('status', 'closed', 'agency', 'a') || CASE i WHEN 1 THEN '{}'::jsonb ELSE '{"erased": "2020-01-01T00:00:00Z"}' END FROM generate_series(1, 2) AS i`,
		`INSERT INTO letters (key, network, lane, report, purpose, fold, state, ref, created, doc)
SELECT format('%s, %s years, %s', state, y, (ARRAY['no report', 'kept', 'erased'])[r + 1]), 'telegram', 'telegram:7', r, 'notice', '', state,
    'telegram:7#' || state || y || r, now() - y * interval '365 days' - interval '1 day', '{"Message": {"Text": "x"}}'
FROM unnest(ARRAY['sent', 'failed', 'waiting', 'cold']) AS state, unnest(ARRAY[0, 1, 2]) AS y, unnest(ARRAY[0, 1, 2]) AS r`,
	} {
		if _, err := s.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	for more := true; more; {
		var err error
		if more, err = s.Old(t.Context(), ledger.Terms{Reports: now.Add(-2 * years), Letters: now.Add(-years), Stumbles: now}); err != nil {
			t.Fatal(err)
		}
	}
	var want []string
	bared := 0
	for _, state := range []string{"sent", "failed", "waiting", "cold"} {
		for y := range 3 {
			for _, of := range []string{"no report", "kept", "erased"} {
				over := state != "waiting"
				switch {
				case over && of != "kept" && y == 2:
				case over && of != "kept" && y == 1:
					bared++
				default:
					want = append(want, fmt.Sprintf("%s, %d years, %s", state, y, of))
				}
			}
		}
	}
	slices.Sort(want)
	rows, err := s.Pool.Query(t.Context(), `SELECT key FROM letters WHERE key NOT LIKE 'erased:%' ORDER BY key COLLATE "C"`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("what keeps its words (-want +got):\n%s", d)
	}
	var bare, queued, placed int
	if err := s.Pool.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM letters WHERE lane = ''), (SELECT count(*) FROM queue), (SELECT count(*) FROM places)`).Scan(&bare, &queued, &placed); err != nil {
		t.Fatal(err)
	}
	if bare != bared || queued != 14 || placed != len(want) {
		t.Errorf("%d without words, %d in the queue, %d with a place", bare, queued, placed)
	}
}
