package jobs_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
)

// A queue in which nothing lies is shut; what is put into it, here or by another program, and a timer that comes due open it again.
func TestAnEmptyQueueIsShut(t *testing.T) {
	t.Parallel()
	h := openAs(t, jobs.Options{Dozes: true, DozeEvery: 200 * time.Millisecond, Kept: 3 * 24 * time.Hour})
	const open = `SELECT count(*) FROM leases WHERE name LIKE 'jobs:%' AND holder <> ''`
	shut := func(when string) {
		t.Helper()
		h.until(0, "queues open "+when, open)
	}
	if err := h.file("e1", 1, photo("p1")); err != nil {
		t.Fatal(err)
	}
	h.start()
	h.until(1, "jobs done at the start", fetchesDone)
	shut("after the start")

	if err := h.file("e2", 2, photo("p2")); err != nil {
		t.Fatal(err)
	}
	h.until(2, "jobs done that were put here", fetchesDone)
	shut("after that")

	if _, err := h.store.Pool.Exec(t.Context(), `
INSERT INTO river_job (args, kind, max_attempts, queue, state) SELECT args, kind, max_attempts, queue, 'available' FROM river_job WHERE kind = 'fetch_media' LIMIT 1`); err != nil {
		t.Fatal(err)
	}
	h.until(3, "jobs done that another program put there", fetchesDone)
	shut("after that")

	// What is done is kept for an hour, for it may hold what people said: also where nothing else opens the queue.
	if _, err := h.store.Pool.Exec(t.Context(), `UPDATE river_job SET finalized_at = now() - interval '61 minutes' WHERE kind = 'fetch_media'`); err != nil {
		t.Fatal(err)
	}
	h.until(0, "jobs that were done an hour ago", fetchesDone)
	shut("after that")

	// What was given up is kept as long as stumbles are, and no longer either.
	if _, err := h.store.Pool.Exec(t.Context(), `
INSERT INTO river_job (args, kind, max_attempts, queue, state, finalized_at) SELECT '{}', 'given_up', 1, 'default', s::river_job_state, now() - d * interval '1 day'
FROM unnest(ARRAY['discarded', 'cancelled']) AS s, unnest(ARRAY[2, 4]) AS d`); err != nil {
		t.Fatal(err)
	}
	h.until(2, "jobs that were given up less than three days ago", `SELECT count(*) FROM river_job WHERE kind = 'given_up'`)
	shut("after that")

	rung := make(chan struct{}, 10)
	h.mu.Lock()
	h.wake = func(ledger.Timer) error { rung <- struct{}{}; return nil }
	h.mu.Unlock()
	h.set("e3", wake("7", "d", time.Now().Add(time.Second)))
	select {
	case <-rung:
	case <-time.After(20 * time.Second):
		t.Error("the timer does not ring")
	}
}

// A database that does not answer while the queue is to open holds nobody up who stops it.
func TestStoppingAQueueThatCannotOpen(t *testing.T) {
	t.Parallel()
	h := open(t)
	var silent atomic.Bool
	asked := make(chan struct{}, 100)
	config := h.store.Pool.Config()
	config.BeforeConnect = func(ctx context.Context, _ *pgx.ConnConfig) error {
		if silent.Load() {
			asked <- struct{}{}
			select {
			case <-ctx.Done():
			case <-t.Context().Done():
			}
		}
		return ctx.Err()
	}
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	if h.jobs, err = jobs.New(jobs.Options{
		Pool: pool, Alive: &holds{Store: h.store, h: h}, Here: []bot.Network{bot.Telegram}, Store: h.store, Keeper: h, Fetch: h.open, Came: func() {},
		Now: h.now, Log: slog.New(slog.DiscardHandler), Dozes: true, DozeEvery: 300 * time.Millisecond,
	}); err != nil {
		t.Fatal(err)
	}
	if err := h.jobs.Start(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	const open = `SELECT count(*) FROM leases WHERE name LIKE 'jobs:%' AND holder <> ''`
	if err := h.file("e1", 1, photo("p1")); err != nil {
		t.Fatal(err)
	}
	h.until(1, "jobs done", fetchesDone)
	h.until(0, "queues open after that", open)
	silent.Store(true)
	pool.Reset()
	if err := h.file("e2", 2, photo("p2")); err != nil {
		t.Fatal(err)
	}
	<-asked
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 20*time.Second) // who is held up waits for all of it
	defer cancel()
	stopped := make(chan error, 1)
	go func() { stopped <- h.jobs.Stop(ctx) }()
	select {
	case err := <-stopped:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Error("it does not stop")
	}
}
