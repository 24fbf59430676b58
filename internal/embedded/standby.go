package embedded

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
)

// StartStandby copies a running server, which must be Durable, into o.Dir and starts the copy as its standby under a name: it follows
// every change, and takes reads alone until Promote. It is for tests: a deployment has its standbys on other machines.
func StartStandby(ctx context.Context, of *Postgres, name string, o Options) (*Postgres, error) {
	dir, err := Place(o.Dir)
	if err != nil {
		return nil, err
	}
	p := &Postgres{dir: dir, data: filepath.Join(dir, postgresFolder), as: accountFor(dir), bins: of.bins, opts: o}
	if p.socket, p.removeSocket, err = socketPlace(dir, p.as); err != nil {
		return nil, err
	}
	if err := p.copyOf(ctx, of, name); err != nil {
		p.removeSocket()
		return nil, err
	}
	if err := p.Start(ctx); err != nil {
		p.removeSocket()
		return nil, err
	}
	return p, nil
}

// copyOf makes the data a copy of another server's, which follows it.
func (p *Postgres) copyOf(ctx context.Context, of *Postgres, name string) error {
	if err := ownedFolder(p.data, p.as); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	lock, err := take(ctx, p.dir, p.data+".lock")
	if err != nil {
		return err
	}
	defer func() { _ = release(lock) }()
	proc, err := launch(spec{path: filepath.Join(filepath.Dir(p.bins.Postgres), "pg_basebackup"), dir: p.data, as: p.as, lock: lock, args: []string{
		"-D", p.data, "-X", "stream", "-c", "fast", "-R", "-d", fmt.Sprintf("host=%s port=5432 user=%s application_name=%s", of.socket, superuser, name)}})
	if err != nil {
		return err
	}
	select {
	case <-proc.done:
	case <-ctx.Done():
		proc.kill()
		return fmt.Errorf("copy PostgreSQL: %w", ctx.Err())
	}
	if proc.err != nil {
		return fmt.Errorf("copy PostgreSQL: %w: %s", proc.err, proc.tail.complaint())
	}
	if err := os.Chmod(p.data, 0o700); err != nil {
		return fmt.Errorf("copy PostgreSQL: %w", err)
	}
	return nil
}

// Promote makes a standby the primary and returns when it takes writes.
func (p *Postgres) Promote(ctx context.Context) error {
	return p.Tell(ctx, `SELECT pg_promote(true, 30)`)
}

// Tell runs a statement of the superuser's.
func (p *Postgres) Tell(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, p.DSN("postgres"))
	if err != nil {
		return fmt.Errorf("tell PostgreSQL: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("tell PostgreSQL: %w", err)
	}
	return nil
}

// EitherDSN is the connection string of one database on whichever of two servers takes writes.
func EitherDSN(a, b *Postgres, database string) string {
	query := url.Values{"host": {a.socket + "," + b.socket}, "port": {"5432,5432"}, "user": {superuser}, "sslmode": {"disable"},
		"target_session_attrs": {"read-write"}}
	u := url.URL{Scheme: "postgres", Path: "/" + database, RawQuery: query.Encode()}
	return u.String()
}
