package postgres

import (
	"context"
	"fmt"
)

// Tell wakes the instance that sends, when this one does not.
func (s *Store) Tell(ctx context.Context) error {
	if _, err := s.Pool.Exec(ctx, `SELECT pg_notify('rabeg_letters', '')`); err != nil {
		return fmt.Errorf("wake the sender: %w", err)
	}
	return nil
}

// Hear calls f whenever another instance wrote letters, until ctx is done or the connection is lost.
func (s *Store) Hear(ctx context.Context, f func()) error {
	conn, err := s.Pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("listen for letters: %w", err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `LISTEN rabeg_letters`); err != nil {
		return fmt.Errorf("listen for letters: %w", err)
	}
	defer func() { _ = conn.Conn().Close(context.WithoutCancel(ctx)) }()
	for {
		if _, err := conn.Conn().WaitForNotification(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("listen for letters: %w", err)
		}
		f()
	}
}
