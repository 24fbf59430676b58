package bot

import (
	"context"
	"fmt"
	"time"
)

// Receipts is a channel whose network takes a message first and tells later what became of it.
type Receipts interface {
	// Receipts names who is told, before Run. Like a Handler: nil says that it is written down, an error that it is to be told
	// again. It is told at least once, in any order, also before Send has returned.
	Receipts(told func(context.Context, Receipt) error)
}

// Receipt is what a network tells of a message that was sent.
type Receipt struct {
	// Ref is the message. Key is the one it was sent with, "" where the network does not say.
	Ref MessageRef
	Key string
	// Beside says that it is not the message that Send's reference names, but another part of the same: a photo beside the words.
	Beside  bool
	Outcome Outcome
	At      time.Time
	// Err is why it did not arrive, with Missed: what is to be done about it, as after a Send that failed.
	Err *SendError
}

// Outcome is what became of a message.
type Outcome int

// The outcomes. A message that arrived may never be told of as read.
const (
	Took    Outcome = iota + 1 // the network has it
	Arrived                    // it is on the person's phone
	Read                       // the person has seen it
	Missed                     // it did not arrive
)

func (o Outcome) String() string {
	switch o {
	case Took:
		return "took"
	case Arrived:
		return "arrived"
	case Read:
		return "read"
	case Missed:
		return "missed"
	default:
		return fmt.Sprintf("Outcome(%d)", int(o))
	}
}

// Waker is a channel whose network takes words only for a time after the person wrote (Silences.Cold), and outside of it nothing
// but an invitation whose words it has seen beforehand.
type Waker interface {
	// Wake sends the invitation; its button makes the person's phone answer with Woken. It is sent as Send sends, and fails as
	// Send fails: with GiveUp and Cold where it cannot be had at the moment.
	Wake(ctx context.Context, to Address, key string, w Wakeup) (MessageRef, error)
}

// Wakeup is all that an invitation may say of what waits: which report, and whose news. Words that somebody wrote are never in it.
type Wakeup struct {
	Code   string // the report's number
	Office string // the name of who answers
	Staff  bool   // it is for somebody of the office's own people, and about no one report
}
