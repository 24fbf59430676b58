package telegram

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
)

// self is the bot as Telegram knows it; name is empty until getMe answered.
type self struct {
	id   int64
	name string
}

// decode reads an update. unknown is empty when it made an event; else it names what the update was, and there is
// nothing to handle: service messages ("service"), messages of other bots ("bot"), posts of channels and the like.
// now is the time of a press, because Telegram gives none.
//
// A person who writes as a group or a channel (an anonymous admin) is known by that chat's number.
func decode(u *models.Update, me self, now time.Time) (ev bot.Event, unknown string) {
	switch {
	case u.Message != nil:
		ev, unknown = decodeMessage(u.Message, me)
	case u.EditedMessage != nil:
		ev, unknown = decodeEdit(u.EditedMessage, me)
	case u.CallbackQuery != nil:
		ev, unknown = decodePress(u.CallbackQuery, now)
		ev.ID = pressID(u.ID, u.CallbackQuery.ID)
		return ev, unknown
	case u.MyChatMember != nil:
		ev, unknown = decodeMember(u.MyChatMember)
	case u.ChatMember != nil:
		if who := memberUser(&u.ChatMember.NewChatMember); who != nil && who.ID != me.id {
			ev, unknown = decodeOther(u.ChatMember, who)
			break
		}
		ev, unknown = decodeMember(u.ChatMember)
	default:
		return ev, otherUpdate(u)
	}
	ev.ID = eventID(u.ID)
	return ev, unknown
}

// outline reads of an update that has a part nobody here knows (a new kind of block, say, which the library refuses) who
// wrote where and in what words, so that the person is answered all the same. What it was beside words is lost.
func outline(raw []byte) (models.Update, error) {
	type message struct {
		ID         int                 `json:"message_id"`
		ThreadID   int                 `json:"message_thread_id"`
		InTopic    bool                `json:"is_topic_message"`
		From       loose[*models.User] `json:"from"`
		SenderChat loose[*models.Chat] `json:"sender_chat"`
		Chat       models.Chat         `json:"chat"`
		Date       loose[int]          `json:"date"`
		EditDate   loose[int]          `json:"edit_date"`
		Text       loose[string]       `json:"text"`
		Caption    loose[string]       `json:"caption"`
		Origin     loose[*struct{}]    `json:"forward_origin"`
		ViaBot     loose[*struct{}]    `json:"via_bot"`
	}
	var u struct {
		ID      int64    `json:"update_id"`
		Message *message `json:"message"`
		Edited  *message `json:"edited_message"`
	}
	if err := json.Unmarshal(raw, &u); err != nil {
		return models.Update{}, err
	}
	if u.Message == nil && u.Edited == nil {
		return models.Update{}, errors.New("nobody wrote this")
	}
	whole := func(m *message) *models.Message {
		if m == nil {
			return nil
		}
		var origin *models.MessageOrigin
		if m.Origin.is != nil || m.ViaBot.is != nil {
			origin = &models.MessageOrigin{}
		}
		return &models.Message{
			ForwardOrigin: origin, ID: m.ID, MessageThreadID: m.ThreadID, IsTopicMessage: m.InTopic, From: m.From.is, SenderChat: m.SenderChat.is,
			Chat: m.Chat, Date: m.Date.is, EditDate: m.EditDate.is, Text: or(m.Text.is, m.Caption.is),
		}
	}
	return models.Update{ID: u.ID, Message: whole(u.Message), EditedMessage: whole(u.Edited)}, nil
}

// loose is a value that may be left out because it is not what it should be.
type loose[T any] struct{ is T }

// UnmarshalJSON is of the library that reads JSON.
func (l *loose[T]) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &l.is) != nil {
		l.is = *new(T)
	}
	return nil
}

func otherUpdate(u *models.Update) string {
	switch {
	case u.ChannelPost != nil, u.EditedChannelPost != nil:
		return "channel_post"
	case u.PollAnswer != nil, u.Poll != nil:
		return "poll"
	case u.InlineQuery != nil, u.ChosenInlineResult != nil:
		return "inline_query"
	case u.MessageReaction != nil, u.MessageReactionCount != nil:
		return "message_reaction"
	case u.ChatJoinRequest != nil:
		return "chat_join_request"
	case u.BusinessConnection != nil, u.BusinessMessage != nil, u.EditedBusinessMessage != nil,
		u.DeletedBusinessMessages != nil:
		return "business"
	case u.GuestMessage != nil:
		return "guest_message"
	case u.ManagedBot != nil, u.Subscription != nil, u.StoppedMessageGeneration != nil:
		return "not_for_us"
	default:
		return "unknown"
	}
}

