package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/jackc/pgx/v5"
)

// Options say how to start a server. The zero value of everything but Dir works.
type Options struct {
	// Dir is the wanted data folder, shared by PostgreSQL and Redis; see Place
	// for when another one is taken.
	Dir string
	// Durable has PostgreSQL wait for the disk at every commit. Without it a
	// crash of the machine (not of a process) may cost the data: for tests.
	Durable bool
	// Log receives what the servers print, nil for nobody. Statements and
	// values are kept out of it.
	Log io.Writer
	// Binaries are the programs to use, those of Find when left empty.
	Binaries Binaries
	// StandIn takes the place of a Redis where no redis-server is found; nil: then
	// there is none.
	StandIn StandIn
	// InProcess has StandIn run even where a redis-server is installed.
	InProcess bool
}

// superuser is the one role of a private server. It has no password: the
// socket's folder keeps everybody else out.
const superuser = "rabeg"

// Postgres is a private PostgreSQL server. Its methods may be called from
// several goroutines.
type Postgres struct {
	dir, data    string
	socket       string
	removeSocket func()
	as           *account
	bins         Binaries
	opts         Options

	mu   sync.Mutex
	proc *process // nil when stopped
	lock *os.File // held while proc is set
}

// StartPostgres starts a server on the data in o.Dir, making the data first
// where there is none, and returns when it takes connections. ctx bounds the
// start only; the server runs until Stop, or until this process ends. It
// answers ErrNoPostgres where none is installed and *InUseError where the
// folder is taken.
func StartPostgres(ctx context.Context, o Options) (*Postgres, error) {
	dir, err := Place(o.Dir)
	if err != nil {
		return nil, err
	}
	bins := o.Binaries
	if bins.Postgres == "" {
		if bins, err = Find(); err != nil {
			return nil, err
		}
	}
	p := &Postgres{dir: dir, data: filepath.Join(dir, postgresFolder), as: accountFor(dir), bins: bins, opts: o}
	if p.socket, p.removeSocket, err = socketPlace(dir, p.as); err != nil {
		return nil, err
	}
	if err := p.Start(ctx); err != nil {
		p.removeSocket()
		return nil, err
	}
	return p, nil
}

// Dir is the folder taken for the data, which may differ from the one wanted.
func (p *Postgres) Dir() string { return p.dir }

// Version is the major version of the server, such as 15.
func (p *Postgres) Version() int { return p.bins.Major }

// PID is the process id of the server, 0 while it is stopped.
func (p *Postgres) PID() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.proc == nil || p.proc.ended() {
		return 0
	}
	return p.proc.pid()
}

// Done is closed when the running server has ended, for whatever reason. It is
// nil, and so never ready, while the server is stopped.
func (p *Postgres) Done() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.proc == nil {
		return nil
	}
	return p.proc.done
}

// DSN is the connection string of one database of this server, as a URL. It
// stays the same over restarts and holds no secret.
func (p *Postgres) DSN(database string) string {
	// All of it is spelled out, so that no PG… variable of the environment can
	// lead a client to another server.
	return socketDSN(p.socket, database)
}

func socketDSN(folder, database string) string {
	query := url.Values{"host": {folder}, "port": {"5432"}, "user": {superuser}, "sslmode": {"disable"}}
	u := url.URL{Scheme: "postgres", Path: "/" + database, RawQuery: query.Encode()}
	return u.String()
}

// EnsureDatabase makes the database if it is not there yet.
func (p *Postgres) EnsureDatabase(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, p.DSN("postgres"))
	if err != nil {
		return fmt.Errorf("make database %s: %w", name, err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var there bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, name).Scan(&there); err != nil {
		return fmt.Errorf("look for database %s: %w", name, err)
	}
	if there {
		return nil
	}
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
		return fmt.Errorf("make database %s: %w", name, err)
	}
	return nil
}

// FreshDatabase makes an empty database in place of what has that name.
func (p *Postgres) FreshDatabase(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, p.DSN("postgres"))
	if err != nil {
		return fmt.Errorf("empty database %s: %w", name, err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("empty database %s: %w", name, err)
	}
	return p.EnsureDatabase(ctx, name)
}

// Start starts the server again after Stop or Kill, on the same data and the
// same DSN. Nothing to do while it runs.
func (p *Postgres) Start(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.proc != nil && !p.proc.ended() {
		return nil
	}
	p.forget()
	lock, err := take(ctx, p.dir, p.data+".lock")
	if err != nil {
		return err
	}
	proc, err := p.launch(ctx, lock)
	if err != nil {
		return errors.Join(err, release(lock))
	}
	p.proc, p.lock = proc, lock
	return nil
}

// Stop ends the server in good order, breaking its connections, and waits.
// When ctx ends first the server is killed; the data stays whole either way.
// Nothing to do while it is stopped.
func (p *Postgres) Stop(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.proc == nil {
		return nil
	}
	err := p.proc.stop(ctx, syscall.SIGINT) // "fast shutdown"
	p.forget()
	if err != nil {
		return fmt.Errorf("stop PostgreSQL: %w", err)
	}
	return nil
}

// Kill ends the server by SIGKILL, as a power cut would, for failure tests.
func (p *Postgres) Kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.proc == nil {
		return
	}
	p.proc.kill()
	p.forget()
}

// Restart is Stop and Start.
func (p *Postgres) Restart(ctx context.Context) error {
	if err := p.Stop(ctx); err != nil {
		return err
	}
	return p.Start(ctx)
}

// Close stops the server for good and removes what lies outside the data folder.
func (p *Postgres) Close(ctx context.Context) error {
	err := p.Stop(ctx)
	p.removeSocket()
	return err
}

