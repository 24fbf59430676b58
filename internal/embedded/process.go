package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// process is one running server.
type process struct {
	cmd  *exec.Cmd
	tail *tail
	done chan struct{} // closed when the server has ended
	err  error         // how it ended; read after done
}

// spec says what to start and as whom.
type spec struct {
	path  string
	args  []string
	dir   string // working directory, one the account can enter
	stdin io.Reader
	as    *account
	lock  *os.File // handed down, see take
	log   io.Writer
}

// stderrGrace is how long a dead server's own children may keep its standard
// error open before Wait gives up on reading it.
const stderrGrace = 5 * time.Second

// launch starts the server. Its group is its own, so that Ctrl-C at the
// terminal reaches this process alone and the order of stopping stays ours.
func launch(s spec) (*process, error) {
	p := &process{tail: &tail{also: s.log}, done: make(chan struct{})}
	p.cmd = exec.Command(s.path, s.args...)
	p.cmd.Dir = s.dir
	p.cmd.Stdin = s.stdin
	p.cmd.Stdout = p.tail
	p.cmd.Stderr = p.tail
	p.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	p.cmd.ExtraFiles = []*os.File{s.lock}
	p.cmd.WaitDelay = stderrGrace
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: s.as.credential()}
	dieWithParent(p.cmd.SysProcAttr)

	started := make(chan error, 1)
	go func() {
		// The parent-death signal of Linux follows the thread that forked, so
		// that thread is kept for as long as the server lives.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := p.cmd.Start()
		started <- err
		if err != nil {
			return
		}
		g, err := sentry(p.cmd.Process.Pid)
		if err != nil {
			p.signal(syscall.SIGKILL) // better none than one that stays behind
		}
		p.err = errors.Join(err, p.cmd.Wait())
		g.dismiss()
		close(p.done)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", s.path, err)
	}
	return p, nil
}

func (p *process) pid() int { return p.cmd.Process.Pid }

func (p *process) signal(sig os.Signal) {
	_ = p.cmd.Process.Signal(sig) // fails only when it has ended, which done tells
}

// stop asks the server to end and waits for it; when ctx ends first it is killed.
func (p *process) stop(ctx context.Context, ask os.Signal) error {
	p.signal(ask)
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		p.kill()
		return fmt.Errorf("server %d had to be killed: %w", p.pid(), ctx.Err())
	}
}

// kill ends the server without any chance to tidy up and waits for it.
func (p *process) kill() {
	p.signal(syscall.SIGKILL)
	<-p.done
}

func (p *process) ended() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// await polls ready every few milliseconds until it holds, the server ends or
// ctx does.
func (p *process) await(ctx context.Context, ready func() bool) error {
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for !ready() {
		select {
		case <-tick.C:
		case <-p.done:
			return fmt.Errorf("%w: %s", errEnded, p.tail.complaint())
		case <-ctx.Done():
			return fmt.Errorf("wait until it is ready: %w (last words: %s)", ctx.Err(), p.tail.complaint())
		}
	}
	return nil
}

var errEnded = errors.New("the server ended at once")

// tailSize is how much of a server's log is kept to explain a failed start.
const tailSize = 8 << 10

// tail keeps the end of what a server says and passes all of it on.
type tail struct {
	mu   sync.Mutex
	last []byte
	also io.Writer
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = append(t.last, b...)
	if extra := len(t.last) - tailSize; extra > 0 {
		t.last = t.last[extra:]
	}
	if t.also != nil {
		// A log that cannot be written must not stop the server.
		_, _ = t.also.Write(b)
	}
	return len(b), nil
}

// complaint is the line that says what went wrong, as far as there is one.
func (t *tail) complaint() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(strings.TrimSpace(string(t.last)), "\n")
	for _, line := range slices.Backward(lines) {
		for _, sign := range []string{"FATAL", "PANIC", "ERROR", "error:", "Fatal"} {
			if strings.Contains(line, sign) {
				return strings.TrimSpace(line)
			}
		}
	}
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return last
	}
	return "it said nothing"
}
