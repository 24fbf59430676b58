package app

import (
	"context"
	"encoding/json"
	"fmt"

	"rabeg/bot"
	"rabeg/flows"
)

// talking reports whether the talk of a chat as a citizen waits for an answer. What cannot be read is no talk.
func (a *App) talking(ctx context.Context, chat bot.Address) (bool, error) {
	doc, err := a.sessions.Peek(ctx, chat)
	if err != nil {
		return false, fmt.Errorf("ask whether somebody talks as a citizen: %w", err)
	}
	var s flows.State
	readable := len(doc) > 0 && json.Unmarshal(doc, &s) == nil
	return readable && s.Ask != nil, nil
}
