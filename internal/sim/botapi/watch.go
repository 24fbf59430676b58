package botapi

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
)

// Kind says what happened in a chat.
type Kind string

// What can happen in a chat.
const (
	Sent     Kind = "sent"     // Message was sent, by the bot or by a person
	Edited   Kind = "edited"   // Message is what it became
	Deleted  Kind = "deleted"  // Message is what it was
	Answered Kind = "answered" // the bot answered the button press CallbackID with Text
	Action   Kind = "action"   // the bot shows Text ("typing" and its like)
)

// Event is one thing that happened in a chat.
type Event struct {
	Seq        int64  `json:"seq"` // rises over the whole server
	Kind       Kind   `json:"kind"`
	Chat       int64  `json:"chat"`
	At         int64  `json:"at"` // milliseconds since 1970 by the server's clock
	Message    *Seen  `json:"message,omitempty"`
	CallbackID string `json:"callback_id,omitempty"`
	Text       string `json:"text,omitempty"`
	Alert      bool   `json:"alert,omitempty"`
}

// ErrLagged says that a watcher was so slow that events it had not read were dropped.
var ErrLagged = errors.New("botapi: watcher too slow, events were dropped")

// ErrClosed says that the server was closed.
var ErrClosed = errors.New("botapi: server closed")

// maxChatEvents is how many events one chat keeps at least, unless its history is shorter; twice as many at most.
const maxChatEvents = 256

// eventLog keeps the last events; the server's lock guards it.
type eventLog struct {
	events  []Event
	dropped int64         // Seq of the last event dropped
	wake    chan struct{} // closed on the next event; nil when nobody waits
}

func (l *eventLog) add(e Event, keep int) {
	if len(l.events) >= 2*keep {
		l.dropped = l.events[len(l.events)-keep-1].Seq
		n := copy(l.events, l.events[len(l.events)-keep:])
		clear(l.events[n:])
		l.events = l.events[:n]
	}
	l.events = append(l.events, e)
	l.stir()
}

func (l *eventLog) stir() {
	if l.wake != nil {
		close(l.wake)
		l.wake = nil
	}
}

func (l *eventLog) after(seq int64) ([]Event, error) {
	if seq < l.dropped {
		return nil, ErrLagged
	}
	i := sort.Search(len(l.events), func(i int) bool { return l.events[i].Seq > seq })
	return l.events[i:], nil
}

func (l *eventLog) waiter() <-chan struct{} {
	if l.wake == nil {
		l.wake = make(chan struct{})
	}
	return l.wake
}

func (s *Server) emit(c *chat, e Event) {
	s.seq++
	e.Seq, e.Chat, e.At = s.seq, c.info.ID, s.opt.Now().UnixMilli()
	c.log.add(e, min(s.opt.KeepHistory, maxChatEvents))
	s.all.add(e, s.opt.KeepEvents)
}

// log gives the log of one chat, or of all with 0; nil when there is no such chat.
func (s *Server) log(id int64) *eventLog {
	if id == 0 {
		return &s.all
	}
	if c := s.chats[id]; c != nil {
		return &c.log
	}
	return nil
}

// Seq is the number of the latest event; a watcher that starts there sees only what comes after.
func (s *Server) Seq() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seq
}

// Events gives up to limit events of a chat (0: of all) after seq, waiting for the first one until ctx is done. Reading
// on from the last event's Seq misses none and repeats none. Errors: ErrLagged, ErrClosed, ctx's error, unknown chat.
func (s *Server) Events(ctx context.Context, id, seq int64, limit int) ([]Event, error) {
	for {
		s.mu.Lock()
		l := s.log(id)
		if l == nil {
			s.mu.Unlock()
			return nil, fmt.Errorf("botapi: no chat %d", id)
		}
		list, err := l.after(seq)
		if err != nil || len(list) > 0 {
			list = slices.Clone(list[:min(len(list), limit)])
			s.mu.Unlock()
			return list, err
		}
		wake := l.waiter()
		s.mu.Unlock()
		if err := s.await(ctx, wake); err != nil {
			return nil, err
		}
	}
}

func (s *Server) await(ctx context.Context, wake <-chan struct{}) error {
	select {
	case <-wake:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.done:
		return ErrClosed
	}
}

// History gives the messages of a chat that are kept, oldest first, each as it is now. Nil for an unknown chat.
func (s *Server) History(id int64) []Seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[id]; c != nil {
		return c.history()
	}
	return nil
}

// WaitFor waits until ok holds for a chat's history and gives that history. ok is called once at first and then after
// each change, never at the same time twice. Errors: ctx's error, ErrClosed, unknown chat.
func (s *Server) WaitFor(ctx context.Context, id int64, ok func([]Seen) bool) ([]Seen, error) {
	for {
		s.mu.Lock()
		c := s.chats[id]
		if c == nil {
			s.mu.Unlock()
			return nil, fmt.Errorf("botapi: no chat %d", id)
		}
		list := c.history()
		wake := c.log.waiter()
		s.mu.Unlock()
		if ok(list) {
			return list, nil
		}
		if err := s.await(ctx, wake); err != nil {
			return list, fmt.Errorf("botapi: waiting in chat %d: %w", id, err)
		}
	}
}
