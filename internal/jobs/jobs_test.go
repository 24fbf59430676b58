package jobs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

func migrate(ctx context.Context, dsn string) error {
	if err := migrations.At(ctx, dsn); err != nil {
		return err
	}
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return err
	}
	defer pool.Close()
	return jobs.Migrate(ctx, pool)
}

var chat = bot.Address{Network: bot.Telegram, ID: "7"}

// house is a store with a job queue, and a network and a keeper that the test scripts.
type house struct {
	*testing.T
	store *postgres.Store
	jobs  *jobs.Client
	log   *lockedBuffer

	// later is how far the clock was put forward, still the moment at which it stands still.
	later atomic.Int64
	still atomic.Pointer[time.Time]

	mu      sync.Mutex
	fetched map[string]int
	faults  map[string]int
	fetch   func(try int) error // how the n-th fetch of a file ends
	keep    func(data string) (ledger.File, error)
	wake    func(ledger.Timer) error
	came    chan struct{}
	looked  chan bool     // whether somebody held a name that was asked for
	lose    chan struct{} // ends a hold, as a database that was away does
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func open(t *testing.T) *house {
	t.Helper()
	return openWith(t, jobs.Models{})
}

func openWith(t *testing.T, models jobs.Models) *house {
	t.Helper()
	return openAs(t, jobs.Options{Models: models})
}

// openAs opens a house whose queue differs in what o says.
func openAs(t *testing.T, o jobs.Options) *house {
	t.Helper()
	h := &house{
		T: t, log: &lockedBuffer{}, fetched: map[string]int{}, faults: map[string]int{}, came: make(chan struct{}, 100),
		fetch: func(int) error { return nil },
		keep: func(data string) (ledger.File, error) {
			return ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: data}}, nil
		},
		wake:   func(ledger.Timer) error { return nil },
		looked: make(chan bool, 1000), lose: make(chan struct{}),
	}
	pool := testdb.Pool(t, migrate)
	var err error
	h.store, err = postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG",
		Enqueue: func(ctx context.Context, tx pgx.Tx, queued []ledger.Job) error {
			return h.jobs.Enqueue(ctx, tx, queued)
		}}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.store.Close)
	h.jobs, err = jobs.New(jobs.Options{
		Pool: pool, Alive: &holds{Store: h.store, h: h}, Here: []bot.Network{bot.Telegram}, TakeOverEvery: 20 * time.Millisecond, Store: h.store, Keeper: h, Fetch: h.open, Came: func() { h.came <- struct{}{} },
		Wake:  func(ctx context.Context, t ledger.Timer) error { return h.waken(ctx, t) },
		Dozes: o.Dozes, DozeEvery: o.DozeEvery, Kept: o.Kept,
		Models: o.Models, Fault: func(kind string) { h.mu.Lock(); h.faults[kind]++; h.mu.Unlock() },
		Now: h.now, Pause: func(int) time.Duration { return 50 * time.Millisecond },
		Log:       slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		WakeEvery: time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) now() time.Time {
	at := time.Now()
	if still := h.still.Load(); still != nil {
		at = *still
	}
	return at.Add(time.Duration(h.later.Load()))
}

func (h *house) start() {
	h.Helper()
	if err := h.jobs.Start(context.WithoutCancel(h.Context())); err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := h.jobs.Stop(ctx); err != nil {
			h.Error(err)
		}
	})
}

