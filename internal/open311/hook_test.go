package open311_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/open311"
	"rabeg/internal/open311/fetch"
	"rabeg/internal/report"
)

// listener is the other side of a hook: what it was told, and how often it does not take it yet.
type listener struct {
	*httptest.Server
	mu      sync.Mutex
	refuses int
	heard   []string // "rev status"
	bodies  []string
	forged  int
}

const hookSecret = "SECRETOFTHEHOOKTHATBOTHKNOW"

func newListener(t *testing.T) *listener {
	t.Helper()
	l := &listener{}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.refuses > 0 {
			l.refuses--
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		var at int64
		_, _ = fmt.Sscan(r.Header.Get(open311.HeaderTime), &at)
		if r.Header.Get(open311.HeaderSignature) != open311.Sign(hookSecret, time.Unix(at, 0), body) {
			l.forged++
		}
		var told struct {
			Rev    int    `json:"rev"`
			Status string `json:"detailed_status"`
		}
		_ = json.Unmarshal(body, &told)
		l.heard, l.bodies = append(l.heard, fmt.Sprint(told.Rev, " ", told.Status)), append(l.bodies, string(body))
	}))
	t.Cleanup(l.Close)
	return l
}

func (l *listener) refuse(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refuses = n
}

func (l *listener) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.heard, ", ")
}

func (w *world) hooks(private bool) *open311.Hooks {
	f := fetch.New(fetch.Options{Private: private})
	return &open311.Hooks{Profile: w.Profile, Public: w.public, Store: w.carriers, Now: func() time.Time { return *w.now.Load() },
		Send: func(ctx context.Context, address string, _ bool, header map[string]string, body []byte) error {
			return f.Post(ctx, address, header, body)
		}}
}

// A client hears what becomes of its own reports: each moment once, in their order, signed, when it can no longer be taken back; and what it
// did not take is told again before anything later.
func TestAClientIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := newListener(t)
	const hooked = "KEYOFWHOWANTSTOBETOLDSOON1"
	w.client(ledger.Client{ID: "hooked", Name: "Pendengar", Hook: l.URL + "/news", Secret: hookSecret, Private: true}, hooked)
	h := w.hooks(true)
	code := w.number(good("api_key", hooked)...)
	r, err := w.ByCode(t.Context(), code)
	w.must(err)
	w.jobs = nil
	w.does(code, morning.Add(time.Minute), report.Forward{To: "DISHUB", Why: "urusan lampu"})
	w.does(code, morning.Add(2*time.Minute), report.Reply{Words: "Pak Asep, kami datang besok"})
	if want := []ledger.Job{ledger.Hook{Report: r.ID}, ledger.Hook{Report: r.ID}}; !slices.Equal(w.jobs, want) {
		t.Errorf("jobs: %+v", w.jobs)
	}
	tell := func(at time.Time) (time.Duration, error) {
		w.clock(at)
		return h.Tell(t.Context(), r.ID)
	}
	if again, err := tell(morning.Add(2*time.Minute + 5*time.Second)); again != 20*time.Second || err != nil || l.all() != "2 open" {
		t.Errorf("five seconds after an answer: again in %s, %v, heard %s", again, err, l.all())
	}
	l.refuse(1)
	if _, err := tell(morning.Add(3 * time.Minute)); err == nil || strings.Contains(err.Error(), "127.0.0.1") || l.all() != "2 open" {
		t.Errorf("nobody took it: %v, heard %s", err, l.all())
	}
	w.does(code, morning.Add(4*time.Minute), report.Plan{Why: "menunggu suku cadang", Until: morning.AddDate(0, 0, 9)})
	w.clock(morning.Add(10 * time.Minute))
	var all sync.WaitGroup
	for range 5 { // jobs of one report at once: one is at it, the others come back
		all.Go(func() { _, _ = h.Tell(t.Context(), r.ID) })
	}
	all.Wait()
	if again, err := h.Tell(t.Context(), r.ID); again != 0 || err != nil || l.all() != "2 open, 3 in_progress, 4 planned" || l.forged != 0 {
		t.Errorf("again in %s, %v, heard %s, %d forged", again, err, l.all(), l.forged)
	}
	for _, body := range l.bodies {
		for _, said := range []string{"Asep", "suku cadang", "urusan lampu", "Rina", "Siti"} {
			if strings.Contains(body, said) {
				t.Errorf("it was told %s", body)
			}
		}
	}
	other := w.number(good()...) // of a client that wants nothing told
	or, err := w.ByCode(t.Context(), other)
	w.must(err)
	w.does(other, morning, report.Forward{To: "DISHUB", Why: "urusan lampu"})
	if again, err := h.Tell(t.Context(), or.ID); again != 0 || err != nil {
		t.Errorf("%s, %v", again, err)
	}
}

