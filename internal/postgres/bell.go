package postgres

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Bell is how programs that serve the same governments tell each other whose letters wait: over one connection to a database that all
// of them reach, in place of one for each government. Its methods may be called at once.
type Bell struct {
	db *pgxpool.Pool

	mu   sync.Mutex
	ears map[string]*func()
}

const (
	bellSize = 2 // one listens, the other rings now and then
	bellWait = time.Second
)

// NewBell makes a bell in the database of an address. It asks nothing yet.
func NewBell(ctx context.Context, dsn string) (*Bell, error) {
	db, err := Connect(ctx, dsn, bellSize)
	if err != nil {
		return nil, err
	}
	return &Bell{db: db, ears: map[string]*func(){}}, nil
}

// Close ends its connections, after Run.
func (b *Bell) Close() { b.db.Close() }

// Ring tells the other programs that something waits for a government. One that is not reached looks by itself after a while.
func (b *Bell) Ring(ctx context.Context, government string) error {
	if _, err := b.db.Exec(ctx, `SELECT pg_notify('rabeg_governments', $1)`, government); err != nil {
		return fmt.Errorf("tell of what waits: %w", err)
	}
	return nil
}

// Hear calls f whenever somebody rings for a government, until stop. f must not block. The last one for a name counts.
func (b *Bell) Hear(government string, f func()) (stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ears[government] = &f
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.ears[government] == &f { // else another has taken its place
			delete(b.ears, government)
		}
	}
}

// Run listens until ctx is done. deaf is told when it cannot, once until it can again. What was rung for in the meantime is not known:
// all are called then.
func (b *Bell) Run(ctx context.Context, deaf func(error)) {
	for told := false; ctx.Err() == nil; {
		err := b.listen(ctx, func() { told = false; b.all() })
		if ctx.Err() != nil {
			return
		}
		if !told && err != nil {
			deaf(err)
		}
		told = true
		pause(ctx, bellWait)
	}
}

func (b *Bell) listen(ctx context.Context, begun func()) error {
	conn, err := b.db.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("listen for governments: %w", err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `LISTEN rabeg_governments`); err != nil {
		return fmt.Errorf("listen for governments: %w", err)
	}
	defer func() { _ = conn.Conn().Close(context.WithoutCancel(ctx)) }()
	begun()
	for {
		n, err := conn.Conn().WaitForNotification(ctx)
		if err != nil {
			return fmt.Errorf("listen for governments: %w", err)
		}
		b.mu.Lock()
		f := b.ears[n.Payload]
		b.mu.Unlock()
		if f != nil {
			(*f)()
		}
	}
}

func (b *Bell) all() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.ears {
		(*f)()
	}
}