// Keep is the keeper: it reads what the network gives.
func (h *house) Keep(ctx context.Context, _ string, open func(context.Context) (io.ReadCloser, error)) (ledger.File, error) {
	r, err := open(ctx)
	if err != nil {
		return ledger.File{}, fmt.Errorf("open: %w", err)
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(r)
	if err != nil {
		return ledger.File{}, err
	}
	h.mu.Lock()
	keep := h.keep
	h.mu.Unlock()
	return keep(string(data))
}

func (h *house) open(_ context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fetched[m.ID]++
	if err := h.fetch(h.fetched[m.ID]); err != nil {
		return nil, err
	}
	return io.NopCloser(strings.NewReader("copy of " + m.ID)), nil
}

// forward lets time go by.
func (h *house) forward(d time.Duration) { h.later.Add(int64(d)) }

func (h *house) waken(ctx context.Context, t ledger.Timer) error {
	if t.Rev == "hangs" {
		<-ctx.Done()
		return ctx.Err()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.wake(t)
}

func photo(id string) bot.MediaRef { return bot.MediaRef{Network: bot.Telegram, ID: id} }

// file files a report with photos, and asks for them.
func (h *house) file(cause string, id report.ID, photos ...bot.MediaRef) error {
	r := report.Report{ID: id, Code: report.Code(fmt.Sprint("SRG-", id)), Status: report.Received, Reporter: chat}
	from := bot.Telegram
	for _, p := range photos {
		from = p.Network
	}
	return h.store.Commit(h.Context(), ledger.Batch{Cause: cause,
		Changes: []ledger.Change{ledger.Opened{Report: r, Facts: []report.Fact{{Report: id, Seq: 1, What: report.WasFiled, Photos: photos}}}},
		Letters: []ledger.Letter{{Key: cause + "/r0", To: chat, Purpose: ledger.Reply}},
		Jobs:    []ledger.Job{ledger.FetchMedia{Report: id, Seq: 1, Network: from}},
	})
}

// until asks the database until the count is what it should be.
func (h *house) until(want int, what, sql string) {
	h.Helper()
	ctx, cancel := context.WithTimeout(h.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		var n int
		if err := h.store.Pool.QueryRow(ctx, sql).Scan(&n); err != nil {
			h.Fatalf("%s: %v", what, err)
		}
		if n == want {
			return
		}
		select {
		case <-ctx.Done():
			h.Fatalf("%s: %d, want %d", what, n, want)
		case <-tick.C:
		}
	}
}

// list reads one column of the database.
func (h *house) list(sql string) []string {
	h.Helper()
	rows, err := h.store.Pool.Query(h.Context(), sql)
	if err != nil {
		h.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			h.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func (h *house) wants(what string, got, want any) {
	h.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		h.Errorf("%s: %v, want %v", what, got, want)
	}
}

const fetchesDone = `SELECT count(*) FROM river_job WHERE kind = 'fetch_media' AND state = 'completed'`

func (h *house) kept(m bot.MediaRef) ledger.File {
	h.Helper()
	f, ok, err := h.store.File(h.Context(), m)
	if err != nil || !ok {
		h.Fatalf("%s: %v, %v", m.ID, ok, err)
	}
	return f
}

func TestFetchedOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.file("e1", 1, photo("p1"), photo("p2")); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.until(1, "jobs done", fetchesDone)
	// The same work asked for again, and by a program that died in between.
	if err := h.store.Commit(t.Context(), ledger.Batch{Cause: "e2", Jobs: []ledger.Job{ledger.FetchMedia{Report: 1, Seq: 1, Network: bot.Telegram}}}); err != nil {
		t.Fatal(err)
	}
	h.until(2, "jobs done", fetchesDone)
	for _, id := range []string{"p1", "p2"} {
		if f := h.kept(photo(id)); f.Ref.ID != "copy of "+id {
			t.Errorf("kept %+v", f)
		}
		if n := h.fetched[id]; n != 1 {
			t.Errorf("%s was fetched %d times", id, n)
		}
	}
	if len(h.came) != 2 {
		t.Errorf("the sender was told %d times of 2 files", len(h.came))
	}
}

// One photo stumbles, its neighbour does not wait and is not fetched again.
func TestANetworkThatStumbles(t *testing.T) {
	t.Parallel()
	h := open(t)
	tried := 0
	h.fetch = func(try int) error {
		tried++
		if try <= 2 && tried%2 == 1 {
			return errors.New("502")
		}
		return nil
	}
	if err := h.file("e1", 1, photo("p1"), photo("p2")); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.until(1, "jobs done", fetchesDone)
	for _, id := range []string{"p1", "p2"} {
		if f := h.kept(photo(id)); f.Lost != "" {
			t.Errorf("lost: %+v", f)
		}
	}
}

// A network that cannot be asked at all, because it refuses the office or another program has the connection, costs a
// photo no try, however long that lasts.
func TestANetworkThatIsAway(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.fetch = func(try int) error {
		if try <= 2 {
			return &bot.SendError{Remedy: bot.Retry, Slow: true, Err: errors.New("not connected")}
		}
		return nil
	}
	if err := h.file("e1", 1, photo("p")); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.until(1, "jobs done at the first try", fetchesDone+` AND attempt = 1`)
	if f := h.kept(photo("p")); f.Lost != "" {
		t.Errorf("lost: %+v", f)
	}
}

func TestLostFiles(t *testing.T) {
	t.Parallel()
	h := open(t)
	gone := &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("expired")}
	h.fetch = func(int) error { return gone }
	if err := h.file("e1", 1, photo("gone")); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.until(1, "jobs done", fetchesDone)
	if f := h.kept(photo("gone")); f.Lost != "sudah tidak ada di jaringan" || h.fetched["gone"] != 1 {
		t.Errorf("%+v after %d fetches", f, h.fetched["gone"])
	}
	h.mu.Lock()
	h.fetch = func(int) error { return errors.New("502") }
	h.mu.Unlock()
	if err := h.file("e2", 2, photo("never")); err != nil {
		t.Fatal(err)
	}
	h.until(2, "jobs done", fetchesDone)
	if f := h.kept(photo("never")); f.Lost != "tidak dapat diambil" || h.fetched["never"] != 8 {
		t.Errorf("%+v after %d fetches", f, h.fetched["never"])
	}
	if len(h.came) != 2 {
		t.Errorf("the sender was told %d times of 2 files", len(h.came))
	}
}

// A store of our own that is away for long loses no file.
func TestAStoreThatIsAway(t *testing.T) {
	t.Parallel()
	h := open(t)
	tried := 0
	h.keep = func(data string) (ledger.File, error) {
		if tried++; tried <= 12 {
			return ledger.File{}, errors.New("no space left on device")
		}
		return ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: data}}, nil
	}
	if err := h.file("e1", 1, photo("p")); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.until(1, "jobs done", fetchesDone)
	if f := h.kept(photo("p")); f.Lost != "" || tried != 13 {
		t.Errorf("%+v after %d tries", f, tried)
	}
	h.wants("tries that count", h.list(`SELECT attempt::text FROM river_job WHERE kind = 'fetch_media'`), []string{"1"})
	if n := h.faults["store"]; n != 12 {
		t.Errorf("%d faults of the store were counted", n)
	}
	if logs := h.log.String(); !strings.Contains(logs, "the media store does not take them") {
		t.Errorf("the log says nothing of it:\n%s", logs)
	}
}

