package botapi

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// FaultKind is what goes wrong.
type FaultKind string

// The faults a server can have.
const (
	BadGateway FaultKind = "bad_gateway" // 502 with an HTML body
	Internal   FaultKind = "internal"    // 500 in the usual envelope
	TooMany    FaultKind = "too_many"    // 429 with RetryAfter
	Hang       FaultKind = "hang"        // no answer until the client leaves or Wait is over, then the connection is closed
	Cut        FaultKind = "cut"         // the connection is closed at once
	Delay      FaultKind = "delay"       // the answer comes Wait later
)

// Fault makes calls fail. The zero values of its conditions match every call for ever.
type Fault struct {
	Kind       FaultKind     `json:"kind"`
	Methods    []string      `json:"methods,omitempty"` // names in any case; "file" is the download of a file
	Chats      []int64       `json:"chats,omitempty"`
	Match      Matcher       `json:"-"`
	Times      int           `json:"times,omitempty"`       // so many calls, then it ends; 0: no count
	For        time.Duration `json:"for,omitempty"`         // nanoseconds by the server's clock, then it ends; 0: no end
	Stored     bool          `json:"stored,omitempty"`      // the method is carried out first; only its answer is lost
	RetryAfter int           `json:"retry_after,omitempty"` // seconds, with TooMany; default 1
	Wait       time.Duration `json:"wait,omitempty"`        // of Hang (0: until the client leaves) and Delay
}

// Matcher chooses calls; chat is 0 for a call without chat_id. It must be safe for concurrent use.
type Matcher func(method string, chat int64) bool

type activeFault struct {
	Fault
	until time.Time
	left  int
}

type faultList struct {
	mu   sync.Mutex
	list []*activeFault
}

// Fail adds a fault; the function it gives takes it away again. Of several that match, the oldest strikes.
func (s *Server) Fail(f Fault) (heal func()) {
	a := &activeFault{Fault: f, left: f.Times}
	if f.For > 0 {
		a.until = s.opt.Now().Add(f.For)
	}
	s.faults.mu.Lock()
	s.faults.list = append(s.faults.list, a)
	s.faults.mu.Unlock()
	return func() { s.faults.remove(a) }
}

// Heal takes all faults away.
func (s *Server) Heal() {
	s.faults.mu.Lock()
	s.faults.list = nil
	s.faults.mu.Unlock()
}

func (l *faultList) remove(a *activeFault) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = slices.DeleteFunc(l.list, func(x *activeFault) bool { return x == a })
}

// match gives the fault that strikes this call, nil for none.
func (l *faultList) match(name string, p *params, now time.Time) *Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) == 0 {
		return nil
	}
	chat, _ := p.integer("chat_id")
	for i, a := range l.list {
		if !a.until.IsZero() && !now.Before(a.until) || !a.applies(name, chat) {
			continue
		}
		if a.Times > 0 {
			if a.left--; a.left == 0 {
				l.list = slices.Delete(l.list, i, i+1)
			}
		}
		f := a.Fault
		return &f
	}
	return nil
}

func (f *Fault) applies(name string, chat int64) bool {
	if len(f.Methods) > 0 && !slices.ContainsFunc(f.Methods, func(m string) bool { return strings.EqualFold(m, name) }) {
		return false
	}
	if len(f.Chats) > 0 && !slices.Contains(f.Chats, chat) {
		return false
	}
	return f.Match == nil || f.Match(name, chat)
}

const gatewayPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n" +
	"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"

// strike answers a call in the way of the fault; after a Delay the call still has to be answered.
func (f *Fault) strike(w http.ResponseWriter, r *http.Request, done <-chan struct{}) {
	switch f.Kind {
	case BadGateway:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, gatewayPage)
	case Internal:
		writeError(w, &apiError{Code: http.StatusInternalServerError, Text: "Internal Server Error"})
	case TooMany:
		writeError(w, tooMany(max(f.RetryAfter, 1)))
	case Cut:
		panic(http.ErrAbortHandler)
	case Hang:
		pause(r, f.Wait, done)
		panic(http.ErrAbortHandler)
	case Delay:
		pause(r, max(f.Wait, 1), done)
	default:
		writeError(w, &apiError{Code: http.StatusInternalServerError, Text: fmt.Sprintf("unknown fault %q", f.Kind)})
	}
}

func pause(r *http.Request, wait time.Duration, done <-chan struct{}) {
	var over <-chan time.Time
	if wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		over = t.C
	}
	select {
	case <-over:
	case <-r.Context().Done():
	case <-done:
	}
}
