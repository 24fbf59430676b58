package phones

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/sim/cloudapi"
)

// officialPhone is a phone of somebody who writes to the office's official number, with all that was said on it.
type officialPhone struct {
	official
	s   *Server
	who player

	mu  sync.Mutex
	log []officialMessage
}

var _ phone = (*officialPhone)(nil)

// officialMessage is one message on a phone: what came, or one's own, in the same words.
type officialMessage struct {
	cloudapi.Shown
	mine, moved bool
	at          time.Time
	quote       string
	lat, lon    float64 // of one's own pin
}

func newOfficialPhone(s *Server, who player) *officialPhone {
	return &officialPhone{official: official{s.Meta.Person(who.name, who.phone, true)}, s: s, who: who}
}

// live takes what comes.
func (k *officialPhone) live(ctx context.Context) {
	for seen := 0; ; {
		all, err := k.person.Wait(ctx, func(all []cloudapi.Shown) bool { return len(all) > seen })
		if err != nil {
			return
		}
		for ; seen < len(all); seen++ {
			k.came(all[seen])
		}
		k.s.bump()
	}
}

func (k *officialPhone) came(m cloudapi.Shown) {
	if m.Type == "reaction" {
		return
	}
	k.s.codes.note(m.Text)
	k.s.diary.sent(Words{k.who.name, k.who.name})
	k.mu.Lock()
	defer k.mu.Unlock()
	k.log = append(k.log, officialMessage{Shown: m, at: k.s.Clock.Now(), quote: k.quoted(m.ReplyTo)})
}

// quoted is what stands above a message that replies to another. The lock is held.
func (k *officialPhone) quoted(id string) string {
	if id == "" {
		return ""
	}
	for _, m := range k.log {
		if m.ID == id {
			if text := excerpt(m.Text); text != "" {
				return text
			}
			return "📷"
		}
	}
	return "…"
}

// lane is the phone's chat, as the product names it.
func (k *officialPhone) lane() bot.Address {
	return bot.Address{Network: bot.WhatsAppCloud, ID: k.person.ID()}
}

// bubbles are what the phone shows.
func (k *officialPhone) bubbles(lang string) []bubble {
	k.mu.Lock()
	defer k.mu.Unlock()
	var out []bubble
	for n := max(0, len(k.log)-shownMost); n < len(k.log); n++ {
		out = append(out, k.bubble(n, lang))
	}
	return out
}

func (k *officialPhone) bubble(n int, lang string) bubble {
	m := k.log[n]
	b := bubble{
		Key: fmt.Sprintf("wa-%s-%d", k.who.key, n), ID: strconv.Itoa(n), Where: onWhatsApp, At: k.s.hour(m.at), Mine: m.mine, Rev: lang,
		Quote: m.quote, Moved: m.moved, Body: signed(m.Text), Excerpt: excerpt(m.Text), From: labels["bot"].In(lang),
	}
	if m.mine {
		b.From = k.who.name
	}
	for i, c := range m.Choices {
		b.Rows = append(b.Rows, []key{{Label: c.Title, Data: strconv.Itoa(i)}})
	}
	file := fmt.Sprintf("file/whatsapp?who=%s&id=%d&n=0", url.QueryEscape(k.who.key), n)
	switch {
	case m.Type == "location_request_message":
		b.Rows = [][]key{{{Label: "📍 " + labels["pin"].In(lang), Map: true}}}
	case m.Type == "location" && m.mine:
		b.Pin = k.s.city.point(m.lat, m.lon)
	case m.Type == "location":
		b.Body = []span{{Text: "📍"}}
	case m.Media == nil:
	case m.Type == "audio":
		b.Voice = file
	case m.Type == "document" || m.Type == "video":
		b.File, b.FileName = file, m.Name
	default:
		b.Photos = []string{file}
	}
	return b
}

// file is what a message carries.
func (k *officialPhone) file(_ context.Context, n, nth int) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if n < 0 || n >= len(k.log) || nth != 0 || k.log[n].Media == nil {
		return nil, errGone
	}
	return k.log[n].Media, nil
}

// at gives a message by its place.
func (k *officialPhone) at(place string) (officialMessage, error) {
	n, err := strconv.Atoi(place)
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil || n < 0 || n >= len(k.log) {
		return officialMessage{}, errGone
	}
	return k.log[n], nil
}

// says sends something and puts it into the log, in one: the answer to it stands below it.
func (k *officialPhone) says(m officialMessage, send func() (string, error)) error {
	defer k.s.bump()
	k.mu.Lock()
	defer k.mu.Unlock()
	id, err := send()
	if err != nil {
		return err
	}
	m.ID, m.mine, m.at, m.quote = id, true, k.s.Clock.Now(), k.quoted(m.ReplyTo)
	k.log = append(k.log, m)
	return nil
}

// sends sends one of the things that people send.
func (k *officialPhone) sends(o cloudapi.Out) error {
	m := officialMessage{Shown: cloudapi.Shown{Type: "text", Text: o.Text, ReplyTo: o.ReplyTo}, moved: o.Forwarded}
	switch {
	case o.Image != nil:
		m.Type, m.Media = "image", o.Image
	case o.Voice != nil:
		m.Type, m.Media = "audio", o.Voice
	case o.Location != nil:
		m.Type, m.lat, m.lon = "location", o.Location.Lat, o.Location.Lon
	}
	return k.says(m, func() (string, error) { return k.person.Send(o) })
}

// Write writes to the bot.
func (k *officialPhone) Write(_ context.Context, text string) error {
	return k.sends(cloudapi.Out{Text: text})
}

// act does what somebody does on a phone.
func (k *officialPhone) act(_ context.Context, a act) error {
	var about officialMessage
	if a.message != "" {
		var err error
		if about, err = k.at(a.message); err != nil {
			return err
		}
	}
	switch a.do {
	case "press":
		return k.press(about, a.data)
	case "forward":
		return k.sends(cloudapi.Out{Text: about.Text, Forwarded: true})
	case "pin":
		return k.sends(cloudapi.Out{Location: &cloudapi.Place{Lat: a.lat, Lon: a.lon}, ReplyTo: about.ID})
	case "voice":
		return k.sends(cloudapi.Out{Voice: a.voice, ReplyTo: about.ID})
	case "send":
		return k.send(a, about.ID)
	default:
		return fmt.Errorf("nobody can do %q here", a.do)
	}
}

// press presses a button or a row; what it says stands there as one's own words.
func (k *officialPhone) press(on officialMessage, nth string) error {
	n, err := strconv.Atoi(nth)
	if err != nil || n < 0 || n >= len(on.Choices) {
		return errGone
	}
	m := officialMessage{Shown: cloudapi.Shown{Type: "text", Text: on.Choices[n].Title, ReplyTo: on.ID}}
	return k.says(m, func() (string, error) { return "", k.person.Press(on.ID, n) })
}

// send sends words, or photos, one a message: Meta knows no albums.
func (k *officialPhone) send(a act, reply string) error {
	if len(a.photos) == 0 {
		if strings.TrimSpace(a.text) == "" {
			return errNothing
		}
		return k.sends(cloudapi.Out{Text: a.text, ReplyTo: reply})
	}
	for i, photo := range a.photos {
		o := cloudapi.Out{Image: photo, ReplyTo: reply}
		if i == 0 {
			o.Text = a.text
		}
		if err := k.sends(o); err != nil {
			return err
		}
	}
	return nil
}
