package lab

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rabeg/internal/app"
)

// shell is a program that a few lines stand for.
func shell(script string) *program {
	return newProgram("/bin/sh", []string{"-c", script}, bare(), io.Discard)
}

// The program is told the clock when it starts and whenever it is turned; it ends when its input does; killed, it can be started again.
func TestProgram(t *testing.T) {
	t.Parallel()
	told := filepath.Join(t.TempDir(), "told")
	p := shell(`echo metrics there; echo ready here; cat >>` + told)
	p.turn(time.Second)
	for range 2 {
		if err := p.start(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := p.start(t.Context()); err != nil || p.pid() == 0 {
			t.Errorf("a second start of what runs: %v", err)
		}
		if health, metrics := p.addresses(); health != "here" || metrics != "there" {
			t.Errorf("it serves at %q and %q", health, metrics)
		}
		p.turn(time.Minute)
		if err := p.stop(); err != nil {
			t.Error(err)
		}
		p.turn(time.Second)
	}
	text, err := os.ReadFile(told)
	if err != nil || string(text) != strings.Repeat("1000000000\n60000000000\n", 2) {
		t.Errorf("it was told %q, %v", text, err)
	}
	if err := p.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.kill()
	p.kill()
	if p.pid() != 0 {
		t.Error("it lives after it was killed")
	}
	select {
	case err := <-p.failed:
		t.Errorf("an end that was wanted is told as a failure: %v", err)
	default:
	}
}

// A program that does not come up, or ends by itself, is told of.
func TestProgramThatEnds(t *testing.T) {
	t.Parallel()
	if err := shell(`echo no; exit 3`).start(t.Context()); err == nil || !strings.Contains(err.Error(), "ended before it served") {
		t.Errorf("one that cannot serve: %v", err)
	}
	if err := newProgram("/nowhere/rabeg", nil, nil, io.Discard).start(t.Context()); err == nil {
		t.Error("one that is not there was started")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := shell(`cat`).start(ctx); err == nil {
		t.Error("nobody waits for it any more, and it is said to serve")
	}
	p := shell(`echo ready here; read x; exit 3`)
	if err := p.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-p.failed; err == nil || !strings.Contains(err.Error(), "ended by itself") {
		t.Errorf("one that ended by itself: %v", err)
	}
}

// Whoever calls the program is told at each of its lives where it is called; a life in which it cannot be called is none.
func TestProgramThatIsCalled(t *testing.T) {
	t.Parallel()
	p := shell(`echo ready $$; cat >&2`)
	var told []string
	p.serves = func(_ context.Context, addr string) error { told = append(told, addr); return nil }
	for range 2 {
		if err := p.start(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.kill()
	}
	if len(told) != 2 || told[0] == told[1] {
		t.Errorf("of two lives was told: %q", told)
	}
	p.serves = func(context.Context, string) error { return io.ErrUnexpectedEOF }
	if err := p.start(t.Context()); !errors.Is(err, io.ErrUnexpectedEOF) || p.pid() != 0 {
		t.Errorf("one that cannot be called: %v, process %d", err, p.pid())
	}
}

// The program of the lab goes by the clock that it is told, and no longer than somebody tells it anything.
func TestLed(t *testing.T) {
	t.Parallel()
	in, tell := io.Pipe()
	go func() { _, _ = io.WriteString(tell, "3600000000000\n") }()
	ctx, o := Led(t.Context(), in, app.Options{})
	if ahead := time.Until(o.Now()); ahead < 59*time.Minute || ahead > time.Hour || !o.Turned || !o.Hasty || o.WhatsAppSchema == "" {
		t.Errorf("it is %v ahead, %+v", ahead, o)
	}
	_ = tell.Close()
	<-ctx.Done()
}

// What goes through a line breaks when it is cut, nothing new comes through, and all is well once it is mended.
func TestLine(t *testing.T) {
	t.Parallel()
	hold, reached := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/long" {
			close(reached)
			select {
			case <-hold:
			case <-r.Context().Done():
			}
		}
		_, _ = io.WriteString(w, "ok")
	}))
	defer server.Close()
	defer close(hold)
	l, err := newLine(strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	get := func(path string) error {
		r, err := client.Get("http://" + l.addr() + path)
		if err == nil {
			_, err = io.ReadAll(r.Body)
			_ = r.Body.Close()
		}
		return err
	}
	if err := get("/"); err != nil {
		t.Fatal(err)
	}
	under := make(chan error, 1)
	go func() { under <- get("/long") }()
	<-reached
	l.set(true)
	if <-under == nil {
		t.Error("what was under way came through a line that was cut")
	}
	if get("/") == nil {
		t.Error("something came through a line that is cut")
	}
	l.set(false)
	if err := get("/"); err != nil {
		t.Errorf("the line was mended: %v", err)
	}
	if err := l.close(); err != nil {
		t.Error(err)
	}
}

// Every step of the story has its words for the visitor who follows it.
func TestTheTourTellsEveryStep(t *testing.T) {
	t.Parallel()
	steps := (&story{}).steps()
	if len(tourWords) != len(steps) {
		t.Fatalf("%d steps, and words for %d", len(steps), len(tourWords))
	}
	for i, w := range tourWords {
		if w.title.ID == "" || w.title.EN == "" || w.tell.ID == "" || w.tell.EN == "" || w.look.View == "" {
			t.Errorf("%s: something is not told", steps[i].name)
		}
	}
}
