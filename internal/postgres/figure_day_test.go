package postgres_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// lived are lives that are told fact by fact, in any order of the reports.
type lived struct {
	reports []report.Report
	facts   [][]report.Fact
	told    []int // how many facts of each are
}

// next tells one more fact of a report, the first two at once; false where all are told.
func (l *lived) next(t testing.TB, s *postgres.Store, i int) bool {
	t.Helper()
	from := l.told[i]
	to := min(max(from+1, 2), len(l.facts[i]))
	if from >= to {
		return false
	}
	now := report.Origin(l.reports[i])
	for _, f := range l.facts[i][:to] {
		now = report.Apply(now, f)
	}
	var c ledger.Change = ledger.Changed{Report: now, Was: from, Facts: l.facts[i][from:to]}
	if from == 0 {
		c = ledger.Opened{Report: now, Facts: l.facts[i][:to]}
	}
	if err := s.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprint(i, ".", to), Changes: []ledger.Change{c}}); err != nil {
		t.Fatal(err)
	}
	l.told[i] = to
	return true
}

// want are the courses of what was told, folded from the facts alone.
func (l *lived) want(from, to time.Time) (out []report.Course) {
	for i, n := range l.told {
		if n == 0 {
			continue
		}
		now := report.Origin(l.reports[i])
		for _, f := range l.facts[i][:n] {
			now = report.Apply(now, f)
		}
		if c := report.CourseOf(now, l.facts[i][:n]); c.Filed.Before(to) && (c.Until().IsZero() || !c.Until().Before(from)) {
			out = append(out, c)
		}
	}
	return out
}

// Whatever is packed when, and whatever becomes of reports afterwards: figures read the courses that the facts tell, each once, of any
// time; also after all was made anew.
func TestPackedDaysTellWhatTheFactsTell(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH"})
	begin := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	var l lived
	l.reports, l.facts = casetest.Lives(5, 90, begin)
	l.told = make([]int, len(l.reports))
	chance := rand.New(rand.NewPCG(3, 5))
	delivered := map[report.ID]int{}
	same := func(when string) {
		t.Helper()
		times := [][2]time.Time{{begin.AddDate(-1, 0, 0), begin.AddDate(2, 0, 0)}}
		for month := range 4 {
			times = append(times, [2]time.Time{begin.AddDate(0, month, 0), begin.AddDate(0, month+1, 0)})
		}
		for _, of := range times {
			want := l.want(of[0], of[1])
			for i := range want {
				want[i].Delivered = delivered[want[i].Report]
			}
			if d := cmp.Diff(want, kept(t, s, of[0], of[1]), cmpopts.EquateEmpty(), cmpopts.SortSlices(func(a, b report.Course) bool { return a.Report < b.Report })); d != "" {
				t.Fatalf("%s, from %s (-want +got)\n%s", when, of[0].Format(time.DateOnly), d)
			}
		}
	}
	count := func(sql string) (n int) {
		t.Helper()
		if err := s.Pool.QueryRow(t.Context(), sql).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	packed, stale := 0, 0
	for round := range 15 {
		for range 50 {
			l.next(t, s, chance.IntN(len(l.reports)))
		}
		if i := chance.IntN(len(l.reports)); l.told[i] > 0 { // news of it arrives late
			id := l.reports[i].ID
			delivered[id]++
			if _, err := s.Pool.Exec(t.Context(), `UPDATE figures SET delivered = $2 WHERE report = $1`, id, delivered[id]); err != nil {
				t.Fatal(err)
			}
		}
		stale = max(stale, count(`SELECT count(*) FROM figures WHERE loose AND packed IS NOT NULL`))
		same(fmt.Sprint("round ", round, " before it is packed"))
		if err := s.PackDays(t.Context(), begin.AddDate(0, 0, 20+4*round)); err != nil {
			t.Fatal(err)
		}
		if n := count(`SELECT count(*) FROM figures WHERE loose AND packed IS NOT NULL`); n > 0 {
			t.Errorf("round %d: %d stand in a day as they were", round, n)
		}
		packed = max(packed, count(`SELECT count(*) FROM figures WHERE NOT loose`))
		same(fmt.Sprint("round ", round))
	}
	if packed < 25 || stale < 5 {
		t.Errorf("too tame: at most %d are packed, and %d of them changed afterwards", packed, stale)
	}
	if _, err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(`SELECT count(*) FROM figure_days`); n > 0 {
		t.Errorf("%d days are left when all is made anew", n)
	}
	same("made anew")
	if err := s.PackDays(t.Context(), begin.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	if n := count(`SELECT count(*) FROM figures WHERE NOT loose`); n < 25 {
		t.Errorf("%d are packed again", n)
	}
	same("packed again")
}

// Who reads while others write and pack sees every report once.
func TestWhoReadsWhileDaysArePackedSeesEachReportOnce(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH"})
	begin := time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)
	var l lived
	l.reports, l.facts = casetest.Lives(7, 40, begin)
	l.told = make([]int, len(l.reports))
	for i := range l.reports {
		for range len(l.facts[i]) - 2 {
			l.next(t, s, i)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var wg sync.WaitGroup
	for part := range 2 {
		wg.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				if err := s.PackDays(ctx, begin.AddDate(0, 0, 30+(n+part)%40)); err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
			}
		})
	}
	from, to := forever()
	for i := range l.reports {
		for l.next(t, s, i) {
			seen := map[report.ID]int{}
			if err := s.Courses(t.Context(), from, to, func(c *report.Course) { seen[c.Report]++ }); err != nil {
				t.Fatal(err)
			}
			for k, n := range l.told {
				if n > 0 && seen[l.reports[k].ID] != 1 {
					t.Fatalf("a report is seen %d times", seen[l.reports[k].ID])
				}
			}
		}
	}
	stop()
	wg.Wait()
	if d := cmp.Diff(l.want(from, to), kept(t, s, from, to), cmpopts.EquateEmpty(), cmpopts.SortSlices(func(a, b report.Course) bool { return a.Report < b.Report })); d != "" {
		t.Errorf("in the end (-want +got)\n%s", d)
	}
}

