package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rabeg/internal/guard"
	"rabeg/internal/web"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func get(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w
}

func TestReadiness(t *testing.T) {
	t.Parallel()
	var away atomic.Bool
	h := web.Handler(web.Options{Checks: []web.Check{
		{Name: "postgresql", Ask: func(context.Context) error { return nil }},
		{Name: "redis", Ask: func(context.Context) error {
			if away.Load() {
				return errors.New("dial tcp 10.0.0.7: secret")
			}
			return nil
		}},
	}})
	for _, red := range []bool{false, true, false} {
		away.Store(red)
		w := get(t, h, "/readyz")
		var state map[string]string
		if err := json.Unmarshal(w.Body.Bytes(), &state); err != nil {
			t.Fatalf("%s: %v", w.Body, err)
		}
		wantCode, want := http.StatusOK, "ok"
		if red {
			wantCode, want = http.StatusServiceUnavailable, "away"
		}
		if w.Code != wantCode || state["redis"] != want || state["postgresql"] != "ok" || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%d %s, want %d and redis %s", w.Code, w.Body, wantCode, want)
		}
		if alive := get(t, h, "/healthz"); alive.Code != http.StatusOK {
			t.Errorf("/healthz is %d: a store that is away is no reason to restart the program", alive.Code)
		}
	}
}

