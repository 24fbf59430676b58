package postgres

import (
	"context"
	"fmt"
	"time"

	"rabeg/internal/gather"
	"rabeg/internal/ledger"
)

// group gathers batches of different chats into one statement, so that many of them share one round trip and one
// fsync. A statement that fails is taken apart and each batch tried alone: one bad batch never fails its neighbours.
type group struct {
	s  *Store
	in *gather.Line[request]
}

type request struct {
	ctx   context.Context
	batch ledger.Batch
	reply chan error
}

const (
	groupWriters = 2
	groupMost    = 96
	// partingMost is how long who is to end waits for what it asked to be committed.
	partingMost = time.Second
)

func newGroup(s *Store) *group {
	g := &group{s: s}
	g.in = gather.New(groupWriters, groupMost, g.flush)
	return g
}

func (g *group) commit(ctx context.Context, b ledger.Batch) error {
	r := request{ctx: ctx, batch: b, reply: make(chan error, 1)}
	if err := g.in.Put(ctx, r); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	// The answer always comes: each statement is bounded. Leaving earlier would not stop the commit, so whoever is to end waits for
	// it, but not for a database that stands still: what is committed after all is known by its cause when it comes again.
	select {
	case err := <-r.reply:
		return err
	case <-ctx.Done():
	}
	late := time.NewTimer(partingMost)
	defer late.Stop()
	select {
	case err := <-r.reply:
		return err
	case <-late.C:
		g.s.Doubted()
		return fmt.Errorf("commit: %w", ctx.Err())
	}
}

func (g *group) flush(all []request) {
	// A cause that stands twice in one group waits for the outcome of the first.
	seen := make(map[string]bool, len(all))
	now := all[:0]
	var later []request
	for _, r := range all {
		if err := r.ctx.Err(); err != nil {
			r.reply <- err
			continue
		}
		if seen[r.batch.Cause] {
			later = append(later, r)
			continue
		}
		seen[r.batch.Cause] = true
		now = append(now, r)
	}
	if len(now) > 0 {
		g.together(now) // one alone too: a statement is one round trip, a transaction is four
	}
	g.alone(later)
}

func (g *group) alone(rs []request) {
	for _, r := range rs {
		r.reply <- guarded(func() error { return g.s.commitAlone(r.ctx, r.batch) })
	}
}

// guarded turns a panic over one batch into its failure: here it would end the program, and again at every delivery of
// the event behind it.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("commit: panic: %T", r)
		}
	}()
	return f()
}

// together writes a group and answers each of its requests.
func (g *group) together(rs []request) {
	ctx, cancel := context.WithTimeout(context.Background(), commitTimeout)
	defer cancel()
	r := g.s.writer.rows()
	err := guarded(func() error {
		for i := range rs {
			r.add(&rs[i].batch)
		}
		conn, err := g.s.Pool.Acquire(ctx)
		if err != nil {
			return err
		}
		defer conn.Release()
		return r.write(ctx, conn.Conn())
	})
	if err != nil {
		g.s.doubt(err)
		g.alone(rs) // the rows may be half written: they are not used again
		return
	}
	defer g.s.writer.done(r)
	if len(r.items) > 0 {
		g.s.Committed(r.items)
	}
	for i, q := range rs {
		q.reply <- r.ends[i]
	}
}
