package app

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"time"

	"rabeg/bot"
	"rabeg/internal/guard"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
)

// link is one network: how events come, and who sends.
type link struct {
	bot.Channel
	// alone says that only one instance may receive at a time.
	alone bool
	// joined says that it sends over the connection by which it receives: whoever has the one has the other.
	joined bool
	leads  atomic.Bool  // this instance receives, where one alone may
	terms  atomic.Int64 // how often it began to
	pace   outbox.Pace
	sender *outbox.Sender
	ready  func() error // whether it is reached, for a joined one
	vital  *vital
}

// networks are the networks that are served. What a network cannot do is left undone.
type networks struct {
	links []*link
	store *postgres.Store
	roles roles // who runs the desk's group
	here  roles // who is in it
	now   func() time.Time
	// beside is the place among other governments, nil where there are none.
	beside *Beside
	// fell is told of a panic in what goes on beside; see App.fell.
	fell func(error)
}

// stands runs what goes on beside; a panic in it ends this government, and no other.
func (n *networks) stands(f func()) {
	if err := guard.Do(func() error { f(); return nil }); err != nil {
		n.fell(err)
	}
}

// link finds a network's link, nil when there is none.
func (n *networks) link(name bot.Network) *link {
	for _, l := range n.links {
		if l.Network() == name {
			return l
		}
	}
	return nil
}

// Phone asks a chat's network for the number of who writes there.
func (n *networks) Phone(ctx context.Context, chat bot.Address) (string, error) {
	l := n.link(chat.Network)
	if l == nil {
		return "", nil
	}
	numbers, ok := l.Channel.(bot.Numbers)
	if !ok {
		return "", nil
	}
	return numbers.Number(ctx, chat)
}

// Links are the addresses at which people find the channel, as far as the networks know their own.
func (n *networks) Links() []string {
	var out []string
	for _, l := range n.links {
		if linker, ok := l.Channel.(bot.Linker); ok {
			if at := linker.Link(); at != "" {
				out = append(out, at)
			}
		}
	}
	return out
}

// Landed waits until what this instance is just sending to a chat has landed, and where it stands is written.
func (n *networks) Landed(ctx context.Context, chat bot.Address) error {
	l := n.link(chat.Network)
	if l == nil {
		return nil
	}
	return l.sender.Landed(ctx, chat)
}

// Elsewhere reports whether another instance may send to a chat, and whether that is the operators' group.
func (h *Hub) Elsewhere(chat bot.Address) (is, desk bool) {
	at := h.Desk()
	desk = !at.Zero() && at.Chat() == chat.Chat()
	l := h.link(chat.Network)
	return l != nil && !l.sender.Pulse().Sends, desk
}

// Look lets every sender look for letters that it was not told of.
func (n *networks) Look() {
	for _, l := range n.links {
		l.sender.Look()
	}
}

// Committed hands fresh letters to their senders, or tells the instances that send.
func (n *networks) Committed(items []outbox.Item) {
	elsewhere := false
	for _, l := range n.links {
		if mine := l.sender.Mine(items); len(mine) > 0 && !l.sender.Offer(mine) {
			elsewhere = true
		}
	}
	if !elsewhere {
		return
	}
	go n.stands(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = n.store.Tell(ctx) // the sender looks by itself every second
		n.beside.ring(ctx)
	})
}

// Doubted tells the senders that letters may have been committed of which nobody was told.
func (n *networks) Doubted() {
	for _, l := range n.links {
		if l.sender != nil {
			l.sender.Doubt()
		}
	}
}

// Pressed stops a button's spinning, best effort: the answer itself is a letter.
func (n *networks) Pressed(ev bot.Event) {
	l := n.link(ev.Chat.Network)
	if l == nil {
		return
	}
	answerer, ok := l.Channel.(bot.Answerer)
	if !ok {
		return
	}
	go n.stands(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = answerer.Answer(ctx, ev.ID, "")
	})
}

// Fetch opens a file of a network.
func (n *networks) Fetch(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	l := n.link(m.Network)
	if l == nil {
		return nil, &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("no such network here")}
	}
	return l.Fetch(ctx, m)
}
