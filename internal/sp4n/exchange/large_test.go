package exchange_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
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
		at, own, server := time.Now(), spentBy("self"), spentBy(postmaster(t, store))
		got := c.takes(file, func(o *exchange.Order) { o.Look = what == "looked at" })
		stop()
		t.Logf("%s: %d rows of %d KB in %.1f s, at most %d MB; of the processor %.1f s here and %.1f s in the database", what, n, len(file)>>10, time.Since(at).Seconds(),
			most.Load()>>20, spentBy("self")-own, spentBy(postmaster(t, store))-server)
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

// postmaster is the process that the database's processes are children of.
func postmaster(t *testing.T, store *postgres.Store) string {
	t.Helper()
	var pid int
	if err := store.Pool.QueryRow(t.Context(), `SELECT pg_backend_pid()`).Scan(&pid); err != nil {
		t.Fatal(err)
	}
	_, parent, _ := stat(fmt.Sprint(pid))
	return parent
}

// spentBy is how many seconds of the processor "self", or a process with its children that are there, has used; 0 where nobody can tell.
func spentBy(process string) (sum float64) {
	if process == "self" {
		spent, _, _ := stat(process)
		return spent
	}
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, path := range all {
		if spent, parent, ok := stat(filepath.Base(path)); ok && parent == process {
			sum += spent
		}
	}
	return sum
}

// stat reads what the kernel tells of a process.
func stat(process string) (spent float64, parent string, ok bool) {
	text, err := os.ReadFile("/proc/" + process + "/stat")
	_, rest, found := strings.Cut(string(text), ") ") // a name may hold spaces
	part := strings.Fields(rest)
	if err != nil || !found || len(part) < 13 {
		return 0, "", false
	}
	for _, ticks := range part[11:13] { // in user mode and in the kernel, hundredths of a second
		var n float64
		if _, err := fmt.Sscan(ticks, &n); err == nil {
			spent += n / 100
		}
	}
	return spent, part[1], true
}