// A store that hangs keeps nobody waiting for more than a second.
func TestReadinessOfAStoreThatHangs(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	defer close(hang)
	h := web.Handler(web.Options{Checks: []web.Check{
		{Name: "redis", Ask: func(context.Context) error { <-hang; return nil }},
	}})
	began := time.Now()
	if w := get(t, h, "/readyz"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `"redis": "away"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	backlog, age := map[string]int{"telegram": 3}, map[string]time.Duration{"telegram": 90 * time.Second}
	var broken error
	m := web.NewMetrics(func(context.Context) (map[string]int, map[string]time.Duration, error) {
		return backlog, age, broken
	}, "")
	m.Numbers(func(context.Context) (int, int, error) { return 1200, 22_192_808, broken })
	h := m.Page()
	m.Show(web.Gauge{Name: "rabeg_reports", Help: "Reports.", Labels: []string{"status"}, Ask: func(context.Context) ([]web.Sample, error) {
		return []web.Sample{{Labels: []string{"assigned"}, Value: 7}}, broken
	}})
	m.Sent("telegram", "gone", time.Millisecond)
	m.Turned("ok", 20*time.Millisecond)
	m.Sent("telegram", "sent", 30*time.Millisecond)
	m.Unknown("telegram", "dice")
	m.Fault("telegram", "429")
	m.Asked(web.Asked{What: "opinion", Result: "ok", Sent: 900, Answers: 30, Took: time.Second})
	m.Asked(web.Asked{What: "speech", Result: "away", Audio: 4096, Took: 9 * time.Second})
	want := func(lines ...string) {
		t.Helper()
		w := get(t, h, "/metrics")
		if w.Code != http.StatusOK {
			t.Fatalf("/metrics is %d: %s", w.Code, w.Body)
		}
		for _, line := range lines {
			if no, not := strings.CutPrefix(line, "!"); strings.Contains(w.Body.String(), no) == not {
				t.Errorf("metrics: %s\n%s", line, w.Body)
			}
		}
	}
	want(`rabeg_model_seconds_count{result="ok",what="opinion"} 1`, `rabeg_model_tokens_total{direction="sent"} 900`,
		`rabeg_model_tokens_total{direction="answered"} 30`, `rabeg_model_audio_bytes_total 4096`,
		`rabeg_model_seconds_bucket{result="away",what="speech",le="8"} 0`)
	want(`rabeg_letters_waiting{queue="telegram"} 3`, `rabeg_letters_oldest_seconds{queue="telegram"} 90`,
		`rabeg_turn_seconds_count{result="ok"} 1`, `rabeg_turn_seconds_bucket{result="ok",le="0.025"} 1`,
		`rabeg_send_seconds_count{network="telegram",result="sent"} 1`, `rabeg_unknown_updates_total{kind="dice",network="telegram"} 1`,
		`rabeg_receive_faults_total{kind="429",network="telegram"} 1`, "go_goroutines")
	want(`rabeg_reports{status="assigned"} 7`, `rabeg_letters_failed_total{network="telegram"} 1`)
	want("rabeg_report_numbers_taken 1200", "rabeg_report_numbers 2.2192808e+07")
	backlog, age = map[string]int{}, map[string]time.Duration{}
	want(`rabeg_letters_waiting{queue="telegram"} 0`, `rabeg_letters_oldest_seconds{queue="telegram"} 0`) // empty is not gone
	broken = errors.New("away")
	want("!rabeg_letters_waiting", "!rabeg_reports{", "!rabeg_report_numbers", "rabeg_turn_seconds_count") // unknown is not zero
}

func TestPaths(t *testing.T) {
	t.Parallel()
	well, ill := web.Check{Name: "redis", Ask: func(context.Context) error { return nil }}, web.Check{Name: "telegram", Ask: func(context.Context) error { return web.Reason("ill") }}
	h := web.Handler(web.Options{Checks: []web.Check{well, ill}, Intake: []web.Check{well}, Webhooks: map[string]http.Handler{
		"/webhook/telegram": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }),
	}})
	for _, c := range []struct {
		method, path string
		code         int
	}{
		{http.MethodGet, "/healthz", http.StatusOK},
		{http.MethodHead, "/healthz", http.StatusOK},
		{http.MethodPost, "/healthz", http.StatusMethodNotAllowed},
		{http.MethodGet, "/readyz", http.StatusServiceUnavailable},
		{http.MethodGet, "/routez", http.StatusOK},        // what comes can be taken all the same
		{http.MethodGet, "/metrics", http.StatusNotFound}, // it has an address of its own
		{http.MethodGet, "/", http.StatusNotFound},
		{http.MethodGet, "/healthz/x", http.StatusNotFound},
		{http.MethodGet, "/debug/pprof/", http.StatusNotFound},
		{http.MethodPost, "/webhook/telegram", http.StatusTeapot},
		{http.MethodPost, "/webhook/other", http.StatusNotFound},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), c.method, c.path, nil))
		if w.Code != c.code {
			t.Errorf("%s %s is %d, want %d", c.method, c.path, w.Code, c.code)
		}
	}
}

// A request at work when the program is to end gets its answer; no new one is taken.
func TestAGracefulEnd(t *testing.T) {
	t.Parallel()
	begun, finish := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-finish
		_, _ = w.Write([]byte("done"))
	})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	addr, over := make(chan string, 1), make(chan error, 1)
	go func() { over <- web.Serve(ctx, "127.0.0.1:0", h, func(a string) { addr <- a }) }()
	at := <-addr
	type answer struct {
		body string
		err  error
	}
	answers := make(chan answer, 1)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	go func() {
		r, err := client.Get("http://" + at + "/")
		if err != nil {
			answers <- answer{err: err}
			return
		}
		defer func() { _ = r.Body.Close() }()
		body, err := io.ReadAll(r.Body)
		answers <- answer{string(body), err}
	}()
	<-begun
	stop()
	for { // until the door is closed
		c, err := net.Dial("tcp", at)
		if err != nil {
			break
		}
		_ = c.Close()
	}
	close(finish)
	if a := <-answers; a.err != nil || a.body != "done" {
		t.Errorf("the request at work got %q, %v", a.body, a.err)
	}
	if err := <-over; err != nil {
		t.Errorf("Serve: %v", err)
	}
	if err := web.Serve(t.Context(), "nonsense", h, func(string) {}); err == nil {
		t.Error("an address that is none was served")
	}
}

func TestHeadersAreBounded(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	addr, over := make(chan string, 1), make(chan error, 1)
	h := web.Handler(web.Options{})
	go func() { over <- web.Serve(ctx, "127.0.0.1:0", h, func(a string) { addr <- a }) }()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+<-addr+"/healthz", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Long", strings.Repeat("x", 80<<10))
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	r, err := client.Do(req)
	if err == nil {
		if r.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("80 KB of headers: %d", r.StatusCode)
		}
		_ = r.Body.Close()
	}
	stop()
	if err := <-over; err != nil {
		t.Error(err)
	}
}

// Each check has a line, and what the program itself found stands in it; words of a library never do.
func TestReadinessSaysWhy(t *testing.T) {
	t.Parallel()
	h := web.Handler(web.Options{Checks: []web.Check{
		{Name: "redis", Ask: func(context.Context) error { return web.Reason("its memory is full") }},
		{Name: "media", Ask: func(context.Context) error { return errors.New("open /srv/secret: permission denied") }},
		{Name: "telegram", Ask: func(context.Context) error { return nil }},
	}})
	w := get(t, h, "/readyz")
	const want = "{\n  \"media\": \"away\",\n  \"redis\": \"its memory is full\",\n  \"telegram\": \"ok\"\n}\n"
	if w.Code != http.StatusServiceUnavailable || w.Body.String() != want {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// A handler that panics ends its own request: where it was is told, and nothing of what it was about is printed.
func TestAHandlerThatPanics(t *testing.T) {
	t.Parallel()
	fell := make(chan *guard.Panic, 1)
	h := web.Guarded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad" {
			panic("the words of Ani")
		}
		w.WriteHeader(http.StatusNoContent)
	}), func(p *guard.Panic) { fell <- p })
	var printed strings.Builder
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(&printed, "", 0)
	s.Start()
	get := func(path string) (int, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := s.Client().Do(req)
		if err != nil {
			return 0, err
		}
		return resp.StatusCode, resp.Body.Close()
	}
	if code, err := get("/bad"); err == nil {
		t.Errorf("it is answered with %d", code)
	}
	if p := <-fell; p.Kind != "string" || !strings.Contains(p.Stack, "TestAHandlerThatPanics") {
		t.Errorf("told is %q in %s", p.Kind, p.Stack)
	}
	if code, err := get("/good"); err != nil || code != http.StatusNoContent {
		t.Errorf("the next one: %d, %v", code, err)
	}
	s.Close()
	if printed.Len() > 0 {
		t.Errorf("it prints %s", printed.String())
	}
}
