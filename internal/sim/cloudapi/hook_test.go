package cloudapi

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// ears are a webhook: they write down what they are told, and answer what a test wants.
type ears struct {
	*httptest.Server
	mu     sync.Mutex
	heard  []string
	answer func(n int) int // to the nth call
	wake   chan struct{}
}

func newEars(t *testing.T, s *Server) *ears {
	t.Helper()
	e := &ears{answer: func(int) int { return 200 }, wake: make(chan struct{}, 1000)}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		e.mu.Lock()
		defer e.mu.Unlock()
		if r.Method == http.MethodGet {
			if r.URL.Query().Get("hub.verify_token") == s.VerifyToken() {
				_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
			}
			return
		}
		if r.Header.Get("X-Hub-Signature-256") != s.Sign(raw) {
			t.Error("a call is signed wrongly")
		}
		if strings.ContainsFunc(string(raw), func(c rune) bool { return c > 0x7e }) || !strings.Contains(string(raw), unseen) {
			t.Errorf("a call is not as Meta's: %s", raw)
		}
		e.heard = append(e.heard, string(raw))
		w.WriteHeader(e.answer(len(e.heard)))
		e.wake <- struct{}{}
	}))
	t.Cleanup(e.Close)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := s.SetHook(ctx, e.URL); err != nil {
		t.Fatal(err)
	}
	return e
}

// next waits for so many calls more, and gives the ids and states in them.
func (e *ears) next(t *testing.T, n int) (out []string) {
	t.Helper()
	for range n {
		select {
		case <-e.wake:
		case <-time.After(time.Minute):
			t.Fatal("no call came")
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return told(t, e.heard[len(e.heard)-n:])
}

// told are the ids and states in calls.
func told(t *testing.T, calls []string) (out []string) {
	t.Helper()
	for _, raw := range calls {
		var whole struct {
			Entry []struct {
				Changes []struct {
					Value struct {
						Messages []struct{ ID, Type string }
						Statuses []struct{ Status string }
					}
				}
			}
		}
		if err := json.Unmarshal([]byte(raw), &whole); err != nil {
			t.Fatal(err)
		}
		v := whole.Entry[0].Changes[0].Value
		for _, m := range v.Messages {
			out = append(out, m.ID)
		}
		for _, s := range v.Statuses {
			out = append(out, s.Status)
		}
	}
	return out
}

// idle waits until all calls were taken.
func (o *office) idle() {
	for o.Pending() > 0 {
		o.Settle()
	}
}

// A call is made again until it is answered with exactly 200, under the same id; what comes behind it waits.
func TestACallIsMadeUntilItIsTaken(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{RetryMin: time.Millisecond})
	e := newEars(t, o.Server)
	first := e.next(t, 1)
	e.mu.Lock()
	e.answer = func(n int) int { return []int{0, 0, 201, 204, 503, 302, 200, 200, 200}[min(n, 8)] }
	e.mu.Unlock()
	id, err := o.siti.Send(Out{Text: "satu 😀"})
	if err != nil {
		t.Fatal(err)
	}
	later, err := o.siti.Send(Out{Text: "dua"})
	if err != nil {
		t.Fatal(err)
	}
	got := e.next(t, 6)
	if want := []string{id, id, id, id, id, later}; !slices.Equal(got, want) || first[0] == id {
		t.Errorf("told %q, want %q", got, want)
	}
	o.idle()
	o.Redeliver(1)
	id, _ = o.siti.Send(Out{Text: "tiga"})
	if got := e.next(t, 2); !slices.Equal(got, []string{id, id}) {
		t.Errorf("told %q, want %s twice", got, id)
	}
}

// Updates that wait go together, a thousand and of several people in one call, and one that is never taken is dropped after a week.
func TestManyUpdatesInACall(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{RetryMin: time.Millisecond, RetryMax: time.Millisecond})
	budi := o.Person("Budi", "6281211100002", true)
	o.Switch(Switches{Together: 1000})
	var want []string
	for i := range 1100 {
		p := []*Person{o.siti, budi}[i%2]
		id, err := p.Send(Out{Text: "halo", Referral: object{"source_type": "ad"}})
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, id)
	}
	e := newEars(t, o.Server)
	o.idle()
	got := map[string]int{}
	e.mu.Lock()
	calls := len(e.heard)
	for _, id := range told(t, e.heard) {
		got[id]++
	}
	e.mu.Unlock()
	for _, id := range want {
		if got[id] != 1 {
			t.Fatalf("a message comes %d times", got[id])
		}
	}
	if calls > 5 {
		t.Errorf("%d calls carry what waited", calls)
	}
	e.mu.Lock()
	e.answer = func(int) int { return 503 }
	e.mu.Unlock()
	o.Complain(131031)
	e.next(t, calls+2) // those of before, and it twice
	o.clock.pass(8 * 24 * time.Hour)
	o.idle()
	if o.Count("dropped") != 1 {
		t.Errorf("%d updates were dropped", o.Count("dropped"))
	}
}

func TestWhoIsNotSubscribedHearsNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t, Options{})
	e := newEars(t, o.Server)
	e.next(t, 1)
	o.idle()
	o.Subscribe(false)
	if _, err := o.siti.Send(Out{Text: "satu"}); err != nil {
		t.Fatal(err)
	}
	if n := o.Pending(); n != 0 {
		t.Errorf("%d calls wait", n)
	}
	_, got := o.call("GET", "/v25.0/"+o.WABA()+"/subscribed_apps", o.Token(), "")
	if list, _ := got["data"].([]any); len(list) != 0 {
		t.Errorf("there hear %v", list)
	}
}

// What becomes of a message, in the orders in which it may be told.
func TestStatuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options  Options
		switches Switches
		late     int
		want     []string
	}{
		"as a rule":     {Options{}, Switches{}, 0, []string{"sent", "delivered"}},
		"read":          {Options{Reads: true}, Switches{}, 0, []string{"sent", "delivered", "read"}},
		"not delivered": {Options{}, Switches{NoDelivered: true}, 0, []string{"sent", "read"}},
		"backwards":     {Options{}, Switches{StatusBackwards: true}, 0, []string{"delivered", "sent", "delivered", "sent"}},
		"doubled":       {Options{}, Switches{Doubles: true}, 0, []string{"delivered", "delivered", "sent", "sent"}},
		"failed":        {Options{}, Switches{}, 131026, []string{"sent", "failed"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, c.options)
			e := newEars(t, o.Server)
			e.next(t, 1)
			o.Switch(c.switches)
			if c.late != 0 {
				o.FailLate(1, c.late)
			}
			if got := o.sends(`"type":"text","text":{"body":"a"},"biz_opaque_callback_data":"kunci"`); got != 0 {
				t.Fatal(got)
			}
			got := e.next(t, len(c.want))
			if c.switches.Doubles {
				slices.Sort(got)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("told %q, want %q", got, c.want)
			}
			e.mu.Lock()
			defer e.mu.Unlock()
			last := e.heard[len(e.heard)-1]
			if !strings.Contains(last, `"biz_opaque_callback_data":"kunci"`) || c.late != 0 && !strings.Contains(last, fmt.Sprint(c.late)) {
				t.Errorf("it is told as %s", last)
			}
		})
	}
}

// A server that comes after another gives no id that the other one gave: a database that remembers those takes nothing for a copy.
func TestNumbersBeginWhereTheyAreTold(t *testing.T) {
	t.Parallel()
	given := map[string]bool{}
	for run := range 3 {
		s := New(Options{Begin: run * 1000})
		p := s.Person("Budi", "6281200000002", true)
		told := []string{p.ID()}
		for range 3 {
			id, err := p.Send(Out{Image: []byte("\xff\xd8\xff")})
			if err != nil {
				t.Fatal(err)
			}
			told = append(told, id)
		}
		for id := range s.files {
			told = append(told, "file "+id)
		}
		for _, id := range told {
			if given[id] {
				t.Errorf("run %d gives %s again", run, id)
			}
			given[id] = true
		}
		s.Close()
	}
}
