package postgres_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// No public page reads all displays of a city that has served for years, neither planned for what is asked nor once for all that may be
// asked.
func TestNoPageReadsAllDisplays(t *testing.T) {
	t.Parallel()
	pool, err := postgres.Connect(t.Context(), testdb.New(t, migrations.At), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	const town = `
INSERT INTO displays (report, code, status, category, area, office, filed, changed, resolved, exhibits, doc)
SELECT i, 'SRG-' || i, CASE WHEN i > 59000 THEN 'assigned' ELSE 'closed' END, 'k' || i % 60, 'a' || i % 67, 'o' || i % 35, now() - (60000 - i) * interval '25 min',
    now() - (60000 - i) * interval '20 min', CASE WHEN i % 9 > 0 THEN now() - (60000 - i) * interval '20 min' END, CASE WHEN i % 50 = 0 THEN 1 ELSE 0 END,
    jsonb_build_object('code', 'SRG-' || i) || CASE WHEN i % 10 = 0 THEN jsonb_build_object('with', 'SRG-' || i / 2) ELSE '{}' END
FROM generate_series(1, 60000) AS i`
	for _, sql := range []string{town, `ANALYZE displays`} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	now := time.Now()
	for name, a := range map[string]postgres.Asked{
		"what was resolved this week":              {ResolvedFrom: now.AddDate(0, 0, -7), Limit: 12},
		"what was resolved this week, with photos": {ResolvedFrom: now.AddDate(0, 0, -7), WithExhibits: true, Limit: 12},
		"the newest":               {Limit: 100},
		"of a span":                {From: now.AddDate(0, -3, 0), To: now, Limit: 100},
		"the next page of a span":  {From: now.AddDate(0, -3, 0), To: now, BeforeFiled: now.AddDate(0, -1, 0), BeforeReport: 50000, Limit: 100},
		"of a number":              {Codes: []report.Code{"SRG-5"}},
		"of a category and a span": {Categories: []string{"k7"}, From: now.AddDate(0, -3, 0), To: now, Limit: 100},
	} {
		sql, args := postgres.DisplayQuery(a)
		for i, arg := range args {
			if codes, ok := arg.([]report.Code); ok { // explained by itself a statement does not say what it takes
				args[i] = fmt.Sprintf("{%s}", codes[0])
			}
		}
		if whole := wholeTables(t, pool, statement{sql, args}); len(whole) > 0 {
			t.Errorf("%s: it reads all of %v", name, whole)
		}
		const as = "planned"
		if _, err := pool.Exec(t.Context(), "PREPARE "+as+" AS "+sql); err != nil {
			t.Fatal(err)
		}
		nothing := "(" + strings.TrimSuffix(strings.Repeat("NULL, ", len(args)), ", ") + ")" // what is planned once for all does not look at it
		if whole := wholeTables(t, pool, statement{"EXECUTE " + as + nothing, nil}); len(whole) > 0 {
			t.Errorf("%s, planned once for all: it reads all of %v", name, whole)
		}
		if _, err := pool.Exec(t.Context(), "DEALLOCATE "+as); err != nil {
			t.Fatal(err)
		}
	}
}
