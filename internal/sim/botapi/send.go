package botapi

import (
	"context"
	"fmt"
	"strconv"
)

// outgoing is what the bot wants to send: one message, or the items of an album.
type outgoing struct {
	parts  []Message // content only
	markup markup
}

// replyTo is reply_parameters, or the two older parameters.
type replyTo struct {
	MessageID int  `json:"message_id"`
	ChatID    any  `json:"chat_id"`
	Lenient   bool `json:"allow_sending_without_reply"`
}

func readReply(p *params) (replyTo, *apiError) {
	var r replyTo
	if p.get("reply_parameters") != "" {
		if err := p.object("reply_parameters", &r); err != nil {
			return r, err
		}
		if r.MessageID <= 0 && p.get("reply_parameters") != "{}" {
			return r, badRequest("message to be replied not found")
		}
		return r, nil
	}
	if id, ok := p.integer("reply_to_message_id"); ok {
		r.MessageID = int(id)
		r.Lenient = p.boolean("allow_sending_without_reply")
	}
	return r, nil
}

// place finds the message that is replied to and the thread the new message belongs to.
func (c *chat) place(r replyTo, thread int) (*Message, int, *apiError) {
	if err := c.thread(thread); err != nil {
		return nil, 0, err
	}
	if r.MessageID == 0 {
		return nil, thread, nil
	}
	m := c.entries[r.MessageID]
	elsewhere := m != nil && thread != 0 && m.ThreadID != thread
	if m == nil || elsewhere {
		if r.Lenient || c.forgotten(r.MessageID) {
			return nil, thread, nil
		}
		return nil, 0, badRequest("message to be replied not found")
	}
	if thread == 0 && m.IsTopicMessage {
		thread = m.ThreadID
		if err := c.thread(thread); err != nil {
			return nil, 0, err
		}
	}
	flat := m.Message
	flat.ReplyToMessage = nil
	return &flat, thread, nil
}

// post sends: it checks the chat, the thread, the reply and the limits, and then stores every part.
func (s *Server) post(p *params, out outgoing) ([]*Message, *apiError) {
	r, err := readReply(p)
	if err != nil {
		return nil, err
	}
	thread, _ := p.integer("message_thread_id")
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findMember(p)
	if err != nil {
		return nil, err
	}
	replied, threadID, err := c.place(r, int(thread))
	if err != nil {
		return nil, err
	}
	if err := s.spend(c, len(out.parts)); err != nil {
		return nil, err
	}
	album := ""
	if len(out.parts) > 1 {
		s.lastCall++
		album = strconv.FormatInt(13000000000000000+s.lastCall, 10)
	}
	sent := make([]*Message, len(out.parts))
	for i := range out.parts {
		m := &Seen{Message: out.parts[i], FromBot: true}
		m.MediaGroupID = album
		m.ReplyToMessage = replied
		m.ReplyMarkup = out.markup.inline
		m.Keyboard = out.markup.keyboard
		s.put(c, m, &s.me, threadID)
		sent[i] = &m.Message
	}
	s.counts.messages.Add(int64(len(sent)))
	return sent, nil
}

// put gives a message its id, date, sender and place and stores it. The server's lock is held.
func (s *Server) put(c *chat, m *Seen, from *User, thread int) {
	m.MessageID = s.newID(c)
	m.Date = s.opt.Now().Unix()
	m.Chat = c.info
	m.From = from
	if thread != 0 {
		m.ThreadID, m.IsTopicMessage = thread, true
	}
	s.store(c, m)
}

func (s *Server) postOne(p *params, m Message) (any, *apiError) {
	mk, err := readMarkup(p)
	if err != nil {
		return nil, err
	}
	sent, err := s.post(p, outgoing{parts: []Message{m}, markup: mk})
	if err != nil {
		return nil, err
	}
	return sent[0], nil
}

func sendMessage(_ context.Context, s *Server, p *params) (any, *apiError) {
	t, err := readText(p, "text", "entities", maxText, "message is too long")
	if err != nil {
		return nil, err
	}
	if t.text == "" {
		return nil, badRequest("message text is empty")
	}
	return s.postOne(p, Message{Text: t.text, Entities: t.entities})
}

