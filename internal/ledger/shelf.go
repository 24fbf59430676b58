package ledger

import (
	"context"
	"time"
)

// Shelf is what the officers of one office have put by to answer with, in the order in which it was put there.
type Shelf struct {
	// Office is its code, "" for the coordinator's, whose answers are for all offices.
	Office  string  `json:"-"`
	Rev     int     `json:"rev"` // grows with every change
	Answers []PutBy `json:"answers,omitempty"`
}

// PutBy is one answer on a shelf. Who put it there stands nowhere: it is the office's.
type PutBy struct {
	Title string    `json:"title"`
	Words string    `json:"words"` // with blanks, as the profile's canned answers have them
	At    time.Time `json:"at"`
}

// Shelved writes a shelf after a change. Was is the Rev it had before, 0 for none: Commit fails with ErrStale when it has moved on.
type Shelved struct {
	Shelf Shelf
	Was   int
}

func (Shelved) isChange() {}

// ShelfReader reads what officers have put by.
type ShelfReader interface {
	// Shelf is an office's; one without answers, of Rev 0, where nothing was ever put by.
	Shelf(ctx context.Context, office string) (Shelf, error)
}
