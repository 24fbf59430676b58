package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Where another server was promoted, the primary of before may come back and take writes as ever: its machine has started again. What it is told
// then the other does not have. So of several servers that take writes, only that with the newest history is the primary.

// askTimeline asks a primary which history of the database it goes on with.
const askTimeline = `SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)`

const (
	// askedFor is how long it is believed which histories the other servers go on with, othersMost how long asking them may take: less than
	// a connection may take to be made.
	askedFor   = 30 * time.Second
	othersMost = 1200 * time.Millisecond
)

// ErrOlder says that a server takes writes whose history ended elsewhere: another was promoted in its place.
var ErrOlder = errors.New("an older primary: another server was promoted in its place")

// history is the newest history that was seen on the servers of an address. It may be used at once from several goroutines.
type history struct {
	of    *pgconn.Config
	mu    sync.Mutex
	top   string
	asked time.Time
}

// newest takes a connection to the server that takes writes and whose history is the newest.
func (h *history) newest(ctx context.Context, conn *pgconn.PgConn) error {
	if err := pgconn.ValidateConnectTargetSessionAttrsReadWrite(ctx, conn); err != nil {
		return fmt.Errorf("choose a server: %w", err)
	}
	own, err := timelineOf(ctx, conn)
	if err != nil {
		return err
	}
	if own != "" && own < h.seen(ctx, own) {
		return ErrOlder
	}
	return nil
}

// timelineOf is the history that a primary goes on with; "" where it does not say: some providers' servers have no such function.
func timelineOf(ctx context.Context, conn *pgconn.PgConn) (string, error) {
	said, err := show(ctx, conn, askTimeline)
	if _, refused := errors.AsType[*pgconn.PgError](err); refused {
		return "", nil
	}
	return said, err
}

// seen is the newest history, with one that was just seen. The other servers are asked now and then, for who begins with the one of before has
// nothing to compare it with.
func (h *history) seen(ctx context.Context, own string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.top = max(h.top, own)
	if time.Since(h.asked) < askedFor {
		return h.top
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), othersMost)
	defer cancel()
	for _, host := range askHosts(ctx, h.of, hostsOf(h.of)) {
		h.top = max(h.top, host.Timeline)
	}
	h.asked = time.Now()
	return h.top
}

// Renew has all connections made anew, each to the server that is the primary now. Who uses one uses it to the end.
func (s *Watch) Renew() {
	s.db.Reset()
	s.leases.db.Reset()
}
