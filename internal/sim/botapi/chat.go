package botapi

// standing is how the bot stands in a chat.
type standing int

const (
	stranger standing = iota // a person who never wrote
	present                  // may write
	expelled                 // blocked by the person, kicked from the group
	departed                 // left the group itself
)

type topic struct {
	id     int
	name   string
	color  int
	emoji  string
	closed bool
}

// chat is one chat's state; the server's lock guards it.
type chat struct {
	info     Chat
	standing standing
	bot      ChatMember // in groups
	movedTo  int64
	members  map[int64]*ChatMember
	topics   map[int]*topic
	keyboard *ReplyKeyboard

	lastID  int           // of this chat, when it counts by itself
	entries map[int]*Seen // what is kept
	order   []int         // ids in entries, oldest first (deleted ones may linger)
	log     eventLog
	pace    pace
}

func (c *chat) private() bool { return c.info.Type == "private" }

// newID gives the next message id. As with Telegram, private chats and basic groups share one count, a supergroup has
// its own.
func (s *Server) newID(c *chat) int {
	if c.info.Type == "supergroup" {
		c.lastID++
		return c.lastID
	}
	s.lastID++
	c.lastID = s.lastID
	return s.lastID
}

// store keeps a message, forgets the oldest beyond the bound, and tells watchers.
func (s *Server) store(c *chat, m *Seen) {
	if c.entries == nil {
		c.entries = make(map[int]*Seen)
	}
	c.entries[m.MessageID] = m
	c.order = append(c.order, m.MessageID)
	for len(c.entries) > s.opt.KeepHistory || len(c.order) > 2*s.opt.KeepHistory {
		delete(c.entries, c.order[0])
		c.order = c.order[1:]
	}
	if m.Keyboard != nil {
		c.keyboard = m.Keyboard
		if m.Keyboard.Remove {
			c.keyboard = nil
		}
	}
	s.emit(c, Event{Kind: Sent, Message: m})
}

// forgotten says that a message once existed and was dropped to bound memory.
func (c *chat) forgotten(id int) bool {
	return len(c.order) > 0 && id > 0 && id < c.order[0]
}

func (c *chat) history() []Seen {
	list := make([]Seen, 0, len(c.entries))
	for _, id := range c.order {
		if m := c.entries[id]; m != nil {
			list = append(list, *m)
		}
	}
	return list
}

// find gives the chat a call is about, whether or not the bot may write there.
func (s *Server) find(p *params) (*chat, *apiError) {
	if p.get("chat_id") == "" {
		return nil, badRequest("chat_id is empty")
	}
	id, ok := p.integer("chat_id")
	if !ok {
		return nil, badRequest("chat not found")
	}
	c := s.chats[id]
	switch {
	case c == nil:
		return nil, badRequest("chat not found")
	case c.movedTo != 0:
		e := badRequest("group chat was upgraded to a supergroup chat")
		e.MigrateTo = c.movedTo
		return nil, e
	}
	return c, nil
}

// findMember gives a chat the bot is in.
func (s *Server) findMember(p *params) (*chat, *apiError) {
	c, err := s.find(p)
	if err != nil {
		return nil, err
	}
	return c, c.mayWrite()
}

func (c *chat) mayWrite() *apiError {
	switch {
	case c.standing == stranger:
		return forbidden("bot can't initiate conversation with a user")
	case c.standing == expelled && c.private():
		return forbidden("bot was blocked by the user")
	case c.standing == expelled:
		return forbidden("bot was kicked from the " + c.info.Type + " chat")
	case c.standing == departed:
		return forbidden("bot is not a member of the " + c.info.Type + " chat")
	}
	return nil
}

// thread checks a message_thread_id; 0 is the chat itself (in a forum: its General topic).
func (c *chat) thread(id int) *apiError {
	if id == 0 {
		return nil
	}
	t := c.topics[id]
	if t == nil {
		return badRequest("message thread not found")
	}
	if t.closed && !c.bot.CanManageTopics {
		return badRequest("TOPIC_CLOSED")
	}
	return nil
}
