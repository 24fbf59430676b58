package whatsapp

import (
	"sync"
	"time"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"rabeg/bot"
)

// note is what is remembered of a message, as long as this process lives: enough to edit it, to quote it, and to read a
// reaction to it. What is not remembered is sent anew, quoted without its words, or left.
type note struct {
	at   time.Time
	sent *waE2E.Message // ours alone
	menu *bot.Menu
	text string // the beginning, for quoting
}

// notes are the last max messages.
type notes struct {
	now func() time.Time
	max int

	mu    sync.Mutex
	at    map[string]note
	order []string
	parts map[string]int // letters of several messages that failed in the middle: how many are through
}

func newNotes(max int, now func() time.Time) *notes {
	return &notes{now: now, max: max, at: make(map[string]note), parts: make(map[string]int)}
}

func mark(r bot.MessageRef) string { return r.Chat.ID + "\x00" + r.ID }

func (n *notes) put(r bot.MessageRef, x note) {
	n.mu.Lock()
	defer n.mu.Unlock()
	k := mark(r)
	old, known := n.at[k]
	if known {
		x.at = old.at
	} else {
		n.order = append(n.order, k)
	}
	if x.at.IsZero() {
		x.at = n.now()
	}
	n.at[k] = x
	for len(n.order) > n.max {
		delete(n.at, n.order[0])
		n.order = n.order[1:]
	}
}

func (n *notes) get(r bot.MessageRef) (note, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	x, ok := n.at[mark(r)]
	return x, ok
}

// through is how many messages of a letter are sent.
func (n *notes) through(letter string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.parts[letter]
}

// keep notes how far a letter came; 0 forgets it.
func (n *notes) keep(letter string, parts int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if parts == 0 {
		delete(n.parts, letter)
		return
	}
	if len(n.parts) > n.max {
		clear(n.parts) // at worst a part is shown twice
	}
	n.parts[letter] = parts
}

// beginning is as much of a text as a quotation shows.
func beginning(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:199]) + "…"
	}
	return s
}
