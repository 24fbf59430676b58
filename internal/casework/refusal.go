package casework

import (
	"errors"
	"fmt"
)

// Refusal is why something may not be done to a report. It is an answer to a person, not a failure: nothing changes, and
// trying again changes nothing either.
type Refusal struct {
	Why Why
	// Words tell an operator in Indonesian, and what to do instead.
	Words string
}

// Error names the kind only: Words may name people.
func (r *Refusal) Error() string { return "refused: " + string(r.Why) }

// Why is the kind of a refusal.
type Why string

// The kinds of refusal.
const (
	NoRight  Why = "no_right" // not this person's office
	Held     Why = "taken"    // somebody else has it in hand
	Over     Why = "over"     // closed, rejected, merged …
	Evidence Why = "evidence" // a photo or words are missing
	Empty    Why = "empty"    // nothing was said
	TooLong  Why = "too_long"
	TooMany  Why = "too_many" // more photos and files than a report may carry
	Choice   Why = "choice"   // no such office, reason or date
	Already  Why = "already"  // it stands like that
	Final    Why = "final"    // bounced twice: the coordinator decides
	Gone     Why = "gone"     // the answer can no longer be taken back

	Wider Why = "wider" // it would show again what was hidden
	// Shared is no refusal: it says of a report that was taken back that it goes on for those who follow it.
	Shared Why = "shared"

	Quarantine Why = "quarantine" // it has to be let in first
)

// AsRefusal reads an error as a refusal.
func AsRefusal(err error) (*Refusal, bool) {
	var r *Refusal
	ok := errors.As(err, &r)
	return r, ok
}

func refuse(why Why, format string, args ...any) error {
	return &Refusal{Why: why, Words: fmt.Sprintf(format, args...)}
}
