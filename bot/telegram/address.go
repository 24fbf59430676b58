package telegram

import (
	"errors"
	"strconv"
	"strings"

	"rabeg/bot"
)

// What this file mints, only this file reads.
//
//	Address.ID     the chat's number, negative for groups
//	Address.Topic  the number of a forum topic; none for the group itself and its General topic
//	MessageRef     the chat without its topic (numbers of messages are unique in the whole group), the message's number
//	MediaRef.ID    the file_id; "document:" before it when a picture was sent as a file, because Telegram refuses to send
//	               such a file_id as a photo
//	EventID        "tg:" and the update's number; after a press also ":" and the number that stops the spinning button

const (
	eventPrefix    = "tg:"
	documentPrefix = "document:"
)

func chatAddress(id int64, topic int) bot.Address {
	a := bot.Address{Network: bot.Telegram, ID: strconv.FormatInt(id, 10)}
	if topic != 0 {
		a.Topic = strconv.Itoa(topic)
	}
	return a
}

var errAddress = errors.New("not an address of Telegram")

func parseAddress(a bot.Address) (chat int64, topic int, err error) {
	if a.Network != bot.Telegram {
		return 0, 0, errAddress
	}
	chat, err = strconv.ParseInt(a.ID, 10, 64)
	if err != nil || chat == 0 {
		return 0, 0, errAddress
	}
	if a.Topic != "" {
		topic, err = strconv.Atoi(a.Topic)
		if err != nil || topic <= 0 {
			return 0, 0, errAddress
		}
	}
	return chat, topic, nil
}

func messageRef(chat int64, message int) bot.MessageRef {
	return bot.MessageRef{Chat: chatAddress(chat, 0), ID: strconv.Itoa(message)}
}

func parseRef(r bot.MessageRef) (chat int64, message int, err error) {
	chat, _, err = parseAddress(r.Chat)
	if err != nil {
		return 0, 0, err
	}
	message, err = strconv.Atoi(r.ID)
	if err != nil || message <= 0 {
		return 0, 0, errors.New("not a message of Telegram")
	}
	return chat, message, nil
}

func eventID(update int64) bot.EventID {
	return bot.EventID(eventPrefix + strconv.FormatInt(update, 10))
}

func pressID(update int64, callback string) bot.EventID {
	return eventID(update) + bot.EventID(":"+callback)
}

// callbackID is the callback query of a press; ok is false for every other event.
func callbackID(id bot.EventID) (callback string, ok bool) {
	rest, ok := strings.CutPrefix(string(id), eventPrefix)
	if !ok {
		return "", false
	}
	_, callback, ok = strings.Cut(rest, ":")
	return callback, ok && callback != ""
}

// fileID is the file_id of a reference; document says that Telegram knows the file as a document whatever its type.
func fileID(m bot.MediaRef) (id string, document bool) {
	return strings.CutPrefix(m.ID, documentPrefix)
}
