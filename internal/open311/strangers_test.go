package open311_test

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/open311"
	"rabeg/internal/report"
)

// Who needs no key may ask so often from one address, and is told when to come again; others, and clients with a key, are answered meanwhile.
func TestStrangersWhoAskTooOften(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := w.server.Options
	o.Caller = func(r *http.Request) string { return r.Header.Get("X-Test") }
	w.server = open311.New(o)
	ask := func(from, path string) answer {
		r := httptest.NewRequestWithContext(w.Context(), http.MethodGet, open311.Path+path, nil)
		r.Header.Set("X-Test", from)
		return w.do(r)
	}
	for range 120 {
		if a := ask("one", "requests.json"); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	if a := ask("one", "servicerequestupdates.json?start_date=2026-11-28T00:00:00Z"); a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" {
		t.Errorf("too often is %d, come again in %q", a.status, a.header.Get("Retry-After"))
	}
	for _, c := range [][2]string{{"other", "requests.json"}, {"one", "services.json"}, {"one", "servicerequestupdates.json?api_key=" + key}} {
		if a := ask(c[0], c[1]); a.status != http.StatusOK {
			t.Errorf("%v is answered with %d %s", c, a.status, a.body)
		}
	}
	w.clock(morning.Add(time.Minute))
	if a := ask("one", "requests.json"); a.status != http.StatusOK {
		t.Errorf("a minute later: %d", a.status)
	}
}

// slowly is a Public that answers when it is let to, and counts how many it is asked by at once.
type slowly struct {
	open311.Public
	now, most atomic.Int32
	asked     chan struct{}
	go_       chan struct{}
}

func (s *slowly) Displays(ctx context.Context, q ledger.DisplayQuery) ([]report.Display, error) {
	if n := s.now.Add(1); n > s.most.Load() {
		s.most.Store(n)
	}
	defer s.now.Add(-1)
	s.asked <- struct{}{}
	select {
	case <-s.go_:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return s.Public.Displays(ctx, q)
}

// However many call at once, two read: the pages for people have the same connections.
func TestCallsTakeTurns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := w.server.Options
	slow := &slowly{Public: o.Public, asked: make(chan struct{}, 99), go_: make(chan struct{})}
	o.Public = slow
	w.server = open311.New(o)
	ended := make(chan int, 6)
	for range 6 {
		go func() { ended <- w.get("requests.json").status }()
	}
	<-slow.asked
	<-slow.asked
	r, cancel := context.WithCancel(w.Context())
	cancel()
	if a := w.do(httptest.NewRequestWithContext(r, http.MethodGet, open311.Path+"requests.json", nil)); a.status != http.StatusServiceUnavailable {
		t.Errorf("who waits in vain is answered with %d", a.status)
	}
	close(slow.go_)
	for range 6 {
		if status := <-ended; status != http.StatusOK {
			t.Errorf("a call is answered with %d", status)
		}
	}
	if n := slow.most.Load(); n != 2 {
		t.Errorf("%d read at once", n)
	}
}

// endless is a Public with more reports than anybody looks through.
type endless struct{}

func (endless) Displays(_ context.Context, q ledger.DisplayQuery) ([]report.Display, error) {
	return make([]report.Display, q.Limit), nil
}

// Where more reports have changed than are looked through, the oldest moment may be on one of the others: none is answered, rather than some.
func TestMoreUpdatesThanAreLookedThrough(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := w.server.Options
	o.Public = endless{}
	w.server = open311.New(o)
	if a := w.get("servicerequestupdates.json?start_date=2026-11-01T00:00:00Z"); a.status != http.StatusBadRequest || !strings.Contains(a.body, "20000 reports have changed") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// counted is a body that tells how much of it was read.
type counted struct {
	io.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

// Photos are laid down for who has a key: with a wrong one in front of them nothing more is read. Where it stands behind them, as some
// clients write it, the form is read like any other, and nothing of one without a key is left.
func TestPhotosOfStrangersAreNotLaidDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, c := range map[string]struct {
		before, after, query string
		status, most         int
	}{
		"without a key":        {status: http.StatusForbidden, most: 8 << 20},
		"with a wrong one":     {before: "WRONG", status: http.StatusForbidden, most: 1 << 20},
		"with it behind them":  {after: key, status: http.StatusBadRequest, most: 8 << 20}, // the rest of the form is missing
		"wrong in the address": {query: "?api_key=WRONG", status: http.StatusForbidden, most: 1 << 20},
	} {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		if c.before != "" {
			w.must(m.WriteField("api_key", c.before))
		}
		p, err := m.CreateFormFile("media", "a.jpg")
		w.must(err)
		_, err = p.Write(make([]byte, 7<<20))
		w.must(err)
		if c.after != "" {
			w.must(m.WriteField("api_key", c.after))
		}
		w.must(m.Close())
		body := &counted{Reader: &b}
		r := httptest.NewRequestWithContext(w.Context(), http.MethodPost, open311.Path+"requests.json"+c.query, body)
		r.Header.Set("Content-Type", m.FormDataContentType())
		if a := w.do(r); a.status != c.status || body.n > c.most {
			t.Errorf("%s: %d after %d bytes", name, a.status, body.n)
		}
	}
}
