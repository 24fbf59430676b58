package postgres

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"rabeg/internal/ledger"
)

// holding is a name as its holder has it.
type holding struct {
	*suitor
	fence  int64
	after  bool
	heard  atomic.Pointer[time.Time] // when the last beat was sent that was taken; nil when the name is another's
	missed atomic.Int64
}

func (h *holding) hold() ledger.Hold {
	return ledger.Hold{Name: h.name, Fence: h.fence, After: h.after, Still: h.sure, Unsure: h.unsure,
		Losses: func() int64 { return h.missed.Load() + h.made.Load() }}
}

func (h *holding) unsure() time.Duration {
	at := h.heard.Load()
	if at == nil {
		return forever
	}
	return max(h.now().Sub(*at)-h.times(sureFor), 0)
}

// sure compares two clocks with themselves: the one that nobody can set, and the other, which runs on while a machine sleeps. One
// that was set forward costs a beat.
func (h *holding) sure() bool {
	at := h.heard.Load()
	if at == nil {
		return false
	}
	now := h.now()
	return now.Sub(*at) < h.times(sureFor) && now.Round(0).Sub(at.Round(0)) < h.times(sureFor)
}

// beat says that the holder lives, unless another hold of this store has just said it for all; then it tells how long ago. ok is false
// when it could not be said, by whichever of them: else each would wait for a database that does not answer, one after the other, and the last
// would know long after its hold was sure. When the name is another's, lost is true for ever.
func (h *holding) beat(ctx context.Context) (ago time.Duration, ok, lost bool) {
	unheard := h.unheard.Load()
	h.speaking.Lock()
	defer h.speaking.Unlock()
	if h.unheard.Load() != unheard {
		h.missed.Add(1)
		return 0, false, false
	}
	if at := h.heard.Load(); at != nil {
		if ago := h.now().Sub(*at); ago < h.times(beatEvery)/2 {
			return max(ago, 0), true, false
		}
	}
	taken, err := h.beats(ctx)
	switch {
	case err != nil:
		h.unheard.Add(1)
		h.missed.Add(1)
		return 0, false, false
	case !taken[h]:
		h.keep(false)
		return 0, false, true
	}
	return 0, true, false
}

// beats says of all holds of this store that their holder lives, in one statement, and gives those of which that was taken. It need not
// reach the disk: a database that forgets it only lets others wait longer. The rows are locked in one order, as by everybody who locks
// several of them.
func (l *leases) beats(ctx context.Context) (taken map[*holding]bool, err error) {
	const set = `
WITH mine AS (SELECT l.name FROM leases l JOIN unnest($1::text[], $2::text[], $3::bigint[]) AS m (name, holder, fence) USING (name, holder, fence)
    ORDER BY l.name FOR UPDATE OF l),
quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS set)
UPDATE leases l SET beat = beat + 1, seen = clock_timestamp() FROM mine, quick WHERE l.name = mine.name AND quick.set = 'off' RETURNING l.name`
	by := map[string]*holding{}
	var names, holders []string
	var fences []int64
	l.mu.Lock()
	for h := range l.held {
		by[h.name] = h
		names, holders, fences = append(names, h.name), append(holders, h.holder), append(fences, h.fence)
	}
	l.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askMost)
	defer cancel()
	asked := l.now()
	rows, err := l.db.Query(ctx, set, names, holders, fences)
	if err != nil {
		return nil, fmt.Errorf("say who lives: %w", err)
	}
	defer rows.Close()
	taken = map[*holding]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("say who lives: %w", err)
		}
		taken[by[name]] = true
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("say who lives: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for h := range taken {
		if l.held[h] { // else it was given back meanwhile
			h.heard.Store(&asked)
		}
	}
	return taken, nil
}

// keep puts a hold among those that are spoken for, or takes it away: then it is not sure any more.
func (h *holding) keep(is bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if is {
		h.held[h] = true
		return
	}
	delete(h.held, h)
	h.heard.Store(nil)
}

// release gives the name back, once all that was done under it has ended.
func (h *holding) release(ctx context.Context) {
	h.keep(false)
	h.leave(ctx)
}
