package cloudapi

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// message is one message of either side.
type message struct {
	id   string
	at   time.Time
	from *Person // nil: of the business
	to   *Person
}

var bsuid = regexp.MustCompile(`^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$`)

// post takes what the business sends.
func (s *Server) post(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	var body map[string]any
	if err != nil || json.Unmarshal(raw, &body) != nil {
		wrong(100, "The body is no JSON object").write(w)
		return
	}
	if status, _ := body["status"].(string); status != "" {
		s.mark(w, body)
		return
	}
	s.mu.Lock()
	out, after, refused := s.take(body)
	first := s.faults.switches.StatusFirst
	s.mu.Unlock()
	if refused != nil {
		refused.write(w)
		return
	}
	if first {
		after()
		s.settled(r.Context().Done())
	}
	answer(w, out)
	if !first {
		after()
	}
}

// settled waits a moment until the webhook has taken what was told, so that a status is there before the answer.
func (s *Server) settled(done <-chan struct{}) {
	late := time.NewTimer(time.Second)
	defer late.Stop()
	for s.Pending() > 0 {
		s.mu.Lock()
		wake := s.wake
		s.mu.Unlock()
		select {
		case <-wake:
		case <-late.C:
			return
		case <-done:
			return
		}
	}
}

// take checks a message, and delivers it. after tells its statuses. s.mu is held.
func (s *Server) take(body map[string]any) (out object, after func(), refused *refusal) {
	m, refused := s.check(body)
	if refused != nil {
		return nil, nil, refused
	}
	p, input, silent := s.addressee(body)
	switch {
	case !s.faults.registered:
		return nil, nil, wrong(133010, "The account is not registered")
	case len(s.faults.sends) > 0:
		refused, s.faults.sends = s.faults.sends[0], s.faults.sends[1:]
		return nil, nil, refused
	}
	if refused = s.allow(p, m.Template != ""); refused != nil {
		return nil, nil, refused
	}
	late := 0
	now := s.opt.Now()
	switch {
	case silent || p == nil:
	case m.Template == "" && now.Sub(p.heard) >= window:
		if late = 131047; !s.faults.windowLate {
			return nil, nil, wrong(131047, "Message failed to send because more than 24 hours have passed since the customer last replied to this number.")
		}
	case p.absent:
		late = 131026
	case len(s.faults.late) > 0:
		late, s.faults.late = s.faults.late[0], s.faults.late[1:]
	}
	m.ID = "wamid." + s.newID("out")
	s.messages[m.ID] = &message{id: m.ID, at: now, to: p}
	s.counts["sent"]++
	contact := object{"input": input}
	if p != nil {
		contact["user_id"] = p.id
		if !p.hidden {
			contact["wa_id"] = p.phone
		}
	}
	told := object{"id": m.ID}
	if m.Template != "" {
		told["message_status"] = "accepted"
		s.counts["template:"+m.Template]++
	}
	out = object{"messaging_product": "whatsapp", "contacts": []any{contact}, "messages": []any{told}}
	if silent || p == nil {
		s.counts["silence"]++
		return out, func() {}, nil
	}
	echo, _ := body["biz_opaque_callback_data"].(string)
	delivered := late == 0 && !p.blocked && !p.gone && !s.faults.unpaid
	if delivered {
		p.shown = append(p.shown, *m)
		s.changed()
	}
	return out, func() { s.follow(p, m.ID, echo, late, delivered, m.Template != "") }, nil
}

// addressee finds whom a message is for. silent says that Meta takes it and delivers it to nobody. s.mu is held.
func (s *Server) addressee(body map[string]any) (p *Person, input string, silent bool) {
	if to, ok := body["to"].(string); ok && to != "" {
		if bsuid.MatchString(to) {
			return nil, to, true // a BSUID in "to" is dropped without a word
		}
		digits := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, to)
		if !strings.HasPrefix(to, "+") {
			digits = "62" + digits // the business's own country is put before it
		}
		i := slices.IndexFunc(s.people, func(p *Person) bool { return p.phone == digits && digits != "" && !p.gone })
		if i < 0 {
			return nil, to, true
		}
		return s.people[i], to, false
	}
	to, _ := body["recipient"].(string)
	i := slices.IndexFunc(s.people, func(p *Person) bool { return p.id == to })
	if i < 0 {
		return nil, to, true
	}
	if s.people[i].gone {
		p := *s.people[i]
		p.absent = true
		return &p, to, false
	}
	return s.people[i], to, false
}

// mark takes a read mark, with the sign that somebody types.
func (s *Server) mark(w http.ResponseWriter, body map[string]any) {
	refused := fields(body, "", "messaging_product", "status", "message_id", "typing_indicator")
	id, _ := body["message_id"].(string)
	s.mu.Lock()
	m := s.messages[id]
	s.mu.Unlock()
	switch {
	case refused != nil:
	case body["messaging_product"] != "whatsapp":
		refused = wrong(100, "(messaging_product) is required")
	case body["status"] != "read":
		refused = wrong(100, "status must be read")
	case m == nil || m.from == nil:
		refused = wrong(131009, "Message ID is invalid")
	case body["typing_indicator"] != nil:
		if t, ok := body["typing_indicator"].(map[string]any); !ok || t["type"] != "text" {
			refused = wrong(131009, "typing_indicator.type must be text")
		}
	}
	if refused != nil {
		refused.write(w)
		return
	}
	s.mu.Lock()
	s.counts["read"]++
	s.mu.Unlock()
	answer(w, object{"success": true})
}

// follow tells what becomes of a message.
func (s *Server) follow(p *Person, id, echo string, late int, delivered, template bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.faults.switches
	if w.Mute {
		return
	}
	steps := []string{"sent"}
	switch {
	case late != 0:
		steps = append(steps, "failed")
	case delivered:
		if !w.NoDelivered {
			steps = append(steps, "delivered")
		}
		if s.opt.Reads || w.NoDelivered {
			steps = append(steps, "read")
		}
	}
	if w.StatusBackwards {
		slices.Reverse(steps)
		steps = append(steps, steps...)
	}
	for _, step := range steps {
		st := object{"id": id, "status": step, "timestamp": stamp(s.opt.Now()), "recipient_user_id": p.id}
		if !p.hidden {
			st["recipient_id"] = p.phone
		}
		if echo != "" {
			st["biz_opaque_callback_data"] = echo
		}
		if step == "failed" {
			st["errors"] = []any{wrong(late, "told later").body()}
		} else {
			category := "service"
			if template {
				category = "utility"
			}
			st["pricing"] = object{"billable": true, "pricing_model": "PMP", "category": category, "type": "regular"}
		}
		s.hook.tell("status "+p.id, call{body: ascii(s.envelope(object{"statuses": []any{st}}))})
	}
}
