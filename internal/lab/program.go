package lab

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"rabeg/internal/app"
)

// program is the product as a process of its own, so that it can be killed as a machine kills it: without a word. It is this very
// executable, run as "serve --led": it lives no longer than its standard input is open, and reads there how far the clock is turned.
type program struct {
	path string
	args []string
	env  []string
	errs io.Writer
	// serves, unless nil, is told of each life of the program: where it takes what comes to it. An error of it ends that life.
	serves func(ctx context.Context, addr string) error

	mu      sync.Mutex
	ahead   time.Duration
	running *running // nil while it is down
	failed  chan error
}

// running is one life of the program.
type running struct {
	cmd     *exec.Cmd
	stdin   io.WriteCloser
	health  string // the addresses that it told
	metrics string
	ended   chan struct{} // closed once it is gone
	meant   bool          // its end was wanted
}

// readyMost is how long the product may take until it serves.
const readyMost = time.Minute

func newProgram(path string, args, env []string, errs io.Writer) *program {
	return &program{path: path, args: args, env: env, errs: errs, failed: make(chan error, 1)}
}

// start runs the program and returns once it serves. It does nothing where it runs already.
func (p *program) start(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running != nil {
		return nil
	}
	r := &running{cmd: exec.Command(p.path, p.args...), ended: make(chan struct{})}
	r.cmd.Env, r.cmd.Stderr = p.env, p.errs
	var err error
	if r.stdin, err = r.cmd.StdinPipe(); err != nil {
		return fmt.Errorf("start the program: %w", err)
	}
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("start the program: %w", err)
	}
	if err := r.cmd.Start(); err != nil {
		return fmt.Errorf("start the program: %w", err)
	}
	serves := make(chan struct{})
	go r.listen(out, serves)
	p.running = r
	p.tell()
	go p.mourn(r)
	late := time.NewTimer(readyMost)
	defer late.Stop()
	select {
	case <-serves:
		if p.serves == nil {
			return nil
		}
		if err = p.serves(ctx, r.health); err == nil {
			return nil
		}
	case <-r.ended:
		p.running = nil
		return errors.New("the program ended before it served; what it wrote stands above")
	case <-late.C:
		err = fmt.Errorf("the program did not serve within %s", readyMost)
	case <-ctx.Done():
		err = ctx.Err()
	}
	r.meant = true
	r.slay()
	<-r.ended
	p.running = nil
	return err
}

// slay ends the process at once, and whatever of it still listens.
func (r *running) slay() {
	_ = r.cmd.Process.Kill()
	_ = r.stdin.Close()
}

// listen reads what the program says, until it says that it serves, and then lets it talk.
func (r *running) listen(out io.Reader, serves chan<- struct{}) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		switch word {
		case "metrics":
			r.metrics = rest
		case "ready":
			r.health = rest
			close(serves)
			_, _ = io.Copy(io.Discard, out)
			close(r.ended)
			return
		}
	}
	close(r.ended)
}

// mourn tells that the program ended where nobody wanted that.
func (p *program) mourn(r *running) {
	<-r.ended
	err := r.cmd.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.meant || p.running != r {
		return
	}
	p.running = nil
	why := "without a word"
	if err != nil {
		why = err.Error()
	}
	select {
	case p.failed <- fmt.Errorf("rabeg ended by itself: %s", why):
	default:
	}
}

// pid is the number of the process, 0 while it is down.
func (p *program) pid() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running == nil {
		return 0
	}
	return p.running.cmd.Process.Pid
}

// addresses are where its health and its metrics are read.
func (p *program) addresses() (health, metrics string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running == nil {
		return "", ""
	}
	return p.running.health, p.running.metrics
}

// kill ends the program as the kernel does when memory is out: SIGKILL, in the middle of whatever it does.
func (p *program) kill() {
	p.end(func(r *running) { r.slay() })
}

// stop ends it in good order.
func (p *program) stop() error {
	p.end(func(r *running) { _ = r.stdin.Close() })
	return nil
}

func (p *program) end(how func(*running)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.running
	if r == nil {
		return
	}
	r.meant = true
	how(r)
	late := time.NewTimer(stopMost)
	defer late.Stop()
	select {
	case <-r.ended:
	case <-late.C:
		r.slay()
		<-r.ended
	}
	p.running = nil
}

// stopMost is how long the program may take to end in good order: a little more than it allows itself.
const stopMost = 12 * time.Second

// turn tells the program how far the clock is ahead of the machine's.
func (p *program) turn(ahead time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ahead = ahead
	p.tell()
}

// tell hands the clock to a program that runs. The lock is held.
func (p *program) tell() {
	if p.running != nil {
		_, _ = fmt.Fprintf(p.running.stdin, "%d\n", p.ahead) // one that is gone needs no clock
	}
}

// Led is how the product runs as the lab's program: by the clock that is read from in, as nanoseconds ahead of the machine's, one
// number a line; until in ends. Local networks need no manners, and answers are held for as long as one can watch.
func Led(ctx context.Context, in io.Reader, o app.Options) (context.Context, app.Options) {
	ctx, stop := context.WithCancel(ctx)
	var clock turned
	first := make(chan struct{})
	go func() {
		defer stop()
		told := sync.OnceFunc(func() { close(first) })
		defer told()
		for lines := bufio.NewScanner(in); lines.Scan(); told() {
			var ahead time.Duration
			if _, err := fmt.Sscan(lines.Text(), (*int64)(&ahead)); err == nil {
				clock.ahead.Store(int64(ahead))
			}
		}
	}()
	<-first
	o.Now, o.Turned, o.Hold, o.WakeEvery, o.Hasty, o.WhatsAppSchema = clock.Now, true, tryHold, tryWake, true, trySchema
	return ctx, o
}

// bare is the environment of the program: what a process needs, and its settings.
func bare(set ...string) []string {
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "LANG", "GOCOVERDIR"} {
		if v, ok := os.LookupEnv(name); ok {
			set = append(set, name+"="+v)
		}
	}
	return set
}
