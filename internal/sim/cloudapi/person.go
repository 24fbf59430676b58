package cloudapi

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"
)

// Person is somebody with WhatsApp. The server's lock guards all fields.
type Person struct {
	s       *Server
	id      string // BSUID
	phone   string // digits
	name    string
	hidden  bool
	blocked bool
	absent  bool // has no WhatsApp any more
	heard   time.Time
	gone    bool // has another id by now
	shown   []Shown
	own     []*message
	bucket  bucket
}

// Shown is one message of the business as a person sees it.
type Shown struct {
	ID      string
	Type    string // of the message, or of the interactive message
	Text    string // the body, or the caption, with signs of style
	Choices []Choice
	Media   []byte // nil when it shows none
	Name    string // of a document
	ReplyTo string
	// Template is the template's name, "" for free words.
	Template string
}

// Choice is a button or a row.
type Choice struct{ ID, Title, About string }

// Person makes somebody with a number, which webhooks show; hidden: they do not.
func (s *Server) Person(name, phone string, hidden bool) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &Person{s: s, id: "ID." + s.newID("person"), phone: phone, name: name, hidden: hidden}
	p.bucket.fill(pairBurst, s.opt.Now())
	s.people = append(s.people, p)
	return p
}

// ID is the person's id as the business knows it.
func (p *Person) ID() string { p.s.mu.Lock(); defer p.s.mu.Unlock(); return p.id }

// Out is what a person sends: one of its parts.
type Out struct {
	Text       string
	Image      []byte // with Text as its caption
	Voice      []byte
	Document   []byte
	MIME, Name string // of a document
	Location   *Place
	ReplyTo    string
	// Forwarded says that it is forwarded, Raw is a whole content of another type.
	Forwarded bool
	Type      string
	Raw       object
	// Referral says that the person came by an advertisement.
	Referral object
}

// Place is a pin.
type Place struct {
	Lat, Lon      float64
	Name, Address string
}

// Send sends a message and gives its id.
func (p *Person) Send(o Out) (string, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if p.gone {
		return "", errors.New("the person has another id by now")
	}
	kind, content := p.content(o)
	m := object{"type": kind}
	if content != nil {
		m[kind] = content
	}
	if o.Raw != nil && kind == "unsupported" {
		m["errors"] = []any{object{"code": 131051, "title": "Message type unknown", "error_data": object{"details": "Message type is currently not supported."}}}
	}
	if o.Referral != nil {
		m["referral"] = o.Referral
	}
	switch {
	case o.ReplyTo != "":
		m["context"] = object{"from": p.s.opt.Number, "id": o.ReplyTo}
	case o.Forwarded:
		m["context"] = object{"forwarded": true}
	}
	return p.says(m, kind != "reaction"), nil
}

func (p *Person) content(o Out) (kind string, content object) {
	switch {
	case o.Raw != nil:
		return o.Type, o.Raw
	case o.Image != nil:
		content = p.s.keep(o.Image, "image/jpeg")
		if o.Text != "" {
			content["caption"] = o.Text
		}
		return "image", content
	case o.Voice != nil:
		content = p.s.keep(o.Voice, "audio/ogg; codecs=opus")
		content["voice"] = true
		return "audio", content
	case o.Document != nil:
		content = p.s.keep(o.Document, o.MIME)
		content["filename"], content["caption"] = o.Name, o.Text
		return "document", content
	case o.Location != nil:
		content = object{"latitude": o.Location.Lat, "longitude": o.Location.Lon}
		if o.Location.Name != "" {
			content["name"], content["address"] = o.Location.Name, o.Location.Address
		}
		return "location", content
	default:
		return "text", object{"body": o.Text}
	}
}

