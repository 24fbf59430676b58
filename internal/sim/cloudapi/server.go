package cloudapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Options set up a Server. Everything has a default.
type Options struct {
	Token       string // of the system user
	PhoneID     string // of the business's number
	WABA        string // of the business account
	AppSecret   string // signs the webhook
	VerifyToken string // is asked for when the webhook is set
	Version     string // of the Graph API, the one that is served
	Number      string // the business's number, digits
	// Begin is where its numbers begin: one that comes after another has others than that one gave.
	Begin int
	// Now is the clock of windows, limits and files, default time.Now.
	Now func() time.Time
	// Unlimited leaves out the limits on how fast is sent.
	Unlimited bool
	// RetryMin and RetryMax are the pauses before a webhook call is made again. Default 20 ms and 1 s.
	RetryMin, RetryMax time.Duration
	// Reads says that people read what they get; else it is only delivered.
	Reads bool
}

func (o Options) withDefaults() Options {
	or := func(s *string, d string) {
		if *s == "" {
			*s = d
		}
	}
	or(&o.Token, "EAALOCAL0TOKEN0of0a0system0user")
	or(&o.PhoneID, "770100000000001")
	or(&o.WABA, "441000000000001")
	or(&o.AppSecret, "0123456789abcdef0123456789abcdef")
	or(&o.VerifyToken, "kata-kunci-lokal")
	or(&o.Version, "v25.0")
	or(&o.Number, "6281100000000")
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.RetryMin <= 0 {
		o.RetryMin = 20 * time.Millisecond
	}
	if o.RetryMax <= 0 {
		o.RetryMax = time.Second
	}
	return o
}

// Server is a local Meta with one business number.
type Server struct {
	opt  Options
	http *http.Server
	base string

	mu        sync.Mutex
	wake      chan struct{} // closed, and made anew, with each change
	serial    int
	people    []*Person
	messages  map[string]*message // by wamid
	files     map[string]*file    // by media id
	templates map[string]*Template
	pace      pace
	faults    faults
	counts    map[string]int // by what happened
	hook      *hook
}

// New makes a server. Start serves it.
func New(o Options) *Server {
	s := &Server{
		opt: o.withDefaults(), serial: o.Begin, wake: make(chan struct{}), messages: map[string]*message{}, files: map[string]*file{},
		templates: map[string]*Template{}, counts: map[string]int{},
	}
	s.hook = newHook(s)
	s.faults.subscribed, s.faults.registered = true, true
	return s
}

// Start serves on an address ("127.0.0.1:0") until Close.
func (s *Server) Start(addr string) error {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", addr)
	if err != nil {
		return fmt.Errorf("serve a local Meta: %w", err)
	}
	s.base = "http://" + l.Addr().String()
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = s.http.Serve(l) }()
	return nil
}

// Close ends the server and waits for its webhook calls.
func (s *Server) Close() {
	s.hook.close()
	if s.http != nil {
		_ = s.http.Close()
	}
}

// URL is the API's address without the version. Token, PhoneID, WABA, AppSecret, VerifyToken and Version are what a client needs
// beside it.
func (s *Server) URL() string { return s.base }

// Token is the system user's.
func (s *Server) Token() string { return s.opt.Token }

// PhoneID is the business number's.
func (s *Server) PhoneID() string { return s.opt.PhoneID }

// WABA is the business account's.
func (s *Server) WABA() string { return s.opt.WABA }

// AppSecret signs the webhook.
func (s *Server) AppSecret() string { return s.opt.AppSecret }

// VerifyToken is asked for when the webhook is set.
func (s *Server) VerifyToken() string { return s.opt.VerifyToken }

// Version is the one that is served.
func (s *Server) Version() string { return s.opt.Version }

// ServeHTTP answers the calls of clients.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if path[0] == "blob" {
		s.download(w, r, path)
		return
	}
	if refused := s.admit(r, path); refused != nil {
		refused.write(w)
		return
	}
	id, rest := path[1], strings.Join(path[2:], "/")
	switch route := r.Method + " " + rest; {
	case route == "POST messages" && id == s.opt.PhoneID:
		s.post(w, r)
	case route == "POST media" && id == s.opt.PhoneID:
		s.upload(w, r)
	case route == "POST settings" && id == s.opt.PhoneID:
		answer(w, object{"success": true})
	case strings.HasSuffix(route, " message_templates") && id == s.opt.WABA:
		s.manageTemplates(w, r)
	case strings.HasSuffix(route, " subscribed_apps") && id == s.opt.WABA:
		s.subscriptions(w, r)
	case rest == "" && id == s.opt.PhoneID && r.Method == http.MethodGet:
		s.health(w)
	case rest == "" && r.Method == http.MethodGet:
		s.describe(w, r, id)
	case rest == "" && r.Method == http.MethodDelete:
		s.remove(w, id)
	default:
		unknownObject(id).write(w)
	}
}

// admit refuses a call whose path or token is wrong, or what a switch refuses.
func (s *Server) admit(r *http.Request, path []string) *refusal {
	if len(path) < 2 || path[0] != s.opt.Version {
		return &refusal{status: 400, code: 2500, title: "Unknown path components"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.Header.Get("Authorization") != "Bearer "+s.opt.Token, s.faults.deadToken:
		s.counts["unauthorized"]++
		return &refusal{status: 401, code: 190, title: "Invalid OAuth access token - Cannot parse access token"}
	case s.faults.restricted:
		return &refusal{status: 403, code: 368, title: "Temporarily blocked for policies violations"}
	case s.faults.maintenance:
		return &refusal{status: 500, code: 131057, title: "Account in maintenance mode"}
	}
	return nil
}

// health answers the questions about the number.
func (s *Server) health(w http.ResponseWriter) {
	s.mu.Lock()
	status := "CONNECTED"
	if !s.faults.registered {
		status = "PENDING"
	}
	can, account := "AVAILABLE", object{"entity_type": "WABA", "id": s.opt.WABA, "can_send_message": "AVAILABLE"}
	if s.faults.unpaid {
		can, account["can_send_message"] = "BLOCKED", "BLOCKED"
		account["errors"] = []any{object{"error_code": 141006, "error_description": "by a test", "possible_solution": "pay"}}
	}
	s.mu.Unlock()
	answer(w, object{
		"id": s.opt.PhoneID, "status": status, "display_phone_number": "+" + s.opt.Number, "verified_name": "Rabeg",
		"quality_rating": "GREEN", "throughput": object{"level": "STANDARD"},
		"health_status": object{"can_send_message": can, "entities": []any{object{"entity_type": "PHONE_NUMBER", "can_send_message": "AVAILABLE"}, account}},
	})
}

// subscriptions answers which apps hear of the account, and takes a new one.
func (s *Server) subscriptions(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Method == http.MethodPost {
		s.faults.subscribed = true
		answer(w, object{"success": true})
		return
	}
	list := []any{}
	if s.faults.subscribed {
		list = append(list, object{"whatsapp_business_api_data": object{"id": "99", "name": "Rabeg"}})
	}
	answer(w, object{"data": list})
}

// newID is an id that nobody has had. s.mu is held.
func (s *Server) newID(kind string) string {
	s.serial++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", kind, s.serial))
	return hex.EncodeToString(sum[:12])
}

// changed wakes those who wait for something. s.mu is held.
func (s *Server) changed() {
	close(s.wake)
	s.wake = make(chan struct{})
}

// Count is how often something happened: "sent", "unauthorized", "silence" (a send to nobody), "template:NAME", "webhook".
func (s *Server) Count(what string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[what]
}
