package postgres_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// crowd takes the numbers of a stretch of the range, but for one.
func crowd(t *testing.T, s *postgres.Store, from, n, spare uint64) {
	t.Helper()
	var codes []string
	for i := range n {
		if i != spare {
			codes = append(codes, string(report.CodeAt("SRG", from+i)))
		}
	}
	const fill = `
INSERT INTO reports (id, code, cause, reporter, filed, doc)
SELECT n, c, 'old ' || n, '', now(), '{"status": "closed"}' FROM unnest($1::text[]) WITH ORDINALITY AS u (c, n)`
	if _, err := s.Pool.Exec(t.Context(), fill, codes); err != nil {
		t.Fatal(err)
	}
}

// Where chance finds nothing, the store walks on to the number that is free, around the end of the range if need be.
func TestTheLastFreeNumberIsFound(t *testing.T) {
	t.Parallel()
	for _, from := range []uint64{7, uint64(report.Codes) - 3000} {
		t.Run(fmt.Sprint(from), func(t *testing.T) {
			t.Parallel()
			s := open(t, postgres.Options{Chance: func() uint64 { return from }}) // the worst of luck
			const n, spare = 9000, 8500
			crowd(t, s, from, n, spare)
			_, bad := s.Draw("e")
			for i, c := range []report.Code{bad, report.NewCode("SRG", from)} { // of the slice, and of all
				if err := s.Commit(t.Context(), opened(fmt.Sprint("other", i), report.ID(20000+i), c)); err != nil {
					t.Fatal(err)
				}
			}
			id, code, err := s.NextID(t.Context(), "e")
			if want := report.CodeAt("SRG", from+spare); err != nil || code != want {
				t.Fatalf("drew %s (%v), and only %s was free", code, err, want)
			}
			if err := s.Commit(t.Context(), opened("e", id, code)); err != nil {
				t.Fatal(err)
			}
			taken, all, err := s.Numbers(t.Context())
			if err != nil || taken != n+2 || all != report.Codes {
				t.Errorf("%d of %d numbers are taken (%v), want %d", taken, all, err, n+2)
			}
		})
	}
}

func opened(cause string, id report.ID, code report.Code) ledger.Batch {
	r := report.Report{ID: id, Code: code, Status: report.Received, Reporter: chat, Filed: time.Unix(0, 0)}
	return ledger.Batch{Cause: cause, Changes: []ledger.Change{ledger.Opened{Report: r}}}
}

// Nineteen of twenty numbers are taken, and everybody gets one at once.
func TestNobodyGoesWithoutANumber(t *testing.T) {
	t.Parallel()
	const stretch = 4000 // luck is bound to this stretch of the range
	s := open(t, postgres.Options{})
	var codes []string
	for seed := range stretch {
		if seed%20 != 0 {
			codes = append(codes, string(report.NewCodeIn("SRG", uint64(seed), 0)))
		}
	}
	s.Chance = func() uint64 { return rand.Uint64N(stretch) }
	const fill = `
INSERT INTO reports (id, code, cause, reporter, filed, doc)
SELECT n, c, 'old ' || n, '', now(), '{"status": "closed"}'
FROM (SELECT DISTINCT c FROM unnest($1::text[]) c) d, LATERAL (SELECT hashtextextended(c, 0) AS n) h`
	if _, err := s.Pool.Exec(t.Context(), fill, codes); err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		cause := fmt.Sprint("e", i)
		id, code, err := s.NextID(t.Context(), cause)
		if err != nil {
			t.Fatalf("citizen %d got no number: %v", i, err)
		}
		if err := s.Commit(t.Context(), opened(cause, id, code)); err != nil {
			t.Fatalf("citizen %d: %v", i, err)
		}
	}
}

// BenchmarkNumbers draws numbers and files reports with RABEG_TAKEN million of them taken. It fills a table of its own, which
// takes minutes: run it by hand, with -benchtime 2000x.
func BenchmarkNumbers(b *testing.B) {
	millions, err := strconv.Atoi(os.Getenv("RABEG_TAKEN"))
	if err != nil {
		b.Skip("RABEG_TAKEN is not set")
	}
	s, err := postgres.New(b.Context(), postgres.Options{Pool: testdb.Pool(b, migrations.At), Prefix: "SRG"}, "seed")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	fillRange(b, s, uint64(millions)*1_000_000)
	b.Run("draw", func(b *testing.B) {
		for i := range b.N {
			if _, _, err := s.NextID(b.Context(), fmt.Sprint("draw", i)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("file", func(b *testing.B) {
		again := 0
		for i := range b.N {
			cause := fmt.Sprint("file", b.N, ".", i)
			id, code := s.Draw(cause)
			err := s.Commit(b.Context(), opened(cause, id, code))
			if err != nil {
				again++
				if id, code, err = s.NextID(b.Context(), cause); err == nil {
					err = s.Commit(b.Context(), opened(cause, id, code))
				}
			}
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(again)/float64(b.N), "again/op")
	})
	b.Run("count", func(b *testing.B) {
		for range b.N {
			if _, _, err := s.Numbers(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// fillRange takes that many numbers all over the range, with a row as wide as one of a report. 1,000,003 is a prime: a walk
// by it around the range meets each number once.
func fillRange(b *testing.B, s *postgres.Store, n uint64) {
	b.Helper()
	var i uint64
	rows := pgx.CopyFromFunc(func() ([]any, error) {
		if i++; i > n {
			return nil, nil //nolint:nilnil // the end
		}
		return []any{string(report.CodeAt("SRG", i*1_000_003)), int64(i)}, nil
	})
	const room = `CREATE TABLE fill (code text, n bigint)`
	if _, err := s.Pool.Exec(b.Context(), room); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Pool.CopyFrom(b.Context(), pgx.Identifier{"fill"}, []string{"code", "n"}, rows); err != nil {
		b.Fatal(err)
	}
	for _, do := range []string{
		`ALTER TABLE reports DROP CONSTRAINT reports_code, DROP CONSTRAINT reports_cause, DROP CONSTRAINT reports_pkey CASCADE`,
		`DROP INDEX reports_of_reporter`, `
INSERT INTO reports (id, code, cause, reporter, filed, doc)
SELECT n, code, 'old ' || n, 'telegram:' || n % 700000, now(), '{"rev": 1, "status": "closed", "agency": "DISHUB", "category": "jalan"}' FROM fill`,
		`DROP TABLE fill`,
		`ALTER TABLE reports ADD PRIMARY KEY (id), ADD CONSTRAINT reports_code UNIQUE (code), ADD CONSTRAINT reports_cause UNIQUE (cause)`,
		`CREATE INDEX reports_of_reporter ON reports (reporter, filed DESC, id)`, `VACUUM ANALYZE reports`} {
		if _, err := s.Pool.Exec(b.Context(), do); err != nil {
			b.Fatal(err)
		}
	}
}
