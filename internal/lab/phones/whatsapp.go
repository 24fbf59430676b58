package phones

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/sim/warelay"
)

// pocket is one phone, with all that was said on it: the network itself keeps nothing.
type pocket struct {
	s      *Server
	who    player
	office string
	ready  chan struct{} // closed once it is logged in, or cannot be

	mu     sync.Mutex
	person *warelay.Person
	failed error
	log    []waMessage
}

var _ phone = (*pocket)(nil)

// waMessage is one message on a phone.
type waMessage struct {
	n      int // its place, which never changes
	mine   bool
	from   warelay.Received // what came; of one's own message the id, the kind and the text
	at     time.Time
	edits  int
	moved  bool
	gone   bool
	quote  string
	photos [][]byte
	voice  []byte
	failed bool
}

// live logs the phone in and takes what comes.
func (k *pocket) live(ctx context.Context) {
	person, err := k.s.Relay.Person(ctx, k.who.phone, k.who.name)
	k.mu.Lock()
	k.person, k.failed = person, err
	k.mu.Unlock()
	close(k.ready)
	k.s.bump()
	if err != nil {
		return
	}
	for seen := 0; ; {
		in, err := person.Wait(ctx, func(in warelay.Inbox) bool { return len(in.Messages) > seen })
		if err != nil {
			return
		}
		for ; seen < len(in.Messages); seen++ {
			k.came(in.Messages[seen])
		}
		k.s.bump()
	}
}

// came takes a message that came into what the phone shows.
func (k *pocket) came(m warelay.Received) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch m.Kind {
	case "edit", "revoke":
		for i := range k.log {
			if l := &k.log[i]; l.from.ID == m.Target && !l.mine {
				l.edits++
				l.gone = m.Kind == "revoke"
				l.from.Text = m.Text
			}
		}
		return
	case "reaction", "vote", "album":
		return
	}
	k.s.codes.note(m.Text)
	k.s.diary.sent(Words{k.who.name, k.who.name})
	k.log = append(k.log, waMessage{n: len(k.log), from: m, at: k.s.Clock.Now(), quote: k.quoted(m.Quoted)})
}

func (k *pocket) quoted(id string) string {
	if id == "" {
		return ""
	}
	for _, l := range k.log {
		if l.from.ID == id {
			if text := excerpt(l.from.Text); text != "" {
				return text
			}
			return "📷"
		}
	}
	return "…"
}

