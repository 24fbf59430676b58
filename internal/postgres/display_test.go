package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

func aid(category string) bool { return category == "bantuan" }

// public opens the database as the public pages do.
func public(t *testing.T, s *postgres.Store) *postgres.Public {
	t.Helper()
	if err := postgres.GrantPublic(t.Context(), s.Pool); err != nil {
		t.Fatal(err)
	}
	p, err := postgres.ConnectPublic(t.Context(), s.Pool.Config().ConnString(), 4)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// What strangers see is kept in the commit of the facts, and is what making all of it anew gives; what they may not see has no row.
func TestDisplaysFollowTheFacts(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH", Sensitive: aid})
	p := public(t, s)
	reports, facts := casetest.Lives(11, 150, time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
	var want []report.Display
	hidden := 0
	for i, r := range reports {
		tellLife(t, s, r, facts[i])
		d, ok := report.DisplayOf(r, facts[i], aid)
		if !ok {
			hidden++
			if _, err := p.Display(t.Context(), r.Code); !errors.Is(err, ledger.ErrUnknown) {
				t.Errorf("%s is hidden, and asking for it says %v", r.Code, err)
			}
			continue
		}
		want = append(want, d)
	}
	if hidden < 20 || len(want) < 20 {
		t.Fatalf("%d hidden and %d shown: this tests little", hidden, len(want))
	}
	slices.SortFunc(want, func(a, b report.Display) int { return b.Filed.Compare(a.Filed) })
	same := func(when string) {
		t.Helper()
		got, err := p.Displays(t.Context(), postgres.Asked{})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("%s (-want +got)\n%s", when, d)
		}
	}
	same("as they were lived")
	for _, spoil := range []string{`UPDATE displays SET doc = '{}', status = 'x' WHERE report % 3 = 0`, `DELETE FROM displays WHERE report % 3 = 1`,
		`INSERT INTO displays SELECT id, code, status, category, area, agency, filed, filed, NULL, 0, '{}' FROM reports ON CONFLICT DO NOTHING`} {
		if _, err := s.Pool.Exec(t.Context(), spoil); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Redisplay(t.Context(), "bantuan"); err != nil {
		t.Fatal(err)
	}
	same("made anew")
	if _, err := s.Pool.Exec(t.Context(), `DELETE FROM displays`); err != nil {
		t.Fatal(err)
	}
	if err := s.Redisplay(t.Context(), "bantuan"); err != nil {
		t.Fatal(err)
	}
	if all, err := p.Displays(t.Context(), postgres.Asked{}); err != nil || len(all) != 0 {
		t.Errorf("what is known is made anew: %d (%v)", len(all), err)
	}
	if n, err := s.DisplayAll(t.Context(), "bantuan"); err != nil || n != len(reports) {
		t.Errorf("%d reports looked at (%v)", n, err)
	}
	same("made anew because somebody wanted it")
}

// A store that was not told which categories are sensitive shows nothing, and takes away what another one showed.
func TestAStoreThatDoesNotKnowShowsNothing(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH"})
	reports, facts := casetest.Lives(3, 20, time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
	for i, r := range reports {
		tellLife(t, s, r, facts[i])
	}
	if all, err := public(t, s).Displays(t.Context(), postgres.Asked{}); err != nil || len(all) != 0 {
		t.Errorf("%d are shown (%v)", len(all), err)
	}
}

// Each way of asking gives what a look at all of them gives.
func TestDisplaysAreFound(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH", Sensitive: aid})
	p := public(t, s)
	reports, facts := casetest.Lives(5, 120, time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
	for i, r := range reports {
		tellLife(t, s, r, facts[i])
	}
	all, err := p.Displays(t.Context(), postgres.Asked{})
	if err != nil {
		t.Fatal(err)
	}
	at := all[len(all)/2].Filed
	for name, c := range map[string]struct {
		a  postgres.Asked
		is func(report.Display) bool
	}{
		"codes":     {postgres.Asked{Codes: []report.Code{all[3].Code, all[5].Code, "CTH-0"}}, func(d report.Display) bool { return d.Code == all[3].Code || d.Code == all[5].Code }},
		"category":  {postgres.Asked{Categories: []string{"jalan", "sampah"}}, func(d report.Display) bool { return d.Category == "jalan" || d.Category == "sampah" }},
		"status":    {postgres.Asked{Statuses: []report.Status{report.Closed}}, func(d report.Display) bool { return d.Status == report.Closed }},
		"area":      {postgres.Asked{Areas: []string{"99.01.01.1001"}}, func(d report.Display) bool { return d.Area == "99.01.01.1001" }},
		"office":    {postgres.Asked{Offices: []string{"DLH"}}, func(d report.Display) bool { return d.Office == "DLH" }},
		"from":      {postgres.Asked{From: at}, func(d report.Display) bool { return !d.Filed.Before(at) }},
		"to":        {postgres.Asked{To: at}, func(d report.Display) bool { return d.Filed.Before(at) }},
		"next page": {postgres.Asked{BeforeFiled: at, BeforeReport: all[len(all)/2].Report}, func(d report.Display) bool { return d.Filed.Before(at) }},
		"changed":   {postgres.Asked{ChangedFrom: at}, func(d report.Display) bool { return !d.Changed.Before(at) }},
		"resolved":  {postgres.Asked{ResolvedFrom: at}, func(d report.Display) bool { return !d.Resolved.Before(at) }},
		"two":       {postgres.Asked{From: at, Offices: []string{"DLH"}}, func(d report.Display) bool { return !d.Filed.Before(at) && d.Office == "DLH" }},
		"exhibits":  {postgres.Asked{WithExhibits: true}, func(d report.Display) bool { return len(d.Exhibits) > 0 }},
	} {
		want := map[report.Code]bool{}
		for _, d := range all {
			if c.is(d) {
				want[d.Code] = true
			}
		}
		got, err := p.Displays(t.Context(), c.a)
		if err != nil {
			t.Fatal(name, err)
		}
		codes := map[report.Code]bool{}
		for _, d := range got {
			codes[d.Code] = true
		}
		if d := cmp.Diff(want, codes); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
	if few, err := p.Displays(t.Context(), postgres.Asked{Limit: 3}); err != nil || len(few) != 3 || few[0].Code != all[0].Code {
		t.Errorf("the newest three are %d (%v)", len(few), err)
	}
}

// A cleared picture is there while its clearing stands, and goes with it in the same commit.
func TestClearedPictures(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH", Sensitive: aid})
	p := public(t, s)
	reports, facts := casetest.Lives(5, 40, time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
	i := slices.IndexFunc(reports, func(r report.Report) bool {
		d, ok := report.DisplayOf(r, facts[slices.IndexFunc(reports, func(x report.Report) bool { return x.ID == r.ID })], aid)
		return ok && d.Status.Open()
	})
	now := reports[i]
	tellLife(t, s, now, facts[i])
	tell := func(f report.Fact) {
		t.Helper()
		f.Report, f.Seq, f.At = now.ID, now.Rev+1, time.Date(2027, 9, 1, 0, 0, now.Rev, 0, time.UTC)
		was := now.Rev
		now = report.Apply(now, f)
		err := s.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprint("more", f.Seq), Changes: []ledger.Change{ledger.Changed{Report: now, Was: was, Facts: []report.Fact{f}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	keep := func(seq int) {
		t.Helper()
		if err := s.KeepPicture(t.Context(), now.ID, seq, 4, 3, []byte("jpeg")); err != nil {
			t.Fatal(err)
		}
	}
	there := func(seq int) bool {
		t.Helper()
		_, err := p.Picture(t.Context(), now.Code, seq)
		if err != nil && !errors.Is(err, ledger.ErrUnknown) {
			t.Fatal(err)
		}
		d, err2 := p.Display(t.Context(), now.Code)
		listed := err2 == nil && slices.ContainsFunc(d.Exhibits, func(e report.Exhibit) bool { return e.Seq == seq && e.Picture })
		if listed != (err == nil) {
			t.Errorf("picture %d is listed %v, and asking for it says %v", seq, listed, err)
		}
		return err == nil
	}
	keep(1)
	if there(1) {
		t.Error("a picture is shown that nobody cleared")
	}
	cleared := report.Fact{What: report.WasDisplayed, Of: 1, Exposed: &report.Exposed{Before: true}}
	tell(cleared)
	first := now.Rev
	if there(first) {
		t.Error("it is shown before its copy is made")
	}
	keep(first)
	tell(cleared)
	second := now.Rev
	keep(second)
	if !there(first) || !there(second) {
		t.Error("a cleared picture is not shown")
	}
	tell(report.Fact{What: report.WasUndisplayed, Of: first})
	keep(first) // the copy is made late
	if there(first) || !there(second) {
		t.Error("what was taken back is shown, or another is not")
	}
	tell(report.Fact{What: report.WasHidden, Visibility: report.Confidential})
	keep(second)
	if there(second) {
		t.Error("a picture of a confidential report is shown")
	}
	var left int
	if err := s.Pool.QueryRow(t.Context(), `SELECT count(*) FROM display_pictures`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d pictures are kept (%v)", left, err)
	}
}

// The public pages' role reads what everybody may see and nothing else.
func TestThePublicRole(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Prefix: "CTH", Sensitive: aid})
	p := public(t, s)
	ctx := context.Background()
	rows, err := p.Pool().Query(ctx, `
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT')
  OR has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')) ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	can, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"public.display_pictures", "public.display_sheets", "public.displays"}, can); d != "" {
		t.Errorf("it can read (-want +got)\n%s", d)
	}
	for _, sql := range []string{`SELECT doc FROM reports`, `SELECT doc FROM facts`, `SELECT doc FROM letters`, `SELECT course FROM figures`, `SELECT * FROM settings`,
		`SELECT * FROM operators`, `SELECT * FROM media`, `SELECT * FROM contacts`, `DELETE FROM displays`, `CREATE TABLE mine (x int)`, `COPY displays TO PROGRAM 'cat'`} {
		if _, err := p.Pool().Exec(ctx, sql); err == nil {
			t.Errorf("it can %s", sql)
		}
	}
	if err := postgres.GrantPublic(t.Context(), s.Pool); err != nil {
		t.Errorf("granted a second time: %v", err)
	}
}
