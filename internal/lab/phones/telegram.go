package phones

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/sim/botapi"
)

// shownMost is how many messages of a chat the page shows, the newest ones.
const shownMost = 250

// view is what a browser looks at.
type view struct {
	lang     string
	whatsapp player
	telegram player
	desk     player
	own      bool // the desk's person looks at the own chat with the bot, not at the group
	topic    int  // of the group; -1: all of them
	code     string
	letters  string // whose letters: a phone
}

// deskChat is the chat that the desk's pane shows.
func (s *Server) deskChat(v view) int64 {
	if v.own || v.desk.role == leader {
		return v.desk.id
	}
	return s.Desk.ID()
}

// telegramLog is a citizen's chat with the bot.
func (s *Server) telegramLog(v view) []bubble {
	return s.bubbles(v, onTelegram, v.telegram.id, v.telegram.id, -1)
}

// deskLog is the group, or the own chat of one of its people.
func (s *Server) deskLog(v view) []bubble {
	return s.bubbles(v, onDesk, s.deskChat(v), v.desk.id, v.topic)
}

// bubbles are the messages of a chat of the local Telegram as one person sees them.
func (s *Server) bubbles(v view, where string, chat, me int64, topic int) []bubble {
	history := s.API.History(chat)
	names := map[int]string{}
	group := chat < 0
	if group {
		for _, t := range s.Desk.Topics() {
			names[t.ID] = t.Name
		}
	}
	var out []bubble
	album := ""
	for _, m := range history {
		if group && topic >= 0 && m.ThreadID != topic {
			continue
		}
		b := s.bubble(v, where, m, me)
		if group && topic < 0 {
			if b.Topic = names[m.ThreadID]; b.Topic == "" {
				b.Topic = labels["general"].In(v.lang)
			}
		}
		if n := len(out); m.MediaGroupID != "" && m.MediaGroupID == album && n > 0 { // one album is one thing to look at
			last := &out[n-1]
			last.Photos = append(last.Photos, b.Photos...)
			last.Body = append(last.Body, b.Body...)
			last.Rev += "+" + b.Rev
			continue
		}
		album = m.MediaGroupID
		out = append(out, b)
	}
	if len(out) > shownMost {
		out = out[len(out)-shownMost:]
	}
	return out
}

func (s *Server) bubble(v view, where string, m botapi.Seen, me int64) bubble {
	b := bubble{
		Key: fmt.Sprintf("%s-%d-%d", where, m.Chat.ID, m.MessageID), ID: strconv.Itoa(m.MessageID), Where: where,
		Rev: fmt.Sprintf("%d.%s", m.Edits, v.lang), At: s.hour(time.Unix(m.Date, 0)), Edited: m.Edits > 0 && !m.FromBot, Moved: m.ForwardOrigin != nil,
		Body: append(styled(m.Text, m.Entities), styled(m.Caption, m.CaptionEntities)...), Excerpt: excerpt(m.Text + m.Caption),
	}
	switch {
	case m.FromBot:
		b.From = labels["bot"].In(v.lang)
	case m.From != nil && m.From.ID == me:
		b.Mine, b.From = true, m.From.FirstName
		b.Editable = m.Text+m.Caption != ""
	case m.From != nil:
		b.From = m.From.FirstName
	}
	b.ToDesk = where == onDesk && m.Chat.ID > 0 && v.desk.role != leader
	if r := m.ReplyToMessage; r != nil && r.TopicCreated == nil {
		b.Quote = excerpt(r.Text + r.Caption)
		if b.Quote == "" {
			b.Quote = "📷"
		}
	}
	s.contents(&b, v, m)
	if m.ReplyMarkup != nil {
		for _, row := range m.ReplyMarkup.Rows {
			var keys []key
			for _, k := range row {
				keys = append(keys, key{Label: k.Text, Data: k.CallbackData, URL: webLink(k.URL)})
			}
			b.Rows = append(b.Rows, keys)
		}
	}
	return b
}

// contents are what a message holds besides words.
func (s *Server) contents(b *bubble, v view, m botapi.Seen) {
	file := func(id string) string { return "file/telegram?id=" + url.QueryEscape(id) }
	if n := len(m.Photo); n > 0 {
		b.Photos = []string{file(m.Photo[n-1].FileID)}
	}
	if m.Voice != nil {
		b.Voice = file(m.Voice.FileID)
	}
	if m.Audio != nil {
		b.Voice = file(m.Audio.FileID)
	}
	for _, f := range []*botapi.File{m.Document, m.Video, m.Animation} {
		if f != nil {
			b.File, b.FileName = file(f.FileID), f.FileName
		}
	}
	if m.Sticker != nil {
		b.Body = []span{{Text: m.Sticker.Emoji}}
	}
	if l := m.Location; l != nil {
		b.Pin = s.city.point(l.Latitude, l.Longitude)
	}
	if note := service(m, v.lang); note != "" {
		b.Service, b.Body, b.From, b.Quote = true, []span{{Text: note}}, "", ""
	}
}

