package botapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Act is one thing a person does, for another process to ask for. The content fields of Out are those of what is sent.
type Act struct {
	Person  int64  `json:"person"`
	Name    string `json:"name,omitempty"`    // first name, when the person is new
	Lang    string `json:"lang,omitempty"`    // language of the client from now on
	Chat    int64  `json:"chat,omitempty"`    // a group; 0 is the private chat
	Thread  int    `json:"thread,omitempty"`  // a topic of the group
	Do      string `json:"do,omitempty"`      // send (default), edit, press, press_any, key, block, unblock, join, leave
	Message int    `json:"message,omitempty"` // of edit and press
	Data    string `json:"data,omitempty"`    // of press and key: label or data
	Out
}

// Acted is what came of an Act.
type Acted struct {
	MessageID  int    `json:"message_id,omitempty"`
	CallbackID string `json:"callback_id,omitempty"`
	Error      string `json:"error,omitempty"`
}

// Act does one thing as a person.
func (s *Server) Act(a Act) Acted {
	if a.Person <= 0 {
		return Acted{Error: "person must be a positive id"}
	}
	p := s.Person(a.Person, a.Name)
	if a.Lang != "" {
		p.SetLanguage(a.Lang)
	}
	seat := p.Seat
	if a.Chat != 0 {
		seat = p.In(a.Chat)
	}
	id, query, err := s.act(p, seat.Topic(a.Thread), a)
	if err != nil {
		return Acted{Error: err.Error()}
	}
	return Acted{MessageID: id, CallbackID: query}
}

func (s *Server) act(p *Person, seat Seat, a Act) (id int, query string, err error) {
	var m Message
	switch a.Do {
	case "", "send":
		m, err = seat.Send(a.Out)
	case "edit":
		m, err = seat.Edit(a.Message, a.Text)
	case "press":
		query, err = seat.Press(a.Message, a.Data)
	case "press_any":
		query, err = seat.PressAny(a.Message, a.Data)
	case "key":
		m, err = seat.PressKey(a.Data)
	case "block":
		p.Block()
	case "unblock":
		p.Unblock()
	case "join", "leave":
		g, ok := s.lookGroup(a.Chat)
		switch {
		case !ok:
			err = fmt.Errorf("botapi: no group %d", a.Chat)
		case a.Do == "join":
			p.Join(g)
		default:
			p.Leave(g)
		}
	default:
		err = fmt.Errorf("botapi: cannot do %q", a.Do)
	}
	return m.MessageID, query, err
}

func (s *Server) lookGroup(id int64) (*Group, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[id]
	return &Group{s, id}, c != nil && !c.private()
}

// GroupSpec describes a group to make, for another process.
type GroupSpec struct {
	ID      int64        `json:"id"`
	Title   string       `json:"title"`
	Forum   bool         `json:"forum,omitempty"`
	Members []GroupGuest `json:"members,omitempty"`
}

// GroupGuest is one member of a GroupSpec.
type GroupGuest struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Admin bool   `json:"admin,omitempty"`
}

func (s *Server) makeGroup(spec GroupSpec) error {
	if spec.ID >= 0 {
		return errors.New("a group's id is negative")
	}
	g := s.Group(spec.ID, spec.Title, spec.Forum)
	for _, m := range spec.Members {
		if m.ID <= 0 {
			return errors.New("a person's id is positive")
		}
		p := s.Person(m.ID, m.Name)
		if m.Admin {
			g.AddAdmin(p)
		} else {
			g.Add(p)
		}
	}
	return nil
}

// serveControl lets another process drive people and watch chats:
//
//	POST /sim/act      an Act or a list of them            → Acted, or a list
//	GET  /sim/events   ?chat=&after=&limit=&timeout=       → list of Event (waits up to timeout seconds, default 25)
//	GET  /sim/seq                                          → the latest event's number
//	GET  /sim/history  ?chat=                              → list of Seen
//	GET  /sim/file     ?id=                                → the bytes
//	GET  /sim/stats                                        → Stats
//	POST /sim/group    GroupSpec;  GET ?chat= its topics   → true, or list of Topic
//	POST /sim/fail     Fault;  POST /sim/heal              → true
//
// Answers have the envelope of the Bot API.
func (s *Server) serveControl(w http.ResponseWriter, r *http.Request) {
	body, bad := s.readBody(w, r)
	if bad != nil {
		writeError(w, bad)
		return
	}
	if r.URL.Path == "/sim/file" {
		data, ok := s.File(r.URL.Query().Get("id"))
		if !ok {
			writeError(w, notFound())
			return
		}
		_, _ = w.Write(data)
		return
	}
	result, err := s.control(r, body)
	if err != nil {
		writeError(w, badRequest("%s", err.Error()))
		return
	}
	writeResult(w, result)
}

func (s *Server) control(r *http.Request, body []byte) (any, error) {
	query := r.URL.Query()
	chat, _ := strconv.ParseInt(query.Get("chat"), 10, 64)
	switch r.URL.Path {
	case "/sim/act":
		return s.controlAct(body)
	case "/sim/events":
		after, _ := strconv.ParseInt(query.Get("after"), 10, 64)
		limit, _ := strconv.Atoi(query.Get("limit"))
		seconds, err := strconv.ParseFloat(query.Get("timeout"), 64)
		if err != nil {
			seconds = 25
		}
		return s.controlEvents(r.Context(), chat, after, limit, time.Duration(seconds*float64(time.Second)))
	case "/sim/seq":
		return s.Seq(), nil
	case "/sim/history":
		return s.History(chat), nil
	case "/sim/stats":
		return s.Stats(), nil
	case "/sim/group":
		if g, ok := s.lookGroup(chat); ok && r.Method == http.MethodGet {
			return g.Topics(), nil
		}
		var spec GroupSpec
		if err := json.Unmarshal(body, &spec); err != nil {
			return nil, fmt.Errorf("read group: %w", err)
		}
		return true, s.makeGroup(spec)
	case "/sim/fail":
		var f Fault
		if err := json.Unmarshal(body, &f); err != nil {
			return nil, fmt.Errorf("read fault: %w", err)
		}
		s.Fail(f)
		return true, nil
	case "/sim/heal":
		s.Heal()
		return true, nil
	default:
		return nil, fmt.Errorf("no control %q", r.URL.Path)
	}
}

func (s *Server) controlAct(body []byte) (any, error) {
	if !bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		var a Act
		if err := json.Unmarshal(body, &a); err != nil {
			return nil, fmt.Errorf("read act: %w", err)
		}
		return s.Act(a), nil
	}
	var list []Act
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, fmt.Errorf("read acts: %w", err)
	}
	done := make([]Acted, len(list))
	for i, a := range list {
		done[i] = s.Act(a)
	}
	return done, nil
}

func (s *Server) controlEvents(ctx context.Context, chat, after int64, limit int, wait time.Duration) (any, error) {
	if limit < 1 || limit > 1000 {
		limit = 1000
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	list, err := s.Events(ctx, chat, after, limit)
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return []Event{}, nil
	}
	return list, err
}
