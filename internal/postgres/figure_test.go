package postgres_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"rabeg/internal/casework"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// The ways of reports are read from their facts, in the order of filing; what was filed before is left out.
func TestRoutes(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	day := func(n int) time.Time { return time.Date(2026, 11, n, 2, 0, 0, 0, time.UTC) }
	for i, facts := range [][]report.Fact{
		{{What: report.WasFiled, Agency: "DLH"}},
		{{What: report.WasFiled, Agency: "DISHUB"}, {What: report.WasAssigned, Agency: "DISHUB"}, {What: report.WasForwarded, Meant: "DLH"}},
		{{What: report.WasFiled, Agency: "DISHUB"}, {What: report.WasAssigned, Agency: "DISHUB"}, {What: report.WasTaken}},
		{{What: report.WasFiled}},
	} {
		id := report.ID(9 - i) // ids say nothing about the order
		for n := range facts {
			facts[n].Report, facts[n].Seq = id, n+1
		}
		r := report.Report{ID: id, Code: report.Code(fmt.Sprint("SRG-", i)), Rev: len(facts), Status: report.Closed, Reporter: chat, Filed: day(i + 1)}
		err := s.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprint(i), Changes: []ledger.Change{ledger.Opened{Report: r, Facts: facts}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Routes(t.Context(), day(2))
	if err != nil {
		t.Fatal(err)
	}
	want := []ledger.Route{
		{Report: 8, First: "DISHUB", Last: "DLH", Judged: true}, {Report: 7, First: "DISHUB", Last: "DISHUB", Judged: true}, {Report: 6},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// stories are lives of reports, as facts of any order that chance makes.
func stories(seed uint64, n int) [][]report.Fact {
	rnd := rand.New(rand.NewPCG(seed, 1))
	offices := []string{"", "DLH", "DISHUB", "DPUPR"}
	what := []report.What{report.WasAssigned, report.WasForwarded, report.WasForwarded, report.WasReturned, report.WasTaken,
		report.WasAnswered, report.WasNoted, report.WasAdded, report.WasResolved}
	out := make([][]report.Fact, n)
	for i := range out {
		id := report.ID(1000 - 7*i)
		out[i] = []report.Fact{{Report: id, Seq: 1, What: report.WasFiled, Agency: offices[rnd.IntN(4)]}}
		for seq := range rnd.IntN(8) {
			f := report.Fact{Report: id, Seq: seq + 2, What: what[rnd.IntN(len(what))]}
			if f.What == report.WasAssigned || f.What == report.WasForwarded {
				f.Agency = offices[rnd.IntN(4)]
			}
			if f.What == report.WasForwarded && f.Agency == "" {
				f.Meant = offices[1+rnd.IntN(3)]
			}
			out[i] = append(out[i], f)
		}
	}
	return out
}

// The figures are kept from fact to fact as they are committed, and say at each moment what all facts together say; what
// was there before the figures were, or is counted in an older form, is counted anew.
func TestFiguresFollowTheFacts(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	ctx := t.Context()
	all := stories(7, 60)
	routesAre := func(when string, told int) {
		t.Helper()
		var want []ledger.Route
		for _, facts := range all {
			want = append(want, casework.RouteOf(facts[:min(told, len(facts))]))
		}
		got, err := s.Routes(ctx, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("%s (-want +got)\n%s", when, d)
		}
		ways, err := s.Ways(ctx, time.Time{})
		sum := 0
		for _, w := range ways {
			sum += w.Reports
		}
		if err != nil || sum != len(all) {
			t.Fatalf("%s: %d reports went some way (%v)", when, sum, err)
		}
	}
	must := func(sql string) {
		t.Helper()
		if _, err := s.Pool.Exec(ctx, sql); err != nil {
			t.Fatal(err)
		}
	}
	step := func(told int) {
		t.Helper()
		for i, facts := range all {
			if told > len(facts) {
				continue
			}
			r := report.Report{ID: facts[0].Report, Code: report.Code(fmt.Sprint("SRG-", i)), Rev: told, Status: report.Closed, Reporter: chat,
				Filed: time.Date(2026, 11, 1, 0, i, 0, 0, time.UTC)}
			var c ledger.Change = ledger.Changed{Report: r, Was: told - 1, Facts: facts[told-1 : told]}
			if told == 1 {
				c = ledger.Opened{Report: r, Facts: facts[:1]}
			}
			if err := s.Commit(ctx, ledger.Batch{Cause: fmt.Sprint(i, ".", told), Changes: []ledger.Change{c}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for told := 1; told < 5; told++ {
		step(told)
		routesAre(fmt.Sprintf("after %d facts", told), told)
	}
	must(`DELETE FROM figures WHERE report % 2 = 0`)
	step(5)
	must(`UPDATE figures SET form = 0, first = '?', last = '?' WHERE report % 3 = 0`)
	step(6)
	must(`DELETE FROM figures WHERE report % 5 = 0`)
	must(`DELETE FROM settings WHERE name = 'figures'`)
	done := make(chan error, 3)
	for range cap(done) { // several programs begin at once
		go func() { done <- s.Count(ctx) }()
	}
	for range cap(done) {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	routesAre("counted anew", 6)
	step(7)
	routesAre("and followed further", 7)
}

// A database of the days before reports had columns of their own making, and figures, is carried over.
func TestOldReportsAreCarriedOver(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, toSix)
	ctx := t.Context()
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := pool.Exec(ctx, sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	all := stories(11, 40)
	for i, facts := range all {
		r := report.Report{ID: facts[0].Report, Code: report.Code(fmt.Sprint("SRG-", i)), Rev: len(facts), Status: report.Assigned,
			Agency: "DLH", Reporter: chat, Filed: time.Date(2026, 11, 1, 0, i, 0, 0, time.UTC),
			Draft: report.Draft{Kind: report.Wish, Category: "sampah", Visibility: report.Anonymous,
				Place: report.Place{Area: "36.73.01.1003", District: "36.73.01", Pin: &report.Pin{Lat: -6.1227000000000001, Lon: 106.17549999999999}}}}
		exec(`
INSERT INTO reports (id, code, cause, rev, status, agency, category, kind, visibility, reporter, area, district, lat, lon, filed, doc)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`, r.ID, string(r.Code), fmt.Sprint("e", i), r.Rev, string(r.Status), r.Agency,
			r.Category, string(r.Kind), string(r.Visibility), r.Reporter.String(), r.Place.Area, r.Place.District, r.Place.Pin.Lat,
			r.Place.Pin.Lon, r.Filed, r)
		for _, f := range facts {
			exec(`INSERT INTO facts (report, seq, at, what, doc) VALUES ($1, $2, $3, $4, $5)`, f.Report, f.Seq, r.Filed, string(f.What), f)
		}
	}
	rows := func() (out []string) {
		t.Helper()
		found, err := pool.Query(ctx, `SELECT to_jsonb(r)::text FROM reports r ORDER BY id`)
		if err != nil {
			t.Fatal(err)
		}
		out, err = pgx.CollectRows(found, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	before := rows()
	exec(sqlOf(t, "0007"))
	if d := cmp.Diff(before, rows()); d != "" {
		t.Errorf("the columns hold something else (-before +after)\n%s", d)
	}
	exec(sqlOf(t, "0008")) // the store writes into all tables
	exec(`ALTER TABLE handled ADD COLUMN memo json`)
	exec(sqlOf(t, "0034"))
	exec(sqlOf(t, "0056"))
	s, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: "SRG"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	var want []ledger.Route
	for _, facts := range all {
		want = append(want, casework.RouteOf(facts))
	}
	got, err := s.Routes(ctx, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the ways of old reports (-want +got)\n%s", d)
	}
}

// toSix brings a database to the sixth step.
func toSix(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for n := 1; n <= 6; n++ {
		sql, err := step(fmt.Sprintf("%04d", n))
		if err == nil {
			_, err = conn.Exec(ctx, sql)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func sqlOf(t *testing.T, number string) string {
	t.Helper()
	sql, err := step(number)
	if err != nil {
		t.Fatal(err)
	}
	return sql
}

func step(number string) (string, error) {
	found, err := filepath.Glob(filepath.Join("..", "..", "migrations", number+"_*.sql"))
	if err != nil || len(found) != 1 {
		return "", fmt.Errorf("step %s is %q (%w)", number, found, err)
	}
	sql, err := os.ReadFile(found[0])
	return string(sql), err
}

// What the figures cost where there are as many reports as a city files in years (go test -bench Figures).
func BenchmarkFigures(b *testing.B) {
	const n = 250_000
	pool := testdb.Pool(b, toSix)
	for _, do := range []string{`
INSERT INTO reports (id, code, cause, rev, status, agency, category, kind, visibility, area, district, reporter, filed, doc)
SELECT n * 7919, 'SRG-' || n, 'e' || n, 4, 'resolved', 'D' || n % 35, 'c' || n % 60, '', '', '', '', 'telegram:' || n % 70000, now() - n * interval '30 s', jsonb_build_object('rev', 4, 'status', 'resolved',
    'agency', 'D' || n % 35, 'category', 'c' || n % 60, 'text', repeat('lampu jalan padam sejak kemarin ', 6))
FROM generate_series(1, 250000) AS n`, `
INSERT INTO facts (report, seq, at, what, doc)
SELECT n * 7919, seq, now(), what, jsonb_build_object('report', n * 7919, 'seq', seq, 'what', what, 'agency', agency, 'words', 'sudah kami tangani')
FROM generate_series(1, 250000) AS n, LATERAL (VALUES (1, 'filed', 'D' || n % 35), (2, 'assigned', 'D' || n % 35),
    (3, CASE n % 5 WHEN 0 THEN 'forwarded' ELSE 'taken' END, CASE n % 5 WHEN 0 THEN 'D' || n % 33 ELSE '' END), (4, 'answered', '')) AS f (seq, what, agency)`,
		`VACUUM ANALYZE reports, facts`} {
		if _, err := pool.Exec(b.Context(), do); err != nil {
			b.Fatal(err)
		}
	}
	began := time.Now()
	sql, err := step("0007")
	if err == nil {
		_, err = pool.Exec(b.Context(), sql)
	}
	if more, e := step("0034"); err == nil && e == nil {
		_, err = pool.Exec(b.Context(), more)
	}
	if err != nil {
		b.Fatal(err)
	}
	fmt.Printf("%d reports carried over in %s\n", n, time.Since(began).Round(time.Millisecond))
	began = time.Now()
	s, err := postgres.New(b.Context(), postgres.Options{Pool: pool, Prefix: "SRG"}, "seed")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	fmt.Printf("%d reports counted anew in %s\n", n, time.Since(began).Round(time.Millisecond))
	if _, err := pool.Exec(b.Context(), `VACUUM ANALYZE`); err != nil {
		b.Fatal(err)
	}
	for name, read := range map[string]func() (int, error){
		"ways":   func() (int, error) { all, err := s.Ways(b.Context(), time.Time{}); return len(all), err },
		"routes": func() (int, error) { all, err := s.Routes(b.Context(), time.Time{}); return len(all), err },
		"facts": func() (n int, err error) { // what the figures are folded from
			rows, err := pool.Query(b.Context(), `
SELECT f.report, f.what, coalesce(f.doc ->> 'agency', ''), coalesce(f.doc ->> 'meant', '')
FROM reports r JOIN facts f ON f.report = r.id ORDER BY r.filed, r.id, f.seq`)
			if err != nil {
				return 0, err
			}
			var f report.Fact
			_, err = pgx.ForEachRow(rows, []any{&f.Report, (*string)(&f.What), &f.Agency, &f.Meant}, func() error { n++; return nil })
			return n, err
		},
		"recent": func() (int, error) {
			all, err := s.Ways(b.Context(), time.Now().AddDate(0, 0, -7))
			return len(all), err
		},
	} {
		b.Run(name, func(b *testing.B) {
			best := time.Hour // what others do on the machine at the same time is not in it
			for range b.N {
				began := time.Now()
				if rows, err := read(); err != nil || rows == 0 {
					b.Fatal(rows, err)
				}
				best = min(best, time.Since(began))
			}
			b.ReportMetric(float64(best.Microseconds())/1000, "best-ms")
		})
	}
}
