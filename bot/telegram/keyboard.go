package telegram

import (
	"fmt"
	"strings"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
)

// Telegram's limits for keyboards, and ours for what can be read on a cheap phone.
const (
	maxPress   = 64  // bytes of callback_data
	maxButtons = 100 // of one keyboard
	maxRow     = 8   // buttons side by side
	maxLabel   = 48  // characters of a label; the phone cuts longer ones in the middle
)

// contactLabel stands on the key that sends one's own phone number.
const contactLabel = "📱 Kirim nomor saya"

// markup is the keyboard of a message: the menu, or what Want asks for. A message can carry only one keyboard, so beside
// a menu Want is dropped; and only private chats have a key for the location, so in groups Want is dropped too.
func markup(m bot.Message, inGroup bool, label string) (any, error) {
	place := models.KeyboardButton{Text: label, RequestLocation: true}
	switch {
	case m.Menu != nil && len(m.Menu.Choices) > 0:
		return inline(*m.Menu)
	case inGroup:
		return nil, nil
	case m.Want == bot.WantLocation:
		return models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{place}}, ResizeKeyboard: true, OneTimeKeyboard: true}, nil
	case m.Want == bot.WantContact: // it stays: one key may be pressed after the other
		number := models.KeyboardButton{Text: contactLabel, RequestContact: true}
		return models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{place}, {number}}, ResizeKeyboard: true}, nil
	case m.Want == bot.WantDone:
		return models.ReplyKeyboardRemove{RemoveKeyboard: true}, nil
	default:
		return nil, nil
	}
}

func inline(m bot.Menu) (models.InlineKeyboardMarkup, error) {
	if len(m.Choices) > maxButtons {
		return models.InlineKeyboardMarkup{}, fmt.Errorf("menu %s has %d choices, %d are possible", m.ID, len(m.Choices), maxButtons)
	}
	cols := columns(m)
	buttons := make([]models.InlineKeyboardButton, 0, len(m.Choices))
	for _, c := range m.Choices {
		data := pressData(m.ID, c.ID)
		if menu, choice := readPress(data); menu != m.ID || choice != c.ID {
			return models.InlineKeyboardMarkup{}, fmt.Errorf("choice %q of menu %q cannot be a button", c.ID, m.ID)
		}
		buttons = append(buttons, models.InlineKeyboardButton{Text: shorten(bot.Unmark(c.Label), maxLabel), CallbackData: data})
	}
	k := models.InlineKeyboardMarkup{InlineKeyboard: make([][]models.InlineKeyboardButton, 0, len(buttons)/cols+1)}
	for len(buttons) > 0 {
		n := min(cols, len(buttons))
		k.InlineKeyboard = append(k.InlineKeyboard, buttons[:n:n])
		buttons = buttons[n:]
	}
	return k, nil
}

// columns is how many buttons stand in a row: what the menu says, else as many as the widest label leaves readable on a
// phone that shows about 32 characters.
func columns(m bot.Menu) int {
	if m.Columns > 0 {
		return min(m.Columns, maxRow)
	}
	widest := 0
	for _, c := range m.Choices {
		widest = max(widest, width(c.Label))
	}
	switch {
	case widest <= 3:
		return min(5, max(len(m.Choices), 1))
	case widest <= 9:
		return min(3, max(len(m.Choices), 1))
	case widest <= 15:
		return 2
	default:
		return 1
	}
}

// width is a label's breadth in characters; emoji and other wide signs count double.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case joins(r):
		case r >= 0x1100:
			n += 2
		default:
			n++
		}
	}
	return n
}

// shorten cuts words to at most n characters, the last one an ellipsis.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

func pressData(menu, choice string) string { return menu + "|" + choice }

// readPress is the opposite of pressData; data that no menu of ours can have made gives an empty menu.
func readPress(data string) (menu, choice string) {
	menu, choice, ok := strings.Cut(data, "|")
	if !ok || len(data) > maxPress || !bot.MenuID(menu) || !bot.MenuID(choice) {
		return "", ""
	}
	return menu, choice
}
