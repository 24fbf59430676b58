package postgres_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
		r := report.Report{ID: id, Code: report.Code(fmt.Sprint("SRG-", i)), Rev: len(facts), Reporter: chat, Filed: day(i + 1)}
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

// The budget is one for all instances, counts each token once, and never falls below nothing.
func TestSpend(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	done := make(chan error, 50)
	for range 50 {
		go func() {
			_, err := s.Spend(t.Context(), "2026-11-22", 10)
			done <- err
		}()
	}
	for range 50 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		day          string
		tokens, want int
	}{{"2026-11-22", 0, 500}, {"2026-11-22", -20, 480}, {"2026-11-23", -5, 0}, {"2026-11-23", 7, 7}, {"2026-11-22", -9999, 0}} {
		if got, err := s.Spend(t.Context(), c.day, c.tokens); err != nil || got != c.want {
			t.Errorf("%s %+d: %d (%v), want %d", c.day, c.tokens, got, err, c.want)
		}
	}
}
