package botapi

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a started server with a plain HTTP client.
type world struct {
	*Server
	t      *testing.T
	client *http.Client
}

func start(t *testing.T, opt Options) *world {
	t.Helper()
	s := New(opt)
	if err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{MaxIdleConnsPerHost: 64}
	t.Cleanup(func() { tr.CloseIdleConnections(); s.Close() })
	return &world{Server: s, t: t, client: &http.Client{Transport: tr, Timeout: 30 * time.Second}}
}

func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

type answer struct {
	Status      int             `json:"-"`
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

func (a answer) into(t *testing.T, dest any) {
	t.Helper()
	if !a.OK {
		t.Fatalf("refused: %d %s", a.Code, a.Description)
	}
	if err := json.Unmarshal(a.Result, dest); err != nil {
		t.Fatalf("result %s: %v", a.Result, err)
	}
}

func (w *world) raw(method, contentType string, body []byte) answer {
	w.t.Helper()
	resp, err := w.client.Post(w.URL()+"/bot"+w.Token()+"/"+method, contentType, bytes.NewReader(body))
	if err != nil {
		w.t.Fatalf("%s: %v", method, err)
	}
	defer func() { _ = resp.Body.Close() }()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatalf("%s: %v", method, err)
	}
	a := answer{Status: resp.StatusCode}
	if err := json.Unmarshal(got, &a); err != nil {
		w.t.Fatalf("%s answered %q: %v", method, got, err)
	}
	return a
}

type fields map[string]any

func (w *world) call(method string, f fields) answer {
	w.t.Helper()
	body, err := json.Marshal(f)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.raw(method, "application/json", body)
}

func (w *world) send(f fields) Message {
	w.t.Helper()
	var m Message
	w.call("sendMessage", f).into(w.t, &m)
	return m
}

type gotUpdate struct {
	ID       int64           `json:"update_id"`
	Message  *Message        `json:"message"`
	Edited   *Message        `json:"edited_message"`
	Callback *CallbackQuery  `json:"callback_query"`
	Mine     *memberUpdated  `json:"my_chat_member"`
	Member   *memberUpdated  `json:"chat_member"`
	Strange  json.RawMessage `json:"strange"`
}

func (w *world) updates(f fields) []gotUpdate {
	w.t.Helper()
	var list []gotUpdate
	w.call("getUpdates", f).into(w.t, &list)
	return list
}

func pngOf(t testing.TB, width, height int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range min(width, height) {
		img.Set(i, i, color.RGBA{R: 200, A: 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wantRefusal(t *testing.T, a answer, code int, part string) {
	t.Helper()
	if a.OK || a.Code != code || a.Status != code || !strings.Contains(a.Description, part) {
		t.Fatalf("got ok=%v status=%d code=%d %q, want %d with %q", a.OK, a.Status, a.Code, a.Description, code, part)
	}
}