// stranger is a job that the queue has no row for.
type stranger struct{ ledger.Job }

// A job stands or falls with the change that asked for it.
func TestAJobFallsWithItsTransaction(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.file("e1", 1); err != nil {
		t.Fatal(err)
	}
	if err := h.file("e1", 2); !errors.Is(err, ledger.ErrDone) {
		t.Errorf("the same cause again: %v", err)
	}
	if err := h.file("e3", 1); err == nil { // the number is taken
		t.Error("a report was filed twice")
	}
	h.until(1, "jobs", `SELECT count(*) FROM river_job WHERE kind = 'fetch_media'`)
	err := pgx.BeginFunc(t.Context(), h.store.Pool, func(tx pgx.Tx) error {
		return h.jobs.Enqueue(t.Context(), tx, []ledger.Job{stranger{}})
	})
	if err == nil {
		t.Error("a job that is not the queue's was queued")
	}
}

// What was at work when a program was killed is begun anew by its successor.
func TestUnfinishedJobsAreTakenOver(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.file("e1", 1, photo("p")); err != nil {
		t.Fatal(err)
	}
	if _, err := h.store.Pool.Exec(t.Context(), `UPDATE river_job SET state = 'running', attempt = 1, attempted_at = now()`); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.until(1, "jobs done", fetchesDone)
	h.kept(photo("p"))
}

// A log line holds no argument of a job, no file's name and nothing that a panic carried.
func TestLogsHoldNothingOfPeople(t *testing.T) {
	t.Parallel()
	h := open(t)
	const secret = "JL-VETERAN-7"
	h.keep = func(string) (ledger.File, error) { panic("the words of " + secret) }
	if err := h.file("e1", 987654321, photo(secret)); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.until(1, "jobs that ended badly", `SELECT count(*) FROM river_job WHERE kind = 'fetch_media' AND attempt >= 2`)
	logs := h.log.String()
	for _, word := range []string{secret, "987654321", "args", "encoded"} {
		if strings.Contains(logs, word) {
			t.Errorf("a log line holds %q:\n%s", word, logs)
		}
	}
	if !strings.Contains(logs, "job_id=") {
		t.Errorf("the failure is not in the log:\n%s", logs)
	}
}
