package cloudapi

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// hook makes the webhook calls: those of one lane one after the other, those of different lanes side by side, each again until
// it is answered with exactly 200.
type hook struct {
	s      *Server
	client *http.Client
	ctx    context.Context
	stop   context.CancelFunc
	wg     sync.WaitGroup
	url    string
	lanes  map[string]*hookLane
}

type hookLane struct {
	calls []call
	busy  bool
}

// call is one webhook call. event says that it carries what a person did.
type call struct {
	body  []byte
	event bool
	again bool // it was taken once already
	at    time.Time
}

func newHook(s *Server) *hook {
	h := &hook{s: s, lanes: map[string]*hookLane{}, client: &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	h.ctx, h.stop = context.WithCancel(context.Background())
	return h
}

func (h *hook) close() {
	h.stop()
	h.wg.Wait()
	h.client.CloseIdleConnections()
}

// SetHook sets the webhook's address, as the app's page does: it is asked first whether it knows the verify token.
func (s *Server) SetHook(ctx context.Context, at string) error {
	challenge := "158201"
	q := url.Values{"hub.mode": {"subscribe"}, "hub.challenge": {challenge}, "hub.verify_token": {s.opt.VerifyToken}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at+"?"+q.Encode(), nil)
	if err != nil {
		return fmt.Errorf("verify the webhook: %w", err)
	}
	res, err := s.hook.client.Do(req)
	if err != nil {
		return fmt.Errorf("verify the webhook: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	if err != nil || res.StatusCode != http.StatusOK || string(said) != challenge {
		return errors.New("the webhook does not answer with the challenge")
	}
	s.PointHook(at)
	return nil
}

// PointHook sets the webhook's address unasked: a program that was verified and lives elsewhere now.
func (s *Server) PointHook(at string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook.url = at
	for name, l := range s.hook.lanes {
		s.hook.run(name, l)
	}
}

// Pending is how many webhook calls wait to be taken.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, l := range s.hook.lanes {
		n += len(l.calls)
	}
	return n
}

// tell puts a call on its lane. s.mu is held.
func (h *hook) tell(lane string, c call) {
	f := h.s.faults
	if !f.subscribed {
		return
	}
	c.at = h.s.opt.Now()
	switch {
	case f.switches.Together > 1:
		lane = "together"
	case f.switches.Disorder:
		lane += h.s.newID("lane")
	}
	for range 2 {
		l := h.lanes[lane]
		if l == nil {
			l = &hookLane{}
			h.lanes[lane] = l
		}
		l.calls = append(l.calls, c)
		h.run(lane, l)
		if !f.switches.Doubles {
			return
		}
		lane += "+"
	}
}

// run works a lane until it is empty. s.mu is held.
func (h *hook) run(name string, l *hookLane) {
	if l.busy || h.url == "" || h.ctx.Err() != nil {
		return
	}
	l.busy = true
	h.wg.Go(func() { h.work(name, l) })
}

func (h *hook) work(name string, l *hookLane) {
	pause := h.s.opt.RetryMin
	for {
		h.s.mu.Lock()
		if len(l.calls) == 0 || h.ctx.Err() != nil {
			l.busy = false
			if len(l.calls) == 0 {
				delete(h.lanes, name)
			}
			h.s.changed()
			h.s.mu.Unlock()
			return
		}
		if c := l.calls[0]; h.s.opt.Now().Sub(c.at) > hookLife {
			l.calls = l.calls[1:]
			h.s.counts["dropped"]++
			h.s.mu.Unlock()
			continue
		}
		n := min(max(1, h.s.faults.switches.Together), len(l.calls))
		body, at := together(l.calls[:n]), h.url
		h.s.mu.Unlock()
		if h.make(at, body) {
			pause = h.s.opt.RetryMin
			h.taken(l, n)
			continue
		}
		t := time.NewTimer(pause)
		pause = min(2*pause, h.s.opt.RetryMax)
		select {
		case <-t.C:
		case <-h.ctx.Done():
			t.Stop()
		}
	}
}

// taken takes the updates of a call off their lane, or lets one come once more.
func (h *hook) taken(l *hookLane, n int) {
	h.s.mu.Lock()
	defer h.s.mu.Unlock()
	h.s.counts["webhook"]++
	for range n {
		if c := l.calls[0]; c.event && !c.again && h.s.faults.redeliver > 0 {
			h.s.faults.redeliver--
			l.calls[0].again = true
			return
		}
		l.calls = l.calls[1:]
	}
}

// together makes one call of several: messages beside messages and statuses beside statuses, each kind in one value.
func together(calls []call) []byte {
	if len(calls) == 1 {
		return calls[0].body
	}
	var entries []any
	values := map[string]map[string]any{} // by what they tell
	for _, c := range calls {
		var whole map[string]any
		if json.Unmarshal(c.body, &whole) != nil {
			continue
		}
		list, _ := whole["entry"].([]any)
		for _, e := range list {
			value := valueOf(e)
			kind := ""
			for _, k := range []string{"messages", "statuses"} {
				if value[k] != nil {
					kind = k
				}
			}
			first := values[kind]
			if kind == "" || first == nil {
				entries = append(entries, e)
				values[kind] = value
				continue
			}
			for _, k := range []string{kind, "contacts"} {
				more, _ := value[k].([]any)
				had, _ := first[k].([]any)
				if len(more) > 0 {
					first[k] = append(had, more...)
				}
			}
		}
	}
	return ascii(object{"object": "whatsapp_business_account", "entry": entries})
}

// valueOf is what an entry of ours tells.
func valueOf(entry any) map[string]any {
	e, _ := entry.(map[string]any)
	changes, _ := e["changes"].([]any)
	if len(changes) == 0 {
		return nil
	}
	change, _ := changes[0].(map[string]any)
	value, _ := change["value"].(map[string]any)
	return value
}

// Sign is the signature header of a body.
func (s *Server) Sign(body []byte) string {
	mac := hmac.New(sha256.New, []byte(s.opt.AppSecret))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

// make makes a call and reports whether it was taken.
func (h *hook) make(at string, body []byte) bool {
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, at, bytes.NewReader(body))
	if err != nil {
		return false
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Hub-Signature-256", h.s.Sign(body))
	res, err := h.client.Do(req)
	if err != nil {
		return false
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16))
	_ = res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// Settle waits until something changes, or a moment.
func (s *Server) Settle() {
	s.mu.Lock()
	wake := s.wake
	s.mu.Unlock()
	t := time.NewTimer(10 * time.Millisecond)
	defer t.Stop()
	select {
	case <-wake:
	case <-t.C:
	}
}
