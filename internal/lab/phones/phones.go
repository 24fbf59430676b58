package phones

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/cloudapi"
	"rabeg/internal/sim/warelay"
)

// Where people are on the page.
const (
	onTelegram = "telegram"
	onWhatsApp = "whatsapp"
	onDesk     = "desk"
)

// Store reads what the product keeps.
type Store interface {
	ByCode(ctx context.Context, code report.Code) (report.Report, error)
	Facts(ctx context.Context, id report.ID) ([]report.Fact, error)
	Lately(ctx context.Context, chat bot.Address, limit int) ([]postgres.Posted, error)
}

// Clock is the clock of everything: the product, the networks, the page.
type Clock interface {
	Now() time.Time
	// Turn turns it forward, as a person wrote ("+3d", "08.00"), and says to when.
	Turn(text string) (time.Time, error)
}

// Fault is something that can go wrong at the press of a button.
type Fault struct {
	Key  string
	Name Words
	Tell Words // what it means
	Once bool  // it happens and is over: no switch
	On   Words // what happened, once it is on
	Off  Words // and once it is over
	Set  func(ctx context.Context, on bool) error
}

// Step is one step of the guided tour.
type Step struct {
	Title Words
	Tell  Words // what is about to happen, and why
	Look  Look
	Do    func(ctx context.Context) error
}

// Look says whom the page shows at a step, by the keys of the cast; "" leaves it as it is. Desk is who sits at the desk.
type Look struct{ Desk, View string }

// Pocket is somebody's phone on the local WhatsApp, whichever way the office is there: on a linked phone, or officially.
type Pocket interface {
	// Write writes to the office.
	Write(ctx context.Context, text string) error
	// Wait waits until ok holds for the texts of all that came, oldest first.
	Wait(ctx context.Context, ok func(texts []string) bool) error
}

// Options are what the page shows.
type Options struct {
	Profile *profile.Profile
	Store   Store
	API     *botapi.Server
	Desk    *botapi.Group
	Relay   *warelay.Relay
	Office  *warelay.Account
	Meta    *cloudapi.Server // the official WhatsApp, in place of Relay and Office
	Clock   Clock
	Faults  []Fault
	// Tour makes the guided tour anew, with Ani's number on Telegram and Budi's phone on WhatsApp.
	Tour func(ani int64, budi Pocket) []Step
	// Fresh is a number from which on no citizen of the local networks has been known before.
	Fresh int64
	// Photo draws a photo that looks like no other, as JPEG.
	Photo func() []byte
}

// Server serves the page.
type Server struct {
	Options
	token string
	cast  *cast
	city  city
	pages *pages
	diary *diary
	wa    *pockets
	tour  *tour
	codes *codes
	// notices are what the bot shows over a chat of Telegram for a moment, in answer to a press.
	notices *notices
	mux     *http.ServeMux

	faulting sync.Mutex // held while a fault begins or ends

	mu      sync.Mutex
	changed chan struct{} // closed and replaced whenever something to show may have changed
	on      map[string]bool
}

// New makes the page of a lab.
func New(o Options) (*Server, error) {
	s := &Server{Options: o, token: rand.Text(), cast: newCast(o.Profile, o.Fresh), changed: make(chan struct{}), on: map[string]bool{}}
	var err error
	if s.pages, err = readPages(); err != nil {
		return nil, err
	}
	s.city = drawn(o.Profile)
	s.diary = newDiary(s)
	s.wa = newPockets(s)
	s.codes = newCodes(o.Profile.Prefix)
	s.tour = &tour{s: s}
	s.notices = &notices{by: map[int64]notice{}}
	for _, p := range s.cast.on(onDesk) {
		if p.role == leader {
			continue
		}
		who := o.API.Person(p.id, p.name)
		if p.admin {
			o.Desk.AddAdmin(who)
		} else {
			o.Desk.Add(who)
		}
	}
	s.mux = s.routes()
	return s, nil
}

// bump says that something to show may have changed.
func (s *Server) bump() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// change is closed at the next change.
func (s *Server) change() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// Start listens on a port of the loopback address and serves until ctx is done or end is called. url is the address of the page.
func (s *Server) Start(ctx context.Context) (url string, end func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listen for the browser: %w", err)
	}
	ctx, stop := context.WithCancel(ctx)
	server := &http.Server{Handler: s.guarded(l.Addr().String()), ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	var all sync.WaitGroup
	all.Go(func() { _ = server.Serve(l) })
	all.Go(func() { s.watch(ctx) })
	end = func() {
		stop()
		_ = server.Close()
		all.Wait()
		s.wa.close()
		s.diary.wait()
	}
	return "http://" + l.Addr().String() + s.root(), end, nil
}

// root is the path under which everything lies.
func (s *Server) root() string { return "/" + s.token + "/" }

// watch wakes the page for what happens on the local Telegram.
func (s *Server) watch(ctx context.Context) {
	for seq := s.API.Seq(); ctx.Err() == nil; {
		events, err := s.API.Events(ctx, 0, seq, 100)
		if errors.Is(err, botapi.ErrLagged) {
			seq = s.API.Seq()
			continue
		}
		if err != nil {
			return
		}
		for _, e := range events {
			seq = e.Seq
			if e.Kind == botapi.Answered && e.Text != "" {
				s.notices.put(e.Chat, e.Text)
			}
			if e.Message != nil {
				s.codes.note(e.Message.Text + " " + e.Message.Caption)
				if e.Message.FromBot && e.Kind == botapi.Sent {
					s.diary.sent(s.chatName(e.Chat))
				}
			}
		}
		s.bump()
	}
}

// chatName is what the page calls a chat of the local Telegram.
func (s *Server) chatName(chat int64) Words {
	if chat == s.Desk.ID() {
		return Words{"grup meja", "the desk"}
	}
	if name := s.cast.named(chat); name != "" {
		return Words{name, name}
	}
	return Words{"orang di terminal", "somebody at the terminal"}
}

// guarded lets through what comes from this machine's browser for this very page.
func (s *Server) guarded(at string) http.Handler {
	_, port, _ := net.SplitHostPort(at)
	hosts := map[string]bool{"127.0.0.1:" + port: true, "localhost:" + port: true}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; "+
			"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if why := s.refuses(r, hosts); why != "" {
			http.Error(w, why, http.StatusForbidden)
			return
		}
		http.StripPrefix(strings.TrimSuffix(s.root(), "/"), s.mux).ServeHTTP(w, r)
	})
}

// refuses says why a request is not answered: "" for one that is.
func (s *Server) refuses(r *http.Request, hosts map[string]bool) string {
	const openIt = "Open the address that make try printed, with the long word in it."
	if !hosts[r.Host] { // a name that somebody made to point here
		return "This page answers on this machine's own address only."
	}
	if !same(r.URL.Path, s.root()) {
		return openIt
	}
	if from := r.Header.Get("Origin"); from != "" && !hosts[strings.TrimPrefix(from, "http://")] {
		return "This page takes nothing from other pages."
	}
	if site := r.Header.Get("Sec-Fetch-Site"); r.Method != http.MethodGet && site != "" && site != "same-origin" {
		return "This page takes nothing from other pages."
	}
	return ""
}

// same compares a path with the one that the token makes, in a time that tells nothing of where they part.
func same(path, root string) bool {
	return len(path) >= len(root) && subtle.ConstantTimeCompare([]byte(path[:len(root)]), []byte(root)) == 1
}
