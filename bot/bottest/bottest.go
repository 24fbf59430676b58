// Package bottest is the suite that every bot.Channel passes: the same rows for every network, played by people at the
// other end of it. A network hands the suite a Harness; a network without buttons or without edits skips what it can
// not have, and nothing else.
package bottest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
)

// Harness is one network with one bot account on it, for one row of the suite.
type Harness struct {
	// Open gives a channel of the account. It is called again, after the Run of the earlier channel has returned, to
	// play a restart. What a channel keeps open is closed with t.Cleanup.
	Open func(t testing.TB) bot.Channel
	// Phone gives a person who has never met the bot.
	Phone func(t testing.TB) Phone
	// Unlisted gives a person whose number the network does not show; nil where all show theirs, or none does.
	Unlisted func(t testing.TB) Phone
	// Store is what the channels read the product's files from.
	Store *Store
	// Faults are what the network can be made to do wrong.
	Faults Faults
}

// Phone is a person with a client of the network, in the private chat with the bot.
type Phone interface {
	Hand
	Screen
}

// Hand is what a person does. A message the person sent or sees is named by the network's own id.
type Hand interface {
	// Send sends one message, or the photos of one album, and gives the id of the (first) message.
	Send(ctx context.Context, o Out) (id string, err error)
	// Choose makes the nth choice (from 0) of a message with a menu: by its button, or by typing its number.
	Choose(ctx context.Context, on Shown, nth int) error
	// Edit changes a text the person sent. It returns ErrCannot where the network has no edits.
	Edit(ctx context.Context, id, text string) error
	// Block blocks the bot. It returns ErrCannot where the bot cannot learn of it.
	Block(ctx context.Context) error
}

// Screen is what a person sees.
type Screen interface {
	// Chat is the address under which the channel speaks with the person.
	Chat() bot.Address
	// Wait waits until ok holds for what the bot has said, oldest first, each message as it is now.
	Wait(ctx context.Context, ok func([]Shown) bool) ([]Shown, error)
}

// ErrCannot says that a network lacks what a row asks for; the row is skipped.
var ErrCannot = errors.New("the network has no such thing")

// Out is what a person sends: one of Text, Photos, Voice and Location.
type Out struct {
	Text     string
	Photos   [][]byte // with Text as the caption; more than one is an album
	Voice    []byte
	Location *bot.Location
	ReplyTo  string // id of a message the person sees or sent
}

// Shown is one message of the bot as the person sees it.
type Shown struct {
	ID      string
	Text    string // or the caption; without marks of style and without the lines of a menu that is written out
	Choices []string
	Photo   []byte // nil when it shows none
	ReplyTo string // id of the message it answers
}

// Faults are injected into the network. One that is nil cannot be; rows that need it are skipped.
type Faults struct {
	// FailSends makes the next n calls that send fail without effect, as a broken gateway does.
	FailSends func(n int)
	// Slow makes the next call that sends be refused with the word to come back after d (whole seconds).
	Slow func(d time.Duration)
	// Redeliver makes the next n events that were acknowledged be delivered once more.
	Redeliver func(n int)
	// Lose makes the network forget a file.
	Lose func(m bot.MediaRef)
	// FailLate makes the next message be taken, and fail afterwards as one that can never be shown.
	FailLate func()
	// Silence makes a person have been silent for so long that the network takes no words to him or her.
	Silence func(p Phone)
	// Renumber gives a person another number, and tells the bot; it gives the person as he or she is reached from then on.
	Renumber func(p Phone) Phone
}

// Store is a store of files in memory.
type Store struct {
	mu    sync.Mutex
	files map[string][]byte
}

var _ bot.Opener = (*Store)(nil)

// NewStore makes an empty store.
func NewStore() *Store { return &Store{files: make(map[string][]byte)} }

// Put keeps a file and gives its reference.
func (s *Store) Put(data []byte, mime string) bot.MediaRef {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := strconv.Itoa(len(s.files) + 1)
	s.files[id] = data
	return bot.MediaRef{Network: bot.Store, ID: id, MIME: mime, Size: int64(len(data))}
}

// Open reads a file; a missing one is fs.ErrNotExist.
func (s *Store) Open(_ context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, ok := s.files[m.ID]
	if !ok || m.Network != bot.Store {
		return nil, fmt.Errorf("stored file %s: %w", m.ID, fs.ErrNotExist)
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

// row is one thing every channel must do.
type row struct {
	name string
	test func(t *testing.T, w world)
}

// Run runs the suite. build makes a fresh network for each row; it is called in parallel.
func Run(t *testing.T, build func(t *testing.T) Harness) {
	t.Helper()
	for _, r := range rows() {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			t.Cleanup(cancel)
			r.test(t, world{Harness: build(t), ctx: ctx})
		})
	}
}

func rows() []row {
	return []row{
		{"one chat in order under load", order},
		{"chats do not wait for each other", parallel},
		{"delivered again until handled", redelivery},
		{"a stuck chat stops no other", stuck},
		{"a panic is an error", panics},
		{"stopped in the middle", stopped},
		{"a duplicate keeps its id", duplicate},
		{"what people write survives", texts},
		{"what the bot writes survives", answers},
		{"a long answer comes whole", long},
		{"choices by press, number and label", choices},
		{"a press on an old menu does not match", stale},
		{"an album and its bytes", album},
		{"voice and location", voiceAndLocation},
		{"a pin that is no place stops nobody", badPin},
		{"photos from the store", stored},
		{"replies find their message", replies},
		{"the bot edits", botEdits},
		{"people edit", personEdits},
		{"a person who blocks is gone", blocked},
		{"a failed send is tried again", failedSend},
		{"the network asks for patience", slow},
		{"who has just written is not cold", cold},
		{"a message that cannot be", impossible},
		{"a file that is gone", lostFile},
		{"stopping is quick", quickStop},
		{"what was taken may fail later", failsLater},
		{"who was silent is invited first", invited},
		{"a person without a number", unlisted},
		{"a person with a new number", renumbered},
	}
}
