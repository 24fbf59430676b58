package app

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"rabeg/internal/embedded/testdb"
)

// A machine that boots starts the database and the program at once: the program waits, and says so once.
func TestAStartWaitsForADatabaseThatWillSoonServe(t *testing.T) {
	t.Parallel()
	for code, why := range map[string]string{"57P03": "it is just starting or stopping", "53300": "it has too many connections"} {
		var out bytes.Buffer
		dsn := starting(t, testdb.New(t, nil), code, 2)
		if err := patiently(t.Context(), dsn, slog.New(slog.NewTextHandler(&out, nil))); err != nil {
			t.Errorf("after two times %s: %v", code, err)
		}
		if said := out.String(); strings.Count(said, "the start waits for the database") != 1 || !strings.Contains(said, why) {
			t.Errorf("of %s it is said:\n%s", code, said)
		}
	}
}

// What waiting does not mend ends the start at once, with a word.
func TestAStartDoesNotWaitForWhatWaitingDoesNotMend(t *testing.T) {
	t.Parallel()
	for code, why := range map[string]string{"28P01": "the user or the password is not accepted", "3D000": "there is no such database"} {
		var out bytes.Buffer
		err := patiently(t.Context(), starting(t, testdb.New(t, nil), code, 1), slog.New(slog.NewTextHandler(&out, nil)))
		if err == nil || !strings.Contains(err.Error(), why) || out.Len() > 0 {
			t.Errorf("of %s: %v; said: %s", code, err, out.String())
		}
	}
}

// A database that takes the connection and says nothing is slow, and may yet serve.
func TestASlowDatabaseMaySoonServe(t *testing.T) {
	t.Parallel()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0") // nobody accepts: the system takes the connection
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := answers(ctx, "postgres://rabeg@"+l.Addr().String()+"/rabeg?sslmode=disable"); !soon(err) {
		t.Errorf("it is not waited for: %v", err)
	}
}

// starting is the database of dsn behind a door that says with a code, so many times, that nobody is served.
func starting(t *testing.T, dsn, code string, times int) (door string) {
	t.Helper()
	behind, err := pgconn.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "door-") // a short path: a socket's name has little room
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	l, err := new(net.ListenConfig).Listen(t.Context(), "unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for n := 0; ; n++ {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if n < times {
				go refuse(c, code)
				continue
			}
			go join(t.Context(), c, filepath.Join(behind.Host, ".s.PGSQL.5432"))
		}
	}()
	return (&url.URL{Scheme: "postgres", Path: "/" + behind.Database, RawQuery: url.Values{
		"host": {dir}, "port": {"5432"}, "user": {behind.User}, "sslmode": {"disable"},
	}.Encode()}).String()
}

func refuse(c net.Conn, code string) {
	back := pgproto3.NewBackend(c, c)
	if _, err := back.ReceiveStartupMessage(); err == nil {
		back.Send(&pgproto3.ErrorResponse{Severity: "FATAL", Code: code, Message: "no"})
		_ = back.Flush()
	}
	_ = c.Close()
}

func join(ctx context.Context, c net.Conn, behind string) {
	defer func() { _ = c.Close() }()
	to, err := new(net.Dialer).DialContext(ctx, "unix", behind)
	if err != nil {
		return
	}
	defer func() { _ = to.Close() }()
	go func() { _, _ = io.Copy(to, c) }()
	_, _ = io.Copy(c, to)
}
