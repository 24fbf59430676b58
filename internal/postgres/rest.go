package postgres

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Watch tells how the database is, and whether there is anything to do. What the work's connections may all wait for it asks over that of
// the leases.
type Watch struct {
	db     *pgxpool.Pool
	leases *leases
}

// NewWatch makes a Watch of a database over the connections of the work alone.
func NewWatch(pool *pgxpool.Pool) *Watch { return &Watch{db: pool} }

// Looking is the pool over which is asked what only tells whether there is something to do. While work goes on it is that of the work. A
// store that is at rest, and looks seldom, has no connection but the one that says that it lives: that one does both.
func (s *Watch) Looking() *pgxpool.Pool {
	if s.leases == nil || s.leases.tempo == 1 || s.db.Stat().TotalConns() > 0 {
		return s.db
	}
	return s.leases.db
}

// Worked grows with all that is done besides looking: who finds it as it was knows that nothing has changed by this store.
func (s *Watch) Worked() int64 { return s.db.Stat().AcquireCount() }

// AtWork reports whether anything is being done now, as far as it takes the database.
func (s *Watch) AtWork() bool { return s.db.Stat().AcquiredConns() > 0 }

// Remade grows when the connection of a store at rest was lost and is made anew: something has become of the server.
func (s *Watch) Remade() int64 { return s.leases.made.Load() }

// Ping reports whether the database answers.
func (s *Watch) Ping(ctx context.Context) error { return s.db.Ping(ctx) }