// All is made anew again and again while two programs pack: neither fails for the other, and in the end every day is packed as the facts
// tell it, the oldest too.
func TestMadeAnewWhileDaysArePacked(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH"})
	begin := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var l lived
	l.reports, l.facts = casetest.Lives(9, 120, begin)
	l.told = make([]int, len(l.reports))
	for i := range l.reports {
		for l.next(t, s, i) {
		}
	}
	before := begin.AddDate(1, 0, 0)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for ctx.Err() == nil {
				if err := s.PackDays(ctx, before); err != nil && ctx.Err() == nil {
					t.Errorf("pack: %v", err)
				}
				for i := 0; i < len(l.reports); i += 3 { // something becomes of them, so that their days are packed anew
					if _, err := s.Pool.Exec(ctx, `UPDATE figures SET loose = true WHERE report = $1`, l.reports[i].ID); err != nil && ctx.Err() == nil {
						t.Errorf("news: %v", err)
					}
				}
			}
		})
	}
	for range 20 {
		if n, err := s.Rebuild(t.Context()); err != nil || n != len(l.reports) {
			t.Errorf("made anew: %d, %v", n, err)
		}
	}
	stop()
	wg.Wait()
	if err := s.PackDays(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := s.Pool.QueryRow(t.Context(), `SELECT count(*) FROM figures WHERE loose AND until < filed + interval '45 days'`).Scan(&left); err != nil || left > 0 {
		t.Errorf("%d reports are in no day, %v", left, err)
	}
	from, to := forever()
	if d := cmp.Diff(l.want(from, to), kept(t, s, from, to), cmpopts.EquateEmpty(), cmpopts.SortSlices(func(a, b report.Course) bool { return a.Report < b.Report })); d != "" {
		t.Errorf("in the end (-want +got)\n%s", d)
	}
}

// A month reads the days it touches and what is loose, in an index, however many reports there are.
func TestAMonthReadsNoWholeTable(t *testing.T) {
	t.Parallel()
	s, seen := placed(t, 4000)
	for _, sql := range []string{`UPDATE reports SET doc = doc || jsonb_build_object('filed', filed)`, `DELETE FROM figures`} {
		if _, err := s.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	from, to := time.Now().AddDate(0, -4, 0), time.Now().AddDate(0, -3, 0)
	count := func() (n int) {
		t.Helper()
		if err := s.Courses(t.Context(), from, to, func(*report.Course) { n++ }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if _, err := s.Rebuild(t.Context()); err != nil { // what was put there by hand
		t.Fatal(err)
	}
	for _, sql := range []string{`UPDATE figures SET until = filed + interval '3 days'`, `VACUUM ANALYZE figures`} {
		if _, err := s.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	bare := count()
	if err := s.PackDays(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{`UPDATE figures SET delivered = 1 WHERE report % 40 = 0`, `VACUUM ANALYZE figures`, `VACUUM ANALYZE figure_days`} {
		if _, err := s.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	seen.take()
	if n := count(); n != bare || n < 80 || n > 200 {
		t.Errorf("a month has %d reports, and %d once they are packed", bare, n)
	}
	asked := 0
	for _, q := range seen.take() {
		if strings.Contains(q.sql, "figures") {
			asked++
			for _, table := range wholeTables(t, s.Pool, q) {
				if table != "figure_days" { // a row a day
					t.Errorf("all of %s is read by %s", table, q.sql)
				}
			}
		}
	}
	if asked < 2 {
		t.Errorf("only %d statements were looked at", asked)
	}
}
