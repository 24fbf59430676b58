package telegram_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot/telegram"
)

const token = "987654:SECRETtokenOFtheBOT_x-y"

// fake is a Bot API whose answers a test writes by hand, for what no real server does on demand.
type fake struct {
	*httptest.Server
	mu      sync.Mutex
	answers map[string]http.HandlerFunc
	calls   []call
	log     lockedBuffer
}

type call struct {
	method string
	body   map[string]any
}

func newFake(t testing.TB) *fake {
	f := &fake{answers: make(map[string]http.HandlerFunc)}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	f.on("getMe", `{"ok":true,"result":{"id":987654,"is_bot":true,"username":"rabeg_bot"}}`)
	f.on("deleteWebhook", `{"ok":true,"result":true}`)
	f.on("setWebhook", `{"ok":true,"result":true,"description":"Webhook was set"}`)
	return f
}

// on answers a method with a body, and with its error_code as the status.
func (f *fake) on(method, body string) {
	f.handle(method, func(w http.ResponseWriter, _ *http.Request) {
		var a struct {
			Code int `json:"error_code"`
		}
		if json.Unmarshal([]byte(body), &a) == nil && a.Code != 0 {
			w.WriteHeader(a.Code)
		}
		_, _ = io.WriteString(w, body)
	})
}

func (f *fake) handle(method string, h http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[method] = h
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	raw, _ := io.ReadAll(r.Body)
	c := call{method: method}
	_ = json.Unmarshal(raw, &c.body)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	f.mu.Lock()
	f.calls = append(f.calls, c)
	h := f.answers[method]
	f.mu.Unlock()
	if !strings.HasPrefix(r.URL.Path, "/bot"+token+"/") || h == nil {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"ok":false,"error_code":404,"description":"Not Found"}`)
		return
	}
	h(w, r)
}

// made are the calls of a method so far.
func (f *fake) made(method string) []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []call
	for _, c := range f.calls {
		if c.method == method {
			list = append(list, c)
		}
	}
	return list
}

func (f *fake) open(t testing.TB, change func(*telegram.Options)) *telegram.Channel {
	t.Helper()
	o := telegram.Options{
		Token: token, APIURL: f.URL, RetryMin: time.Millisecond, RetryMax: 5 * time.Millisecond,
		Log: slog.New(slog.NewTextHandler(&f.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&o)
	}
	return opened(t, o)
}

// opened is a channel that is closed when the test is over.
func opened(t testing.TB, o telegram.Options) *telegram.Channel {
	t.Helper()
	c, err := telegram.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// lockedBuffer is a log that several goroutines write.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
