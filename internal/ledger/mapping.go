package ledger

import "time"

// Mapping says under which category of LAPOR! a category of ours is handed over, as a coordinator has put it. Each change is a version of
// its own, and the newest holds.
type Mapping struct {
	Category string `json:"category"`
	Rev      int    `json:"rev"` // from 1
	// Code is the category's number there and Name what it is called there; both "": what the profile says holds again.
	Code string `json:"code,omitempty"`
	Name string `json:"name,omitempty"`
	// By is the coordinator (network:person), Who how he or she is called.
	By  string    `json:"by"`
	Who string    `json:"who,omitempty"`
	At  time.Time `json:"at"`
}

// Mapped writes the next version of a mapping: Commit fails with ErrStale where it is not the next one any more.
type Mapped struct{ Mapping Mapping }

func (Mapped) isChange() {}
