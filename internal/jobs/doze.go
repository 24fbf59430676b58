package jobs

import (
	"context"
	"fmt"
	"time"

	"rabeg/internal/guard"
)

// doze is the state of a queue that is shut while there is nothing to do.
type doze struct {
	roused chan struct{} // somebody put a job into the queue
	end    context.CancelFunc
	done   chan struct{}
	open   bool // read once done is closed
}

// rouse opens the queue soon, where it dozes.
func (d *doze) rouse() {
	if d.roused == nil {
		return
	}
	select {
	case d.roused <- struct{}{}:
	default:
	}
}

// dozes opens the queue whenever there is something to do, until Stop.
func (c *Client) dozes(ctx context.Context) error {
	ctx, c.doze.end = context.WithCancel(ctx)
	c.doze.done, c.doze.open = make(chan struct{}), false
	go func() {
		defer close(c.doze.done)
		c.stands(func() { c.napping(ctx) })
	}()
	return nil
}

// napping opens the queue whenever there is something to do, until ctx is done.
func (c *Client) napping(ctx context.Context) {
	for ctx.Err() == nil {
		c.nap(ctx)
		if ctx.Err() != nil {
			return
		}
		if err := c.opens(ctx); err != nil {
			c.o.Log.Warn("the job queue does not open and is tried again", "error", err)
			pauseFor(ctx, c.o.DozeEvery)
			continue
		}
		c.doze.open = true
		c.awake(ctx)
		if ctx.Err() != nil {
			return // Stop shuts it, in its own time
		}
		if err := c.rest(ctx); err != nil {
			c.o.Log.Warn("the job queue was not shut in good order", "error", err)
		}
		c.doze.open = false
	}
}

// stands runs what goes on beside the jobs, and tells of a panic in it.
func (c *Client) stands(f func()) {
	if err := guard.Do(func() error { f(); return nil }); err != nil {
		c.o.Fell(err)
	}
}

// opens opens the queue. A database that does not answer keeps nobody from stopping it: once it is open its end is Stop's alone.
func (c *Client) opens(ctx context.Context) error {
	if err := c.o.Pool.Ping(ctx); err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	return c.work(context.WithoutCancel(ctx))
}

// wakes ends the dozing, and reports whether the queue is open.
func (c *Client) wakes() bool {
	if c.doze.end == nil {
		return false
	}
	c.doze.end()
	<-c.doze.done
	return c.doze.open
}

// nap waits until there is something to do. What has waited since an earlier program is looked for at once.
func (c *Client) nap(ctx context.Context) {
	look := time.NewTicker(c.o.DozeEvery)
	defer look.Stop()
	for {
		if busy, err := c.busy(ctx); err != nil || busy {
			return // a queue that is open knows how to wait for a database
		}
		select {
		case <-ctx.Done():
			return
		case <-c.doze.roused:
			return
		case <-look.C:
		}
	}
}

// awake waits until there has been nothing to do for a while.
func (c *Client) awake(ctx context.Context) {
	for {
		if !pauseFor(ctx, c.o.DozeEvery) {
			return
		}
		select {
		case <-c.doze.roused:
			continue
		default:
		}
		if busy, err := c.busy(ctx); err == nil && !busy {
			return
		}
	}
}

// busy reports whether jobs wait or are at work, or a timer is due before the next look.
func (c *Client) busy(ctx context.Context) (bool, error) {
	due, err := c.o.Store.Due(ctx, c.o.Now().Add(c.o.DozeEvery), 1)
	if err != nil || len(due) > 0 {
		return true, err
	}
	return c.lies(ctx)
}

// lies reports whether anything lies in the queue: jobs that wait or are at work, those that wait for a time once it comes before the next
// look, and those that are done and kept longer than they may be, which an open queue removes.
func (c *Client) lies(ctx context.Context) (found bool, err error) {
	const find = `
SELECT EXISTS (SELECT FROM river_job WHERE kind <> ALL ($1) AND (state IN ('available', 'pending', 'running')
    OR state IN ('retryable', 'scheduled') AND scheduled_at < now() + $2::interval
    OR state = 'completed' AND finalized_at < now() - $3::interval)
    UNION ALL SELECT FROM river_job WHERE state IN ('cancelled', 'discarded') AND finalized_at < now() - $4::interval)`
	if err := c.o.Looking().QueryRow(ctx, find, itself, c.o.DozeEvery, doneKept, c.o.Kept).Scan(&found); err != nil {
		return true, fmt.Errorf("look whether anything lies in the job queue: %w", err)
	}
	return found, nil
}

// itself are the kinds of jobs that begin by themselves whenever the queue is open: they are no reason to open it.
var itself = []string{timers{}.Kind(), forget{}.Kind(), retell{}.Kind()}

func pauseFor(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
