package postgres

import (
	"context"
	"fmt"
	"hash/fnv"
	"time"
)

// Lead waits until this instance alone holds the name, then calls work with a context that ends when the hold is lost.
// It tries again until ctx is done, and returns nil then. pause waits between tries.
func (s *Store) Lead(ctx context.Context, name string, work func(context.Context) error) error {
	for ctx.Err() == nil {
		if err := s.leadOnce(ctx, name, work); err != nil {
			return err
		}
		if !pause(ctx, 250*time.Millisecond) {
			break
		}
	}
	return nil
}

func (s *Store) leadOnce(ctx context.Context, name string, work func(context.Context) error) error {
	conn, err := s.Pool.Acquire(ctx)
	if err != nil {
		return nil // no database, no leader: the next try comes
	}
	// The lock lives as long as the session: an instance that dies frees it, and so does one that loses its database.
	raw := conn.Hijack()
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = raw.Close(closing)
	}()
	var ok bool
	if err := raw.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, lockOf(name)).Scan(&ok); err != nil || !ok {
		return nil // somebody else leads, or the database went away
	}
	held, lost := context.WithCancel(ctx)
	defer lost()
	done := make(chan error, 1)
	go func() { done <- work(held) }()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			if held.Err() != nil {
				return nil
			}
			return err
		case <-tick.C:
			asking, cancel := context.WithTimeout(ctx, 3*time.Second)
			err := raw.Ping(asking)
			cancel()
			if err != nil {
				lost()
				<-done //nolint:errcheck // it was told to end; what it says of that is of no use
				return nil
			}
		}
	}
}

// Led reports whether some instance holds the name.
func (s *Store) Led(ctx context.Context, name string) (bool, error) {
	var free bool
	if err := s.Pool.QueryRow(ctx, `SELECT pg_try_advisory_xact_lock($1)`, lockOf(name)).Scan(&free); err != nil {
		return false, fmt.Errorf("ask who holds a name: %w", err)
	}
	return !free, nil
}

func lockOf(name string) int64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "rabeg/%s", name)
	return int64(h.Sum64())
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
