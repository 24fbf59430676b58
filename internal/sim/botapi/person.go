package botapi

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Errors of acting people.
var (
	ErrNotMember = errors.New("botapi: the person is not in this chat")
	ErrNoMessage = errors.New("botapi: no such message")
	ErrNoButton  = errors.New("botapi: the message has no such button")
	ErrNoPoint   = errors.New("botapi: no point on earth")
)

// Person is somebody with a Telegram client. The embedded Seat is the private chat with the bot.
type Person struct {
	Seat
	user *User // never changed in place
}

// Seat is a person in one chat (and one topic): what it does happens there.
type Seat struct {
	s      *Server
	person int64
	chat   int64
	thread int
}

// Person gives the person with this id (positive), making it if new. name is the first name of a new
// one and ignored otherwise.
func (s *Server) Person(id int64, name string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.people[id]; p != nil {
		return p
	}
	p := &Person{
		Seat: Seat{s: s, person: id, chat: id},
		user: &User{ID: id, FirstName: name, LanguageCode: "id"},
	}
	s.people[id] = p
	s.chats[id] = &chat{
		info: Chat{ID: id, Type: "private", FirstName: name},
		bot:  ChatMember{Status: "member", User: &s.me},
	}
	return p
}

// ID is the person's id, which is also that of the private chat.
func (p *Person) ID() int64 { return p.person }

// SetLanguage sets the language of the person's client ("id" at first).
func (p *Person) SetLanguage(code string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	u := *p.user
	u.LanguageCode = code
	p.user = &u
}

// Topic is the same person in a topic of the same forum.
func (a Seat) Topic(id int) Seat {
	a.thread = id
	return a
}

// Own is the same person in the private chat with the bot.
func (a Seat) Own() Seat { return Seat{s: a.s, person: a.person, chat: a.person} }

// In is the same person in a group; acting fails with ErrNotMember unless a member.
func (a Seat) In(chat int64) Seat { return Seat{s: a.s, person: a.person, chat: chat} }

// Chat is the id of the chat.
func (a Seat) Chat() int64 { return a.chat }

// Out is what a person sends: the content fields of one message, and files as bytes.
type Out struct {
	Text     string    `json:"text,omitempty"`
	Caption  string    `json:"caption,omitempty"`
	Photo    []byte    `json:"photo,omitempty"`
	Voice    []byte    `json:"voice,omitempty"`
	Document []byte    `json:"document,omitempty"`
	Video    []byte    `json:"video,omitempty"`
	Audio    []byte    `json:"audio,omitempty"`
	Sticker  string    `json:"sticker,omitempty"` // its emoji
	Location *Location `json:"location,omitempty"`
	Venue    *Venue    `json:"venue,omitempty"`
	Contact  *Contact  `json:"contact,omitempty"`

	FileName string `json:"file_name,omitempty"`
	MIME     string `json:"mime,omitempty"`
	Seconds  int    `json:"seconds,omitempty"`   // length of a voice note, audio or video
	ReplyTo  int    `json:"reply_to,omitempty"`  // id of a message of this chat
	Album    string `json:"album,omitempty"`     // the same for all items of one album
	From     *User  `json:"from_user,omitempty"` // who wrote it first, where it is passed on
}

// message makes the content; files are kept at once.
func (o Out) message(s *Server) Message {
	m := Message{
		Text: o.Text, Entities: detect(o.Text), Caption: o.Caption, CaptionEntities: detect(o.Caption),
		Location: o.Location, Venue: o.Venue, Contact: o.Contact, MediaGroupID: o.Album,
	}
	if o.Photo != nil {
		m.Photo = s.files.photo(o.FileName, o.Photo)
	}
	keep := func(kind fileKind, data []byte, mime string) {
		if data == nil {
			return
		}
		if o.MIME != "" {
			mime = o.MIME
		}
		f := s.files.add(storedFile{kind: kind, name: o.FileName, mime: mime, data: data}).wire()
		f.Duration = o.Seconds
		m.setFile(kind, f)
	}
	keep(voiceFile, o.Voice, "audio/ogg")
	keep(documentFile, o.Document, "application/octet-stream")
	keep(videoFile, o.Video, "video/mp4")
	keep(audioFile, o.Audio, "audio/mpeg")
	if o.Sticker != "" {
		f := s.files.add(storedFile{kind: stickerFile, width: 512, height: 512, data: []byte("RIFF")}).wire()
		f.Emoji = o.Sticker
		m.Sticker = f
	}
	if o.Venue != nil && m.Location == nil {
		m.Location = &o.Venue.Location
	}
	if o.From != nil {
		m.ForwardOrigin = &Origin{Type: "user", Date: s.opt.Now().Unix(), SenderUser: o.From}
	}
	return m
}