func decodeMessage(m *models.Message, me self) (bot.Event, string) {
	if m.Chat.ID == 0 || m.ID == 0 {
		return bot.Event{}, "malformed"
	}
	ev := bot.Event{
		Chat:  place(m),
		Group: group(&m.Chat),
		At:    time.Unix(int64(m.Date), 0).UTC(),
		Ref:   messageRef(m.Chat.ID, m.ID),
	}
	if m.MigrateToChatID != 0 {
		ev.Chat, ev.Body = ev.Chat.Chat(), bot.Moved{To: chatAddress(m.MigrateToChatID, 0)}
		ev.From, _ = sender(m)
		return ev, ""
	}
	var unknown string
	if ev.From, unknown = sender(m); unknown != "" {
		return ev, unknown
	}
	if ev.Body = content(m); ev.Body == nil {
		if left := m.LeftChatMember; left != nil && left.ID != me.id && left.ID != 0 && !left.IsBot {
			ev.Body = bot.Member{Who: person(left)} // a bot that is no administrator hears of it in no other way
			return ev, ""
		}
		if service(m) {
			return ev, "service"
		}
		ev.Body = bot.Unsupported{Kind: unsupported(m)}
	}
	if ev.Group && forOther(bot.Words(ev.Body), me) { // alone with this bot nobody else can be meant
		return ev, "other_bot"
	}
	ev.Body = called(ev.Body, me)
	ev.ReplyTo = replied(m)
	ev.ToBot = ev.ReplyTo != nil && m.ReplyToMessage.From != nil && m.ReplyToMessage.From.ID == me.id
	ev.Relayed = relayed(m)
	return ev, ""
}

func decodeEdit(m *models.Message, me self) (bot.Event, string) {
	if m.Location != nil {
		return bot.Event{}, "live_location" // a moving pin edits itself every few seconds: its first place is the pin
	}
	ev, unknown := decodeMessage(m, me)
	ev.Edited = true
	if m.EditDate > m.Date {
		ev.At = time.Unix(int64(m.EditDate), 0).UTC()
	}
	return ev, unknown
}

func decodePress(q *models.CallbackQuery, now time.Time) (bot.Event, string) {
	ev := bot.Event{From: person(&q.From), At: now.UTC()}
	var on bot.MessageRef
	switch {
	case q.From.IsBot:
		return ev, "bot"
	case q.Message.Message != nil:
		m := q.Message.Message
		ev.Chat, ev.Group, on = place(m), group(&m.Chat), messageRef(m.Chat.ID, m.ID)
	case q.Message.InaccessibleMessage != nil && q.Message.InaccessibleMessage.Chat.ID != 0:
		m := q.Message.InaccessibleMessage
		ev.Chat, ev.Group = chatAddress(m.Chat.ID, 0), group(&m.Chat)
		on = messageRef(m.Chat.ID, m.MessageID)
	default:
		return ev, "press_without_message"
	}
	menu, choice := readPress(q.Data)
	ev.Body = bot.Pick{Menu: menu, Choice: choice, Message: on}
	return ev, ""
}

// decodeMember tells when the bot's standing in a chat changed between being in it and not.
func decodeMember(u *models.ChatMemberUpdated) (bot.Event, string) {
	ev := bot.Event{
		Chat:  chatAddress(u.Chat.ID, 0),
		Group: group(&u.Chat),
		From:  person(&u.From),
		At:    time.Unix(int64(u.Date), 0).UTC(),
	}
	before, after := inside(&u.OldChatMember), inside(&u.NewChatMember)
	switch {
	case u.Chat.ID == 0:
		return ev, "malformed"
	case u.Chat.Type == models.ChatTypeChannel:
		return ev, "channel"
	case before && !after:
		ev.Body = bot.Left{}
	case !before && after:
		ev.Body = bot.Joined{}
	case ev.Group && after && (runs(&u.OldChatMember) && !runs(&u.NewChatMember) || topics(&u.OldChatMember) && !topics(&u.NewChatMember)):
		ev.Body = bot.Member{Self: true, Here: true}
	default:
		return ev, "rights_changed"
	}
	return ev, ""
}

