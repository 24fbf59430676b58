package outbox

import (
	"context"
	"time"
)

// keep writes fates and looks for letters nobody told of, one after the other and never at once: a letter read as
// waiting is one whose fate is not written yet, and those are known. It first puts things right after an earlier
// sender, and ends when stop is done and all is written or can not be.
func (s *Sender) keep(stop, ctx context.Context) {
	started := false
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		wrote := s.write(stop)
		if wrote && !started && ctx.Err() == nil {
			started = s.start(ctx)
		}
		if stop.Err() != nil {
			s.write(context.WithoutCancel(stop))
			return
		}
		if !wrote || !started {
			if !pause(stop, 100*time.Millisecond) {
				continue
			}
			continue
		}
		select {
		case <-stop.Done():
		case <-s.mark:
		case <-s.look:
			s.load(ctx)
		case <-tick.C:
			s.load(ctx)
			s.sweep()
		}
	}
}

func (s *Sender) start(ctx context.Context) bool {
	if err := s.Queue.Unclaim(ctx, s.Networks); err != nil {
		return false
	}
	s.mu.Lock()
	s.leading, s.behind = true, true
	s.mu.Unlock()
	return s.load(ctx)
}

// write gives the fates to the database; false when it did not take them.
func (s *Sender) write(ctx context.Context) bool {
	for {
		s.mu.Lock()
		n := min(len(s.fates), 512)
		batch := s.fates[:n:n]
		s.mu.Unlock()
		if n == 0 {
			return true
		}
		bounded, cancel := context.WithTimeout(ctx, 5*time.Second)
		err := s.Queue.Mark(bounded, batch)
		cancel()
		if err != nil {
			return false
		}
		s.mu.Lock()
		s.fates = s.fates[n:]
		if len(s.fates) == 0 {
			s.fates = nil
		}
		now := s.Now()
		for _, f := range batch {
			s.retired = append(s.retired, retired{f.ID, now})
		}
		s.mu.Unlock()
	}
}

// load takes in letters that wait in the database and are not known here.
func (s *Sender) load(ctx context.Context) bool {
	ids, err := s.Queue.WaitingIDs(ctx, s.Networks, loadMost)
	if err != nil {
		return false
	}
	s.mu.Lock()
	unknown := ids[:0:0]
	for _, id := range ids {
		if _, ok := s.known[id]; !ok {
			unknown = append(unknown, id)
		}
	}
	s.mu.Unlock()
	for len(unknown) > 0 {
		n := min(len(unknown), 2000)
		items, err := s.Queue.ByIDs(ctx, unknown[:n])
		if err != nil {
			return false
		}
		unknown = unknown[n:]
		s.mu.Lock()
		for i := range items {
			s.take(items[i])
		}
		s.mu.Unlock()
		signal(s.wake)
	}
	s.mu.Lock()
	// All that the database holds is known: from here on letters may come straight from their commit.
	caughtUp := len(ids) < loadMost
	again := s.behind && caughtUp
	s.behind = !caughtUp
	s.mu.Unlock()
	if again {
		// What was committed while behind was still true was not offered: look once more.
		signal(s.look)
	}
	signal(s.wake)
	return true
}

// sweep forgets finished letters and lanes that have been empty for a while.
func (s *Sender) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	n := 0
	for n < len(s.retired) && now.Sub(s.retired[n].at) > rememberFor {
		delete(s.known, s.retired[n].id)
		n++
	}
	s.retired = append([]retired(nil), s.retired[n:]...)
	for key, l := range s.lanes {
		if len(l.items) == 0 && !l.busy && now.Sub(l.used) > idleLane {
			delete(s.lanes, key)
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