// forget lets go of an ended server.
func (p *Postgres) forget() {
	if p.proc == nil {
		return
	}
	_ = release(p.lock) // the file is closed in any case
	p.proc, p.lock = nil, nil
}

func (p *Postgres) launch(ctx context.Context, lock *os.File) (*process, error) {
	if err := p.ensureData(ctx, lock); err != nil {
		return nil, err
	}
	if err := p.clearStalePID(); err != nil {
		return nil, err
	}
	proc, err := launch(spec{
		path: p.bins.Postgres, args: p.settings(), dir: p.data, as: p.as, lock: lock, log: p.opts.Log,
	})
	if err != nil {
		return nil, err
	}
	if err := proc.await(ctx, func() bool { return p.ready(proc.pid()) }); err != nil {
		proc.kill()
		return nil, fmt.Errorf("start PostgreSQL on %s: %w", p.data, err)
	}
	return proc, nil
}

// settings are the server's options. What a person wrote can be a value in a
// statement, so failed statements and the details of errors are not logged.
func (p *Postgres) settings() []string {
	set := []string{
		"listen_addresses=", "unix_socket_directories=" + p.socket, "unix_socket_permissions=0700", "port=5432",
		"timezone=UTC", "log_timezone=UTC", "max_connections=500",
		"log_error_verbosity=terse", "log_min_error_statement=panic",
	}
	if !p.opts.Durable {
		// Shared memory as files of the data folder: a killed server leaves no more
		// behind than its folder.
		set = append(set, "dynamic_shared_memory_type=mmap", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off",
			"jit=off", "shared_buffers=64MB", "wal_level=minimal", "max_wal_senders=0")
	}
	args := []string{"-D", p.data}
	for _, s := range set {
		args = append(args, "-c", s)
	}
	return args
}

// ready reads the state that the server itself writes into its pid file, as
// pg_ctl does: line 1 the process, line 8 its state.
func (p *Postgres) ready(pid int) bool {
	lines := p.pidFile()
	if len(lines) < 8 || strings.TrimSpace(lines[0]) != strconv.Itoa(pid) {
		return false
	}
	state := strings.TrimSpace(lines[7])
	return state == "ready" || state == "standby"
}

func (p *Postgres) pidFile() []string { return linesOf(p.pidPath()) }

func linesOf(path string) []string {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return strings.Split(string(text), "\n")
}

func (p *Postgres) pidPath() string { return filepath.Join(p.data, "postmaster.pid") }

// clearStalePID removes what names the process of a server that is gone, in
// the data and beside the socket, when that number now belongs to another
// program or to one that has ended and is still listed: PostgreSQL would take
// it for the server. The lock is ours, so no server of ours is alive.
func (p *Postgres) clearStalePID() error {
	for _, path := range []string{p.pidPath(), filepath.Join(p.socket, postgresSocket+".lock")} {
		lines := linesOf(path)
		if len(lines) == 0 {
			continue
		}
		pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
		if err != nil || !alive(pid) || !elsewhere(pid, p.data) {
			continue // PostgreSQL knows what to do with a broken one
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("remove stale pid file: %w", err)
		}
	}
	return nil
}

// ensureData makes the data folder, or checks that these programs can read it.
// It is made beside its place and renamed, so a start that dies on the way
// leaves nothing half done.
func (p *Postgres) ensureData(ctx context.Context, lock *os.File) error {
	text, err := os.ReadFile(filepath.Join(p.data, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return p.initData(ctx, lock)
	}
	if err != nil {
		return fmt.Errorf("read version of the data: %w", err)
	}
	major, err := strconv.Atoi(string(bytes.TrimSpace(text)))
	if err != nil {
		return fmt.Errorf("read version of the data: %w", err)
	}
	if major == p.bins.Major {
		return nil
	}
	if p.bins, err = find(major); err != nil {
		return fmt.Errorf("%s was made by PostgreSQL %d, which is not installed: install that version, or move the folder away",
			p.data, major)
	}
	return nil
}

func (p *Postgres) initData(ctx context.Context, lock *os.File) error {
	if entries, err := os.ReadDir(p.data); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s holds files but no PostgreSQL data: move it away", p.data)
	}
	fresh := p.data + ".new"
	// C.UTF-8 sorts by code point everywhere; systems without it have C.
	var failed error
	for _, locale := range []string{"C.UTF-8", "C"} {
		if err := os.RemoveAll(fresh); err != nil {
			return fmt.Errorf("clear unfinished data: %w", err)
		}
		if err := ownedFolder(fresh, p.as); err != nil {
			return fmt.Errorf("make data folder: %w", err)
		}
		if failed = p.initdb(ctx, lock, fresh, locale); failed == nil {
			break
		}
		if ctx.Err() != nil {
			break
		}
	}
	if failed != nil {
		return errors.Join(failed, os.RemoveAll(fresh))
	}
	if err := os.Rename(fresh, p.data); err != nil {
		return fmt.Errorf("put new data in place: %w", err)
	}
	return nil
}

func (p *Postgres) initdb(ctx context.Context, lock *os.File, folder, locale string) error {
	args := []string{
		"-D", folder, "-U", superuser, "--auth=trust", "--encoding=UTF8",
		"--locale=" + locale, "--lc-messages=C", "--no-instructions",
	}
	if !p.opts.Durable {
		args = append(args, "--no-sync")
	}
	proc, err := launch(spec{path: p.bins.InitDB, args: args, dir: folder, as: p.as, lock: lock})
	if err != nil {
		return err
	}
	select {
	case <-proc.done:
	case <-ctx.Done():
		proc.kill()
		return fmt.Errorf("make PostgreSQL data: %w", ctx.Err())
	}
	if proc.err != nil {
		return fmt.Errorf("make PostgreSQL data: %w: %s", proc.err, proc.tail.complaint())
	}
	return nil
}
