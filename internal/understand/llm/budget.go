package llm

import (
	"context"
	"sync"
)

// Budget keeps how many tokens were spent on which day.
type Budget interface {
	// Spend adds tokens (they may be negative: an estimate was too high) to a day ("2026-11-22") and returns the day's
	// sum. It must be atomic: several processes may spend at once.
	Spend(ctx context.Context, day string, tokens int) (total int, err error)
}

// Memory is a Budget that forgets when the process ends.
type Memory struct {
	mu    sync.Mutex
	day   string
	total int
}

var _ Budget = (*Memory)(nil)

// NewMemory makes an empty budget.
func NewMemory() *Memory { return &Memory{} }

// Spend implements Budget. Only one day is kept: a later day begins anew, an earlier one is counted to the kept one.
func (m *Memory) Spend(_ context.Context, day string, tokens int) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if day > m.day {
		m.day, m.total = day, 0
	}
	m.total = max(0, m.total+tokens)
	return m.total, nil
}
