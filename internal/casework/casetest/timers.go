package casetest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rabeg/internal/ledger"
)

type timerKey struct {
	kind    ledger.TimerKind
	subject ledger.Subject
}

type timer struct {
	ledger.Timer
	again time.Time // zero unless it failed
}

// timers are what Memory keeps of them.
type timers struct {
	of   map[timerKey]timer
	last int64 // id
}

// set reports whether a timer is set for that very time.
func (ts *timers) set(t ledger.Timer) bool {
	has, ok := ts.of[timerKey{t.Kind, t.Subject}]
	return ok && has.At.Equal(t.At)
}

func (ts *timers) write(c ledger.Change) {
	switch c := c.(type) {
	case ledger.Timed:
		key := timerKey{c.Timer.Kind, c.Timer.Subject}
		t := ledger.Timer{Kind: c.Timer.Kind, Subject: c.Timer.Subject, At: c.Timer.At.Truncate(time.Microsecond), Rev: c.Timer.Rev, ID: ts.of[key].ID}
		if t.ID == 0 {
			ts.last++
			t.ID = ts.last
		}
		ts.of[key] = timer{Timer: t}
	case ledger.Untimed:
		delete(ts.of, timerKey{c.Kind, c.Subject})
	case ledger.Rung:
		delete(ts.of, timerKey{c.Timer.Kind, c.Timer.Subject})
	}
}

func (ts *timers) move(c ledger.Moved) {
	was, now := ledger.OfChat(c.Was.Chat()), ledger.OfChat(c.Now.Chat())
	for key, t := range ts.of {
		if key.subject != was || was == now {
			continue
		}
		delete(ts.of, key)
		key.subject, t.Subject = now, now
		if _, has := ts.of[key]; !has {
			ts.of[key] = t
		}
	}
}

func (t timer) waitsSince() time.Time {
	if t.again.IsZero() {
		return t.At
	}
	return t.again
}

// Due gives timers whose time has come, those first that have waited longest.
func (m *Memory) Due(ctx context.Context, now time.Time, limit int) ([]ledger.Timer, error) {
	return m.DueOf(ctx, "", now, limit)
}

// DueOf is Due for timers of one kind alone.
func (m *Memory) DueOf(_ context.Context, kind ledger.TimerKind, now time.Time, limit int) ([]ledger.Timer, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []timer
	for _, t := range m.timers.of {
		if (kind == "" || t.Kind == kind) && !t.At.After(now) && (!t.again.After(now) || t.again.After(now.Add(ledger.LongestPause))) {
			due = append(due, t)
		}
	}
	slices.SortFunc(due, func(a, b timer) int { return cmp.Or(a.waitsSince().Compare(b.waitsSince()), cmp.Compare(a.ID, b.ID)) })
	out := make([]ledger.Timer, 0, len(due))
	for _, t := range due[:min(limit, len(due))] {
		out = append(out, t.Timer)
	}
	return out, nil
}

// TimerOver drops a timer unless it was set anew.
func (m *Memory) TimerOver(_ context.Context, t ledger.Timer) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.timers.set(t) {
		delete(m.timers.of, timerKey{t.Kind, t.Subject})
	}
	return nil
}

// TimerLater lets a timer that failed wait.
func (m *Memory) TimerLater(_ context.Context, t ledger.Timer, until time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if key := (timerKey{t.Kind, t.Subject}); m.timers.set(t) {
		has := m.timers.of[key]
		has.Tries, has.again = has.Tries+1, until
		m.timers.of[key] = has
	}
	return nil
}
