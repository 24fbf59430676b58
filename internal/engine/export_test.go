package engine

import (
	"context"

	"rabeg/bot"
	"rabeg/flows"
)

// What the tests of waiting for a second opinion have to know.
const (
	AdviceWait = adviceWait
	AdviceMost = adviceMost
)

// SamePlace reports whether two chats share a place.
func (e *Engine) SamePlace(a, b bot.Address) bool { return e.placeOf(a) == e.placeOf(b) }

// Advising is how many opinions are being asked for.
func (e *Engine) Advising() int { return len(e.advising) }

// StateOf reads a conversation.
func (e *Engine) StateOf(s Session) flows.State { return e.stateOf(s) }

// Look looks for reports as a conversation does.
func (e *Engine) Look(ctx context.Context, chat bot.Address, l flows.Look) (flows.Input, error) {
	return e.look(ctx, &handling{chat: chat}, l)
}

// Admits reports whether another event could be begun now.
func (e *Engine) Admits() bool {
	if !e.deadly.alone.TryRLock() {
		return false
	}
	e.deadly.alone.RUnlock()
	return true
}
