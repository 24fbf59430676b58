package jobs_test

import (
	"testing"
	"time"

	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
)

// A queue in which nothing lies is shut; what is put into it, here or by another program, and a timer that comes due open it again.
func TestAnEmptyQueueIsShut(t *testing.T) {
	t.Parallel()
	h := openAs(t, jobs.Options{Dozes: true, DozeEvery: 200 * time.Millisecond})
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
