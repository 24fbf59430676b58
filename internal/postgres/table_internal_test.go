package postgres

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/migrations"
)

func namesOf[R any](columns []column[R]) (names []string) {
	for _, c := range columns {
		names = append(names, c.name)
	}
	return names
}

// A column stands in a migration and, unless it comes of doc by itself, in one list of the code: there is no other place that
// writes rows of these tables. What the sender writes once a letter is there, and what becomes of a timer that fails, is not among them.
func TestEveryColumnIsWrittenInOnePlace(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	for table, written := range map[string][]string{
		"reports":  append(namesOf(reportColumns()), "ownerless"),
		"facts":    namesOf(factColumns()),
		"figures":  append(namesOf(figureColumns()), "delivered", "undelivered", "loose", "packed"),
		"displays": namesOf(displayColumns()),
		"timers":   append(namesOf(timerColumns()), "id", "tries", "again"),
		"letters":  append(namesOf(letterColumns()), "id", "state", "attempts", "why", "ref", "created", "done", "seen", "lates", "again"),
	} {
		const find = `
SELECT column_name::text FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = $1 AND is_generated = 'NEVER'`
		rows, err := pool.Query(t.Context(), find, table)
		if err != nil {
			t.Fatal(err)
		}
		there, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(there)
		slices.Sort(written)
		if d := cmp.Diff(there, written); d != "" {
			t.Errorf("%s: in the database (-) and in code (+)\n%s", table, d)
		}
	}
}

// A column that a migration adds is written once it stands in the list; one that comes of doc without that.
func TestANewColumnIsOneLine(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	const migration = `
ALTER TABLE reports ADD COLUMN name text NOT NULL, ADD COLUMN lang text NOT NULL GENERATED ALWAYS AS (coalesce(doc ->> 'lang', '')) STORED`
	if _, err := pool.Exec(t.Context(), migration); err != nil {
		t.Fatal(err)
	}
	r := newRows()
	r.reports.with("reports", append(reportColumns(),
		column[filing]{"name", pgtype.TextOID, func(a *array, f filing) { a.text(f.report.ReporterName) }, false}))
	r.gather()
	r.reset()
	r.add(&ledger.Batch{Cause: "e", Changes: []ledger.Change{ledger.Opened{
		Report: report.Report{ID: 1, Code: "SRG-AAAA-A", Status: report.Received, ReporterName: "Asep", Lang: "id"}}}})
	conn, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = r.write(t.Context(), conn.Conn())
	conn.Release()
	if err != nil {
		t.Fatal(err)
	}
	var row string
	if err := pool.QueryRow(t.Context(), `SELECT name || ' ' || lang FROM reports`).Scan(&row); err != nil || row != "Asep id" {
		t.Errorf("the row holds %q (%v)", row, err)
	}
}
