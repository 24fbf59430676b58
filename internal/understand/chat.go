package understand

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand/answer"
)

// Chat is what people say to the bot as to somebody they meet.
type Chat int

// The chats. NoChat is every other text.
const (
	NoChat    Chat = iota
	ChatLife       // "kamu udah makan belum"
	ChatMaker      // who made it
	ChatWork       // work is looked for
	ChatPlea       // a cry for help that tells nothing: "tolong pak"
	ChatHeart      // a sweetheart who has "gone missing"
)

// chatMost is how many words small talk has at most.
const chatMost = 8

// The words of small talk: who is spoken to, daily life, making, work, and those that say nothing else.
//
//nolint:gochecknoglobals // tables that never change
var (
	chatYou, chatLife, chatFill = answer.ListOf("chat-you"), answer.ListOf("chat-life"), answer.ListOf("chat-fill")
	chatWho, chatMake, chatThis = answer.ListOf("chat-who"), answer.ListOf("chat-make"), answer.ListOf("chat-this")
	chatWork, chatWorkFraud     = answer.ListOf("chat-work"), answer.ListOf("chat-work-fraud")
	chatPlea, chatCall          = answer.ListOf("chat-plea"), answer.ListOf("chat-call")
	chatLove, chatGone          = answer.ListOf("chat-love"), answer.ListOf("chat-gone")
	chatSerious                 = answer.ListOf("chat-serious")
)

// ChatIn reads small talk: every word of it says nothing else, but for where work is looked for.
func ChatIn(text string) Chat {
	ws := strings.Fields(bot.Fold(text))
	if callsOut(ws) || len(ws) == 0 && strings.ContainsAny(text, "🔥🚒🚑🚨") {
		return ChatPlea
	}
	if len(ws) < 2 || len(ws) > chatMost {
		return NoChat
	}
	only := func(of answer.List) bool {
		return !slices.ContainsFunc(ws, func(w string) bool { return !of[w] && !chatYou[w] && !chatFill[w] })
	}
	switch {
	case chatWork.Any(ws) && !chatWorkFraud.Any(ws):
		return ChatWork
	case chatWho.Any(ws) && chatMake.Any(ws) && only(chatMake) && (chatYou.Any(ws) || chatThis.Any(ws)):
		return ChatMaker
	case chatYou.Any(ws) && chatLife.Any(ws) && only(chatLife) && len(ws) >= 3:
		return ChatLife
	case chatLove.Any(ws) && chatGone.Any(ws) && !chatSerious.Any(ws):
		return ChatHeart
	}
	return NoChat
}

// callsOut reports whether words only call for help, however long the keys were held down ("TOLOOONGGG pak").
func callsOut(ws []string) bool {
	plea := func(w string) bool { return chatPlea[w] || chatPlea[single(w)] }
	return len(ws) <= chatMost && slices.ContainsFunc(ws, plea) && !slices.ContainsFunc(ws, func(w string) bool { return !plea(w) && !chatCall[w] })
}

// single makes one letter of equal ones in a row.
func single(w string) string { return string(slices.Compact([]rune(w))) }