// decodeOther tells when somebody else's standing in a group changed: whether he or she is in it, or runs it.
func decodeOther(u *models.ChatMemberUpdated, who *models.User) (bot.Event, string) {
	ev := bot.Event{
		Chat: chatAddress(u.Chat.ID, 0), Group: group(&u.Chat), From: person(&u.From), At: time.Unix(int64(u.Date), 0).UTC(),
		Body: bot.Member{Who: person(who), Here: inside(&u.NewChatMember), Runs: runs(&u.NewChatMember)},
	}
	switch {
	case u.Chat.ID == 0 || who.ID == 0:
		return ev, "malformed"
	case !ev.Group || who.IsBot:
		return ev, "chat_member"
	case inside(&u.OldChatMember) == inside(&u.NewChatMember) && runs(&u.OldChatMember) == runs(&u.NewChatMember):
		return ev, "rights_changed"
	}
	return ev, ""
}

func runs(m *models.ChatMember) bool {
	return m.Type == models.ChatMemberTypeOwner || m.Type == models.ChatMemberTypeAdministrator
}

// topics reports whether a member may make topics in the group.
func topics(m *models.ChatMember) bool {
	return m.Type == models.ChatMemberTypeOwner || m.Administrator != nil && m.Administrator.CanManageTopics
}

func inside(m *models.ChatMember) bool {
	switch m.Type {
	case models.ChatMemberTypeOwner, models.ChatMemberTypeAdministrator, models.ChatMemberTypeMember:
		return true
	case models.ChatMemberTypeRestricted:
		return m.Restricted != nil && m.Restricted.IsMember
	case models.ChatMemberTypeLeft, models.ChatMemberTypeBanned:
		return false
	default:
		return false
	}
}

func memberUser(m *models.ChatMember) *models.User {
	switch {
	case m.Owner != nil:
		return m.Owner.User
	case m.Administrator != nil:
		return &m.Administrator.User
	case m.Member != nil:
		return m.Member.User
	case m.Restricted != nil:
		return m.Restricted.User
	case m.Left != nil:
		return m.Left.User
	case m.Banned != nil:
		return m.Banned.User
	}
	return nil
}

// place is the chat of a message. Outside forums Telegram also numbers threads of replies: those are no topics. Nor are
// the threads some clients show in a private chat: a person is one address.
func place(m *models.Message) bot.Address {
	if m.IsTopicMessage && group(&m.Chat) {
		return chatAddress(m.Chat.ID, m.MessageThreadID)
	}
	return chatAddress(m.Chat.ID, 0)
}

func group(c *models.Chat) bool { return c.Type != models.ChatTypePrivate && c.ID < 0 }

// sender is who wrote a message; unknown is not empty when it was nobody the product speaks with.
func sender(m *models.Message) (p bot.Person, unknown string) {
	switch {
	case m.Chat.Type == models.ChatTypeChannel:
		return p, "channel_post"
	case m.IsAutomaticForward:
		return p, "automatic_forward"
	case m.SenderChat != nil:
		return bot.Person{ID: chatAddress(m.SenderChat.ID, 0).ID, Name: name(m.SenderChat.Title, m.AuthorSignature), Chat: true}, ""
	case m.From == nil || m.From.ID == 0:
		return p, "no_sender"
	case m.From.IsBot:
		return p, "bot"
	}
	return person(m.From), ""
}

func person(u *models.User) bot.Person {
	return bot.Person{
		ID:       chatAddress(u.ID, 0).ID,
		Name:     name(u.FirstName, u.LastName),
		Language: strings.ToLower(u.LanguageCode),
	}
}

// name joins the parts of a name to one line.
func name(parts ...string) string {
	return strings.Join(strings.Fields(bot.Clean(strings.Join(parts, " "))), " ")
}

// replied is the message that was answered. In a forum topic every message that answers none is an answer to the
// topic's first service message, which means nothing.
func replied(m *models.Message) *bot.MessageRef {
	r := m.ReplyToMessage
	if r == nil || r.ID == 0 || r.ForumTopicCreated != nil {
		return nil
	}
	if m.IsTopicMessage && r.ID == m.MessageThreadID {
		return nil
	}
	ref := messageRef(m.Chat.ID, r.ID)
	return &ref
}

// forOther reports whether words are a command to another bot of the same group ("/start@other_bot").
func forOther(words string, me self) bool {
	if me.name == "" || !strings.HasPrefix(words, "/") {
		return false
	}
	head := words
	if end := strings.IndexAny(words, " \n\t"); end >= 0 {
		head = words[:end]
	}
	_, target, ok := strings.Cut(head, "@")
	return ok && target != "" && !strings.EqualFold(target, me.name)
}
