package botapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Server is a local Bot API server with its chats and people. It is safe for concurrent use.
type Server struct {
	opt     Options
	me      User
	methods map[string]method
	files   *fileStore
	faults  faultList
	counts  counters

	hookClient *http.Client
	done       chan struct{}  // closed by Close
	running    sync.WaitGroup // webhook workers, the listener and its connections

	mu       sync.Mutex // guards what follows; nothing slow happens under it
	closed   bool
	listener net.Listener
	http     *http.Server
	chats    map[int64]*chat
	people   map[int64]*Person
	queue    updateQueue
	hook     *webhook
	pace     pace
	all      eventLog
	seq      int64 // last event
	updateID int64
	lastID   int // last message id of private chats and basic groups
	lastCall int64
	lastRoom int64 // counts ids of supergroups made by migration
	queries  queryBook
	commands map[string][]command
}

// New makes a server; mount it as a handler or call Start.
func New(opt Options) *Server {
	opt = opt.withDefaults()
	id, _, _ := strings.Cut(opt.Token, ":")
	botID, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		botID = 123456
	}
	s := &Server{
		opt: opt,
		me: User{
			ID: botID, IsBot: true, FirstName: opt.Name, Username: opt.Username, CanJoinGroups: true,
		},
		files:      newFileStore(opt.KeepFiles, fmt.Sprintf("%s/%d", opt.Token, opt.Begin)),
		hookClient: opt.WebhookClient,
		done:       make(chan struct{}),
		chats:      make(map[int64]*chat),
		people:     make(map[int64]*Person),
		updateID:   100000000 + int64(opt.Begin),
		lastID:     opt.Begin,
		commands:   make(map[string][]command),
	}
	if s.hookClient == nil {
		t := &http.Transport{MaxIdleConnsPerHost: 100, IdleConnTimeout: time.Minute}
		s.hookClient = &http.Client{Timeout: time.Minute, Transport: t}
	}
	s.methods = methodTable()
	return s
}

// Start listens on addr ("127.0.0.1:0" picks a free port) and serves until Close.
func (s *Server) Start(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("botapi: listen on %s: %w", addr, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.listener != nil {
		_ = l.Close()
		return errors.New("botapi: server closed or started already")
	}
	s.listener = l
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ConnState: s.countConn}
	server := s.http
	s.running.Go(func() { _ = server.Serve(l) })
	return nil
}

// countConn lets Close wait for every connection's goroutine.
func (s *Server) countConn(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.running.Add(1)
	case http.StateClosed:
		s.running.Done()
	default: // the others are steps between the two; nothing here hijacks a connection
	}
}

// URL is the server's address, "http://127.0.0.1:1234"; empty before Start.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listener == nil {
		return ""
	}
	return "http://" + s.listener.Addr().String()
}

// Token is the bot's token.
func (s *Server) Token() string { return s.opt.Token }

// Bot is the bot as getMe describes it.
func (s *Server) Bot() User { return s.me }

// Close ends every waiting call, the webhook and the listener, and returns when all is ended.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		s.running.Wait()
		return
	}
	s.closed = true
	close(s.done)
	if s.hook != nil {
		s.hook.halt()
	}
	server := s.http
	s.mu.Unlock()
	if server != nil {
		_ = server.Close()
	}
	s.running.Wait()
	s.hookClient.CloseIdleConnections()
}

// begin counts one goroutine in; false when the server is closed. The server's lock is held.
func (s *Server) begin() bool {
	if s.closed {
		return false
	}
	s.running.Add(1)
	return true
}

// ServeHTTP answers /bot<token>/<method>, /file/bot<token>/<path> and /sim/….
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, "/sim/") && !s.opt.NoControl:
		s.serveControl(w, r)
	case strings.HasPrefix(path, "/file/bot"):
		s.serveFile(w, r, strings.TrimPrefix(path, "/file/bot"))
	case strings.HasPrefix(path, "/bot"):
		token, name, ok := strings.Cut(strings.TrimPrefix(path, "/bot"), "/")
		switch {
		case !ok || name == "":
			writeError(w, notFound())
		case token != s.opt.Token:
			writeError(w, &apiError{Code: http.StatusUnauthorized, Text: "Unauthorized"})
		default:
			s.serveMethod(w, r, name)
		}
	default:
		writeError(w, notFound())
	}
}

