package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Handler takes one event. nil means that its effects are durable, so the network may forget it; an error means: deliver
// it again, later. It is called for one chat's events in order, one at a time, and for different chats at once.
type Handler func(context.Context, Event) error

// ErrEarlier is of a Handler: an earlier event of the chat was begun and is not over, and comes first. It comes again by itself.
var ErrEarlier = errors.New("an earlier event of the chat comes first")

// Channel is one network. All methods may be called at once from several goroutines.
type Channel interface {
	Network() Network
	// Run receives until ctx is done, and acknowledges an event only after h returned nil for it. It returns nil when ctx
	// is done, an error when the network refuses this program for good (wrong token, logged out).
	Run(ctx context.Context, h Handler) error
	// Send delivers one message. key is the same whenever the same message is tried again; a network that can, shows it
	// once. A failure is a *SendError. Photos and files that lie in the Store are read through the channel's Opener.
	Send(ctx context.Context, to Address, key string, m Message) (MessageRef, error)
	// Fetch opens a file that an event named. The caller closes it. A file that is gone for good is a *SendError with
	// GiveUp; with Retry and Slow nothing of the network can be had now, or not by this instance.
	Fetch(ctx context.Context, m MediaRef) (io.ReadCloser, error)
}

// Editor is a channel that can change a message it sent.
type Editor interface {
	// Edit replaces text and menu of a sent message. Editing to the same content is no error.
	Edit(ctx context.Context, ref MessageRef, m Message) error
}

// Topics is a channel whose groups can hold threads.
type Topics interface {
	// OpenTopic makes a new thread in a group and returns its address. A group without threads answers the group itself.
	OpenTopic(ctx context.Context, group Address, name string) (Address, error)
}

// Answerer is a channel whose presses wait for a word: it stops the spinning button, with a short notice when text is
// not empty. Best effort; an error is for the log only.
type Answerer interface {
	Answer(ctx context.Context, press EventID, text string) error
}

// Roles is a channel that knows who runs a group.
type Roles interface {
	// Admin reports whether the person may administer the group.
	Admin(ctx context.Context, group Address, personID string) (bool, error)
}

// Members is a channel that knows who is in a group.
type Members interface {
	// Here reports whether the person is in the group now. It is asked before what only the group may know is shown in a chat of that
	// person's own. An error says that it is not known; false is certain: a right ends by it.
	Here(ctx context.Context, group Address, personID string) (bool, error)
}

// Silences is a channel whose network distrusts letters to people who have not written for long.
type Silences interface {
	// Cold reports whether a person has been silent for so long, or for ever, that the network may refuse a letter
	// (SendError.Cold). It is asked before a letter nobody waits for; it does not ask the network. A group is never cold.
	// An error says that it is not known: the caller may send all the same.
	Cold(ctx context.Context, to Address) (bool, error)
}

// Numbers is a channel whose network may know the number a person can be called at.
type Numbers interface {
	// Number tells the number of who writes in a chat, as people dial it; "" when the network does not know it, or hides it. It
	// does not ask the network. It is put on record for a danger alone; else it only finds what was taken for that number.
	Number(ctx context.Context, chat Address) (string, error)
}

// Forgetful is a channel that keeps something of its own about the people it meets.
type Forgetful interface {
	// Forget removes what the channel keeps of its own about the person of a chat: names, other addresses, what was sent. It does not
	// ask the network, and may be called again. The person may be written to afterwards, as somebody unknown.
	Forget(ctx context.Context, chat Address) error
}

// Linker is a channel that knows the address at which people find it.
type Linker interface {
	// Link is a web address that opens the chat ("https://t.me/rabeg_bot"); "" while it is not known. It does not ask the network.
	Link() string
}

// Opener reads files of the product's store for a channel that must upload them.
type Opener interface {
	Open(ctx context.Context, m MediaRef) (io.ReadCloser, error)
}

// Remedy is what to do about a message that could not be sent.
type Remedy int

// The four remedies. Their zero value retries: an unknown failure is never taken for a final one.
const (
	Retry  Remedy = iota // try again, after SendError.After
	GiveUp               // this message can never be sent (too long, refused); the chat is fine
	Gone                 // this chat cannot be written to (blocked, left, never started)
	Move                 // the chat lives at SendError.To now; send it there
)

func (r Remedy) String() string {
	switch r {
	case Retry:
		return "retry"
	case GiveUp:
		return "give up"
	case Gone:
		return "gone"
	case Move:
		return "move"
	default:
		return fmt.Sprintf("Remedy(%d)", int(r))
	}
}

// SendError is the one kind of failure a channel reports. Callers act on Remedy alone and never read a network's codes.
type SendError struct {
	Remedy Remedy
	// After is the least time to wait before a retry; 0 leaves it to the caller.
	After time.Duration
	// Slow says that the network itself asked to slow down: everything to it waits for After, not this chat alone.
	Slow bool
	// Cold says, with GiveUp, that the network takes no letter to this person until he or she writes; with Gone, that the person has shut the
	// bot out and may let it in again. Trying again before is held against the account.
	Cold bool
	// Stranger says, with Gone, that the address may belong to somebody else by now than to whom the letter is for.
	Stranger bool
	// To is the chat's new address, with Move.
	To Address
	// Tries bounds a Retry: when the message has been refused in this way so often, Then holds. 0 bounds nothing, but how often a message
	// goes out anew that was taken and failed later; below 0 that is not bounded either, for nothing arrives until somebody acts.
	Tries int
	Then  Remedy
	// Unsure says, with Retry, that nobody knows whether the network took the message: there was no answer.
	Unsure bool
	// Err is for operators: it never holds text, names or tokens.
	Err error
}

func (e *SendError) Error() string { return fmt.Sprintf("send: %s: %v", e.Remedy, e.Err) }

// Unwrap gives the cause.
func (e *SendError) Unwrap() error { return e.Err }

// AsSendError reads any error as a SendError; what is none is a Retry.
func AsSendError(err error) *SendError {
	if se, ok := errors.AsType[*SendError](err); ok {
		return se
	}
	return &SendError{Remedy: Retry, Err: err}
}
