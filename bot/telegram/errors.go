package telegram

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"rabeg/bot"
)

// What Telegram says when a call fails is words; these are the ones that decide something. Compared in lower case.
var (
	// The chat cannot be written to.
	wordsGone = [...]string{
		"chat not found", "peer_id_invalid", "user not found", "user_is_blocked", "input_user_deactivated",
		"chat_write_forbidden", "have no rights to send a message", "not enough rights to send text messages",
		"need administrator rights in the channel chat", "group chat was deactivated", "chat_restricted",
	}
	// The person wants nothing from the bot, or is away for good; both may come back.
	wordsShut = [...]string{"blocked by the user", "user is deactivated", "user_is_blocked", "input_user_deactivated"}
	// The topic cannot be written to; the group can.
	wordsTopic = [...]string{"message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid"}
)

const (
	wordsNoReply    = "message to be replied not found"
	wordsNoReplyNew = "message to reply not found"
	wordsSame       = "message is not modified"
	wordsNoText     = "there is no text in the message to edit"
	wordsOldPress   = "query is too old"
	wordsNoForum    = "chat is not a forum"
)

// sendError says what is to be done about a failed call to a chat.
//
//	Gone    the person blocked the bot or is away (Cold: until he or she is back), the bot is out of the group, the chat never was
//	Move    the group became a supergroup; or the topic is gone, then To is the group itself, without a topic: a caller
//	        that wants the topic again sees To == to.Chat() and opens a new one
//	GiveUp  everything else that Telegram calls a bad request
//	Retry   429 (Slow, after what Telegram asks), 5xx, pages that are not JSON, time-outs, connections; and a refused
//	        token or a second poller, because those are mended outside and no message may be lost meanwhile
func sendError(err error, to bot.Address) *bot.SendError {
	var r *refusal
	var ready *bot.SendError
	switch {
	case errors.As(err, &ready):
		return ready
	case !errors.As(err, &r):
		return &bot.SendError{Remedy: bot.Retry, Err: err}
	}
	words := strings.ToLower(r.text)
	switch {
	case r.moved != 0:
		return &bot.SendError{Remedy: bot.Move, To: chatAddress(r.moved, 0), Err: err}
	case r.code == http.StatusTooManyRequests:
		return &bot.SendError{Remedy: bot.Retry, After: max(r.after, time.Second), Slow: true, Err: err}
	case r.code == http.StatusForbidden:
		return &bot.SendError{Remedy: bot.Gone, Cold: has(words, wordsShut[:]), Err: err}
	case r.code == http.StatusUnauthorized, r.code == http.StatusNotFound:
		return &bot.SendError{Remedy: bot.Retry, After: time.Minute, Err: err}
	case r.code == http.StatusRequestEntityTooLarge:
		return &bot.SendError{Remedy: bot.GiveUp, Err: err}
	case r.code != http.StatusBadRequest:
		return &bot.SendError{Remedy: bot.Retry, After: r.after, Err: err}
	}
	switch {
	case has(words, wordsTopic[:]) && to.Topic != "":
		return &bot.SendError{Remedy: bot.Move, To: to.Chat(), Err: err}
	case has(words, wordsGone[:]):
		return &bot.SendError{Remedy: bot.Gone, Cold: has(words, wordsShut[:]), Err: err}
	default:
		return &bot.SendError{Remedy: bot.GiveUp, Err: err}
	}
}

// giveUp is a failure on our side that no retry mends.
func giveUp(err error) *bot.SendError { return &bot.SendError{Remedy: bot.GiveUp, Err: err} }

func has(words string, list []string) bool {
	for _, w := range list {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// says reports whether err is a bad request with these words.
func says(err error, words ...string) bool {
	var r *refusal
	return errors.As(err, &r) && r.code == http.StatusBadRequest && has(strings.ToLower(r.text), words)
}

// Refused reports whether an error of a Channel says that Telegram does not know the token.
func Refused(err error) bool { return refused(err) }

// refused reports whether Telegram does not know the token.
func refused(err error) bool {
	var r *refusal
	return errors.As(err, &r) && (r.code == http.StatusUnauthorized || r.code == http.StatusNotFound) &&
		!strings.Contains(r.text, "not JSON")
}

func retryAfter(err error) time.Duration {
	if r, ok := errors.AsType[*refusal](err); ok {
		return r.after
	}
	return 0
}
