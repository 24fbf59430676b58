package llm

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// patience is a deadline that has passed once it is closed.
type patience struct {
	context.Context
	over chan struct{}
}

func (p patience) Done() <-chan struct{} { return p.over }
func (p patience) Err() error {
	select {
	case <-p.over:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

// A server that is too slow for those who wait is left alone by them, and by nobody else.
func TestTooSlowForThoseWhoWait(t *testing.T) {
	t.Parallel()
	var slow atomic.Bool
	var came atomic.Int32
	var current atomic.Pointer[patience]
	slow.Store(true)
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then the server notices that the client leaves
		came.Add(1)
		if slow.Load() {
			close(current.Load().over) // whoever asked waits no longer
			<-r.Context().Done()
			return
		}
		_, _ = io.WriteString(w, completion(good, "stop"))
	}, nil)
	for range breakAfter {
		waits := patience{t.Context(), make(chan struct{})}
		current.Store(&waits)
		if _, err := client.Soon(waits, city(), "lampu mati", nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("got %v, want the deadline", err)
		}
	}
	slow.Store(false)
	before := came.Load()
	if _, err := client.Soon(t.Context(), city(), "lampu mati", nil); !errors.Is(err, ErrAway) || came.Load() != before {
		t.Errorf("a server that was too slow %d times is asked again by somebody who waits: %v", breakAfter, err)
	}
	if o, err := client.Opinion(t.Context(), city(), "lampu mati", nil); err != nil || o.Category != "penerangan_jalan" {
		t.Errorf("who has time is not answered: %v", err)
	}
	if client.Open() {
		t.Error("the server counts as broken")
	}
	// What was sent is paid for, though nobody waited for the answer; what was never sent costs nothing.
	day := time.Now().UTC().Format("2006-01-02")
	if total, _ := client.cfg.Budget.Spend(t.Context(), day, 0); total <= 930 {
		t.Errorf("spent %d: the questions that came too late are missing", total)
	}
}

// One nonsensical answer, or a spent budget, is no reason to leave the server alone.
func TestSoonIsNotBrokenByNonsense(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = io.WriteString(w, completion("?", "stop"))
	}, nil)
	for range 2 * breakAfter {
		if _, err := client.Soon(t.Context(), city(), "lampu mati", nil); !errors.Is(err, ErrAnswer) {
			t.Fatal(err)
		}
	}
	client.cfg.DailyTokens = 1
	for range 2 * breakAfter {
		if _, err := client.Soon(t.Context(), city(), "lampu mati", nil); !errors.Is(err, ErrBudget) {
			t.Fatal(err)
		}
	}
	if n := asked.Load(); n != 2*breakAfter {
		t.Errorf("asked %d times", n)
	}
}

// A broken server is left alone by everybody.
func TestSoonBreaksWithTheServer(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) { asked.Add(1); w.WriteHeader(500) }, nil)
	for range 2 * breakAfter {
		if _, err := client.Soon(t.Context(), city(), "lampu mati", nil); !errors.Is(err, ErrAway) {
			t.Fatal(err)
		}
	}
	if asked.Load() != breakAfter || !client.Open() {
		t.Errorf("asked %d times, open %v", asked.Load(), client.Open())
	}
	if _, err := client.Transcribe(t.Context(), strings.NewReader("x"), "audio/ogg"); !errors.Is(err, ErrAway) {
		t.Errorf("speech: %v", err)
	}
}
