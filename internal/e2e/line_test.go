package e2e

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// line is a way to the database that can stand still, as a network does whose machine has vanished.
type line struct {
	dsn string
	mu  sync.RWMutex
}

// throughLine gives a way to the database of a DSN.
func throughLine(t *testing.T, dsn string) *line {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	target := filepath.Join(q.Get("host"), ".s.PGSQL.5432")
	dir, err := os.MkdirTemp("", "line") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	l := &line{dsn: u.String()}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("unix", target)
			if err != nil {
				_ = in.Close()
				continue
			}
			go l.carry(in, out)
			go l.carry(out, in)
		}
	}()
	return l
}

func (l *line) carry(to, from net.Conn) {
	defer func() { _, _ = to.Close(), from.Close() }()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		l.mu.RLock() // while the line stands still, nothing passes, and nobody is told
		_, werr := to.Write(buf[:n])
		l.mu.RUnlock()
		if err != nil || werr != nil {
			return
		}
	}
}

// stand lets it stand still until it goes on.
func (l *line) stand() (goOn func()) {
	l.mu.Lock()
	var once sync.Once
	return func() { once.Do(l.mu.Unlock) }
}
