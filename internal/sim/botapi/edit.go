package botapi

import (
	"context"
	"reflect"
	"time"
)

const deleteWindow = 48 * time.Hour

// change rewrites a copy of a message; it refuses what the kind of message does not allow.
type change func(m *Seen) *apiError

// edit applies a change to one of the bot's own messages.
func (s *Server) edit(p *params, ch change) (any, *apiError) {
	mk, err := readMarkup(p)
	if err != nil {
		return nil, err
	}
	if mk.keyboard != nil {
		return nil, badRequest("inline keyboard expected")
	}
	id, ok := p.integer("message_id")
	if !ok {
		return nil, badRequest("message identifier is not specified")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findMember(p)
	if err != nil {
		return nil, err
	}
	old := c.entries[int(id)]
	if old == nil {
		return nil, badRequest("message to edit not found")
	}
	if !old.FromBot {
		return nil, badRequest("message can't be edited")
	}
	next := *old
	next.ReplyMarkup = mk.inline
	if err := ch(&next); err != nil {
		return nil, err
	}
	if same(&old.Message, &next.Message) {
		return nil, badRequest("message is not modified: specified new message content and reply markup are exactly " +
			"the same as a current content and reply markup of the message")
	}
	if s.opt.Limits != nil && s.opt.Limits.Edits {
		if err := s.spend(c, 1); err != nil {
			return nil, err
		}
	}
	next.EditDate = s.opt.Now().Unix()
	next.Edits++
	c.entries[int(id)] = &next
	s.emit(c, Event{Kind: Edited, Message: &next})
	return &next.Message, nil
}

// same compares what a reader sees.
func same(a, b *Message) bool {
	return a.Text == b.Text && a.Caption == b.Caption && equal(a.Entities, b.Entities) &&
		equal(a.CaptionEntities, b.CaptionEntities) && reflect.DeepEqual(a.ReplyMarkup, b.ReplyMarkup) &&
		a.fileID() == b.fileID()
}

func equal(a, b []Entity) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}

// fileID gives the unique id of whatever file a message carries.
func (m *Message) fileID() string {
	if n := len(m.Photo); n > 0 {
		return m.Photo[n-1].FileUniqueID
	}
	for _, f := range []*File{m.Voice, m.Document, m.Audio, m.Video, m.Animation, m.Sticker} {
		if f != nil {
			return f.FileUniqueID
		}
	}
	return ""
}

func editMessageText(_ context.Context, s *Server, p *params) (any, *apiError) {
	t, err := readText(p, "text", "entities", maxText, "message is too long")
	if err != nil {
		return nil, err
	}
	if t.text == "" {
		return nil, badRequest("message text is empty")
	}
	return s.edit(p, func(m *Seen) *apiError {
		if m.Text == "" {
			return badRequest("there is no text in the message to edit")
		}
		m.Text, m.Entities = t.text, t.entities
		return nil
	})
}

func editMessageCaption(_ context.Context, s *Server, p *params) (any, *apiError) {
	t, err := readText(p, "caption", "caption_entities", maxCaption, "message caption is too long")
	if err != nil {
		return nil, err
	}
	return s.edit(p, func(m *Seen) *apiError {
		if m.fileID() == "" {
			return badRequest("there is no caption in the message to edit")
		}
		m.Caption, m.CaptionEntities = t.text, t.entities
		return nil
	})
}

func editMessageReplyMarkup(_ context.Context, s *Server, p *params) (any, *apiError) {
	return s.edit(p, func(*Seen) *apiError { return nil })
}

func editMessageMedia(_ context.Context, s *Server, p *params) (any, *apiError) {
	var in inputMedia
	if err := p.object("media", &in); err != nil {
		return nil, err
	}
	part, file, err := in.read(s, p)
	if err != nil {
		return nil, err
	}
	file.into(s, &part)
	return s.edit(p, func(m *Seen) *apiError {
		if m.fileID() == "" && m.Text == "" {
			return badRequest("message can't be edited")
		}
		m.Text, m.Entities = "", nil
		m.Photo, m.Video, m.Document, m.Audio, m.Animation = part.Photo, part.Video, part.Document, part.Audio, part.Animation
		m.Caption, m.CaptionEntities = part.Caption, part.CaptionEntities
		return nil
	})
}

func deleteMessage(_ context.Context, s *Server, p *params) (any, *apiError) {
	id, ok := p.integer("message_id")
	if !ok {
		return nil, badRequest("message identifier is not specified")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findMember(p)
	if err != nil {
		return nil, err
	}
	return true, s.remove(c, int(id))
}

func (s *Server) remove(c *chat, id int) *apiError {
	m := c.entries[id]
	if m == nil {
		return badRequest("message to delete not found")
	}
	own := m.FromBot || c.private()
	old := s.opt.Now().Sub(time.Unix(m.Date, 0)) > deleteWindow
	if (!own || old) && !c.bot.CanDeleteMessages {
		return badRequest("message can't be deleted")
	}
	delete(c.entries, id)
	s.emit(c, Event{Kind: Deleted, Message: m})
	return nil
}

func deleteMessages(_ context.Context, s *Server, p *params) (any, *apiError) {
	var ids []int
	if err := p.object("message_ids", &ids); err != nil {
		return nil, err
	}
	if len(ids) == 0 || len(ids) > 100 {
		return nil, badRequest("wrong number of message identifiers: must be from 1 to 100")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findMember(p)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		_ = s.remove(c, id) // unknown ones are skipped, as Telegram does
	}
	return true, nil
}
