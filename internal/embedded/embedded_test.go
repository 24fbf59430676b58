package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/embedded"
	"rabeg/internal/embedded/standin"
)

// childEnv, when set, turns the test binary into a program that starts both
// servers on that folder, says so and waits to be killed.
const childEnv = "RABEG_EMBEDDED_CHILD"

// scratchChild has the child make its own scratch folder.
const scratchChild = "scratch"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		if err := child(dir); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child starts the servers, writes one row, prints where and waits for the end
// of standard input.
func child(dir string) error {
	ctx := context.Background()
	if dir == scratchChild {
		made, _, err := embedded.Scratch()
		if err != nil {
			return err
		}
		dir = made
	}
	pg, err := embedded.StartPostgres(ctx, embedded.Options{Dir: dir, Durable: true})
	if err != nil {
		return err
	}
	redis, err := embedded.StartRedis(ctx, embedded.Options{Dir: dir, StandIn: standin.New()})
	if err != nil {
		return err
	}
	if err := execute(ctx, pg, `CREATE TABLE IF NOT EXISTS seen (at timestamptz NOT NULL DEFAULT now())`,
		`INSERT INTO seen DEFAULT VALUES`); err != nil {
		return err
	}
	fmt.Println("ready", pg.PID(), redis.PID(), pg.Dir())
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	if err := redis.Close(ctx); err != nil {
		return err
	}
	return pg.Close(ctx)
}

// running is a child that has said "ready".
type running struct {
	cmd        *exec.Cmd
	stdin      io.Closer
	pg, redis  int
	dir        string
	stdoutRest *bufio.Reader
}

// startChild runs this test binary as child, as the given user where as is set.
func startChild(t *testing.T, binary, dir string, as *syscall.Credential) *running {
	t.Helper()
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), childEnv+"="+dir)
	if as != nil {
		cmd.Env = append(cmd.Env, "HOME=/nonexistent", "XDG_STATE_HOME=")
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
		cmd.Dir = "/"
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	r := &running{cmd: cmd, stdin: stdin, stdoutRest: bufio.NewReader(stdout)}
	line, err := r.stdoutRest.ReadString('\n')
	if err != nil {
		t.Fatalf("child said nothing: %v", err)
	}
	if _, err := fmt.Sscanf(line, "ready %d %d %s", &r.pg, &r.redis, &r.dir); err != nil {
		t.Fatalf("child said %q", line)
	}
	return r
}

func (r *running) kill(t *testing.T) {
	t.Helper()
	if err := r.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = r.cmd.Wait() // "signal: killed"
}

// scratch is a folder any server user can reach, removed after the test.
func scratch(t *testing.T) string {
	t.Helper()
	dir, remove, err := embedded.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(remove)
	return dir
}

// within bounds a test's calls.
func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func startPostgres(t *testing.T, o embedded.Options) *embedded.Postgres {
	t.Helper()
	pg, err := embedded.StartPostgres(within(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pg.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return pg
}

func execute(ctx context.Context, pg *embedded.Postgres, statements ...string) error {
	conn, err := pgx.Connect(ctx, pg.DSN("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for _, s := range statements {
		if _, err := conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// value is the single value a query gives.
func value(t *testing.T, pg *embedded.Postgres, query string) string {
	t.Helper()
	ctx := within(t)
	conn, err := pgx.Connect(ctx, pg.DSN("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	var v string
	if err := conn.QueryRow(ctx, query).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// eventually polls cond; for facts about other processes, which send no signal.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	late := time.After(30 * time.Second)
	for !cond() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("never happened: %s", what)
		}
	}
}

// gone reports whether a process that is not our child has ended (or is only a
// zombie waiting for an idle init).
func gone(pid int) bool {
	if syscall.Kill(pid, 0) == syscall.ESRCH {
		return true
	}
	stat, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	return err == nil && strings.Contains(string(stat), ") Z ")
}

func ownBinary(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// nobody is a credential for a user who is neither root nor the owner of
// anything, with a copy of this binary that he or she may run.
func nobody(t *testing.T, dir string) (*syscall.Credential, string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can become another user; this run is the normal user's path already")
	}
	u, err := user.Lookup("nobody")
	if err != nil {
		t.Skip("this system has no user nobody")
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(ownBinary(t))
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "child.test")
	syscall.ForkLock.RLock() // a child that another test starts meanwhile would hold the file open for writing: "text file busy"
	err = os.WriteFile(copied, program, 0o755)
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, copied
}