// live gives the client once it is logged in.
func (k *pocket) client(ctx context.Context) (*warelay.Person, error) {
	select {
	case <-k.ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.person, k.failed
}

// says puts one's own message into the log and sends it.
func (k *pocket) says(ctx context.Context, m waMessage, send func(*warelay.Person) (string, error)) error {
	person, err := k.client(ctx)
	if err != nil {
		return err
	}
	k.mu.Lock()
	m.n, m.mine, m.at = len(k.log), true, k.s.Clock.Now()
	k.log = append(k.log, m)
	k.mu.Unlock()
	k.s.bump()
	id, err := send(person)
	k.mu.Lock()
	k.log[m.n].from.ID, k.log[m.n].failed = id, err != nil
	k.mu.Unlock()
	k.s.bump()
	return err
}

// Write writes to the bot.
func (k *pocket) Write(ctx context.Context, text string) error {
	return k.says(ctx, waMessage{from: warelay.Received{Kind: "text", Text: text}}, func(p *warelay.Person) (string, error) {
		return p.Text(ctx, k.office, text)
	})
}

// Wait waits for what comes.
func (k *pocket) Wait(ctx context.Context, ok func(texts []string) bool) error {
	person, err := k.client(ctx)
	if err != nil {
		return err
	}
	return Linked(person, k.office).Wait(ctx, ok)
}

// lane is the phone's chat, as the product names it.
func (k *pocket) lane() bot.Address {
	at := bot.Address{Network: bot.WhatsApp}
	select {
	case <-k.ready:
	default:
		return at
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.person != nil {
		at.ID = k.person.LID()
	}
	return at
}

// bubbles are what the phone shows.
func (k *pocket) bubbles(lang string) []bubble {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []bubble
	for _, m := range k.log[max(0, len(k.log)-shownMost):] {
		out = append(out, k.bubble(m, lang))
	}
	return out
}

func (k *pocket) bubble(m waMessage, lang string) bubble {
	b := bubble{
		Key: fmt.Sprintf("wa-%s-%d", k.who.key, m.n), ID: strconv.Itoa(m.n), Where: onWhatsApp, At: k.s.hour(m.at), Mine: m.mine,
		Rev:   fmt.Sprintf("%d.%t.%t.%s", m.edits, m.failed, m.from.ID != "", lang),
		Quote: m.quote, Moved: m.moved, Edited: m.edits > 0 && m.mine, Body: signed(m.from.Text), Excerpt: excerpt(m.from.Text), Options: m.from.Options,
		From: labels["bot"].In(lang),
	}
	if m.mine {
		b.From, b.Editable = k.who.name, m.from.Kind == "text" && m.from.ID != ""
	}
	if m.failed {
		b.Body = append(b.Body, span{Text: " ⚠", Bold: true})
	}
	if m.gone {
		b.Body = []span{{Text: "🚫", Italic: true}}
	}
	file := func(n int) string {
		return fmt.Sprintf("file/whatsapp?who=%s&id=%d&n=%d", url.QueryEscape(k.who.key), m.n, n)
	}
	switch m.from.Kind {
	case "image", "sticker":
		for i := range max(1, len(m.photos)) {
			b.Photos = append(b.Photos, file(i))
		}
	case "voice", "audio":
		b.Voice = file(0)
	case "document", "video":
		b.File, b.FileName, b.Body = file(0), m.from.Text, nil
	case "location", "live":
		b.Pin = k.s.city.point(m.from.Lat, m.from.Lon)
	case "contact":
		b.Body = []span{{Text: "👤 " + excerpt(m.from.Text)}}
	}
	return b
}

var (
	errNothing = errors.New("there is nothing to send")
	errGone    = errors.New("there is no such message here")
)

// file is what a message carries.
func (k *pocket) file(ctx context.Context, n, nth int) ([]byte, error) {
	k.mu.Lock()
	if n < 0 || n >= len(k.log) {
		k.mu.Unlock()
		return nil, errGone
	}
	m, person := k.log[n], k.person
	k.mu.Unlock()
	switch {
	case m.voice != nil:
		return m.voice, nil
	case nth >= 0 && nth < len(m.photos):
		return m.photos[nth], nil
	case m.mine || person == nil:
		return nil, errGone
	default:
		return person.Media(ctx, m.from)
	}
}

// at gives a message by its place.
func (k *pocket) at(place string) (waMessage, error) {
	n, err := strconv.Atoi(place)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil || n < 0 || n >= len(k.log) {
		return waMessage{}, errGone
	}
	return k.log[n], nil
}

// act does what somebody does on a phone.
func (k *pocket) act(ctx context.Context, a act) error {
	switch a.do {
	case "edit":
		return k.edit(ctx, a)
	case "forward":
		m, err := k.at(a.message)
		if err != nil {
			return err
		}
		return k.says(ctx, waMessage{from: warelay.Received{Kind: "text", Text: m.from.Text}, moved: true}, func(p *warelay.Person) (string, error) {
			return p.Forward(ctx, k.office, m.from.Text)
		})
	case "vote":
		m, err := k.at(a.message)
		if err != nil {
			return err
		}
		person, err := k.client(ctx)
		if err == nil {
			_, err = person.Vote(ctx, m.from, a.data)
		}
		return err
	case "pin":
		m := waMessage{from: warelay.Received{Kind: "location", Lat: a.lat, Lon: a.lon}}
		return k.says(ctx, m, func(p *warelay.Person) (string, error) { return p.Location(ctx, k.office, a.lat, a.lon, "") })
	case "voice":
		m := waMessage{from: warelay.Received{Kind: "voice"}, voice: a.voice}
		return k.says(ctx, m, func(p *warelay.Person) (string, error) {
			return p.Voice(ctx, k.office, a.voice, time.Duration(a.seconds)*time.Second)
		})
	case "send":
		return k.send(ctx, a)
	default:
		return fmt.Errorf("nobody can do %q here", a.do)
	}
}

func (k *pocket) send(ctx context.Context, a act) error {
	m := waMessage{from: warelay.Received{Kind: "text", Text: a.text}, photos: a.photos}
	var old waMessage
	if a.message != "" {
		var err error
		if old, err = k.at(a.message); err != nil {
			return err
		}
		if m.quote = excerpt(old.from.Text); m.quote == "" {
			m.quote = "📷"
		}
		if old.mine { // what is quoted is the person's own
			old.from.Sender, old.from.Chat = k.person.LID(), k.office
		}
	}
	if len(a.photos) > 0 {
		m.from.Kind = "image"
	} else if strings.TrimSpace(a.text) == "" {
		return errNothing
	}
	return k.says(ctx, m, func(p *warelay.Person) (string, error) {
		switch {
		case len(a.photos) > 1:
			ids, err := p.Album(ctx, k.office, a.text, a.photos...)
			return strings.Join(ids[:min(1, len(ids))], ""), err
		case len(a.photos) == 1 && a.message != "":
			return p.ImageReply(ctx, old.from, a.photos[0], a.text)
		case len(a.photos) == 1:
			return p.Image(ctx, k.office, a.photos[0], a.text)
		case a.message != "":
			return p.ReplyTo(ctx, old.from, a.text)
		default:
			return p.Text(ctx, k.office, a.text)
		}
	})
}

func (k *pocket) edit(ctx context.Context, a act) error {
	m, err := k.at(a.message)
	if err != nil {
		return err
	}
	if !m.mine || m.from.ID == "" {
		return errGone
	}
	if strings.TrimSpace(a.text) == "" {
		return errNothing
	}
	person, err := k.client(ctx)
	if err != nil {
		return err
	}
	if _, err := person.Edit(ctx, k.office, m.from.ID, a.text); err != nil {
		return err
	}
	k.mu.Lock()
	k.log[m.n].from.Text = a.text
	k.log[m.n].edits++
	k.mu.Unlock()
	k.s.bump()
	return nil
}
