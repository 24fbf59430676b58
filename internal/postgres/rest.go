package postgres

import "github.com/jackc/pgx/v5/pgxpool"

// Looking is the pool over which is asked what only tells whether there is something to do. While work goes on it is that of the work. A
// store that is at rest, and looks seldom, has no connection but the one that says that it lives: that one does both.
func (s *Store) Looking() *pgxpool.Pool {
	if s.leases == nil || s.leases.tempo == 1 || s.Pool.Stat().TotalConns() > 0 {
		return s.Pool
	}
	return s.leases.db
}

// Worked grows with all that is done besides looking: who finds it as it was knows that nothing has changed by this store.
func (s *Store) Worked() int64 { return s.Pool.Stat().AcquireCount() }

// AtWork reports whether anything is being done now, as far as it takes the database.
func (s *Store) AtWork() bool { return s.Pool.Stat().AcquiredConns() > 0 }

// Remade grows when the connection of a store at rest was lost and is made anew: something has become of the server.
func (s *Store) Remade() int64 { return s.leases.made.Load() }
