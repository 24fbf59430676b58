package postgres

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// dialMost is how long one server may take to answer a new connection, dialAmong where another is asked next: a machine that has
	// vanished costs that long.
	dialMost  = 5 * time.Second
	dialAmong = 2 * time.Second
)

// among settles how one of several servers is chosen: the one that takes writes, whatever the address says of it or leaves out.
func among(cfg *pgxpool.Config) {
	c := &cfg.ConnConfig.Config
	c.ConnectTimeout = dialMost
	if len(hostsOf(c)) < 2 {
		return
	}
	c.ConnectTimeout = dialAmong
	c.ValidateConnect = (&history{of: c.Copy()}).newest
}

// hostsOf are the servers of an address, each once.
func hostsOf(c *pgconn.Config) []string {
	at := func(host string, port uint16) string { return net.JoinHostPort(host, strconv.Itoa(int(port))) }
	all := []string{at(c.Host, c.Port)}
	for _, f := range c.Fallbacks { // the same one comes once with TLS and once without
		if next := at(f.Host, f.Port); !slices.Contains(all, next) {
			all = append(all, next)
		}
	}
	return all
}

// Host is one server of an address that names several, as the doctor sees it.
type Host struct {
	Name   string // host:port
	Writes bool   // it takes writes: a primary
	// Timeline is which history of the database a primary goes on with: the greatest is the newest, and the others were left behind.
	Timeline string
	Err      error // why it could not be asked
}

// Hosts asks each server of an address by itself; nil where there is only one.
func Hosts(ctx context.Context, dsn string) ([]Host, error) {
	cfg, err := configOf(dsn)
	if err != nil {
		return nil, err
	}
	c := &cfg.ConnConfig.Config
	names := hostsOf(c)
	if len(names) < 2 {
		return nil, nil
	}
	return askHosts(ctx, c, names), nil
}

// askHosts asks all servers at once: one that has vanished keeps nobody waiting for the others.
func askHosts(ctx context.Context, of *pgconn.Config, names []string) []Host {
	out := make([]Host, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() { out[i] = askHost(ctx, of, name) })
	}
	all.Wait()
	return out
}

func askHost(ctx context.Context, of *pgconn.Config, name string) Host {
	one, h := of.Copy(), Host{Name: name}
	all := append([]*pgconn.FallbackConfig{{Host: of.Host, Port: of.Port, TLSConfig: of.TLSConfig}}, of.Fallbacks...)
	all = slices.DeleteFunc(all, func(f *pgconn.FallbackConfig) bool {
		return net.JoinHostPort(f.Host, strconv.Itoa(int(f.Port))) != name
	})
	one.Host, one.Port, one.TLSConfig, one.Fallbacks, one.ValidateConnect = all[0].Host, all[0].Port, all[0].TLSConfig, all[1:], nil
	conn, err := pgconn.ConnectConfig(ctx, one)
	if err != nil {
		h.Err = err
		return h
	}
	defer func() { _ = conn.Close(ctx) }()
	said, err := show(ctx, conn, "SHOW transaction_read_only")
	if h.Writes, h.Err = said == "off", err; h.Writes {
		h.Timeline, h.Err = timelineOf(ctx, conn)
	}
	return h
}

// show is the one value that a statement answers.
func show(ctx context.Context, conn *pgconn.PgConn, statement string) (string, error) {
	all, err := conn.Exec(ctx, statement).ReadAll()
	if err != nil {
		return "", fmt.Errorf("ask a server: %w", err)
	}
	if len(all) != 1 || len(all[0].Rows) != 1 {
		return "", nil
	}
	return string(all[0].Rows[0][0]), nil
}

// ErrPooled says that what stands before the database shares a session among several connections.
var ErrPooled = errors.New("something before the database (PgBouncer in transaction mode?) hands each statement to another session")

// pooledBy is how many connections are tried at once: a pooler that is asked by one alone gives it the same session again and again.
const pooledBy = 3

// Sessions tells whether each connection is a session of its own (ErrPooled): locks, LISTEN, prepared statements and settings are kept in
// sessions. It says something to each of some connections, and then asks each what was said to it.
func Sessions(ctx context.Context, dsn string) error {
	cfg, err := configOf(dsn)
	if err != nil {
		return err
	}
	conns := make([]*pgconn.PgConn, pooledBy)
	for i := range conns {
		if conns[i], err = pgconn.ConnectConfig(ctx, &cfg.ConnConfig.Config); err != nil {
			return fmt.Errorf("connect to the database: %w", err)
		}
		defer func() { _ = conns[i].Close(ctx) }()
	}
	for round := range pooledBy {
		word := func(i int) string { return fmt.Sprintf("%d-%d", round, i) }
		for i, c := range conns {
			if _, err := show(ctx, c, "SET rabeg.session = '"+word(i)+"'"); err != nil {
				return err
			}
		}
		for i, c := range conns {
			said, err := show(ctx, c, "SHOW rabeg.session")
			if pg, ok := errors.AsType[*pgconn.PgError](err); ok && pg.Code == "42704" || err == nil && said != word(i) {
				return ErrPooled // it knows of none, or of another's
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}

// Writer is an address by which others than Connect, too, reach the one of several servers that takes writes.
func Writer(dsn string) string {
	cfg, err := configOf(dsn)
	if err != nil || len(hostsOf(&cfg.ConnConfig.Config)) < 2 || strings.Contains(dsn, "target_session_attrs") {
		return dsn // one that cannot be read is refused where it is used
	}
	const attrs = "target_session_attrs=read-write"
	switch {
	case !strings.Contains(dsn, "://"):
		return dsn + " " + attrs
	case strings.Contains(dsn, "?"):
		return dsn + "&" + attrs
	}
	return dsn + "?" + attrs
}

// configOf reads an address as Connect does.
func configOf(dsn string) (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	among(cfg)
	params := cfg.ConnConfig.RuntimeParams
	params["application_name"], params["timezone"] = "rabeg", "UTC"
	// Each statement is planned once for a connection: a plan for the values of one call costs more than most calls themselves, and
	// what the plans are is tested.
	params["plan_cache_mode"] = "force_generic_plan"
	cfg.ConnConfig.AfterConnect = atOnce
	return cfg, nil
}

// atOnce has statements run as they are, at once. PostgreSQL compiles what it takes for dear before it runs it (jit), and begins other
// processes that help (parallel workers): with a million reports each costs fifty milliseconds, for searches that are over in two. It is
// said after the connection is made, not with it: what stands before the database (PgBouncer) refuses settings that it does not know.
func atOnce(ctx context.Context, c *pgconn.PgConn) error {
	if err := c.Exec(ctx, "SET jit = off; SET max_parallel_workers_per_gather = 0").Close(); err != nil {
		return fmt.Errorf("set how statements are run: %w", err)
	}
	return nil
}

// Parameter reports whether an error says that something before the database does not know a setting that this program begins with, and
// which.
func Parameter(err error) (name string, is bool) {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return "", false
	}
	name, is = strings.CutPrefix(pg.Message, "unsupported startup parameter: ")
	return name, is
}
