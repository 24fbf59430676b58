package lab

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/profile"
	"rabeg/internal/sim/botapi"
)

// The clock is as the last run left it. A file that tells no time is told of, and is never the half of one.
func TestTheClockIsRemembered(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		text  string
		ahead time.Duration
		says  string
	}{
		"three days": {"259200000000000\n", 3 * day, "as it was turned to earlier"},
		"empty":      {"", 0, "does not tell"},
		"words":      {"tiga hari", 0, "does not tell"},
		"back":       {"-259200000000000", 0, "does not tell"},
		"endless":    {"9223372036854775807", 0, "does not tell"},
		"too long":   {strings.Repeat("9", 400), 0, "does not tell"},
		"no text":    {"\x00\x00\x00", 0, "does not tell"},
	} {
		var said bytes.Buffer
		w := &world{out: &said, clockAt: filepath.Join(t.TempDir(), "clock")}
		if err := os.WriteFile(w.clockAt, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		w.remember()
		if got := time.Duration(w.clock.ahead.Load()); got != c.ahead || !strings.Contains(said.String(), c.says) {
			t.Errorf("%s: %s ahead, and says %q", name, got, said.String())
		}
	}
	var said bytes.Buffer
	w := &world{out: &said, clockAt: filepath.Join(t.TempDir(), "clock")}
	if w.remember(); said.Len() > 0 || w.clock.ahead.Load() != 0 {
		t.Errorf("never turned, it says %q", said.String())
	}
}

// turning is a world of which only the clock is there.
func turning(t *testing.T, out io.Writer, p *program) *world {
	t.Helper()
	serang, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	return &world{out: out, app: &app.App{Profile: serang}, program: p, clockAt: filepath.Join(t.TempDir(), "clock")}
}

// Two browsers and a terminal turn the clock at once: the program, the file and the page are of one time in the end.
func TestManyTurnTheClock(t *testing.T) {
	t.Parallel()
	told := filepath.Join(t.TempDir(), "told")
	p := shell(`echo ready here; cat >` + told)
	if err := p.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := turning(t, io.Discard, p)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := w.turn("+1d"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	is := strconv.FormatInt(w.clock.ahead.Load(), 10)
	lines, err := os.ReadFile(told)
	if err != nil || !strings.HasSuffix(string(lines), "\n"+is+"\n") {
		t.Errorf("it is %s ahead, and the program was told %s, %v", is, lines, err)
	}
	if text, err := os.ReadFile(w.clockAt); err != nil || string(text) != is {
		t.Errorf("it is %s ahead, and remembered is %q, %v", is, text, err)
	}
}

// Where the clock cannot be written down it is turned, and that is told; what was written before stays.
func TestAClockThatCannotBeWrittenDown(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	w := turning(t, &said, shell(""))
	if _, err := w.turn("+1d"); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(w.clockAt)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(w.clockAt+".new", 0o700); err != nil { // nothing can be written there
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.clockAt+".new", "full"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	was := w.clock.ahead.Load()
	if _, err := w.turn("+1d"); err != nil || w.clock.ahead.Load() <= was {
		t.Errorf("it was not turned: %v", err)
	}
	if text, err := os.ReadFile(w.clockAt); err != nil || !bytes.Equal(text, before) {
		t.Errorf("what was written before is %q now, %v", text, err)
	}
	if !strings.Contains(said.String(), "earlier time") {
		t.Errorf("it says %q", said.String())
	}
}

// Nobody turns the clock further than it can count.
func TestTheClockEnds(t *testing.T) {
	t.Parallel()
	w := turning(t, io.Discard, shell(""))
	for range 200 {
		before := w.clock.Now()
		_, err := w.turn("+999d")
		if err != nil {
			if !strings.Contains(err.Error(), "hundred years") {
				t.Error(err)
			}
			return
		}
		if !w.clock.Now().After(before) {
			t.Fatalf("turned forward from %s it is %s", before, w.clock.Now())
		}
	}
	t.Error("it has no end")
}

// heard is what a stage has shown, safe to read while it shows more.
type heard struct {
	mu   sync.Mutex
	text strings.Builder
	grew chan struct{}
}

func (h *heard) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.text.Write(b)
	close(h.grew)
	h.grew = make(chan struct{})
	return len(b), nil
}

// until waits until some words were shown.
func (h *heard) until(ctx context.Context, words string) bool {
	for {
		h.mu.Lock()
		is, grew := strings.Contains(h.text.String(), words), h.grew
		h.mu.Unlock()
		if is {
			return true
		}
		select {
		case <-grew:
		case <-ctx.Done():
			return false
		}
	}
}

// The terminal shows what stands over a chat for a moment in answer to a press, and goes on after more was said than it could show.
func TestTheTerminalMissesNothing(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	api := botapi.New(botapi.Options{KeepEvents: 20})
	if err := api.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(api.Close)
	out := &heard{grew: make(chan struct{})}
	w := &world{api: api, desk: api.Group(-1001234567890, "Meja", true)}
	st := newStage(w, out, map[int64]string{5: "you"})
	ani := api.Person(5, "Ani")
	for range 100 { // all this before it looks
		if _, err := ani.Text("halo"); err != nil {
			t.Fatal(err)
		}
	}
	go st.watch(ctx)
	st.caughtUp(ctx)
	if ctx.Err() != nil || !out.until(ctx, "could not be shown") {
		t.Fatal("it stands still")
	}
	call(t, api, "sendMessage", `{"chat_id":5,"text":"Sudah benar?","reply_markup":{"inline_keyboard":[[{"text":"Kirim","callback_data":"k"}]]}}`)
	if !out.until(ctx, "Sudah benar?") {
		t.Fatal("what is said afterwards is not shown")
	}
	m := api.History(5)
	id, err := ani.Press(m[len(m)-1].MessageID, "Kirim")
	if err != nil {
		t.Fatal(err)
	}
	call(t, api, "answerCallbackQuery", `{"callback_query_id":"`+id+`","text":"Sudah dikirim tadi."}`)
	if !out.until(ctx, "you: Sudah dikirim tadi.") {
		t.Error("the notice is not shown")
	}
}

// call calls the local Telegram as the product does.
func call(t *testing.T, api *botapi.Server, method, body string) {
	t.Helper()
	r, err := http.Post(api.URL()+"/bot"+api.Token()+"/"+method, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	if r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", method, r.Status)
	}
}
