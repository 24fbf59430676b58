package casetest

import (
	"cmp"
	"context"
	"slices"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// Call finds a call by its id.
func (m *Memory) Call(_ context.Context, id ledger.CallID) (ledger.Call, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.calls[id]
	if !ok {
		return ledger.Call{}, ledger.ErrUnknown
	}
	return c, nil
}

// CallsOf are the open calls that a person has in hand.
func (m *Memory) CallsOf(_ context.Context, person string) ([]ledger.Call, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []ledger.Call
	for _, c := range m.calls {
		if c.Open() && c.TakenBy.ID == person && person != "" {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b ledger.Call) int { return cmp.Or(a.Opened.Compare(b.Opened), cmp.Compare(a.ID, b.ID)) })
	return out, nil
}

// CallsWith are the calls with a chat, newest first.
func (m *Memory) CallsWith(_ context.Context, chat bot.Address, limit int) ([]ledger.Call, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []ledger.Call
	for _, c := range m.calls {
		if !c.Chat.Zero() && c.Chat.Chat() == chat.Chat() {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b ledger.Call) int { return cmp.Or(b.Opened.Compare(a.Opened), cmp.Compare(a.ID, b.ID)) })
	return out[:min(limit, len(out))], nil
}

// CallWith finds the call that is open with a chat, the newest where there are several.
func (m *Memory) CallWith(_ context.Context, chat bot.Address) (ledger.Call, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found ledger.Call
	for _, c := range m.calls {
		if c.Chat.Chat() == chat.Chat() && c.Open() && (found.ID == "" || c.Opened.After(found.Opened)) {
			found = c
		}
	}
	if found.ID == "" {
		return found, ledger.ErrUnknown
	}
	return found, nil
}
