package botapi

import (
	"context"
	"strings"
)

const maxTopicName = 128 // UTF-16 units

// findForum gives a forum in which the bot may manage topics.
func (s *Server) findForum(p *params) (*chat, *apiError) {
	c, err := s.findMember(p)
	switch {
	case err != nil:
		return nil, err
	case !c.info.IsForum:
		return nil, badRequest("the chat is not a forum")
	case !c.bot.CanManageTopics:
		return nil, badRequest("not enough rights to create a topic")
	}
	return c, nil
}

func createForumTopic(_ context.Context, s *Server, p *params) (any, *apiError) {
	name := strings.TrimSpace(p.get("name"))
	if name == "" {
		return nil, badRequest("TOPIC_TITLE_EMPTY")
	}
	if units(name) > maxTopicName {
		return nil, badRequest("TOPIC_TITLE_TOO_LONG")
	}
	color := int64(0x6FB9F0)
	if n, ok := p.integer("icon_color"); ok {
		color = n
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findForum(p)
	if err != nil {
		return nil, err
	}
	if err := s.spend(c, 1); err != nil {
		return nil, err
	}
	t := s.newTopic(c, &s.me, topic{name: name, color: int(color), emoji: p.get("icon_custom_emoji_id")})
	return struct {
		ID int `json:"message_thread_id"`
		TopicInfo
	}{t.id, TopicInfo{Name: t.name, IconColor: t.color, IconEmoji: t.emoji}}, nil
}

// newTopic opens a topic; its id is that of the service message which announces it. The server's lock is held.
func (s *Server) newTopic(c *chat, by *User, t topic) *topic {
	m := &Seen{FromBot: by.IsBot}
	m.TopicCreated = &TopicInfo{Name: t.name, IconColor: t.color, IconEmoji: t.emoji}
	m.MessageID = s.newID(c)
	m.Date, m.Chat, m.From = s.opt.Now().Unix(), c.info, by
	m.ThreadID, m.IsTopicMessage = m.MessageID, true
	t.id = m.MessageID
	c.topics[t.id] = &t
	s.store(c, m)
	if !by.IsBot {
		s.notify("message", c.info.ID, &m.Message)
	}
	return &t
}

// withTopic runs f on the topic a call names; the server's lock is held meanwhile.
func (s *Server) withTopic(p *params, f func(*chat, *topic) *apiError) (any, *apiError) {
	id, _ := p.integer("message_thread_id")
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findForum(p)
	if err != nil {
		return nil, err
	}
	t := c.topics[int(id)]
	if t == nil {
		return nil, badRequest("message thread not found")
	}
	if err := f(c, t); err != nil {
		return nil, err
	}
	return true, nil
}

func (s *Server) topicNote(c *chat, t *topic, fill func(*Message)) {
	m := &Seen{FromBot: true}
	fill(&m.Message)
	s.put(c, m, &s.me, t.id)
}

func editForumTopic(_ context.Context, s *Server, p *params) (any, *apiError) {
	name := strings.TrimSpace(p.get("name"))
	if units(name) > maxTopicName {
		return nil, badRequest("TOPIC_TITLE_TOO_LONG")
	}
	return s.withTopic(p, func(c *chat, t *topic) *apiError {
		emoji := t.emoji
		if p.has("icon_custom_emoji_id") {
			emoji = p.get("icon_custom_emoji_id")
		}
		if (name == "" || name == t.name) && emoji == t.emoji {
			return badRequest("TOPIC_NOT_MODIFIED")
		}
		if name != "" {
			t.name = name
		}
		t.emoji = emoji
		s.topicNote(c, t, func(m *Message) { m.TopicEdited = &TopicInfo{Name: name, IconEmoji: emoji} })
		return nil
	})
}

func setTopicClosed(closed bool) method {
	return func(_ context.Context, s *Server, p *params) (any, *apiError) {
		return s.withTopic(p, func(c *chat, t *topic) *apiError {
			if t.closed == closed {
				return badRequest("TOPIC_NOT_MODIFIED")
			}
			t.closed = closed
			s.topicNote(c, t, func(m *Message) {
				if closed {
					m.TopicClosed = &struct{}{}
				} else {
					m.TopicReopened = &struct{}{}
				}
			})
			return nil
		})
	}
}

// deleteForumTopic takes the topic with all its messages away.
func deleteForumTopic(_ context.Context, s *Server, p *params) (any, *apiError) {
	return s.withTopic(p, func(c *chat, t *topic) *apiError {
		delete(c.topics, t.id)
		for id, m := range c.entries {
			if m.ThreadID == t.id {
				delete(c.entries, id)
				s.emit(c, Event{Kind: Deleted, Message: m})
			}
		}
		return nil
	})
}