// A client that was away for longer than a job tries hears the last word on its report all the same, which nothing behind it would bring; one
// that is still away keeps no other waiting, and what is known, or a month old, is not told again.
func TestAClientThatWasAwayForLong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l, down := newListener(t), newListener(t)
	down.refuse(1 << 20)
	const hooked, deaf = "KEYOFWHOWANTSTOBETOLDSOON3", "KEYOFWHOISAWAYALLTHETIME01"
	w.client(ledger.Client{ID: "hooked", Name: "Pendengar", Hook: l.URL, Secret: hookSecret, Private: true}, hooked)
	w.client(ledger.Client{ID: "deaf", Name: "Tuli", Hook: down.URL, Secret: hookSecret, Private: true}, deaf)
	for _, key := range []string{deaf, hooked} {
		code := w.number(w.unique(good("api_key", key))...)
		w.does(code, morning.Add(time.Minute), report.Forward{To: "DISHUB", Why: "urusan lampu"})
		w.does(code, morning.Add(2*time.Minute), report.Reject{Reason: "lokasi_tidak_ditemukan", Words: "Tempatnya tidak ada."})
	}
	h := w.hooks(true)
	retell := func(after time.Duration, want string) {
		t.Helper()
		w.clock(morning.Add(after))
		_ = h.Retell(t.Context()) // that one is away is its error
		if l.all() != want {
			t.Errorf("after %s it heard %q, want %q", after, l.all(), want)
		}
	}
	retell(time.Hour, "") // its own job tries
	const all = "2 open, 3 no_further_action"
	retell(12*time.Hour, all)
	retell(13*time.Hour, all)
	down.refuse(0)
	retell(31*24*time.Hour, all)
	if down.all() != "" {
		t.Errorf("a month later is told %q", down.all())
	}
	retell(29*24*time.Hour, all)
	if down.all() != all {
		t.Errorf("back after weeks it heard %q", down.all())
	}
}

// What has become confidential is told to nobody; a job that another is in the middle of waits; one that died is taken over; a hook inside
// is not called.
func TestWhenAClientIsNotTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := newListener(t)
	const hooked = "KEYOFWHOWANTSTOBETOLDSOON2"
	w.client(ledger.Client{ID: "hooked", Name: "Pendengar", Hook: l.URL, Secret: hookSecret}, hooked)
	code := w.number(good("api_key", hooked)...)
	r, err := w.ByCode(t.Context(), code)
	w.must(err)
	w.does(code, morning, report.Forward{To: "DISHUB", Why: "urusan lampu"})
	w.clock(morning.Add(time.Hour))
	if _, err := w.hooks(false).Tell(t.Context(), r.ID); err == nil || l.all() != "" {
		t.Errorf("a hook inside: %v, heard %s", err, l.all())
	}
	now := *w.now.Load()
	if _, _, _, ok, err := w.carriers.Claim(t.Context(), r.ID, now, now.Add(time.Minute)); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if again, err := w.hooks(true).Tell(t.Context(), r.ID); again == 0 || err != nil || l.all() != "" {
		t.Errorf("while another is at it: %s, %v, heard %s", again, err, l.all())
	}
	w.clock(now.Add(2 * time.Minute))
	if again, err := w.hooks(true).Tell(t.Context(), r.ID); again != 0 || err != nil || l.all() != "2 open" {
		t.Errorf("after it died: %s, %v, heard %s", again, err, l.all())
	}
	w.does(code, now.Add(2*time.Minute), report.Categorise{Category: "pungli_integritas"})
	w.clock(now.Add(time.Hour))
	if again, err := w.hooks(true).Tell(t.Context(), r.ID); again != 0 || err != nil || l.all() != "2 open" {
		t.Errorf("what has become sensitive: %s, %v, heard %s", again, err, l.all())
	}
	if _, _, _, ok, err := w.carriers.Claim(t.Context(), 12, now, now); ok || err != nil {
		t.Errorf("a report that nobody carried: %v, %v", ok, err)
	}
	if err := w.carriers.EndClient(t.Context(), "hooked", now); err != nil {
		t.Error(err)
	}
	if err := w.carriers.EndClient(t.Context(), "hooked", now); !errors.Is(err, ledger.ErrNoClient) {
		t.Error(err)
	}
}