// says makes the webhook of a person's message. s.mu is held.
func (p *Person) says(m object, opens bool) string {
	now := p.s.opt.Now()
	id := "wamid." + p.s.newID("in")
	m["id"], m["timestamp"], m["from_user_id"] = id, strconv.FormatInt(now.Unix(), 10), p.id
	contact := object{"profile": object{"name": p.name}, "user_id": p.id}
	if !p.hidden {
		m["from"], contact["wa_id"] = p.phone, p.phone
	}
	if opens {
		p.heard = now
	}
	kept := &message{id: id, at: now, from: p}
	p.s.messages[id] = kept
	p.own = append(p.own, kept)
	p.s.hook.tell("in "+p.name+p.phone, call{event: true, body: ascii(p.s.envelope(object{
		"contacts": []any{contact}, "messages": []any{m},
	}))})
	return id
}

// envelope is what stands around everything that a webhook tells.
func (s *Server) envelope(value object) object {
	value["messaging_product"] = "whatsapp"
	value["metadata"] = object{"display_phone_number": s.opt.Number, "phone_number_id": s.opt.PhoneID}
	return s.change("messages", value)
}

func (s *Server) change(field string, value object) object {
	return object{"object": "whatsapp_business_account", "entry": []any{object{
		"id": s.opt.WABA, "changes": []any{object{"field": field, "value": value}},
	}}}
}

// Press presses the nth button or row (from 0) of a message.
func (p *Person) Press(on string, nth int) error {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	i := slices.IndexFunc(p.shown, func(m Shown) bool { return m.ID == on })
	if i < 0 || nth < 0 || nth >= len(p.shown[i].Choices) {
		return errors.New("no such button")
	}
	m, c := p.shown[i], p.shown[i].Choices[nth]
	out := object{"context": object{"from": p.s.opt.Number, "id": on}}
	switch m.Type {
	case "template":
		out["type"], out["button"] = "button", object{"payload": c.ID, "text": c.Title}
	case "list":
		out["type"], out["interactive"] = "interactive", object{"type": "list_reply", "list_reply": object{"id": c.ID, "title": c.Title}}
	default:
		out["type"], out["interactive"] = "interactive", object{"type": "button_reply", "button_reply": object{"id": c.ID, "title": c.Title}}
	}
	p.says(out, true)
	return nil
}

// React puts an emoji under a message, "" takes it away. It opens no window.
func (p *Person) React(on, emoji string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.says(object{"type": "reaction", "reaction": object{"message_id": on, "emoji": emoji}}, false)
}

// Renumber gives the person another number, and so another id; phone "" says that the change is told without a number.
func (p *Person) Renumber(phone string) (now *Person) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	now = &Person{s: p.s, id: "ID." + p.s.newID("person"), phone: phone, name: p.name, hidden: phone == "", heard: p.heard}
	now.bucket.fill(pairBurst, p.s.opt.Now())
	p.s.people = append(p.s.people, now)
	p.gone = true
	system := object{"type": "user_changed_number", "body": "changed", "user_id": now.id, "previous_user_id": p.id}
	if phone == "" {
		system["type"] = "user_changed_user_id"
	} else {
		system["wa_id"] = phone
	}
	p.says(object{"type": "system", "system": system}, false)
	return now
}

// Block blocks the business, which hears nothing of it. Vanish says that the person has no WhatsApp any more.
func (p *Person) Block(on bool) { p.s.mu.Lock(); p.blocked = on; p.s.mu.Unlock() }

// Vanish ends the person's account; who writes there is told 131026 later.
func (p *Person) Vanish() { p.s.mu.Lock(); p.absent = true; p.s.mu.Unlock() }

// Silent makes the person have written last so long ago that the window is shut.
func (p *Person) Silent() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.heard = p.s.opt.Now().Add(-window - time.Hour)
}

// Shown is what the business has said to the person, oldest first.
func (p *Person) Shown() []Shown { p.s.mu.Lock(); defer p.s.mu.Unlock(); return slices.Clone(p.shown) }

// Wait waits until ok holds for what the business has said.
func (p *Person) Wait(ctx context.Context, ok func([]Shown) bool) ([]Shown, error) {
	for {
		p.s.mu.Lock()
		list, wake := slices.Clone(p.shown), p.s.wake
		p.s.mu.Unlock()
		if ok(list) {
			return list, nil
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return list, ctx.Err()
		}
	}
}
