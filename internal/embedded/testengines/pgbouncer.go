package testengines

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Bouncer is a PgBouncer before one database.
type Bouncer struct {
	*Process
	// DSN is the database's address through it.
	DSN   string
	start func() *Process
}

// Restart ends it, with all connections, and starts it again.
func (b *Bouncer) Restart() {
	b.Kill()
	b.Process = b.start()
}

// NewBouncer starts a PgBouncer before a database of a local PostgreSQL. mode is its pool_mode; more are further lines of its settings.
func NewBouncer(t testing.TB, dsn, mode string, more ...string) *Bouncer {
	t.Helper()
	path := need(t, "pgbouncer")
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	dir, port := folder(t), ports(t, 1)[0]
	as := plainUser(t, dir)
	lines := fmt.Sprintf("[databases]\n%s = host=%s port=5432 user=%s\n[pgbouncer]\nlisten_addr = %s\nlisten_port = %d\nauth_type = any\n"+
		"pool_mode = %s\nmax_client_conn = 500\ndefault_pool_size = 60\n", u.Path[1:], u.Query().Get("host"), u.Query().Get("user"), host, port, mode) + strings.Join(more, "\n") + "\n"
	file := filepath.Join(dir, "pgbouncer.ini")
	if err := os.WriteFile(file, []byte(lines), 0o644); err != nil { // another user reads it; nothing in it is secret
		t.Fatal(err)
	}
	b := &Bouncer{DSN: fmt.Sprintf("postgres://%s@%s%s?sslmode=disable", u.Query().Get("user"), address(port), u.Path)}
	b.start = func() *Process {
		p := run(t, as, dir, path, file)
		until(t, "PgBouncer to listen", func() bool {
			c, err := net.Dial("tcp", address(port))
			if err == nil {
				_ = c.Close()
			}
			return err == nil
		})
		return p
	}
	b.Process = b.start()
	t.Cleanup(func() { b.Kill() })
	return b
}
