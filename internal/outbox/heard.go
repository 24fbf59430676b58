package outbox

import (
	"context"

	"rabeg/bot"
)

// Heard is the handler of a network's events: what people do is a sign of what reached them. What was refused until a person is back
// (SendError.Cold) goes out when he or she writes or lets the bot in again, in order and once. That happens after the event is handled and
// before the network may forget it, so that it happens even when the process dies in between.
func (s *Sender) Heard(h bot.Handler) bot.Handler {
	minds := s.Colds != nil
	if !minds && s.Departures == nil {
		return h
	}
	return func(ctx context.Context, ev bot.Event) error {
		s.sign(ev)
		if !minds {
			return h(ctx, ev)
		}
		if err := h(ctx, ev); err != nil {
			return err
		}
		if ev.Group {
			return nil
		}
		switch ev.Body.(type) {
		case bot.Left, bot.Moved:
			return nil
		}
		n, err := s.Colds.Thaw(ctx, ev.Chat)
		if _, invites := s.Channel.(bot.Waker); invites {
			s.mu.Lock()
			s.board.stir(laneKey(ev.Chat, false), s.Now())
			signal(s.wake)
			s.mu.Unlock()
		}
		if n > 0 {
			s.mu.Lock()
			s.books.recall()
			s.mu.Unlock()
			s.Look()
		}
		return err
	}
}
