package exchange_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"rabeg/internal/ledger"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/sp4n/sp4ntest"
)

var errCut = errors.New("the program is gone")

// cutting is a store under which the program goes away at one of its commits: before it is written, or after, before anybody hears of it.
// Nothing is written afterwards.
type cutting struct {
	exchange.Store
	at    int32
	after bool
	n     atomic.Int32
}

func (c *cutting) Commit(ctx context.Context, b ledger.Batch) error {
	switch n := c.n.Add(1); {
	case n > c.at, n == c.at && !c.after:
		return errCut
	case n == c.at:
		return errors.Join(c.Store.Commit(ctx, b), errCut)
	}
	return c.Store.Commit(ctx, b)
}

// A program that goes away in the middle of a file leaves whole parts of it. Brought in again, by the same order as the desk repeats it or
// by a new one, each report is there once, as if nothing had been: with what changed, doubles, and the alarm about an unknown word.
func TestAnImportThatIsCutOffIsBroughtInAgain(t *testing.T) {
	t.Parallel()
	const n = 1200
	var old, rows []sp4ntest.Report
	for i := range n {
		rows = append(rows, sp4ntest.New(i))
		if i%3 == 0 { // it was here before, and has moved on
			old = append(old, sp4ntest.New(i))
			rows[i].Status = "Ditutup oleh Sistem"
		}
	}
	rows[7].Status = "Kata Asing"
	before, file := sp4ntest.Text(t, sp4ntest.Twenty, ';', old...), sp4ntest.Text(t, sp4ntest.TwentyOne, ';', rows...)
	later := func(o *exchange.Order) { o.AsOf = day.AddDate(0, 0, 2) }
	took := func(c *city) string {
		over := 0
		for _, r := range c.Reports() {
			if !r.Status.Open() {
				over++
			}
		}
		return fmt.Sprintf("%d reports, %d of them over, %d alarms", len(c.Reports()), over, len(c.letters(group, ledger.ToDesk)))
	}
	whole := newCity(t)
	whole.takes(before)
	whole.takes(file, later)
	want := took(whole)
	for _, of := range []struct {
		at          int32
		after, same bool
	}{{1, false, true}, {1, true, false}, {2, true, true}, {3, false, false}} {
		c := newCity(t)
		c.takes(before)
		kept := c.clerk.Store
		c.clerk.Store = &cutting{Store: kept, at: of.at, after: of.after}
		o := exchange.Order{File: file, Run: "cut", At: now}
		later(&o)
		if _, err := c.clerk.Take(context.Background(), o); !errors.Is(err, errCut) {
			t.Errorf("%+v: %v", of, err)
		}
		c.clerk.Store = kept
		if !of.same {
			o.Run = "again"
		}
		if _, err := c.clerk.Take(context.Background(), o); err != nil {
			t.Errorf("%+v: brought in again: %v", of, err)
		}
		if got := took(c); got != want {
			t.Errorf("%+v: %s, not %s", of, got, want)
		}
	}
}

// The same with a database, where the program is ended as a part is being written.
func TestAnImportThatIsEndedIsBroughtInAgain(t *testing.T) {
	t.Parallel()
	var rows []sp4ntest.Report
	for i := range 1200 {
		rows = append(rows, sp4ntest.New(i))
	}
	file := sp4ntest.Text(t, sp4ntest.TwentyOne, ';', rows...)
	c := newCity(t)
	store := stored(t, c)
	for round := range 2 {
		ctx, end := context.WithCancel(context.Background())
		c.clerk.Store = &ending{Store: store, after: int32(round), end: end}
		got, err := c.clerk.Take(ctx, exchange.Order{File: file, Run: "ended", At: now})
		if err == nil {
			t.Errorf("round %d was not ended: %+v", round, got)
		}
		end()
	}
	c.clerk.Store = store
	c.takes(file)
	var reports, sighted, facts int
	const count = `SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM sightings), (SELECT count(*) FROM facts WHERE seq = 1)`
	if err := store.Pool.QueryRow(t.Context(), count).Scan(&reports, &sighted, &facts); err != nil || reports != 1200 || sighted != 1200 || facts != 1200 {
		t.Errorf("%d reports, %d numbers, %d stories: %v", reports, sighted, facts, err)
	}
	if got := c.takes(file); got.Same != 1200 {
		t.Errorf("once more: %+v", got)
	}
}

// ending ends the program when a commit after some others begins.
type ending struct {
	exchange.Store
	after int32
	n     atomic.Int32
	end   func()
}

func (e *ending) Commit(ctx context.Context, b ledger.Batch) error {
	if e.n.Add(1) > e.after {
		e.end()
	}
	return e.Store.Commit(ctx, b)
}
