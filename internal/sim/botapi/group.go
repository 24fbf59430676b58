package botapi

import (
	"fmt"
	"slices"
)

// Group is a group, or a supergroup (whose ids begin with -100), or a forum, in which the bot is an administrator at first.
type Group struct {
	s  *Server
	id int64
}

// Group gives the group with this id (negative), making it if new. A forum is a supergroup; without forum an id below
// -1000000000000 makes a supergroup and any other a basic group, which can migrate.
func (s *Server) Group(id int64, title string, forum bool) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.chats[id] == nil {
		kind := "group"
		if forum || id <= -1000000000000 {
			kind = "supergroup"
		}
		s.chats[id] = &chat{
			info:     Chat{ID: id, Type: kind, Title: title, IsForum: forum},
			standing: present,
			bot:      s.botAdmin(),
			members:  make(map[int64]*ChatMember),
			topics:   make(map[int]*topic),
			lastID:   s.opt.Begin,
		}
	}
	return &Group{s, id}
}

// ID is the group's id.
func (g *Group) ID() int64 { return g.id }

// Add makes people members without a word, as if they had been there before.
func (g *Group) Add(people ...*Person) { g.set("member", people) }

// AddAdmin makes people administrators.
func (g *Group) AddAdmin(people ...*Person) { g.set("administrator", people) }

func (g *Group) set(status string, people []*Person) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c := g.s.chats[g.id]
	for _, p := range people {
		m := &ChatMember{Status: status, User: p.user}
		if status == "administrator" {
			m.CanManageChat, m.CanDeleteMessages, m.CanManageTopics = true, true, true
		}
		c.members[p.person] = m
	}
}

// Join lets a person join; the bot sees the service message, and chat_member if it asked for that.
func (p *Person) Join(g *Group) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moveMember(s.chats[g.id], p, "member", func(m *Message) { m.NewChatMembers = []User{*p.user} })
}

// Leave lets a person leave.
func (p *Person) Leave(g *Group) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moveMember(s.chats[g.id], p, "left", func(m *Message) { m.LeftChatMember = p.user })
}

func (s *Server) moveMember(c *chat, p *Person, status string, note func(*Message)) {
	old := ChatMember{Status: "left", User: p.user}
	if m := c.members[p.person]; m != nil {
		old = *m
	}
	if old.Status == status {
		return
	}
	next := ChatMember{Status: status, User: p.user}
	c.members[p.person] = &next
	m := &Seen{}
	note(&m.Message)
	s.put(c, m, p.user, 0)
	if c.standing != present {
		return
	}
	s.notify("message", c.info.ID, &m.Message)
	if c.bot.Status == "administrator" {
		s.notify("chat_member", c.info.ID, &memberUpdated{
			Chat: c.info, From: p.user, Date: s.opt.Now().Unix(), Old: old, New: next,
		})
	}
}

// KickBot throws the bot out.
func (g *Group) KickBot(by *Person) {
	g.bot(by, expelled, ChatMember{Status: "kicked", User: &g.s.me})
}

// AddBot brings the bot in as an administrator (with the right to manage topics and delete) or as a plain member.
func (g *Group) AddBot(by *Person, admin bool) {
	m := ChatMember{Status: "member", User: &g.s.me}
	if admin {
		m = g.s.botAdmin()
	}
	g.bot(by, present, m)
}

// SetBotRights replaces the bot's rights, for instance to take CanManageTopics away.
func (g *Group) SetBotRights(by *Person, change func(*ChatMember)) {
	g.s.mu.Lock()
	m := g.s.chats[g.id].bot
	g.s.mu.Unlock()
	change(&m)
	g.bot(by, present, m)
}

func (g *Group) bot(by *Person, to standing, m ChatMember) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.s.moveBot(g.s.chats[g.id], by.user, to, m)
}

// Migrate turns a basic group into a supergroup with a new id, with its members. Calls with the old id are refused with
// migrate_to_chat_id from then on, and the bot gets the two service messages.
func (g *Group) Migrate(by *Person) (*Group, error) {
	s := g.s
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.chats[g.id]
	if old.info.Type != "group" || old.movedTo != 0 {
		return nil, fmt.Errorf("botapi: %d is not a basic group", g.id)
	}
	s.lastRoom++
	id := -1009000000000 - s.lastRoom
	next := &chat{
		info:     Chat{ID: id, Type: "supergroup", Title: old.info.Title},
		standing: old.standing,
		bot:      old.bot,
		members:  old.members,
		topics:   make(map[int]*topic),
	}
	s.chats[id] = next
	out := &Seen{}
	out.MigrateToChat = id
	s.put(old, out, by.user, 0)
	s.notify("message", g.id, &out.Message)
	in := &Seen{}
	in.MigrateFromChat = g.id
	s.put(next, in, by.user, 0)
	s.notify("message", id, &in.Message)
	old.movedTo = id
	return &Group{s, id}, nil
}

// Topic is a topic of a forum.
type Topic struct {
	ID     int    `json:"id"`
	Name   string `json:"name"`
	Closed bool   `json:"closed,omitempty"`
}

// Topics lists the topics that exist, by id.
func (g *Group) Topics() []Topic {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	var list []Topic
	for _, t := range g.s.chats[g.id].topics {
		list = append(list, Topic{ID: t.id, Name: t.name, Closed: t.closed})
	}
	slices.SortFunc(list, func(a, b Topic) int { return a.ID - b.ID })
	return list
}

// DeleteTopic lets a person delete a topic with all that lies in it. Nobody is told, as on the real network.
func (g *Group) DeleteTopic(id int) error {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c := g.s.chats[g.id]
	if c.topics[id] == nil {
		return fmt.Errorf("botapi: there is no topic %d", id)
	}
	delete(c.topics, id)
	for _, m := range c.order { // and all that lies in it, as Telegram does
		if e := c.entries[m]; e != nil && e.ThreadID == id {
			delete(c.entries, m)
			g.s.emit(c, Event{Kind: Deleted, Message: e})
		}
	}
	return nil
}

// OpenTopic lets a person open a topic.
func (g *Group) OpenTopic(by *Person, name string) (Topic, error) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c := g.s.chats[g.id]
	if !c.info.IsForum {
		return Topic{}, fmt.Errorf("botapi: %d is not a forum", g.id)
	}
	t := g.s.newTopic(c, by.user, topic{name: name, color: 0x6FB9F0})
	return Topic{ID: t.id, Name: t.name}, nil
}
