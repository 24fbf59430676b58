package lab

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rabeg/internal/sim/cloudapi"
)

// callee is what Meta calls, in place of a program: it knows the agreed word, and keeps what it is told.
func callee(t *testing.T, m *meta, told chan<- string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/webhook/whatsapp" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		if q := r.URL.Query(); r.Method == http.MethodGet && q.Get("hub.verify_token") == m.VerifyToken() {
			_, _ = io.WriteString(w, q.Get("hub.challenge"))
			return
		}
		body, _ := io.ReadAll(r.Body)
		told <- string(body)
	}))
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://")
}

// What people write while the program is away, or lives elsewhere, comes to it once it is back, in its order.
func TestMetaCallsTheProgramWhereItIs(t *testing.T) {
	t.Parallel()
	m, err := newMeta(time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	first, second := make(chan string, 9), make(chan string, 9)
	if err := m.call(t.Context(), callee(t, m, first)); err != nil {
		t.Fatal(err)
	}
	budi := m.Person("Budi", "6281200000002", true)
	writes := func(text string) {
		if _, err := budi.Send(cloudapi.Out{Text: text}); err != nil {
			t.Error(err)
		}
	}
	hears := func(from <-chan string, text string) {
		if got := <-from; !strings.Contains(got, text) {
			t.Errorf("in place of %q came %s", text, got)
		}
	}
	writes("satu")
	hears(first, "satu")
	m.cut(true)
	writes("dua")
	if err := m.call(t.Context(), callee(t, m, second)); err != nil {
		t.Fatal(err)
	}
	writes("tiga")
	m.cut(false)
	hears(second, "dua")
	hears(second, "tiga")
	if len(first) > 0 {
		t.Error("it was told where it no longer lives")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if m.call(ctx, "127.0.0.1:1") == nil {
		t.Error("an address where nobody answers was taken")
	}
}
