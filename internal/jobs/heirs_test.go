package jobs_test

import (
	"context"
	"fmt"
	"testing"

	"rabeg/bot"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// holds are the real holds, of which the test can see the questions and end one.
type holds struct {
	*postgres.Store
	h *house
}

// Lead ends the hold when the test says so.
func (a *holds) Lead(ctx context.Context, name string, work func(context.Context) error) error {
	return a.Store.Lead(ctx, name, func(ctx context.Context) error {
		ctx, end := context.WithCancel(ctx)
		defer end()
		go func() {
			select {
			case <-a.h.lose:
				end()
			case <-ctx.Done():
			}
		}()
		return work(ctx)
	})
}

// Led tells the test what the answer was.
func (a *holds) Led(ctx context.Context, name string) (bool, error) {
	led, err := a.Store.Led(ctx, name)
	select {
	case a.h.looked <- led:
	default:
	}
	return led, err
}

// Two programs serve the office. What the one is at work on is left to it; when it dies, the other does it.
func TestTheLivingTakeOverFromTheDead(t *testing.T) {
	t.Parallel()
	h := open(t)
	life, die := context.WithCancel(context.WithoutCancel(t.Context()))
	lives, dead := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(dead)
		_ = h.store.Lead(life, "jobs:other", func(ctx context.Context) error { close(lives); <-ctx.Done(); return nil })
	}()
	<-lives
	h.start()
	if err := h.file("e1", 1, photo("p")); err != nil {
		t.Fatal(err)
	}
	h.until(1, "jobs done", fetchesDone)
	const back = `UPDATE river_job SET state = 'running', finalized_at = NULL, attempt = 1, attempted_by = ARRAY['somebody', 'other'] WHERE kind = 'fetch_media'`
	if _, err := h.store.Pool.Exec(t.Context(), back); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if !<-h.looked {
			t.Fatal("a program that lives was taken for dead")
		}
	}
	h.until(0, "jobs done", fetchesDone)
	die()
	<-dead
	h.until(1, "jobs done", fetchesDone)
}

// A program that had lost the database begins its own jobs anew: it may have been given some in that moment.
func TestJobsGivenInTheMomentOfLoss(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.start()
	if err := h.file("e1", 1, photo("p")); err != nil {
		t.Fatal(err)
	}
	h.until(1, "jobs done", fetchesDone)
	const lost = `UPDATE river_job SET state = 'running', finalized_at = NULL WHERE kind = 'fetch_media'`
	if _, err := h.store.Pool.Exec(t.Context(), lost); err != nil {
		t.Fatal(err)
	}
	h.lose <- struct{}{}
	h.until(1, "jobs done", fetchesDone)
}

// Where one program alone has the connection to a network, that one fetches its files: nobody else touches them.
func TestFilesAreFetchedWhereTheConnectionIs(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.start()
	far := bot.MediaRef{Network: bot.WhatsApp, ID: "w", MIME: "image/jpeg"}
	if err := h.file("e1", 1, far); err != nil {
		t.Fatal(err)
	}
	if err := h.file("e2", 2, photo("p")); err != nil {
		t.Fatal(err)
	}
	h.until(1, "jobs done", fetchesDone)
	if f := h.kept(photo("p")); f.Lost != "" {
		t.Errorf("lost: %+v", f)
	}
	h.until(1, "untouched jobs", `SELECT count(*) FROM river_job WHERE queue = 'media_whatsapp' AND state = 'available' AND attempt = 0`)
	for range 2 { // the connection comes, goes, and comes again
		if err := h.jobs.Join(t.Context(), bot.WhatsApp); err != nil {
			t.Fatal(err)
		}
		h.until(2, "jobs done", fetchesDone)
		h.jobs.Leave(bot.WhatsApp)
	}
	h.kept(far)
}

// What is taken over waits as if it had not been begun; what has ended stays so, and what was to be called off is. This is what
// the driver of the job queue does today. Where it fails after a new version of River, see the rows of river_job that a client
// leaves that is stopped in the middle of its work (river's JobSetStateInterrupted), and Client.anew.
func TestATakenOverJobIsAsNew(t *testing.T) {
	t.Parallel()
	h := open(t)
	for i := range 3 {
		if err := h.file(fmt.Sprint("e", i), report.ID(i+1), photo(fmt.Sprint("p", i))); err != nil {
			t.Fatal(err)
		}
	}
	before := h.list(`SELECT (to_jsonb(j) - 'attempted_at')::text FROM river_job j WHERE args ->> 'report' = '1'`)
	for _, sql := range []string{
		`UPDATE river_job SET state = 'running', attempt = 1, attempted_at = now(), attempted_by = ARRAY['dead']`,
		`UPDATE river_job SET state = 'completed', finalized_at = now() WHERE args ->> 'report' = '2'`,
		`UPDATE river_job SET metadata = '{"cancel_attempted_at": "2026-11-28T00:00:00Z"}' WHERE args ->> 'report' = '3'`,
	} {
		if _, err := h.store.Pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.jobs.Anew(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	after := h.list(`SELECT (to_jsonb(j) - 'attempted_at' || '{"attempted_by": null}')::text FROM river_job j WHERE args ->> 'report' = '1'`)
	h.wants("the job at work", after, before)
	h.wants("the others", h.list(`SELECT state || ' ' || attempt FROM river_job WHERE args ->> 'report' IN ('2', '3') ORDER BY id`), []string{"completed 1", "cancelled 1"})
}
