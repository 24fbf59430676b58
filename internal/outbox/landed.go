package outbox

import (
	"context"

	"rabeg/bot"
)

// Landed waits until what is on the wire to a chat has landed, and where it stands is written; what is sent later is not
// waited for. Who was faster in answering a message than the database in knowing it asks once more then. It returns at once
// where nothing is on its way or another instance sends, and an error only when ctx ends first: while the database is away,
// where a message stands stays unwritten.
func (s *Sender) Landed(ctx context.Context, chat bot.Address) error {
	key := laneKey(chat, chat.Chat() == s.Desk.Address().Chat())
	s.mu.Lock()
	defer s.mu.Unlock()
	if first, beside := s.board.onWire(key); first != 0 || beside != 0 {
		landed := func() bool {
			f, b := s.board.onWire(key)
			return (first == 0 || f != first) && (beside == 0 || b != beside)
		}
		if err := s.until(ctx, landed); err != nil {
			return err
		}
	}
	owed := s.books.owed(key)
	return s.until(ctx, func() bool { return s.books.written >= owed })
}

// until waits for news that make something true. s.mu is held, but not while it waits.
func (s *Sender) until(ctx context.Context, so func() bool) error {
	for !so() {
		if s.news == nil {
			s.news = make(chan struct{})
		}
		news := s.news
		s.mu.Unlock()
		select {
		case <-news:
		case <-ctx.Done():
		}
		s.mu.Lock()
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// tell wakes those who wait for news. s.mu is held.
func (s *Sender) tell() {
	if s.news != nil {
		close(s.news)
		s.news = nil
	}
}
