package whatsappcloud

import (
	"errors"
	"regexp"
	"strings"

	"rabeg/bot"
)

// What this file mints, only this file reads.
//
//	Address.ID     the person's id as this business knows it ("ID.7KqZ…"); where Meta did not say it, the number with a "+"
//	MessageRef     the chat, and Meta's id of the message ("wamid.…")
//	MediaRef.ID    Meta's id of the file
//	EventID        "wac:" and the id of the message
//	a button       the menu's id, a bar, the choice's id; "wake|" and the letter's key on an invitation

const (
	eventPrefix = "wac:"
	wakePrefix  = "wake|"
)

var (
	personShape = regexp.MustCompile(`^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$`)
	phoneShape  = regexp.MustCompile(`^\+[1-9][0-9]{5,14}$`)

	errAddress = errors.New("not an address of the WhatsApp Cloud API")
)

func address(id string) bot.Address { return bot.Address{Network: bot.WhatsAppCloud, ID: id} }

// parseAddress gives the fields that say whom a message is for. A number keeps its plus: without it Meta may put another
// country before it; and an id in the field of a number is dropped without a word.
func parseAddress(a bot.Address) (field, value string, err error) {
	switch {
	case a.Network != bot.WhatsAppCloud || a.Topic != "":
		return "", "", errAddress
	case personShape.MatchString(a.ID):
		return "recipient", a.ID, nil
	case phoneShape.MatchString(a.ID):
		return "to", a.ID, nil
	}
	return "", "", errAddress
}

// personID is a person's id by what a message says of the sender; "" when it says nothing.
func personID(user, from string) string {
	switch {
	case personShape.MatchString(user):
		return user
	case personShape.MatchString(from):
		return from
	}
	return dialled(from)
}

// dialled is a number as people dial it, "" for what is none.
func dialled(digits string) string {
	number := "+" + strings.TrimPrefix(digits, "+")
	if !phoneShape.MatchString(number) {
		return ""
	}
	return number
}

func messageRef(chat, id string) bot.MessageRef { return bot.MessageRef{Chat: address(chat), ID: id} }

func pressData(menu, choice string) string { return menu + "|" + choice }

// readPress is the opposite of pressData; data that no menu of ours can have made gives an empty menu.
func readPress(data string) (menu, choice string) {
	menu, choice, ok := strings.Cut(data, "|")
	if !ok || !bot.MenuID(menu) || !bot.MenuID(choice) || len(data) > 64 {
		return "", ""
	}
	return menu, choice
}
