package postgres

import (
	"context"
	"fmt"
	"maps"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Share is how many connections to one server the governments of a program may have together for their work, however many pools these are
// in: each database takes connections of its own. Who needs one while all are taken waits for it, and what lies idle elsewhere is shut for
// it. The one by which a government says that it lives waits for nobody. Its methods may be called at once.
type Share struct {
	most int // of the server

	mu       sync.Mutex
	works    int           // connections there are
	freed    chan struct{} // closed when one is
	pools    map[*pgxpool.Pool]bool
	shutting bool
}

const (
	// worksLeast is how many connections there may be in any case, so that many governments at rest never leave none.
	worksLeast = 12
	// shutEvery is how often who waits has idle ones shut.
	shutEvery = 100 * time.Millisecond
)

// NewShare is the Share of a program on a server that has so many connections: half of them, beside another program that serves the same
// governments. Each takes one connection for each government at rest.
func NewShare(most int) *Share {
	return &Share{most: most, freed: make(chan struct{}), pools: map[*pgxpool.Pool]bool{}}
}

// room is how many connections there may be. mu is held.
func (s *Share) room() int { return max(s.most/2-len(s.pools), worksLeast) }

// ShareOf is the Share of a program on the server of an address, which keeps a tenth of its connections for everybody else.
func ShareOf(ctx context.Context, dsn string) (*Share, error) {
	const ask = `SELECT current_setting('max_connections')::int * 9 / 10`
	pool, err := Connect(ctx, dsn, 1)
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	var most int
	if err := pool.QueryRow(ctx, ask).Scan(&most); err != nil {
		return nil, fmt.Errorf("ask how many connections there are: %w", err)
	}
	return NewShare(most), nil
}

// Connect is Connect within the share, until leave.
func (s *Share) Connect(ctx context.Context, dsn string, size int32) (pool *pgxpool.Pool, leave func(), err error) {
	pool, err = connect(ctx, dsn, size, func(cfg *pgxpool.Config) { cfg.ConnConfig.DialFunc = s.dials(cfg.ConnConfig.DialFunc) })
	if err != nil {
		return nil, nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pools[pool] = true
	return pool, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.pools, pool)
	}, nil
}

// dials counts the connections that are made by a dial.
func (s *Share) dials(dial pgconn.DialFunc) pgconn.DialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if err := s.take(ctx); err != nil {
			return nil, fmt.Errorf("all connections of this program to the database are taken: %w", err)
		}
		give := sync.OnceFunc(func() { s.give() })
		conn, err := dial(ctx, network, address)
		if err != nil {
			give()
			return nil, err //nolint:wrapcheck // a dialler's own error
		}
		return counted{conn, give}, nil
	}
}

// counted is a connection that is given back to the share when it is closed.
type counted struct {
	net.Conn

	give func()
}

// Close is of net.Conn.
func (c counted) Close() error {
	defer c.give()
	return c.Conn.Close() //nolint:wrapcheck // a connection's own error
}

func (s *Share) take(ctx context.Context) error {
	for {
		s.mu.Lock()
		if s.works < s.room() {
			s.works++
			s.mu.Unlock()
			return nil
		}
		freed := s.freed
		s.mu.Unlock()
		s.shut(ctx)
		again := time.NewTimer(shutEvery)
		select {
		case <-freed:
		case <-again.C:
		case <-ctx.Done():
		}
		again.Stop()
		if err := ctx.Err(); err != nil {
			return err //nolint:wrapcheck // dials says what it means
		}
	}
}

func (s *Share) give() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.works--
	close(s.freed)
	s.freed = make(chan struct{})
}

// shut closes what lies idle in all pools, unless somebody does already.
func (s *Share) shut(ctx context.Context) {
	s.mu.Lock()
	if s.shutting {
		s.mu.Unlock()
		return
	}
	s.shutting = true
	pools := slices.Collect(maps.Keys(s.pools))
	s.mu.Unlock()
	for _, p := range pools {
		for _, c := range p.AcquireAllIdle(ctx) {
			_ = c.Conn().Close(ctx)
			c.Release()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shutting = false
}
