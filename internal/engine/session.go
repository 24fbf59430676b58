package engine

import (
	"errors"
	"slices"
	"time"

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
	// Begun is the event that has begun with this hold, "" for none: Free takes that back, Save ends it.
	Begun bot.EventID
	// Left is another event that was begun before and neither saved nor taken back: then none begins with this hold.
	Left Left
}

// Left is an event that was begun in a conversation and is not over; zero for none.
type Left struct {
	Cause bot.EventID
	At    time.Time
}

// Beginning is an event that is to begin in a conversation. Over is one that it does not wait for, "" for none.
type Beginning struct {
	Cause, Over bot.EventID
	At          time.Time
}

// Seen reports whether an event was handled and saved before.
func (s Session) Seen(id bot.EventID) bool { return slices.Contains(s.Ring, string(id)) }
