package exchange

import (
	"fmt"
	"sync"

	"rabeg/internal/report"
	"rabeg/internal/sp4n"
)

// atOnce is how many chunks of a file are decided and written at once, atWrite how many of them are written: while the database writes
// two, the next is decided. The rows of each are its own, so that none waits for another's; one alone would leave half of a machine idle.
const (
	atOnce  = 3
	atWrite = 2
)

// sides are the chunks of a run that are at work.
type sides struct {
	busy  chan struct{}
	wait  sync.WaitGroup
	ended []*run // in the order of the file

	writes chan struct{} // a sign for each chunk that is being written

	mu  sync.Mutex
	err error
}

// fork gives some rows to a run of their own, which counts by itself. It waits while as many as may be are at work.
func (r *run) fork(rows []sp4n.Row) error {
	if r.sides == nil {
		r.sides = &sides{busy: make(chan struct{}, atOnce), writes: make(chan struct{}, atWrite)}
	}
	s := r.sides
	own := &run{Clerk: r.Clerk, Order: r.Order, ctx: r.ctx, office: r.office, words: sp4n.NewLookup(r.words.Profile()), served: map[string]bool{}, near: r.near, drawn: r.drawn,
		first: r.first, last: r.last, said: r.said, n: r.n, writes: s.writes, result: Result{AsOf: r.result.AsOf, Dated: r.result.Dated}}
	s.busy <- struct{}{}
	if err := s.failed(); err != nil {
		<-s.busy
		return err
	}
	s.ended = append(s.ended, own)
	s.wait.Go(func() {
		defer func() { <-s.busy }()
		if err := own.soundly(rows); err != nil {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.err == nil {
				s.err = err
			}
		}
	})
	return nil
}

// soundly is bring where nobody else would take a panic.
func (r *run) soundly(rows []sp4n.Row) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("bring in a part of a file: panic: %T", p)
		}
	}()
	return r.bring(rows)
}

func (s *sides) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// join waits for all that was forked, and counts it.
func (r *run) join() error {
	s := r.sides
	if s == nil {
		return nil
	}
	s.wait.Wait()
	r.sides = nil
	for _, own := range s.ended {
		r.result.add(own.result)
	}
	return s.failed()
}

// add counts what a part of a file has brought.
func (r *Result) add(part Result) {
	r.Fresh, r.Moved, r.Same, r.Older, r.Open = r.Fresh+part.Fresh, r.Moved+part.Moved, r.Same+part.Same, r.Older+part.Older, r.Open+part.Open
	r.Twins += part.Twins
	for _, d := range part.Doubles {
		if len(r.Doubles) >= mostDoubles {
			r.Twins++
			continue
		}
		r.Doubles = append(r.Doubles, d)
	}
}

// numbers are those that a run has drawn for reports, in all of its parts: of two that are decided at once none draws what the other has.
type numbers struct {
	mu    sync.Mutex
	drawn map[report.Code]bool
}

// first reports whether a number is drawn for the first time.
func (n *numbers) first(code report.Code) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.drawn[code] {
		return false
	}
	n.drawn[code] = true
	return true
}
