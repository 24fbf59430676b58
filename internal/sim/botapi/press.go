package botapi

import (
	"fmt"
	"strconv"
)

// Press presses an inline button, chosen by its label or its data, of a message as it is now, and gives the id of the
// callback query. Errors: ErrNotMember, ErrNoMessage, ErrNoButton.
func (a Seat) Press(message int, labelOrData string) (string, error) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	c, p, err := a.enter()
	if err != nil {
		return "", err
	}
	m := c.entries[message]
	if m == nil {
		return "", fmt.Errorf("press on %d: %w", message, ErrNoMessage)
	}
	data, ok := m.button(labelOrData)
	if !ok {
		return "", fmt.Errorf("press %q on %d: %w", labelOrData, message, ErrNoButton)
	}
	return a.s.press(c, p, message, data), nil
}

// PressAny sends the press of a button that need not exist: forged data, or a button that was there before an edit. A
// message the server no longer has is named as inaccessible.
func (a Seat) PressAny(message int, data string) (string, error) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	c, p, err := a.enter()
	if err != nil {
		return "", err
	}
	return a.s.press(c, p, message, data), nil
}

// button finds the data of a button by its label, or else by its data.
func (m *Seen) button(key string) (string, bool) {
	if m.ReplyMarkup == nil {
		return "", false
	}
	found := ""
	for _, row := range m.ReplyMarkup.Rows {
		for _, b := range row {
			if b.CallbackData != "" && b.Text == key {
				return b.CallbackData, true
			}
			if b.CallbackData != "" && b.CallbackData == key {
				found = b.CallbackData
			}
		}
	}
	return found, found != ""
}

func (s *Server) press(c *chat, p *Person, message int, data string) string {
	s.lastCall++
	id := strconv.FormatInt(4_000_000_000_000_000_000+s.lastCall, 10)
	q := &CallbackQuery{
		ID: id, From: p.user, Data: data, ChatInstance: strconv.FormatInt(-c.info.ID*7919, 10),
		Message: inaccessible{Chat: c.info, MessageID: message},
	}
	if m := c.entries[message]; m != nil {
		q.Message = &m.Message
	}
	s.queries.add(id, c.info.ID)
	s.notify("callback_query", c.info.ID, q)
	return id
}

// Keyboard is the reply keyboard that stands in the chat now; nil when there is none.
func (a Seat) Keyboard() *ReplyKeyboard {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	if c := a.s.chats[a.chat]; c != nil {
		return c.keyboard
	}
	return nil
}

// PressKey presses a key of the reply keyboard: its label is sent as a text. A key that asks for the location fails;
// send a Location instead. Errors: ErrNoButton.
func (a Seat) PressKey(label string) (Message, error) {
	k := a.Keyboard()
	if k == nil {
		return Message{}, fmt.Errorf("key %q: %w", label, ErrNoButton)
	}
	for _, row := range k.Rows {
		for _, key := range row {
			if key.Text == label && !key.RequestLocation && !key.RequestContact {
				return a.Text(label)
			}
		}
	}
	return Message{}, fmt.Errorf("key %q: %w", label, ErrNoButton)
}

// Block blocks the bot: it learns of it, and writing to the person fails with 403.
func (p *Person) Block() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[p.person]
	if c.standing != expelled {
		p.s.moveBot(c, p.user, expelled, ChatMember{Status: "kicked", User: &p.s.me})
	}
}

// Unblock takes the block away.
func (p *Person) Unblock() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[p.person]
	if c.standing == expelled {
		p.s.moveBot(c, p.user, present, ChatMember{Status: "member", User: &p.s.me})
	}
}