func notFound() *apiError { return &apiError{Code: http.StatusNotFound, Text: "Not Found"} }

func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, name string) {
	body, err := s.readBody(w, r)
	if err != nil {
		s.counts.add(name, err.Code)
		writeError(w, err)
		return
	}
	p, err := readParams(r, body)
	if err != nil {
		s.counts.add(name, err.Code)
		writeError(w, err)
		return
	}
	for _, f := range p.files {
		if len(f.Data) > s.opt.MaxUpload {
			s.counts.add(name, http.StatusRequestEntityTooLarge)
			writeError(w, tooLarge())
			return
		}
	}
	f := s.faults.match(name, p, s.opt.Now())
	first := f != nil && (!f.Stored || f.Kind == Delay)
	if first {
		s.counts.fault(name)
		f.strike(w, r, s.done)
		if f.Kind != Delay {
			return
		}
	}
	result, err := s.invoke(r.Context(), name, p)
	if f != nil && !first {
		s.counts.fault(name)
		f.strike(w, r, s.done)
		return
	}
	if err != nil {
		writeError(w, err)
		return
	}
	writeResult(w, result)
}

// readBody reads the whole body, bounded by the largest upload with room for the fields around it.
func (s *Server) readBody(w http.ResponseWriter, r *http.Request) ([]byte, *apiError) {
	limit := int64(10*s.opt.MaxUpload) + 1<<20 // an album may hold ten files
	if r.ContentLength > limit {
		return nil, tooLarge()
	}
	if r.ContentLength == 0 {
		return nil, nil
	}
	from := http.MaxBytesReader(w, r.Body, limit)
	var body []byte
	var err error
	if r.ContentLength > 0 {
		body = make([]byte, r.ContentLength)
		_, err = io.ReadFull(from, body)
	} else {
		body, err = io.ReadAll(from)
	}
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, tooLarge()
		}
		return nil, badRequest("can't read request body")
	}
	return body, nil
}

// method is one method of the API.
type method func(ctx context.Context, s *Server, p *params) (any, *apiError)

// invoke runs a method by its name, in any case, as Telegram does.
func (s *Server) invoke(ctx context.Context, name string, p *params) (any, *apiError) {
	m, ok := s.methods[strings.ToLower(name)]
	if !ok {
		s.counts.add("unknown", http.StatusNotFound)
		return nil, &apiError{Code: http.StatusNotFound, Text: "Not Found: method not found"}
	}
	result, err := m(ctx, s, p)
	code := http.StatusOK
	if err != nil {
		code = err.Code
	}
	s.counts.add(name, code)
	return result, err
}

func writeError(w http.ResponseWriter, e *apiError) {
	body, err := json.Marshal(e.envelope())
	if err != nil {
		body = []byte(`{"ok":false,"error_code":500,"description":"Internal Server Error"}`)
	}
	if e.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(e.RetryAfter))
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(e.Code)
	_, _ = w.Write(body)
}

func writeResult(w http.ResponseWriter, result any) {
	raw, ok := result.(rawJSON)
	if !ok {
		var err error
		if raw, err = json.Marshal(result); err != nil {
			writeError(w, &apiError{Code: http.StatusInternalServerError, Text: "Internal Server Error"})
			return
		}
	}
	body := make([]byte, 0, len(raw)+24)
	body = append(body, `{"ok":true,"result":`...)
	body = append(append(body, raw...), '}')
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
}

// serveFile hands out a file by the path that getFile gave.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, rest string) {
	token, path, _ := strings.Cut(rest, "/")
	if token != s.opt.Token {
		writeError(w, &apiError{Code: http.StatusUnauthorized, Text: "Unauthorized"})
		return
	}
	f := s.faults.match("file", &params{}, s.opt.Now())
	if f != nil {
		s.counts.fault("file")
		f.strike(w, r, s.done)
		if f.Kind != Delay {
			return
		}
	}
	file := s.files.atPath(path)
	if file == nil {
		writeError(w, notFound())
		return
	}
	data, ok := s.files.bytes(file)
	if !ok {
		writeError(w, notFound())
		return
	}
	s.counts.add("file", http.StatusOK)
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data)
}
