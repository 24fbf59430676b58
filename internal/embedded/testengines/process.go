// Package testengines starts, for tests, what the product runs on when one machine is not enough: a Redis Cluster, a Redis with
// Sentinels, and PgBouncer. (A PostgreSQL with a standby is of package embedded.) A test that wants what is not installed here is
// skipped with a word.
package testengines

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"math/rand/v2"
)

// patience bounds how long an engine may take to be there: the machine may be busy.
const patience = time.Minute

// Process is one running engine. Its methods may be called at once.
type Process struct {
	cmd  *exec.Cmd
	done chan struct{}

	mu   sync.Mutex
	said bytes.Buffer
}

// run starts a program. Who calls ends it with the test: what is started anew in its place ends when the first would have.
func run(t testing.TB, as *syscall.Credential, dir, path string, args ...string) *Process {
	t.Helper()
	p := &Process{cmd: exec.Command(path, args...), done: make(chan struct{})}
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr, p.cmd.SysProcAttr = dir, p, p, withParent()
	p.cmd.SysProcAttr.Credential = as
	p.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	if err := p.cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	go func() { _ = p.cmd.Wait(); close(p.done) }()
	return p
}

// Write takes down what the program says.
func (p *Process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.Write(b)
}

// Said is what the program has said so far.
func (p *Process) Said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

// Kill ends it as a power cut would.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// Freeze lets it stand still, as a machine does that hangs, until it goes on.
func (p *Process) Freeze() (goOn func()) {
	_ = p.cmd.Process.Signal(syscall.SIGSTOP)
	return func() { _ = p.cmd.Process.Signal(syscall.SIGCONT) }
}

// need finds a program, or skips the test.
func need(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		for _, at := range []string{name, filepath.Join("/usr/sbin", name)} {
			if path, err := exec.LookPath(at); err == nil {
				return path
			}
		}
	}
	t.Skipf("%s is not installed here", names[0])
	return ""
}

// ports finds free ports whose Cluster bus (10,000 above) is free as well.
func ports(t testing.TB, n int) (all []int) {
	t.Helper()
	free := func(port int) bool {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			return false
		}
		_ = l.Close()
		return true
	}
	taken := map[int]bool{}
	for range 10000 {
		if len(all) == n {
			return all
		}
		port := 12000 + rand.IntN(8000)
		if !taken[port] && free(port) && free(port+10000) {
			taken[port], all = true, append(all, port)
		}
	}
	t.Fatal("no free ports")
	return nil
}

const host = "127.0.0.1"

func address(port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }

// until asks again and again what nobody gives a signal for.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	tick, late := time.NewTicker(50*time.Millisecond), time.After(patience)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("waited %s in vain for %s", patience, what)
		}
	}
}

// cli asks a Redis by its own client.
func cli(t testing.TB, port int, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, need(t, "redis-cli", "valkey-cli"), append([]string{"-h", host, "-p", strconv.Itoa(port)}, args...)...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Sprintf("%s (%v)", out, err)
	}
	return strings.TrimSpace(string(out))
}

// plainUser is whom what refuses to be run by root is run as; nil: this process's own user.
func plainUser(t testing.TB, dir string) *syscall.Credential {
	t.Helper()
	if os.Geteuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	t.Skip("there is no user here that is not root")
	return nil
}

// folder is a short one of its own, that other users reach.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "rabeg-engine-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