// Send sends one message; in private it opens the chat with the bot and takes a block away. Errors: ErrNotMember, ErrNoMessage for a reply to nothing, ErrNoPoint.
func (a Seat) Send(o Out) (Message, error) {
	m := o.message(a.s)
	if l := m.Location; l != nil && !(math.Abs(l.Latitude) <= 90 && math.Abs(l.Longitude) <= 180) { // NaN is none, and no JSON could tell it
		return Message{}, ErrNoPoint
	}
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	c, p, err := a.enter()
	if err != nil {
		return Message{}, err
	}
	seen := &Seen{Message: m}
	if o.ReplyTo != 0 {
		old := c.entries[o.ReplyTo]
		if old == nil {
			return Message{}, fmt.Errorf("reply to %d: %w", o.ReplyTo, ErrNoMessage)
		}
		flat := old.Message
		flat.ReplyToMessage = nil
		seen.ReplyToMessage = &flat
		if a.thread == 0 {
			a.thread = old.ThreadID
		}
	}
	if t := c.topics[a.thread]; a.thread != 0 {
		if t == nil || t.closed && c.members[a.person].Status == "member" {
			return Message{}, fmt.Errorf("botapi: topic %d is closed or unknown", a.thread)
		}
		// A message in a topic that replies to nothing names the topic's first message, as Telegram's do.
		if head := c.entries[a.thread]; head != nil && seen.ReplyToMessage == nil {
			seen.ReplyToMessage = &head.Message
		}
	}
	a.s.put(c, seen, p.user, a.thread)
	if c.heard(&seen.Message, &a.s.me) {
		a.s.notify("message", c.info.ID, &seen.Message)
	}
	return seen.Message, nil
}

// enter finds the chat and checks that the person may act there; a first message opens the private chat. The lock is held.
func (a Seat) enter() (*chat, *Person, error) {
	c, p := a.s.chats[a.chat], a.s.people[a.person]
	if c == nil || p == nil {
		return nil, nil, fmt.Errorf("botapi: chat %d: %w", a.chat, ErrNotMember)
	}
	if c.private() {
		if c.standing == stranger {
			c.standing = present
		}
		if c.standing == expelled {
			a.s.moveBot(c, p.user, present, ChatMember{Status: "member", User: &a.s.me})
		}
		return c, p, nil
	}
	if m := c.members[a.person]; m == nil || m.Status == "left" || m.Status == "kicked" || c.movedTo != 0 {
		return nil, nil, fmt.Errorf("botapi: chat %d: %w", a.chat, ErrNotMember)
	}
	return c, p, nil
}

// heard tells whether the bot gets a person's message: always in private and as an administrator, otherwise (privacy
// mode) commands, mentions and replies to it.
func (c *chat) heard(m *Message, me *User) bool {
	if c.standing != present {
		return false
	}
	if c.private() || c.bot.Status == "administrator" {
		return true
	}
	if m.ReplyToMessage != nil && m.ReplyToMessage.From != nil && m.ReplyToMessage.From.ID == me.ID {
		return true
	}
	return strings.HasPrefix(m.Text, "/") || strings.Contains(m.Text, "@"+me.Username)
}

// Text sends a text.
func (a Seat) Text(text string) (Message, error) { return a.Send(Out{Text: text}) }

// Textf is Text with a format.
func (a Seat) Textf(format string, args ...any) (Message, error) {
	return a.Text(fmt.Sprintf(format, args...))
}

// Reply sends a text as a reply.
func (a Seat) Reply(to int, text string) (Message, error) {
	return a.Send(Out{Text: text, ReplyTo: to})
}

// Photo sends a photo; the bytes may be anything, as from a hostile client.
func (a Seat) Photo(data []byte, caption string) (Message, error) {
	return a.Send(Out{Photo: data, Caption: caption})
}

// Album sends photos as one album, which the bot gets as one update each; the caption stands at the first.
func (a Seat) Album(caption string, photos ...[]byte) ([]Message, error) {
	a.s.mu.Lock()
	a.s.lastCall++
	id := strconv.FormatInt(13000000000000000+a.s.lastCall, 10)
	a.s.mu.Unlock()
	list := make([]Message, 0, len(photos))
	for i, data := range photos {
		o := Out{Photo: data, Album: id}
		if i == 0 {
			o.Caption = caption
		}
		m, err := a.Send(o)
		if err != nil {
			return list, err
		}
		list = append(list, m)
	}
	return list, nil
}

// Location sends a point.
func (a Seat) Location(lat, lon float64) (Message, error) {
	return a.Send(Out{Location: &Location{Latitude: lat, Longitude: lon}})
}

// Edit rewrites one of the person's own messages (its text, or its caption when it has a file).
func (a Seat) Edit(id int, text string) (Message, error) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	c, _, err := a.enter()
	if err != nil {
		return Message{}, err
	}
	old := c.entries[id]
	if old == nil || old.From == nil || old.From.ID != a.person {
		return Message{}, fmt.Errorf("edit %d: %w", id, ErrNoMessage)
	}
	next := *old
	if old.fileID() != "" {
		next.Caption, next.CaptionEntities = text, detect(text)
	} else {
		next.Text, next.Entities = text, detect(text)
	}
	next.EditDate = a.s.opt.Now().Unix()
	next.Edits++
	c.entries[id] = &next
	a.s.emit(c, Event{Kind: Edited, Message: &next})
	if c.heard(&next.Message, &a.s.me) {
		a.s.notify("edited_message", c.info.ID, &next.Message)
	}
	return next.Message, nil
}