// readPoint reads latitude and longitude.
func readPoint(p *params) (*Location, *apiError) {
	lat, ok1 := p.number("latitude")
	lon, ok2 := p.number("longitude")
	inside := lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 // false for NaN
	if !ok1 || !ok2 || !inside {
		return nil, badRequest("wrong latitude or longitude")
	}
	return &Location{Latitude: lat, Longitude: lon}, nil
}

func sendLocation(_ context.Context, s *Server, p *params) (any, *apiError) {
	at, err := readPoint(p)
	if err != nil {
		return nil, err
	}
	return s.postOne(p, Message{Location: at})
}

func sendVenue(_ context.Context, s *Server, p *params) (any, *apiError) {
	at, err := readPoint(p)
	if err != nil {
		return nil, err
	}
	if p.get("title") == "" || p.get("address") == "" {
		return nil, badRequest("venue title or address is empty")
	}
	v := &Venue{Location: *at, Title: p.get("title"), Address: p.get("address")}
	return s.postOne(p, Message{Location: at, Venue: v})
}

func sendContact(_ context.Context, s *Server, p *params) (any, *apiError) {
	c := &Contact{PhoneNumber: p.get("phone_number"), FirstName: p.get("first_name"), LastName: p.get("last_name")}
	if c.PhoneNumber == "" || c.FirstName == "" {
		return nil, badRequest("contact phone number or first name is empty")
	}
	return s.postOne(p, Message{Contact: c})
}

func chatActions(name string) bool {
	switch name {
	case "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
		"choose_sticker", "find_location", "record_video_note", "upload_video_note":
		return true
	}
	return false
}

func sendChatAction(_ context.Context, s *Server, p *params) (any, *apiError) {
	action := p.get("action")
	if !chatActions(action) {
		return nil, badRequest("wrong parameter action in request")
	}
	thread, _ := p.integer("message_thread_id")
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findMember(p)
	if err != nil {
		return nil, err
	}
	if err := c.thread(int(thread)); err != nil {
		return nil, err
	}
	s.emit(c, Event{Kind: Action, Text: action})
	return true, nil
}

// source finds the message that copyMessage and forwardMessage are about.
func (s *Server) source(p *params) (*Message, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	from, _ := p.integer("from_chat_id")
	id, _ := p.integer("message_id")
	c := s.chats[from]
	if c == nil {
		return nil, badRequest("chat not found")
	}
	if err := c.mayWrite(); err != nil {
		return nil, err
	}
	m := c.entries[int(id)]
	if m == nil {
		return nil, badRequest("message to copy not found")
	}
	return &m.Message, nil
}

// content gives a message without what ties it to its chat.
func content(m *Message) Message {
	return Message{
		Text: m.Text, Entities: m.Entities, Caption: m.Caption, CaptionEntities: m.CaptionEntities,
		Photo: m.Photo, Voice: m.Voice, Document: m.Document, Audio: m.Audio, Video: m.Video, Animation: m.Animation,
		Sticker: m.Sticker, Location: m.Location, Venue: m.Venue, Contact: m.Contact,
	}
}

func copyMessage(_ context.Context, s *Server, p *params) (any, *apiError) {
	m, err := s.source(p)
	if err != nil {
		return nil, err
	}
	part := content(m)
	if p.has("caption") {
		t, err := readText(p, "caption", "caption_entities", maxCaption, "message caption is too long")
		if err != nil {
			return nil, err
		}
		part.Caption, part.CaptionEntities = t.text, t.entities
	}
	sent, err := s.postOne(p, part)
	if err != nil {
		return nil, err
	}
	return rawJSON(fmt.Sprintf(`{"message_id":%d}`, sent.(*Message).MessageID)), nil //nolint:forcetypeassert // postOne gives a message
}

func forwardMessage(_ context.Context, s *Server, p *params) (any, *apiError) {
	m, err := s.source(p)
	if err != nil {
		return nil, badRequest("message to forward not found")
	}
	part := content(m)
	part.ForwardOrigin = &Origin{Type: "user", Date: m.Date, SenderUser: m.From}
	return s.postOne(p, part)
}
