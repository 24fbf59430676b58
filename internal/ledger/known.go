package ledger

import (
	"context"
	"time"
)

// Known is what officers have answered to what people ask of one category, in the order in which it was first told.
type Known struct {
	Category string   `json:"category"`
	Rev      int      `json:"rev"` // grows with every change
	Answers  []Answer `json:"answers,omitempty"`
}

// Answer is one question as an officer worded it, with its answer.
type Answer struct {
	Question string `json:"question"`
	Words    string `json:"words"`
	// By is the officer (network:person), Name how he or she is called; At is when it was told last.
	By   string    `json:"by"`
	Name string    `json:"name,omitempty"`
	At   time.Time `json:"at"`
}

// Taught writes what is known of a category after a change. Was is the Rev it had before, 0 for none: Commit fails with ErrStale when
// it has moved on.
type Taught struct {
	Known Known
	Was   int
}

func (Taught) isChange() {}

// KnownReader reads what officers have answered.
type KnownReader interface {
	// Known is all of it, by category; a category in which all was taken away again has a Rev and no answers.
	Known(ctx context.Context) ([]Known, error)
}
