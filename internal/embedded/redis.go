package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

// RedisDatabases is how many numbered databases a private Redis has.
const RedisDatabases = 256

// Redis is a private Redis: a child process that keeps its data, or, where no
// redis-server is installed and the caller brings one, a stand-in within this
// process that keeps nothing.
// Either listens on a unix socket. Its methods may be called from several
// goroutines.
type Redis struct {
	dir, data    string
	socket       string
	removeSocket func()
	kind         string

	mu      sync.Mutex
	backend backend
	lock    *os.File // held from start to stop
}

// backend is one way to run a Redis. Its methods are called one at a time.
type backend interface {
	// start starts it and returns when it answers; lock is to be handed down to
	// child processes.
	start(ctx context.Context, lock *os.File) error
	// stop ends it in good order, or by force once ctx is done.
	stop(ctx context.Context) error
	// kill ends it at once.
	kill()
	// running reports whether it is up, and the id of its process, 0 for this one.
	running() (pid int, up bool)
	// erase deletes what it has kept; called while it is stopped.
	erase() error
}

// StartRedis starts a Redis on the data in o.Dir and returns when it takes
// connections. ctx bounds the start only. It answers ErrNoRedis where none is
// installed and o has no StandIn, and *InUseError where the folder is taken.
func StartRedis(ctx context.Context, o Options) (*Redis, error) {
	dir, err := Place(o.Dir)
	if err != nil {
		return nil, err
	}
	as := accountFor(dir)
	folder, remove, err := socketPlace(dir, as)
	if err != nil {
		return nil, err
	}
	r := &Redis{
		dir: dir, data: filepath.Join(dir, redisFolder),
		socket: filepath.Join(folder, redisSocket), removeSocket: remove,
	}
	program := o.Binaries.Redis
	if o.Binaries == (Binaries{}) {
		program = findRedis()
	}
	switch {
	case program != "" && !o.InProcess:
		r.kind = redisKind(program)
		r.backend = &redisChild{program: program, data: r.data, socket: r.socket, as: as, log: o.Log}
	case o.StandIn != nil:
		r.kind, r.backend = o.StandIn.Kind(), inProcess{o.StandIn, r.socket}
	default:
		remove()
		return nil, ErrNoRedis
	}
	if err := r.Start(ctx); err != nil {
		remove()
		return nil, err
	}
	return r, nil
}

// Kind says what runs, for people: "redis-server 7.0.15", or
// "miniredis, in this process, nothing kept".
func (r *Redis) Kind() string { return r.kind }

// Dir is the folder taken for the data, which may differ from the one wanted.
func (r *Redis) Dir() string { return r.dir }

// URL is the address of database 0 in the form go-redis reads. It stays the
// same over restarts and holds no secret.
func (r *Redis) URL() string { return r.DatabaseURL(0) }

// DatabaseURL is URL for the numbered database, below RedisDatabases.
func (r *Redis) DatabaseURL(n int) string {
	u := url.URL{Scheme: "unix", Path: r.socket, RawQuery: "db=" + strconv.Itoa(n)}
	return u.String()
}

// PID is the process id of the server, 0 while it is stopped and for the stand-in.
func (r *Redis) PID() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	pid, _ := r.backend.running()
	return pid
}

// Done is closed when the running server has ended, for whatever reason. It is
// nil, and so never ready, while it is stopped and for a stand-in.
func (r *Redis) Done() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c, ok := r.backend.(*redisChild); ok && c.proc != nil {
		return c.proc.done
	}
	return nil // a stand-in does not end by itself
}

// Start starts Redis again after Stop or Kill, with the same URL and data.
// Nothing to do while it runs.
func (r *Redis) Start(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, up := r.backend.running(); up {
		return nil
	}
	r.forget()
	lock, err := take(ctx, r.dir, r.data+".lock")
	if err != nil {
		return err
	}
	if err := r.backend.start(ctx, lock); err != nil {
		return errors.Join(fmt.Errorf("start Redis on %s: %w", r.data, err), release(lock))
	}
	r.lock = lock
	return nil
}

// Stop ends Redis in good order and waits. When ctx ends first it is killed.
// Nothing to do while it is stopped.
func (r *Redis) Stop(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.backend.stop(ctx)
	r.forget()
	if err != nil {
		return fmt.Errorf("stop Redis: %w", err)
	}
	return nil
}

// Kill ends Redis by SIGKILL, for failure tests; the stand-in is just closed.
func (r *Redis) Kill() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.backend.kill()
	r.forget()
}

// Restart stops Redis and starts it again; with empty it has lost everything.
func (r *Redis) Restart(ctx context.Context, empty bool) error {
	if err := r.Stop(ctx); err != nil {
		return err
	}
	if empty {
		if err := r.erase(); err != nil {
			return fmt.Errorf("empty Redis: %w", err)
		}
	}
	return r.Start(ctx)
}

func (r *Redis) erase() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.backend.erase()
}

// Flush empties one numbered database.
func (r *Redis) Flush(ctx context.Context, n int) error {
	if _, err := ask(ctx, r.socket, "SELECT "+strconv.Itoa(n), "FLUSHDB"); err != nil {
		return fmt.Errorf("empty Redis database %d: %w", n, err)
	}
	return nil
}

// Close stops Redis for good and removes what lies outside the data folder.
func (r *Redis) Close(ctx context.Context) error {
	err := r.Stop(ctx)
	r.removeSocket()
	return err
}

// forget gives the folder back after the end.
func (r *Redis) forget() {
	if r.lock != nil {
		_ = release(r.lock) // the file is closed in any case
		r.lock = nil
	}
}

// ask sends commands over one connection and returns the last answer, a single
// line. An answer that begins with "-" is an error.
func ask(ctx context.Context, socket string, commands ...string) (string, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", socket)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	return converse(ctx, conn, commands)
}
