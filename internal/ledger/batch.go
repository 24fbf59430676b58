// Package ledger is the vocabulary of what is kept: a Batch is all that one cause brings about, a Store commits it at once or
// not at all, a Reader reads what was committed. It decides nothing.
package ledger

import (
	"context"
	"encoding/json"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Remembered is how long it is known at least that a cause has acted: longer than any network delivers an event again. Telegram keeps
// updates for a day, WhatsApp messages for a month.
const Remembered = 45 * 24 * time.Hour

// Batch is everything one cause brings about. It is committed in one transaction, once per Cause.
type Batch struct {
	// Cause names what brought it about: the event's id, or "job:…", "timer:…". It is used once, ever.
	Cause   string
	At      time.Time
	Changes []Change
	Letters []Letter
	Jobs    []Job
	// Looks are added to the log of who looked.
	Looks []Look
	// Memo is what was found and acted upon that may be another thing when it is looked for again, as JSON; nil for nothing. Who
	// handles the cause once more reads it (MemoReader) in place of looking.
	Memo json.RawMessage
}

// MemoReader reads the Memo of a cause that was handled; nil where it was not, or has none.
type MemoReader interface {
	Memo(ctx context.Context, cause string) (json.RawMessage, error)
}

// HandledReader reports whether a cause was handled: its batch was committed.
type HandledReader interface {
	Handled(ctx context.Context, cause string) (bool, error)
}

// Add lets the same cause bring about all that other holds as well, after what is there.
func (b *Batch) Add(other Batch) {
	b.Changes = append(b.Changes, other.Changes...)
	b.Letters = append(b.Letters, other.Letters...)
	b.Jobs = append(b.Jobs, other.Jobs...)
	b.Looks = append(b.Looks, other.Looks...)
	if b.Memo == nil {
		b.Memo = other.Memo
	}
}

// Change is one write. The sum is sealed: Opened, Changed, Called, Enrolled, Restrained, Shelved, Taught, Mapped, Unsent, Stored, Moved,
// Sighted, Contacted, Claimed, Carried, Timed, Untimed, Rung, Pleaded, Redacted, Cleared, Hushed, Offered, Wanted,
// Tied, Withdrawn, Untied, Homed.
type Change interface{ isChange() }

// Opened is a new report with its first facts.
type Opened struct {
	// Cause is what the report's number is looked up by (Store.NextID), "" for the batch's: of several reports that one batch
	// opens, each has its own.
	Cause  string
	Report report.Report
	Facts  []report.Fact
}

// Changed is a report after new facts. Was is the Rev it had before: Commit fails with ErrStale when it has moved on.
type Changed struct {
	Report report.Report
	Was    int
	Facts  []report.Fact
}

// Enrolled writes an operator after a change. Was is the Rev it had before, 0 for somebody new: Commit fails with ErrStale when
// it has moved on.
type Enrolled struct {
	Operator Operator
	Was      int
}

// Unsent takes a letter back that still waits. Commit fails with ErrSent when it is on its way already.
type Unsent struct{ Key string }

// Stored binds a file of the product's store to the message it came from.
type Stored struct {
	Report report.ID
	From   bot.MediaRef // as the network named it
	File   File
}

// Moved says that a person is reached at another address: what waits for the old one, letters and timers, waits for the new one
// from now on (where the new one has a timer of the same kind, that one stays), and what was sent to the old one is found under the new one too (Reader.ByRef).
type Moved struct{ Was, Now bot.Address }

func (Opened) isChange()   {}
func (Changed) isChange()  {}
func (Enrolled) isChange() {}
func (Unsent) isChange()   {}
func (Stored) isChange()   {}
func (Moved) isChange()    {}

// File is a kept file. Ref has Network bot.Store. Taken and Pin are what the picture's metadata said before it was
// taken out. A file that could not be had has Ref zero and Lost says why, in a word for operators.
type File struct {
	Ref    bot.MediaRef `json:"ref,omitzero"`
	Hash   string       `json:"hash,omitempty"` // SHA-256, hex
	Width  int          `json:"w,omitempty"`
	Height int          `json:"h,omitempty"`
	// Look is what a picture looks like, in 16 hex digits: pictures that look alike have looks with few different bits, however
	// they were pressed or made smaller. "" for what is no picture, and for one that shows too little to tell it from others.
	Look string `json:"look,omitempty"`
	// Disguises are what it would look like in a mirror, and with a little cut off all around, with spaces between: so people make another
	// picture of an old one. Pictures that were kept before these were written down have none.
	Disguises string      `json:"disguises,omitempty"`
	Taken     time.Time   `json:"taken,omitzero"`
	Pin       *report.Pin `json:"pin,omitempty"`
	Lost      string      `json:"lost,omitempty"`
	// Odd says that it is a picture of a kind that many cannot open: it is kept as a file.
	Odd bool `json:"odd,omitempty"`
	// Sealed says that it is an archive that could not be cleaned: what lies in it may say who wrote it, and where its pictures were taken.
	Sealed bool `json:"sealed,omitempty"`
	// Waits says why it could not be kept yet, in a word for operators; Ref is zero, and it is tried again.
	Waits string `json:"waits,omitempty"`
}
