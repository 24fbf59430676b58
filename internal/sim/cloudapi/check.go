package cloudapi

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

func stamp(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

// fields refuses an object with a field that is not known, "unseen" among them.
func fields(o map[string]any, where string, known ...string) *refusal {
	for k := range o {
		if !slices.Contains(known, k) {
			return wrong(100, "Unexpected key %q on param %q.", k, where)
		}
	}
	return nil
}

// child is an object in an object.
func child(o map[string]any, name, where string) (map[string]any, *refusal) {
	in, ok := o[name].(map[string]any)
	if !ok {
		return nil, wrong(131008, "The parameter %s%s is required.", where, name)
	}
	return in, nil
}

// words is a text that must be there and not be longer than most.
func words(o map[string]any, name, where string, most int) (string, *refusal) {
	s, ok := o[name].(string)
	switch {
	case !ok || strings.TrimSpace(s) == "":
		return "", wrong(131008, "The parameter %s%s is required.", where, name)
	case units(s) > most:
		return "", wrong(131009, "%s%s must be no more than %d characters.", where, name, most)
	}
	return s, nil
}

// check reads a message as a person will see it. s.mu is held.
func (s *Server) check(body map[string]any) (m *Shown, refused *refusal) {
	kind, _ := body["type"].(string)
	if kind == "" {
		if body["text"] == nil {
			return nil, wrong(131008, "The parameter type is required.")
		}
		kind = "text" // the only type that may go unsaid
	}
	if refused := fields(body, "", "messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data",
		"message_activity_sharing", "category", kind); refused != nil {
		return nil, refused
	}
	if refused := frame(body); refused != nil {
		return nil, refused
	}
	m = &Shown{Type: kind}
	in, refused := child(body, kind, "")
	if refused != nil {
		return nil, refused
	}
	if refused := s.context(body, m); refused != nil {
		return nil, refused
	}
	switch kind {
	case "text":
		if refused = fields(in, kind, "body", "preview_url"); refused == nil {
			m.Text, refused = words(in, "body", "text.", 4096)
		}
	case "image", "audio", "video", "document", "sticker":
		refused = s.attachment(m, in)
	case "location":
		refused = place(in)
	case "reaction":
		refused = s.reaction(in)
	case "interactive":
		refused = s.interactive(m, in)
	case "template":
		refused = s.templated(m, in)
	default:
		refused = wrong(131009, "type must be one of the known ones")
	}
	return m, refused
}

func frame(body map[string]any) *refusal {
	to, _ := body["to"].(string)
	recipient, _ := body["recipient"].(string)
	echo, hasEcho := body["biz_opaque_callback_data"]
	switch {
	case body["messaging_product"] != "whatsapp":
		return wrong(100, "(messaging_product) is required and must be whatsapp")
	case body["recipient_type"] != nil && body["recipient_type"] != "individual":
		return wrong(131009, "recipient_type must be individual")
	case to == "" && recipient == "":
		return wrong(131008, "The parameter to is required.")
	case to == "" && !bsuid.MatchString(recipient):
		return wrong(131009, "recipient is no user id")
	case body["category"] != nil:
		return wrong(131005, "Direct Send is not open to this account")
	}
	if text, ok := echo.(string); hasEcho && (!ok || units(text) > 512) {
		return wrong(131009, "biz_opaque_callback_data must be no more than 512 characters")
	}
	return nil
}

// context checks a quotation. s.mu is held.
func (s *Server) context(body map[string]any, m *Shown) *refusal {
	c, ok := body["context"].(map[string]any)
	if !ok {
		return nil
	}
	if refused := fields(c, "context", "message_id"); refused != nil {
		return refused
	}
	id, _ := c["message_id"].(string)
	old := s.messages[id]
	if old == nil {
		return wrong(131009, "Message ID in context is invalid")
	}
	if s.opt.Now().Sub(old.at) <= quoteLife {
		m.ReplyTo = id // else it is shown without its bubble
	}
	return nil
}

func (s *Server) reaction(in map[string]any) *refusal {
	if refused := fields(in, "reaction", "message_id", "emoji"); refused != nil {
		return refused
	}
	id, _ := in["message_id"].(string)
	if old := s.messages[id]; old == nil || s.opt.Now().Sub(old.at) > quoteLife {
		return wrong(131009, "reaction.message_id is unknown or older than 30 days")
	}
	if _, ok := in["emoji"].(string); !ok {
		return wrong(131008, "The parameter reaction.emoji is required.")
	}
	return nil
}

func place(in map[string]any) *refusal {
	if refused := fields(in, "location", "latitude", "longitude", "name", "address"); refused != nil {
		return refused
	}
	for name, most := range map[string]float64{"latitude": 90, "longitude": 180} {
		n, ok := in[name].(float64)
		if text, isText := in[name].(string); isText {
			var err error
			n, err = strconv.ParseFloat(text, 64)
			ok = err == nil
		}
		if !ok || n < -most || n > most {
			return wrong(131009, "location.%s is no degree", name)
		}
	}
	return nil
}

// attachment checks a message that shows a file. s.mu is held.
func (s *Server) attachment(m *Shown, in map[string]any) *refusal {
	known := []string{"id", "link"}
	switch m.Type {
	case "image", "video":
		known = append(known, "caption")
	case "document":
		known = append(known, "caption", "filename")
	case "audio":
		known = append(known, "voice")
	}
	if refused := fields(in, m.Type, known...); refused != nil {
		return refused
	}
	if in["link"] != nil {
		return wrong(131053, "nothing is fetched here: a link cannot be sent")
	}
	if caption, ok := in["caption"].(string); ok && units(caption) > 1024 {
		return wrong(131009, "%s.caption must be no more than 1024 characters", m.Type)
	}
	f, refused := s.uploaded(in, m.Type)
	if refused != nil {
		return refused
	}
	m.Media = f.data
	m.Text, _ = in["caption"].(string)
	m.Name, _ = in["filename"].(string)
	return nil
}

// uploaded is the file of ours that an object names, if it may be shown as such a type. s.mu is held.
func (s *Server) uploaded(in map[string]any, kind string) (*file, *refusal) {
	id, _ := in["id"].(string)
	f := s.files[id]
	if f == nil || s.opt.Now().Sub(f.at) > mediaLife {
		return nil, wrong(131009, "%s.id is no media of this number", kind)
	}
	if !slices.Contains(kinds(f.mime), kind) {
		return nil, wrong(131053, "%s cannot be shown as %s", f.mime, kind)
	}
	return f, nil
}
