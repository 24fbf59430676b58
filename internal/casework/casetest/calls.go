package casetest

import (
	"context"

	"rabeg/bot"
	"rabeg/internal/casework"
)

// Call finds a call by its id.
func (m *Memory) Call(_ context.Context, id casework.CallID) (casework.Call, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.calls[id]
	if !ok {
		return casework.Call{}, casework.ErrUnknown
	}
	return c, nil
}

// CallWith finds the call that is open with a chat, the newest where there are several.
func (m *Memory) CallWith(_ context.Context, chat bot.Address) (casework.Call, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found casework.Call
	for _, c := range m.calls {
		if c.Chat.Chat() == chat.Chat() && c.Open() && (found.ID == "" || c.Opened.After(found.Opened)) {
			found = c
		}
	}
	if found.ID == "" {
		return found, casework.ErrUnknown
	}
	return found, nil
}
