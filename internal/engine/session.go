package engine

import (
	"errors"
	"slices"

	"rabeg/bot"
)

// Errors of Sessions.
var (
	// ErrBusy says that another instance works on the chat: try again soon.
	ErrBusy = errors.New("the conversation is held by another instance")
	// ErrConflict says that the conversation has moved on since it was loaded: load it again.
	ErrConflict = errors.New("the conversation has changed in between")
)

// Session is a conversation as it was loaded.
type Session struct {
	Chat bot.Address
	Rev  int64
	// State is the machine's state as JSON; nil for a conversation that has not begun.
	State []byte
	// Ring are the events handled last.
	Ring []string
}

// Seen reports whether an event was handled and saved before.
func (s Session) Seen(id bot.EventID) bool { return slices.Contains(s.Ring, string(id)) }
