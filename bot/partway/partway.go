// Package partway remembers how far messages of several calls came that failed in the middle, so that they go on there.
package partway

import (
	"slices"
	"sync"
)

// Progress remembers the last of such messages, by a mark of each. ID names a message that was sent, as the network does.
type Progress[ID any] struct {
	mu    sync.Mutex
	max   int
	at    map[string]Point[ID]
	order []string
}

// Point is how many calls are done, and the id of the main message if it is among them.
type Point[ID any] struct {
	Calls int
	Main  ID
}

// New remembers at most so many messages.
func New[ID any](most int) *Progress[ID] {
	return &Progress[ID]{max: most, at: make(map[string]Point[ID])}
}

// Take gives how far a message came, and forgets it.
func (p *Progress[ID]) Take(mark string) Point[ID] {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := p.at[mark]
	delete(p.at, mark)
	return at
}

// Keep remembers how far a message came. One without a mark, or of which nothing was sent, is not kept.
func (p *Progress[ID]) Keep(mark string, at Point[ID]) {
	if at.Calls == 0 || mark == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at[mark] = at
	p.order = append(slices.DeleteFunc(p.order, func(m string) bool { return m == mark }), mark)
	for len(p.order) > p.max {
		delete(p.at, p.order[0])
		p.order = p.order[1:]
	}
}
