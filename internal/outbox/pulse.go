package outbox

import "time"

// Pulse is how sending goes, for who watches it.
type Pulse struct {
	// Sends says that this instance sends.
	Sends bool
	// Heeded is when the network last took a letter or judged one, by the machine's clock; zero: not yet.
	Heeded time.Time
}

// Pulse tells how sending goes.
func (s *Sender) Pulse() Pulse {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Pulse{Sends: s.books.open, Heeded: s.board.heeded}
}
