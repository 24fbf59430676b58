package botapi

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// webhook delivers updates by POST. Each chat is a lane: its updates go one at a time, in order, and a failed one is
// tried again before the next. Different lanes go side by side, at most max at once. The server's lock guards all fields.
type webhook struct {
	server  *Server
	ctx     context.Context
	stop    context.CancelFunc
	url     string
	secret  string
	max     int
	lanes   map[int64]*lane
	ready   []*lane
	workers int
	waiting int // updates not yet accepted

	lastErrorAt int64
	lastError   string
}

type lane struct {
	chat  int64
	queue []*update
	busy  bool // in ready, being delivered, or in its pause
	pause time.Duration
	timer *time.Timer
}

func (h *webhook) add(u *update) {
	l := h.lanes[u.chat]
	if l == nil {
		l = &lane{chat: u.chat}
		h.lanes[u.chat] = l
	}
	l.queue = append(l.queue, u)
	h.waiting++
	if !l.busy {
		l.busy = true
		h.enqueue(l)
	}
}

func (h *webhook) enqueue(l *lane) {
	h.ready = append(h.ready, l)
	if h.workers < h.max && h.server.begin() {
		h.workers++
		go h.work()
	}
}

// work delivers ready lanes until none is left.
func (h *webhook) work() {
	s := h.server
	defer s.running.Done()
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() { h.workers-- }()
	for len(h.ready) > 0 && h.ctx.Err() == nil {
		l := h.ready[0]
		h.ready = h.ready[1:]
		u := l.queue[0]
		s.mu.Unlock()
		pause, err := h.post(u)
		s.mu.Lock()
		if h.ctx.Err() != nil {
			return
		}
		if err != nil {
			h.failed(l, pause, err)
			continue
		}
		h.accepted(l, u)
	}
}

func (h *webhook) accepted(l *lane, u *update) {
	s := h.server
	s.counts.delivered.Add(1)
	l.pause = 0
	if s.queue.duplicate != 0 && !s.queue.isReplay(u) {
		s.queue.duplicate--
		s.queue.replay = append(s.queue.replay, u)
		h.enqueue(l)
		return
	}
	s.queue.dropReplay(u)
	l.queue[0] = nil
	l.queue = l.queue[1:]
	h.waiting--
	if len(l.queue) > 0 {
		h.enqueue(l)
		return
	}
	l.busy = false
	delete(h.lanes, l.chat)
}

func (q *updateQueue) isReplay(u *update) bool { return slices.Contains(q.replay, u) }

func (q *updateQueue) dropReplay(u *update) {
	q.replay = slices.DeleteFunc(q.replay, func(r *update) bool { return r == u })
}

func (h *webhook) failed(l *lane, pause time.Duration, err error) {
	s := h.server
	h.lastErrorAt, h.lastError = s.opt.Now().Unix(), err.Error()
	if pause == 0 {
		l.pause = min(max(2*l.pause, s.opt.WebhookRetryMin), s.opt.WebhookRetryMax)
		pause = l.pause
	}
	l.timer = time.AfterFunc(pause, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if h.ctx.Err() == nil {
			h.enqueue(l)
		}
	})
}

// post delivers one update once. pause is what the receiver asked for with Retry-After, 0 when it did not.
func (h *webhook) post(u *update) (pause time.Duration, err error) {
	req, err := http.NewRequestWithContext(h.ctx, http.MethodPost, h.url, bytes.NewReader(u.encode()))
	if err != nil {
		return 0, fmt.Errorf("build request: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := h.server.hookClient.Do(req)
	if err != nil {
		return 0, fmt.Errorf("connection failed: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return 0, fmt.Errorf("read answer: %w", err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return time.Duration(seconds) * time.Second, fmt.Errorf("wrong response from the webhook: %s", resp.Status)
	}
	h.inline(resp.Header.Get("Content-Type"), body)
	return 0, nil
}

// inline runs a method that the receiver put into its answer; as with Telegram, nobody learns the result.
func (h *webhook) inline(kind string, body []byte) {
	if len(body) == 0 || !strings.HasPrefix(kind, "application/json") {
		return
	}
	p := &params{}
	if err := p.addJSON(body); err != nil || p.get("method") == "" {
		return
	}
	_, _ = h.server.invoke(h.ctx, p.get("method"), p) // Telegram does not say what became of it either
}

// halt stops deliveries and gives back what was not accepted, in order.
func (h *webhook) halt() []*update {
	h.stop()
	var list []*update
	for _, l := range h.lanes {
		if l.timer != nil {
			l.timer.Stop()
		}
		list = append(list, l.queue...)
	}
	slices.SortFunc(list, func(a, b *update) int { return int(a.id - b.id) })
	h.lanes, h.ready, h.waiting = nil, nil, 0
	return list
}

func (s *Server) setWebhook(p *params) (any, *apiError) {
	target := p.get("url")
	if target == "" {
		return s.deleteWebhook(p)
	}
	u, err := url.Parse(target)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, badRequest("bad webhook: invalid webhook URL specified")
	}
	secret := p.get("secret_token")
	if len(secret) > 256 || strings.ContainsFunc(secret, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-')
	}) {
		return nil, badRequest("secret token contains unallowed characters")
	}
	limit := 40
	if n, ok := p.integer("max_connections"); ok && n >= 1 && n <= 100 {
		limit = int(n)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.readAllowed(p); err != nil {
		return nil, err
	}
	waiting := s.unhook()
	if p.boolean("drop_pending_updates") {
		waiting = nil
	}
	ctx, stop := context.WithCancel(context.Background())
	s.hook = &webhook{
		server: s, ctx: ctx, stop: stop, url: target, secret: secret, max: limit, lanes: make(map[int64]*lane),
	}
	if s.queue.evict != nil {
		s.queue.evict <- "terminated by setWebhook request"
		s.queue.evict = nil
	}
	for _, u := range waiting {
		s.hook.add(u)
	}
	return true, nil
}

// unhook ends webhook or polling and gives what is pending. The server's lock is held.
func (s *Server) unhook() []*update {
	list := s.queue.pending
	s.queue.pending, s.queue.replay = nil, nil
	if s.hook != nil {
		list = append(s.hook.halt(), list...)
		s.hook = nil
	}
	return list
}

func (s *Server) deleteWebhook(p *params) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := s.unhook()
	if !p.boolean("drop_pending_updates") {
		s.queue.pending = waiting
		s.queue.stir()
	}
	return true, nil
}

type webhookInfo struct {
	URL            string   `json:"url"`
	CustomCert     bool     `json:"has_custom_certificate"`
	Pending        int      `json:"pending_update_count"`
	LastErrorDate  int64    `json:"last_error_date,omitempty"`
	LastError      string   `json:"last_error_message,omitempty"`
	MaxConnections int      `json:"max_connections,omitempty"`
	Allowed        []string `json:"allowed_updates,omitempty"`
}

func (s *Server) getWebhookInfo() (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	info := webhookInfo{Pending: s.pending()}
	for k := range s.queue.allowed {
		info.Allowed = append(info.Allowed, k)
	}
	slices.Sort(info.Allowed)
	if h := s.hook; h != nil {
		info.URL, info.MaxConnections = h.url, h.max
		info.LastErrorDate, info.LastError = h.lastErrorAt, h.lastError
	}
	return info, nil
}
