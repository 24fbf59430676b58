package botapi

import (
	"context"
	"strings"
)

// methodTable lists every method by its name in lower case.
func methodTable() map[string]method {
	table := map[string]method{
		"getme":          func(_ context.Context, s *Server, _ *params) (any, *apiError) { return s.me, nil },
		"getupdates":     func(ctx context.Context, s *Server, p *params) (any, *apiError) { return s.getUpdates(ctx, p) },
		"setwebhook":     func(_ context.Context, s *Server, p *params) (any, *apiError) { return s.setWebhook(p) },
		"deletewebhook":  func(_ context.Context, s *Server, p *params) (any, *apiError) { return s.deleteWebhook(p) },
		"getwebhookinfo": func(_ context.Context, s *Server, _ *params) (any, *apiError) { return s.getWebhookInfo() },

		"sendmessage":    sendMessage,
		"sendphoto":      sendFile(photoFile),
		"sendvoice":      sendFile(voiceFile),
		"senddocument":   sendFile(documentFile),
		"sendaudio":      sendFile(audioFile),
		"sendvideo":      sendFile(videoFile),
		"sendanimation":  sendFile(animationFile),
		"sendsticker":    sendFile(stickerFile),
		"sendmediagroup": sendMediaGroup,
		"sendlocation":   sendLocation,
		"sendvenue":      sendVenue,
		"sendcontact":    sendContact,
		"sendchataction": sendChatAction,
		"copymessage":    copyMessage,
		"forwardmessage": forwardMessage,

		"editmessagetext":        editMessageText,
		"editmessagecaption":     editMessageCaption,
		"editmessagereplymarkup": editMessageReplyMarkup,
		"editmessagemedia":       editMessageMedia,
		"deletemessage":          deleteMessage,
		"deletemessages":         deleteMessages,
		"answercallbackquery":    answerCallbackQuery,

		"getfile":               getFile,
		"getchat":               getChat,
		"getchatmember":         getChatMember,
		"getchatadministrators": getChatAdministrators,
		"getchatmembercount":    getChatMemberCount,
		"leavechat":             leaveChat,
		"pinchatmessage":        onMessage,
		"unpinchatmessage":      inChat,
		"setmessagereaction":    onMessage,

		"createforumtopic": createForumTopic,
		"editforumtopic":   editForumTopic,
		"closeforumtopic":  setTopicClosed(true),
		"reopenforumtopic": setTopicClosed(false),
		"deleteforumtopic": deleteForumTopic,

		"setmycommands":    setMyCommands,
		"getmycommands":    getMyCommands,
		"deletemycommands": deleteMyCommands,
	}
	for _, name := range []string{
		"setmydescription", "setmyshortdescription", "setmyname", "setchatmenubutton", "setmydefaultadministratorrights",
		"logout", "close",
	} {
		table[name] = func(context.Context, *Server, *params) (any, *apiError) { return true, nil }
	}
	return table
}

// onMessage is a method whose only effect here is its checks of chat and message.
func onMessage(_ context.Context, s *Server, p *params) (any, *apiError) {
	id, _ := p.integer("message_id")
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.findMember(p)
	if err != nil {
		return nil, err
	}
	if c.entries[int(id)] == nil && !c.forgotten(int(id)) {
		return nil, badRequest("message not found")
	}
	return true, nil
}

func inChat(_ context.Context, s *Server, p *params) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.findMember(p); err != nil {
		return nil, err
	}
	return true, nil
}

// queryBook remembers the last button presses; older ones can no longer be answered.
type queryBook struct {
	chats map[string]int64
	order []string
}

const keepQueries = 20000

func (q *queryBook) add(id string, chat int64) {
	if q.chats == nil {
		q.chats = make(map[string]int64)
	}
	q.chats[id] = chat
	q.order = append(q.order, id)
	if len(q.order) > keepQueries {
		delete(q.chats, q.order[0])
		q.order = q.order[1:]
	}
}

func answerCallbackQuery(_ context.Context, s *Server, p *params) (any, *apiError) {
	text := p.get("text")
	if units(text) > 200 {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	id := p.get("callback_query_id")
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[s.queries.chats[id]]
	if c == nil {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	s.emit(c, Event{Kind: Answered, CallbackID: id, Text: text, Alert: p.boolean("show_alert")})
	return true, nil
}

func getFile(_ context.Context, s *Server, p *params) (any, *apiError) {
	f := s.files.get(p.get("file_id"))
	if f == nil {
		return nil, badRequest("invalid file_id")
	}
	if f.size > s.opt.MaxDownload {
		return nil, badRequest("file is too big")
	}
	if _, ok := s.files.bytes(f); !ok {
		return nil, badRequest("wrong file_id or the file is temporarily unavailable")
	}
	return struct {
		ID     string `json:"file_id"`
		Unique string `json:"file_unique_id"`
		Size   int    `json:"file_size,omitempty"`
		Path   string `json:"file_path"`
	}{f.id, f.unique, f.size, f.path}, nil
}

type command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// commandKey names a list of commands: its scope and language.
func commandKey(p *params) string {
	return p.get("scope") + "|" + p.get("language_code")
}

func setMyCommands(_ context.Context, s *Server, p *params) (any, *apiError) {
	var list []command
	if err := p.object("commands", &list); err != nil {
		return nil, err
	}
	if len(list) > 100 {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for _, c := range list {
		name := strings.TrimPrefix(c.Command, "/")
		bad := strings.ContainsFunc(name, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_')
		})
		if name == "" || len(name) > 32 || bad {
			return nil, badRequest("BOT_COMMAND_INVALID")
		}
		if n := units(c.Description); n < 1 || n > 256 {
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands[commandKey(p)] = list
	return true, nil
}

func getMyCommands(_ context.Context, s *Server, p *params) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if list := s.commands[commandKey(p)]; list != nil {
		return list, nil
	}
	return []command{}, nil
}

func deleteMyCommands(_ context.Context, s *Server, p *params) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.commands, commandKey(p))
	return true, nil
}
