package botapi

import (
	"cmp"
	"context"
	"slices"
)

func getChat(_ context.Context, s *Server, p *params) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.find(p)
	if err != nil {
		return nil, err
	}
	if c.standing == stranger {
		return nil, badRequest("chat not found")
	}
	if !c.private() {
		if err := c.mayWrite(); err != nil {
			return nil, err
		}
	}
	return struct {
		Chat
		AccentColor  int `json:"accent_color_id"`
		MaxReactions int `json:"max_reaction_count"`
	}{c.info, 0, 11}, nil
}

// findGroup gives a group the bot is in.
func (s *Server) findGroup(p *params) (*chat, *apiError) {
	c, err := s.findMember(p)
	if err != nil {
		return nil, err
	}
	if c.private() {
		return nil, badRequest("there are no administrators in the private chat")
	}
	return c, nil
}

func getChatMember(_ context.Context, s *Server, p *params) (any, *apiError) {
	id, _ := p.integer("user_id")
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findMember(p)
	if err != nil {
		return nil, err
	}
	switch {
	case id == s.me.ID && c.private():
		return ChatMember{Status: "member", User: &s.me}, nil
	case id == s.me.ID:
		return c.bot, nil
	case c.private() && id == c.info.ID:
		return ChatMember{Status: "member", User: s.people[id].user}, nil
	}
	if m := c.members[id]; m != nil {
		return *m, nil
	}
	if person := s.people[id]; person != nil && !c.private() {
		return ChatMember{Status: "left", User: person.user}, nil
	}
	return nil, badRequest("member not found")
}

func getChatAdministrators(_ context.Context, s *Server, p *params) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findGroup(p)
	if err != nil {
		return nil, err
	}
	list := []ChatMember{}
	if c.bot.Status == "administrator" {
		list = append(list, c.bot)
	}
	for _, m := range c.members {
		if m.Status == "administrator" || m.Status == "creator" {
			list = append(list, *m)
		}
	}
	slices.SortFunc(list, func(a, b ChatMember) int { return cmp.Compare(a.User.ID, b.User.ID) })
	return list, nil
}

func getChatMemberCount(_ context.Context, s *Server, p *params) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findMember(p)
	if err != nil {
		return nil, err
	}
	if c.private() {
		return 2, nil
	}
	n := 1
	for _, m := range c.members {
		if m.Status != "left" && m.Status != "kicked" {
			n++
		}
	}
	return n, nil
}

func leaveChat(_ context.Context, s *Server, p *params) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findGroup(p)
	if err != nil {
		return nil, err
	}
	s.moveBot(c, &s.me, departed, ChatMember{Status: "left", User: &s.me})
	return true, nil
}

// moveBot changes how the bot stands in a chat and tells it. The server's lock is held.
func (s *Server) moveBot(c *chat, by *User, to standing, next ChatMember) {
	old := c.bot
	c.standing, c.bot = to, next
	s.notify("my_chat_member", c.info.ID, &memberUpdated{
		Chat: c.info, From: by, Date: s.opt.Now().Unix(), Old: old, New: next,
	})
}

// botAdmin is the bot as an administrator with every right a desk needs.
func (s *Server) botAdmin() ChatMember {
	return ChatMember{
		Status: "administrator", User: &s.me, CanManageChat: true, CanDeleteMessages: true, CanManageTopics: true,
		CanPinMessages: true, CanRestrictMembers: true, CanInviteUsers: true, CanChangeInfo: true,
	}
}
