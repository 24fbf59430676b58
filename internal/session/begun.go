package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"rabeg/bot"
)

// begunFor is how long it is remembered that an event was begun.
const begunFor = time.Hour

func (s *Store) begunKey(id bot.EventID) string { return s.prefix + "begun:" + string(id) }

// Begun is how often an event was begun since it last ended, within the hour.
func (s *Store) Begun(ctx context.Context, id bot.EventID) (int, error) {
	n, err := s.rdb.Get(ctx, s.begunKey(id)).Int()
	if err != nil && !errors.Is(err, redis.Nil) {
		return 0, fmt.Errorf("ask how often an event was begun: %w", err)
	}
	return n, nil
}

// Begin counts one more beginning of an event.
func (s *Store) Begin(ctx context.Context, id bot.EventID) error {
	p := s.rdb.Pipeline()
	p.Incr(ctx, s.begunKey(id))
	p.PExpire(ctx, s.begunKey(id), begunFor)
	if _, err := p.Exec(ctx); err != nil {
		return fmt.Errorf("note that an event is begun: %w", err)
	}
	return nil
}

// Wait takes the last beginning of an event back: it waits for others.
func (s *Store) Wait(ctx context.Context, id bot.EventID) error {
	if err := s.rdb.Decr(ctx, s.begunKey(id)).Err(); err != nil {
		return fmt.Errorf("note that an event waits: %w", err)
	}
	return nil
}

// End forgets that an event was begun.
func (s *Store) End(ctx context.Context, id bot.EventID) error {
	if err := s.rdb.Del(ctx, s.begunKey(id)).Err(); err != nil {
		return fmt.Errorf("note that an event is ended: %w", err)
	}
	return nil
}
