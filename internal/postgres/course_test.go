package postgres_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rabeg/bot"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// kept are all courses of a time, by report.
func kept(t *testing.T, s *postgres.Store, from, to time.Time) []report.Course {
	t.Helper()
	var out []report.Course
	err := s.Courses(t.Context(), from, to, func(c *report.Course) {
		var own report.Course
		if err := own.Unpack(c.Pack(nil)); err != nil {
			t.Fatal(err)
		}
		own.Report, own.Delivered, own.Undelivered = c.Report, c.Delivered, c.Undelivered
		out = append(out, own)
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(out, func(a, b report.Course) int { return int(a.Report - b.Report) })
	return out
}

func forever() (from, to time.Time) {
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
}

// tellLife commits a life fact by fact, as it was lived.
func tellLife(t testing.TB, s *postgres.Store, r report.Report, facts []report.Fact) {
	t.Helper()
	now := report.Origin(r)
	for n, f := range facts {
		now = report.Apply(now, f)
		if n == 0 {
			continue // it is committed with the second fact at the latest
		}
		var c ledger.Change = ledger.Changed{Report: now, Was: n, Facts: facts[n : n+1]}
		if n == 1 {
			c = ledger.Opened{Report: now, Facts: facts[:2]}
		}
		if err := s.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprint(r.ID, ".", n), Changes: []ledger.Change{c}}); err != nil {
			t.Fatal(err)
		}
	}
	if len(facts) == 1 {
		if err := s.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprint(r.ID), Changes: []ledger.Change{ledger.Opened{Report: now, Facts: facts}}}); err != nil {
			t.Fatal(err)
		}
	}
}

// What figures know of each report is kept in the commit of its facts, and is what counting all facts anew gives; a month gives the
// reports that have to do with it and no others.
func TestCoursesFollowTheFacts(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH"})
	reports, facts := casetest.Lives(5, 120, time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
	var want []report.Course
	for i, r := range reports {
		tellLife(t, s, r, facts[i])
		want = append(want, report.CourseOf(r, facts[i]))
	}
	same := func(when string, got []report.Course) {
		t.Helper()
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("%s (-want +got)\n%s", when, d)
		}
	}
	from, to := forever()
	same("as they were lived", kept(t, s, from, to))
	for _, spoil := range []string{`UPDATE figures SET course = '', until = NULL, form = 1 WHERE report % 3 = 0`, `DELETE FROM figures WHERE report % 3 = 1`} {
		if _, err := s.Pool.Exec(t.Context(), spoil); err != nil {
			t.Fatal(err)
		}
	}
	var half []report.Course // an older program beside this one spoils what it writes, and nothing is lost by it
	for _, c := range want {
		if c.Report%3 != 1 {
			half = append(half, c)
		}
	}
	if d := cmp.Diff(half, kept(t, s, from, to), cmpopts.EquateEmpty(), cmpopts.EquateApproxTime(time.Microsecond)); d != "" {
		t.Fatalf("with rows of an older form (-want +got)\n%s", d)
	}
	if n, err := s.Rebuild(t.Context()); err != nil || n != len(reports) {
		t.Fatalf("%d reports counted anew (%v)", n, err)
	}
	same("counted anew", kept(t, s, from, to))
	for month := range 6 {
		from := time.Date(2026, time.Month(8+month), 1, 0, 0, 0, 0, time.UTC)
		to := from.AddDate(0, 1, 0)
		var in []report.Course
		for _, c := range want {
			if c.Filed.Before(to) && (c.Until().IsZero() || !c.Until().Before(from)) {
				in = append(in, c)
			}
		}
		if d := cmp.Diff(in, kept(t, s, from, to), cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("%s (-want +got)\n%s", from.Format("2006-01"), d)
		}
	}
}

// The news of a report is counted as it arrives or fails, once, and what is counted stays when the letters are gone.
func TestNewsIsCounted(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH"})
	reports, facts := casetest.Lives(5, 1, time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
	r := reports[0]
	tellLife(t, s, r, facts[0])
	var letters []ledger.Letter
	for n, p := range []ledger.Purpose{ledger.Notice, ledger.Notice, ledger.Notice, ledger.Echo, ledger.Notice} {
		letters = append(letters, ledger.Letter{Key: fmt.Sprint("k", n), To: bot.Address{Network: bot.WhatsApp, ID: "62811@s"}, Report: r.ID, Purpose: p, Message: bot.Message{Text: "kabar"}})
	}
	if err := s.Commit(t.Context(), ledger.Batch{Cause: "news", Letters: letters}); err != nil {
		t.Fatal(err)
	}
	ids, err := s.WaitingIDs(t.Context(), []string{"whatsapp"}, 10)
	if err != nil || len(ids) != 5 {
		t.Fatal(ids, err)
	}
	mark := func(n int, state ledger.DeliveryState) {
		t.Helper()
		f := outbox.Fate{ID: ids[n], Key: letters[n].Key, State: state}
		if letters[n].Purpose == ledger.Notice {
			f.Notice = r.ID
		}
		if err := s.Mark(t.Context(), []outbox.Fate{f}); err != nil {
			t.Fatal(err)
		}
	}
	mark(0, ledger.Sent)
	mark(0, ledger.Sent) // a mark may be repeated
	mark(1, ledger.Failed)
	mark(2, ledger.Sent)
	mark(3, ledger.Failed) // an echo is no news of the reporter's
	told := func() [2]int {
		all := kept(t, s, time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 8, 1, 0, 0, 0, 0, time.UTC))
		return [2]int{all[0].Delivered, all[0].Undelivered}
	}
	if got := told(); got != [2]int{2, 1} {
		t.Errorf("delivered and not: %v", got)
	}
	if _, err := s.Pool.Exec(t.Context(), `DELETE FROM letters`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := told(); got != [2]int{2, 1} {
		t.Errorf("without letters: %v", got)
	}
}