// service is what a message says that nobody wrote.
func service(m botapi.Seen, lang string) string {
	says := func(id, en, what string) string { return fmt.Sprintf(Words{id, en}.In(lang), what) }
	switch {
	case m.TopicCreated != nil:
		return says("Topik “%s” dibuka", "Topic “%s” opened", m.TopicCreated.Name)
	case len(m.NewChatMembers) > 0:
		return says("%s masuk", "%s joined", m.NewChatMembers[0].FirstName)
	case m.LeftChatMember != nil:
		return says("%s keluar", "%s left", m.LeftChatMember.FirstName)
	case m.TopicEdited != nil, m.TopicClosed != nil, m.TopicReopened != nil:
		return says("%s", "%s", "topik diubah")
	default:
		return ""
	}
}

// keys are those of the reply keyboard that stands in a chat.
func (s *Server) keys(chat int64) [][]botapi.Key {
	k := s.API.Person(chat, "").Keyboard()
	if k == nil || k.Remove || k.ForceReply {
		return nil
	}
	return k.Rows
}

// topics are the rooms of the desk's group, for the list above it.
func (s *Server) topics(lang string) [][2]string {
	out := [][2]string{{"-1", labels["all"].In(lang)}, {"0", labels["general"].In(lang)}}
	for _, t := range s.Desk.Topics() {
		out = append(out, [2]string{strconv.Itoa(t.ID), t.Name})
	}
	return out
}

// actTelegram does what somebody does in a chat of the local Telegram.
func (s *Server) actTelegram(v view, a act) error {
	who, chat := v.telegram, v.telegram.id
	if a.where == onDesk {
		who, chat = v.desk, s.deskChat(v)
	}
	person := s.API.Person(who.id, who.name)
	seat := person.Seat
	if chat < 0 {
		seat = person.In(chat)
		if v.topic > 0 {
			seat = seat.Topic(v.topic)
		}
	}
	id, _ := strconv.Atoi(a.message)
	switch a.do {
	case "press":
		_, err := seat.PressAny(id, a.data)
		return err
	case "key":
		_, err := seat.PressKey(a.data)
		return err
	case "edit":
		_, err := seat.Edit(id, a.text)
		return err
	case "forward", "forwardDesk":
		return s.forwardTelegram(seat, a.do == "forwardDesk", id)
	case "pin":
		_, err := seat.Send(botapi.Out{Location: &botapi.Location{Latitude: a.lat, Longitude: a.lon}, ReplyTo: id})
		return err
	case "voice":
		_, err := seat.Send(botapi.Out{Voice: a.voice, MIME: a.voiceType, Seconds: a.seconds, ReplyTo: id})
		return err
	case "send":
		return sendTelegram(seat, a, id)
	default:
		return fmt.Errorf("nobody can do %q here", a.do)
	}
}

func sendTelegram(seat botapi.Seat, a act, reply int) error {
	switch len(a.photos) {
	case 0:
		if strings.TrimSpace(a.text) == "" {
			return errNothing
		}
		_, err := seat.Send(botapi.Out{Text: a.text, ReplyTo: reply})
		return err
	case 1:
		_, err := seat.Send(botapi.Out{Photo: a.photos[0], Caption: a.text, ReplyTo: reply})
		return err
	default:
		album := fmt.Sprint(13_000_000_000_000_000 + time.Now().UnixNano()%1_000_000_000_000)
		for i, photo := range a.photos {
			o := botapi.Out{Photo: photo, Album: album, ReplyTo: reply}
			if i == 0 {
				o.Caption = a.text
			}
			if _, err := seat.Send(o); err != nil {
				return err
			}
		}
		return nil
	}
}

// forwardTelegram passes a message on to the person's own chat with the bot, or to the desk's group.
func (s *Server) forwardTelegram(from botapi.Seat, toDesk bool, id int) error {
	for _, m := range s.API.History(from.Chat()) {
		if m.MessageID != id {
			continue
		}
		o := botapi.Out{Text: m.Text, Caption: m.Caption, Location: m.Location, From: m.From}
		if n := len(m.Photo); n > 0 {
			o.Photo, _ = s.API.File(m.Photo[n-1].FileID)
		}
		if m.Voice != nil {
			o.Voice, _ = s.API.File(m.Voice.FileID)
			o.MIME, o.Seconds = m.Voice.MIME, m.Voice.Duration
		}
		to := from.Own()
		if toDesk {
			to = from.In(s.Desk.ID())
		}
		_, err := to.Send(o)
		return err
	}
	return botapi.ErrNoMessage
}
