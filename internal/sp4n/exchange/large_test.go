package exchange_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/sp4n/sp4ntest"
	"rabeg/internal/understand"
	"rabeg/migrations"
)

// stored lets a city keep its reports in a database.
func stored(t *testing.T, c *city) *postgres.Store {
	t.Helper()
	store, err := postgres.New(t.Context(), postgres.Options{Pool: testdb.Pool(t, migrations.At), Prefix: "SRG", Committed: func([]outbox.Item) {}, Doubted: func() {}}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	c.clerk.Store, c.clerk.ByCode = store, store.ByCode
	return store
}

// A file of many thousand rows comes into the database whole, and again without a change. How long that takes and how much memory is told
// with -v; RABEG_LARGE=50000 makes it a large one.
func TestALargeFileComesWhole(t *testing.T) {
	t.Parallel()
	n := 2500
	if _, err := fmt.Sscan(os.Getenv("RABEG_LARGE"), &n); err != nil {
		n = 2500
	}
	c := newCity(t)
	store := stored(t, c)
	reader, err := understand.New(serang())
	if err != nil {
		t.Fatal(err)
	}
	c.clerk.Read = func(text string) (report.Kind, []report.Guess) {
		r := reader.Read(text)
		return r.Kind, r.Guesses
	}
	var rows []sp4ntest.Report
	for i := range n {
		rows = append(rows, with(i, func(r *sp4ntest.Report) {
			r.First = fmt.Sprintf("Lampu di Jalan Contoh nomor %d mati. ", i) + strings.Repeat("Tolong segera diperbaiki karena gelap sekali dan rawan. ", 6)
			r.Status = "Ditutup oleh Sistem"
			if i%50 == 0 {
				r.Status, r.Category = "Belum Terverifikasi", ""
			}
		}))
	}
	file := sp4ntest.Book(t, sp4ntest.TwentySix, day, rows...)
	runtime.GC()
	debug.FreeOSMemory()
	for _, what := range []string{"looked at", "brought in", "brought in again"} {
		var most atomic.Uint64
		ctx, stop := context.WithCancel(context.Background())
		go watch(ctx, &most)
		at := time.Now()
		got := c.takes(file, func(o *exchange.Order) { o.Look = what == "looked at" })
		stop()
		t.Logf("%s: %d rows of %d KB in %.1f s, at most %d MB", what, n, len(file)>>10, time.Since(at).Seconds(), most.Load()>>20)
		if again := what == "brought in again"; got.Rows != n || !again && got.Fresh != n || again && got.Same != n {
			t.Errorf("%s: %+v", what, got)
		}
	}
	var kept int
	if err := store.Pool.QueryRow(t.Context(), `SELECT count(*) FROM reports r JOIN sightings s USING (tracking)`).Scan(&kept); err != nil || kept != n {
		t.Errorf("%d are kept: %v", kept, err)
	}
	var named int
	const find = `
SELECT (SELECT count(*) FROM reports t WHERE t::text ILIKE '%' || $1 || '%') + (SELECT count(*) FROM facts t WHERE t::text ILIKE '%' || $1 || '%')
     + (SELECT count(*) FROM letters t WHERE t::text ILIKE '%' || $1 || '%') + (SELECT count(*) FROM handled t WHERE t::text ILIKE '%' || $1 || '%')`
	if err := store.Pool.QueryRow(t.Context(), find, strings.Fields(sp4ntest.Name)[0]).Scan(&named); err != nil || named != 0 {
		t.Errorf("the name of who filed it stands in %d rows: %v", named, err)
	}
}

// watch keeps the most memory that the heap took.
func watch(ctx context.Context, most *atomic.Uint64) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapInuse))
		}
	}
}
