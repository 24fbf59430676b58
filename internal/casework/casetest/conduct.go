package casetest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Load is how much a citizen has filed.
func (m *Memory) Load(ctx context.Context, reporter bot.Address, since time.Time) (ledger.Load, error) {
	var l ledger.Load
	if reporter.Chat().Zero() {
		return l, nil
	}
	for _, r := range m.of(reporter) {
		if r.PartOf != nil { // nobody filed it
			continue
		}
		if r.Status.Working() {
			l.Open++
		}
		if r.Filed.After(since) && !r.Emergency {
			l.Recent++
		}
		if r.Status == report.Quarantined {
			l.Quarantined++
		}
	}
	var err error
	l.Conduct, err = m.Conduct(ctx, reporter)
	return l, err
}

// Conduct is the measure set last against a chat.
func (m *Memory) Conduct(_ context.Context, chat bot.Address) (ledger.Conduct, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.conducts[chat.Chat()], nil
}

// Restrained are the measures in force.
func (m *Memory) Restrained(_ context.Context, at time.Time) ([]ledger.Conduct, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []ledger.Conduct
	for _, c := range m.conducts {
		if c.Holds(at) != report.NoMeasure {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b ledger.Conduct) int { return cmp.Compare(a.Chat.String(), b.Chat.String()) })
	return out, nil
}

// Quarantined are the reports that wait for the coordinator's look.
func (m *Memory) Quarantined(_ context.Context, limit int) ([]report.Report, error) {
	out := slices.DeleteFunc(m.Reports(), func(r report.Report) bool { return r.Status != report.Quarantined })
	slices.SortStableFunc(out, func(a, b report.Report) int { return a.Filed.Compare(b.Filed) })
	return out[:min(limit, len(out))], nil
}

func (m *Memory) restrain(c ledger.Conduct) {
	c.Chat = c.Chat.Chat()
	m.conducts[c.Chat] = c
}

func (m *Memory) moveConduct(c ledger.Moved) {
	was, now := c.Was.Chat(), c.Now.Chat()
	old, known := m.conducts[was]
	if !known || was == now {
		return
	}
	delete(m.conducts, was)
	if at, there := m.conducts[now]; !there || at.Until.Before(old.Until) {
		old.Chat = now
		m.conducts[now] = old
	}
}
