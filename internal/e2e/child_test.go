package e2e

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait of these tests: the machine may be busy with all of them.
const patience = time.Minute

// child is one running `rabeg serve`.
type child struct {
	t     testing.TB
	cmd   *exec.Cmd
	addr  string
	page  string // where the metrics are
	began time.Time
	up    time.Duration // from the start to "ready"
	done  chan struct{} // closed when it has ended; err is set then
	err   error
}

// start runs the program and waits until it says that it is ready.
func (w *world) start(more ...string) *child {
	w.t.Helper()
	c := w.launch(more...)
	select {
	case <-c.done:
		w.t.Fatalf("the program ended before it was ready: %v\n%s", c.err, w.tail())
	case addr, ok := <-c.ready():
		if !ok {
			<-c.done
			w.t.Fatalf("the program ended before it was ready: %v\n%s", c.err, w.tail())
		}
		c.addr, c.page = addr, c.cmd.Stdout.(*announcer).page
	case <-time.After(patience):
		w.t.Fatalf("the program is not ready after %s\n%s", patience, w.tail())
	}
	c.up = time.Since(c.began)
	return c
}

func (c *child) ready() <-chan string { return c.cmd.Stdout.(*announcer).addr }

// announcer finds "ready ADDR" in what the program prints.
type announcer struct {
	to   io.Writer
	in   *io.PipeWriter
	addr chan string
	page string // set before addr
}

// Write is of io.Writer.
func (a *announcer) Write(b []byte) (int, error) {
	_, _ = a.to.Write(b)
	return a.in.Write(b)
}

func announce(to io.Writer) *announcer {
	r, in := io.Pipe()
	a := &announcer{to: to, in: in, addr: make(chan string, 1)}
	go func() {
		defer close(a.addr)
		for s := bufio.NewScanner(r); s.Scan(); {
			if at, ok := strings.CutPrefix(s.Text(), "metrics "); ok {
				a.page = at
			}
			if addr, ok := strings.CutPrefix(s.Text(), "ready "); ok {
				a.addr <- addr
				break
			}
		}
		_, _ = io.Copy(io.Discard, r)
	}()
	return a
}

// launch runs the program without waiting for anything.
func (w *world) launch(more ...string) *child {
	w.t.Helper()
	c := &child{t: w.t, cmd: exec.Command(w.program(), append([]string{"serve"}, w.args...)...), done: make(chan struct{})}
	c.cmd.Env = append(w.env(), more...)
	c.cmd.SysProcAttr = withParent()
	out := announce(w.ears)
	c.cmd.Stdout, c.cmd.Stderr = out, w.ears
	c.began = time.Now()
	if err := c.cmd.Start(); err != nil {
		w.t.Fatalf("start the program: %v", err)
	}
	go func() {
		c.err = c.cmd.Wait()
		_ = out.in.Close()
		close(c.done)
	}()
	w.mu.Lock()
	w.children = append(w.children, c)
	w.mu.Unlock()
	return c
}

// kill ends it by SIGKILL and waits.
func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	<-c.done
}

// stop asks it to stop, waits, and gives its exit code and how long it took.
func (c *child) stop() (code int, took time.Duration) {
	began := time.Now()
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-c.done:
	case <-time.After(30 * time.Second):
		c.t.Errorf("the program does not stop")
		c.kill()
	}
	return exitCode(c.err), time.Since(began)
}

func (c *child) running() bool {
	select {
	case <-c.done:
		return false
	default:
		return true
	}
}

// get reads a page of the program's own address.
func (c *child) get(ctx context.Context, path string) (int, string) {
	at := c.addr
	if path == "/metrics" {
		at = c.page
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, ""
	}
	defer func() { _ = res.Body.Close() }()
	body, _ := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	return res.StatusCode, string(body)
}

// becomes asks /readyz until it answers with the code, and tells how long that took.
func (c *child) becomes(code int) time.Duration {
	c.t.Helper()
	began := time.Now()
	eventually(c.t, "/readyz to answer "+http.StatusText(code), func(ctx context.Context) bool {
		got, _ := c.get(ctx, "/readyz")
		return got == code
	})
	return time.Since(began)
}

// eventually asks again and again what nobody gives a signal for.
func eventually(t testing.TB, what string, ok func(ctx context.Context) bool) {
	t.Helper()
	inTime(t, patience, what, ok)
}

// inTime is eventually for what takes its time: many officers' answers, each held for twenty seconds, through one room.
func inTime(t testing.TB, patience time.Duration, what string, ok func(ctx context.Context) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	for !ok(ctx) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited %s in vain for %s", patience, what)
		}
	}
}

// after waits for a time that is part of the story, such as an outage's length.
func after(d time.Duration) { <-time.After(d) }

// program is what serves this world: the shipped one, where WhatsApp need not be a local one.
func (w *world) program() string {
	w.t.Helper()
	w.mu.Lock()
	other := w.other
	w.mu.Unlock()
	if other != "" {
		return other
	}
	if w.wa != nil {
		return labProgram(w.t)
	}
	return program(w.t)
}

// once runs a command of the shipped program to its end.
func once(t testing.TB, env []string, args ...string) (code int, out, errs string) {
	t.Helper()
	return onceOf(t, program(t), env, args...)
}

// once runs a command of the program that serves this world to its end.
func (w *world) once(t testing.TB, env []string, args ...string) (code int, out, errs string) {
	t.Helper()
	return onceOf(t, w.program(), env, args...)
}

func onceOf(t testing.TB, program string, env []string, args ...string) (code int, out, errs string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var stdout, stderr strings.Builder
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = env, &stdout, &stderr, withParent()
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Kill) }
	err := cmd.Run()
	return exitCode(err), stdout.String(), stderr.String()
}
