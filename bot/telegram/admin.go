package telegram

import (
	"context"
	"fmt"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
)

// Account is the bot as Telegram knows it.
type Account struct {
	ID   int64
	Name string // the user name, without '@'
	// ReadsGroups says that privacy mode is off: the bot sees all messages of its groups, not only commands and replies.
	ReadsGroups bool
}

// Me asks Telegram who the token belongs to.
func (c *Channel) Me(ctx context.Context) (Account, error) {
	var u models.User
	if err := c.quick(ctx, "getMe", struct{}{}, &u); err != nil {
		return Account{}, err
	}
	c.mu.Lock()
	c.me = self{id: u.ID, name: u.Username}
	c.mu.Unlock()
	return Account{ID: u.ID, Name: u.Username, ReadsGroups: u.CanReadAllGroupMessages}, nil
}

// account is what is known of the bot without asking: its number is part of the token.
func (c *Channel) account() self {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.me
}

// OpenTopic makes a thread in a forum group. A group without threads answers itself. Failures are *bot.SendError; a bot
// without the right to manage topics gets GiveUp.
func (c *Channel) OpenTopic(ctx context.Context, group bot.Address, name string) (bot.Address, error) {
	chat, _, err := parseAddress(group)
	if err != nil {
		return bot.Address{}, giveUp(fmt.Errorf("opening a topic: %w", err))
	}
	var topic models.ForumTopic
	err = c.quick(ctx, "createForumTopic", struct {
		ChatID int64  `json:"chat_id"`
		Name   string `json:"name"`
	}{chat, shorten(bot.Unmark(name), 128)}, &topic)
	switch {
	case err == nil:
		return chatAddress(chat, topic.MessageThreadID), nil
	case says(err, wordsNoForum):
		return group.Chat(), nil
	default:
		return bot.Address{}, sendError(err, group.Chat())
	}
}

// Admin reports whether the person may administer the group. Who writes as the group itself (an anonymous admin) may. An
// id that is not Telegram's is an error with GiveUp.
func (c *Channel) Admin(ctx context.Context, group bot.Address, personID string) (bool, error) {
	m, itself, err := c.standing(ctx, group, personID)
	if says(err, "user not found", "member not found", "participant_id_invalid", "user_id_invalid") {
		return false, nil
	}
	if err != nil {
		return false, sendError(err, group.Chat())
	}
	return itself || runs(&m), nil
}

// Here reports whether the person is in the group. Only Telegram's word that somebody left, was banned, or may read and is no member says
// no: that a person is not found, or that the list of members is closed to a bot that is no admin, tells nothing, and is an error.
func (c *Channel) Here(ctx context.Context, group bot.Address, personID string) (bool, error) {
	m, itself, err := c.standing(ctx, group, personID)
	if err != nil {
		return false, sendError(err, group.Chat())
	}
	return itself || inside(&m), nil
}

// standing is how a person stands in a group; itself says that it is the group's own name, under which anonymous admins write.
func (c *Channel) standing(ctx context.Context, group bot.Address, personID string) (m models.ChatMember, itself bool, err error) {
	chat, _, err := parseAddress(group)
	if err != nil {
		return m, false, giveUp(fmt.Errorf("asking for a member: %w", err))
	}
	user, _, err := parseAddress(bot.Address{Network: bot.Telegram, ID: personID})
	if err != nil {
		return m, false, giveUp(fmt.Errorf("asking for a member: the person: %w", err))
	}
	if user == chat {
		return m, true, nil
	}
	m, err = c.member(ctx, chat, user)
	return m, false, err
}

func (c *Channel) member(ctx context.Context, chat, user int64) (models.ChatMember, error) {
	var m models.ChatMember
	err := c.quick(ctx, "getChatMember", struct {
		ChatID int64 `json:"chat_id"`
		UserID int64 `json:"user_id"`
	}{chat, user}, &m)
	return m, err
}

// Rights are what the bot may do in the desk's group.
type Rights struct {
	Bot         Account
	Title       string // of the group
	Group       bool   // the chat is a group at all
	Forum       bool   // it has topics
	Member      bool   // the bot is in it
	Admin       bool
	TopicAdmin  bool // it may open topics
	ReadsAll    bool // it sees every message: as an admin, or with privacy mode off
	MovedTo     bot.Address
	Description string // how the bot stands there, in Telegram's word ("administrator", "left")
}

// Check asks how the bot stands in the desk's group. A group the bot cannot see is no error: Member is then false. When
// the group became a supergroup, MovedTo is its new address and the rest is not known.
func (c *Channel) Check(ctx context.Context, desk bot.Address) (Rights, error) {
	var r Rights
	chat, _, err := parseAddress(desk)
	if err != nil {
		return r, fmt.Errorf("checking the desk %s: %w", desk, err)
	}
	if r.Bot, err = c.Me(ctx); err != nil {
		return r, fmt.Errorf("asking who the bot is: %w", err)
	}
	var info models.ChatFullInfo
	err = c.quick(ctx, "getChat", struct {
		ChatID int64 `json:"chat_id"`
	}{chat}, &info)
	if err != nil {
		switch se := sendError(err, desk.Chat()); se.Remedy {
		case bot.Gone:
			return r, nil
		case bot.Move:
			r.MovedTo = se.To
			return r, nil
		default:
			return r, fmt.Errorf("asking for the desk's group: %w", err)
		}
	}
	r.Title, r.Forum = info.Title, info.IsForum
	r.Group = info.Type == models.ChatTypeGroup || info.Type == models.ChatTypeSupergroup
	m, err := c.member(ctx, chat, r.Bot.ID)
	if err != nil {
		return r, fmt.Errorf("asking for the bot's rights: %w", err)
	}
	r.Description, r.Member = string(m.Type), inside(&m)
	r.Admin = m.Type == models.ChatMemberTypeAdministrator || m.Type == models.ChatMemberTypeOwner
	r.TopicAdmin = m.Administrator != nil && m.Administrator.CanManageTopics
	r.ReadsAll = r.Member && (r.Admin || r.Bot.ReadsGroups)
	return r, nil
}

// Command is one line of the menu Telegram shows beside the input field.
type Command struct {
	Name        string `json:"command"` // lower case, without '/'
	Description string `json:"description"`
}

// Scope is where commands are shown: in all private chats, in all groups, or in one chat; the zero value is everywhere.
type Scope struct {
	Kind string      // "", "all_private_chats", "all_group_chats", "chat"
	Chat bot.Address // with Kind "chat"
}

// SetCommands replaces the commands shown in a scope to people of a language ("" is every other language).
func (c *Channel) SetCommands(ctx context.Context, list []Command, s Scope, lang string) error {
	type scope struct {
		Type   string `json:"type"`
		ChatID int64  `json:"chat_id,omitempty"`
	}
	where := scope{Type: or(s.Kind, "default")}
	if s.Kind == "chat" {
		chat, _, err := parseAddress(s.Chat)
		if err != nil {
			return fmt.Errorf("setting commands: %w", err)
		}
		where.ChatID = chat
	}
	return c.quick(ctx, "setMyCommands", struct {
		Commands []Command `json:"commands"`
		Scope    scope     `json:"scope"`
		Language string    `json:"language_code,omitempty"`
	}{list, where, lang}, nil)
}
