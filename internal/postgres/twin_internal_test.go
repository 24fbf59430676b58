package postgres

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// A database that was never analysed looks into the rows of squares around a pin all the same, and does not read all that the city has open.
func TestSquaresAreLookedUpInAFreshDatabase(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	west, east := rowsOf(ledger.BoxAround(report.Pin{Lat: -6.1, Lon: 106.13}, 1000))
	rows, err := pool.Query(t.Context(), "EXPLAIN "+bySquare, pgx.QueryExecModeExec, []string{"penerangan_jalan"}, time.Now().AddDate(0, 0, -60), west, east)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range plan {
		if strings.Contains(line, "Index Cond") && strings.Contains(line, ">= q.west") && strings.Contains(line, "<= q.east") && strings.Contains(line, "filed >=") {
			return
		}
	}
	t.Errorf("the row of squares is no condition of the index:\n%s", strings.Join(plan, "\n"))
}
