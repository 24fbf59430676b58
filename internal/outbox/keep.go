package outbox

import (
	"context"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

const (
	// writeTimeout and readTimeout bound one call to the database; againSoon is the pause after one that failed.
	writeTimeout = 5 * time.Second
	readTimeout  = 10 * time.Second
	againSoon    = 100 * time.Millisecond
	markMost     = 512
	readMost     = 2000
)

// keep writes fates and looks for letters nobody told of, one after the other and never at once: a letter read as
// waiting is one whose fate is not written yet, and those are known. It first puts things right after an earlier
// sender, and ends when stop is done and all is written or can not be.
func (s *Sender) keep(stop, ctx context.Context) {
	unclaimed, started := false, false
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		wrote := s.write(stop)
		if stop.Err() != nil {
			s.write(context.WithoutCancel(stop))
			return
		}
		if wrote && !unclaimed && ctx.Err() == nil {
			unclaimed = s.start(ctx)
		}
		if wrote && unclaimed && !started {
			started = s.load(ctx)
		}
		if !wrote || !started {
			pause(stop, againSoon)
			continue
		}
		select {
		case <-stop.Done():
		case <-s.mark:
		case <-s.look:
			s.load(ctx)
			s.recheck()
		case <-tick.C:
			s.load(ctx)
			s.sweep()
		}
	}
}

func (s *Sender) start(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	if err := s.Queue.Unclaim(ctx, s.Networks); err != nil {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leading = true
	for _, q := range s.queues {
		q.behind = true
	}
	return true
}

// write gives the fates to the database; false when it did not take them.
func (s *Sender) write(ctx context.Context) bool {
	for {
		s.mu.Lock()
		n := min(len(s.fates), markMost)
		batch := s.fates[:n:n]
		s.mu.Unlock()
		if n == 0 {
			return true
		}
		bounded, cancel := context.WithTimeout(ctx, writeTimeout)
		err := s.Queue.Mark(bounded, batch)
		cancel()
		if err != nil {
			return false
		}
		s.mu.Lock()
		for _, f := range batch {
			s.retire(f.ID)
			if f.State == ledger.Cold {
				s.refusals = append(s.refusals, f.ID)
			}
			delete(s.fresh, f.Key)
			delete(s.fresh, f.edits)
		}
		s.fates = slices.Delete(s.fates, 0, n)
		s.mu.Unlock()
	}
}

// load takes in letters that wait in the database and are not known here.
func (s *Sender) load(ctx context.Context) bool {
	ok := true
	for _, name := range s.Networks {
		ok = s.loadQueue(ctx, name) && ok
	}
	return ok
}

func (s *Sender) loadQueue(ctx context.Context, name string) bool {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	s.mu.Lock()
	q := s.queues[name]
	q.offered, q.missed = nil, false // what was offered until here was committed before: it is read now
	s.mu.Unlock()
	ids, err := s.Queue.WaitingIDs(ctx, []string{name}, loadMost)
	if err != nil {
		return false
	}
	unknown := s.unknown(ids)
	for len(unknown) > 0 {
		n := min(len(unknown), readMost)
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
	defer s.mu.Unlock()
	if q.missed {
		signal(s.look) // too many came meanwhile
	}
	q.behind = len(ids) >= loadMost || q.missed
	if !q.behind {
		// All that the database holds is here, but for what came during this load. From here on letters may come straight
		// from their commit, and none of them passes an older one.
		for i := range q.offered {
			s.take(q.offered[i])
		}
	}
	q.offered, q.missed = nil, false
	signal(s.wake)
	return true
}

func (s *Sender) unknown(ids []int64) []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []int64
	for _, id := range ids {
		if !s.knows(id) {
			out = append(out, id)
		}
	}
	return out
}

// knows reports whether a letter is here or was a moment ago. s.mu is held.
func (s *Sender) knows(id int64) bool {
	return s.known.has(id) || s.past[0].has(id) || s.past[1].has(id)
}

// retire remembers for a while that a letter was here. s.mu is held.
func (s *Sender) retire(id int64) {
	s.known.drop(id)
	s.past[0].add(id)
}

// sweep forgets finished letters, and lanes that know nothing a new one would not know.
func (s *Sender) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	if now.Sub(s.turned) > rememberFor {
		s.past, s.turned = [2]ids{{}, s.past[0]}, now
	}
	for key, l := range s.lanes {
		if l.rested(now) {
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

// Busy reports whether something to a chat is on the wire, or was sent and is not written down yet: who answers it at once
// may be faster than the database knows what is answered.
func (s *Sender) Busy(chat bot.Address) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.fates) > 0 {
		return true
	}
	key := chat.Chat().String()
	if chat.Chat() == s.Desk.Address().Chat() {
		key = DeskQueue
	}
	l := s.lanes[key]
	return l != nil && l.busy
}
