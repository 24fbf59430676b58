package exchange_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/sp4n/sp4ntest"
)

// A file that only holds reports which are here already gives them their numbers: that is offered too.
func TestAFileOfDoublesAloneIsOffered(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	own := c.files("f", "Lampu di Jalan Ayani mati", day)
	file := sp4ntest.Book(t, sp4ntest.Twenty, day, with(1, func(r *sp4ntest.Report) { r.First = "Lampu mati (Nomor laporan di Rabeg: " + string(own.Code) + ")" }))
	s := ledger.Sheet{Chat: group, Run: "doubles alone"}
	if err := c.clerk.Sheet(context.Background(), s, now, func(context.Context) ([]byte, error) { return file, nil }); err != nil {
		t.Fatal(err)
	}
	letters, err := c.Waiting(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	last := letters[len(letters)-1]
	if last.Key != "sheet:doubles alone" || last.Message.Menu == nil || len(last.Message.Menu.Choices) != 3 {
		t.Errorf("it says %q with %+v", last.Message.Text, last.Message.Menu)
	}
}

// No file is of a day to come, whatever it, its sender or a row of it says: every file after it would be an older one. A day is the
// city's, which begins seven hours before that of UTC.
func TestNoFileIsOfADayToCome(t *testing.T) {
	t.Parallel()
	late := time.Date(2026, time.November, 19, 17, 30, 0, 0, time.UTC) // half past midnight on the 20th
	today := time.Date(2026, time.November, 20, 0, 0, 0, 0, time.UTC)
	next := with(1, func(r *sp4ntest.Report) { r.Date = "3 Nov 2036" })
	for name, o := range map[string]exchange.Order{
		"the file":   {File: sp4ntest.Book(t, sp4ntest.Twenty, today.AddDate(1, 0, 0), sp4ntest.New(1))},
		"its sender": {File: sp4ntest.Text(t, sp4ntest.Twenty, ';', sp4ntest.New(1)), AsOf: today.AddDate(0, 0, 1)},
		"a row":      {File: sp4ntest.Text(t, sp4ntest.Twenty, ';', next)},
		"today":      {File: sp4ntest.Book(t, sp4ntest.Twenty, today, sp4ntest.New(1))},
		"no row":     {File: sp4ntest.Text(t, sp4ntest.Twenty, ';', with(1, func(r *sp4ntest.Report) { r.Tracking = "1" }))},
	} {
		c := newCity(t)
		o.Run, o.At = name, late
		if got, err := c.clerk.Take(context.Background(), o); err != nil || !got.AsOf.Equal(today) {
			t.Errorf("%s: as of %s, %v", name, got.AsOf, err)
		}
	}
}

// A file without a report has nothing to offer, and is of today where it does not say.
func TestAFileWithoutAReport(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{string(sp4ntest.Book(t, sp4ntest.TwentySix, day)): "14 November 2026: 0 laporan", string(sp4ntest.Text(t, sp4ntest.Twenty, ';')): "20 November 2026: 0 laporan"} {
		c := newCity(t)
		if err := c.clerk.Sheet(context.Background(), ledger.Sheet{Chat: group, Run: "r"}, now, func(context.Context) ([]byte, error) { return []byte(file), nil }); err != nil {
			t.Fatal(err)
		}
		if got := c.letters(group, ledger.ToDesk); len(got) != 1 || !strings.Contains(got[0], want) || !strings.HasSuffix(got[0], "Tidak ada yang perlu diimpor.") {
			t.Errorf("%q", got)
		}
	}
}

// A number that was mistyped and put right at the desk stays right when an older export of ours is brought in, however often.
func TestAnExportOfOursRenumbersNothing(t *testing.T) {
	t.Parallel()
	for _, lapor := range []bool{false, true} {
		c := newCity(t)
		var r report.Report
		if lapor {
			c.takes(sp4ntest.Book(t, sp4ntest.Twenty, day, sp4ntest.New(1)))
			r = c.at("9000001")
		} else {
			r = c.files("f", "Parit mampet", day)
			r = c.does(r.ID, "n", report.Numbered{Foreign: report.Foreign{Number: "9000001"}})
		}
		file, _ := export(t, c, exchange.Span{Text: true, Confidential: true})
		c.does(r.ID, "right", report.Numbered{Foreign: report.Foreign{Number: "9000002"}})
		for range 2 {
			if got := c.takes(file); got.Fresh+got.Moved != 0 || got.Same != 1 {
				t.Errorf("from LAPOR!: %v: %+v", lapor, got)
			}
		}
		if now := c.at("9000002"); now.ID != r.ID {
			t.Errorf("from LAPOR!: %v: it is %s", lapor, now.Code)
		}
	}
}

// Two who bring in the same reports in other orders at once do not wait for each other in a circle.
func TestTwoAtOnceInOtherOrders(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	store := stored(t, c)
	var rows []sp4ntest.Report
	for n := range 1500 {
		rows = append(rows, sp4ntest.New(n))
	}
	back := slices.Clone(rows)
	slices.Reverse(back)
	var wg sync.WaitGroup
	for i, r := range [][]sp4ntest.Report{rows, back} {
		file := sp4ntest.Text(t, sp4ntest.TwentyOne, ';', r...)
		wg.Go(func() {
			if _, err := c.clerk.Take(context.Background(), exchange.Order{File: file, Run: fmt.Sprint("order ", i), At: now}); err != nil {
				t.Errorf("the %d. fails: %v", i+1, err)
			}
		})
	}
	wg.Wait()
	var n int
	if err := store.Pool.QueryRow(t.Context(), `SELECT count(*) FROM reports`).Scan(&n); err != nil || n != len(rows) {
		t.Errorf("%d reports: %v", n, err)
	}
}
