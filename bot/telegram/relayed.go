package telegram

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
)

// relayed reports whether somebody else than the sender wrote a message: it was forwarded, made by another bot, or all of it is
// marked as a quotation.
func relayed(m *models.Message) bool {
	if m.ForwardOrigin != nil || m.ViaBot != nil || m.SenderBusinessBot != nil {
		return true
	}
	text, entities := m.Text, m.Entities
	if text == "" {
		text, entities = m.Caption, m.CaptionEntities
	}
	for _, e := range entities {
		if e.Type == models.MessageEntityTypeBlockquote || e.Type == models.MessageEntityTypeExpandableBlockquote {
			return len(utf16.Encode([]rune(strings.TrimRightFunc(text, unicode.IsSpace)))) <= e.Length
		}
	}
	return false
}

// called takes the bot's own mention out of the words: it only calls the bot ("@rabeg_bot /tugas").
func called(b bot.Body, me self) bot.Body {
	switch b := b.(type) {
	case bot.Text:
		b.Text = uncalled(b.Text, me)
		return b
	case bot.Photo:
		b.Caption = uncalled(b.Caption, me)
		return b
	case bot.Voice:
		b.Caption = uncalled(b.Caption, me)
		return b
	case bot.Document:
		b.Caption = uncalled(b.Caption, me)
		return b
	}
	return b
}

func uncalled(words string, me self) string {
	name := "@" + me.name
	if me.name == "" || len(words) < len(name) {
		return words
	}
	for at := 0; ; {
		i := strings.IndexByte(words[at:], '@')
		if i < 0 || at+i+len(name) > len(words) {
			return strings.TrimSpace(words)
		}
		at += i
		end := at + len(name)
		if !strings.EqualFold(words[at:end], name) || at > 0 && !apart(words[at-1]) || end < len(words) && !apart(words[end]) {
			at++
			continue
		}
		rest := words[end:]
		if at == 0 || words[at-1] == ' ' {
			rest = strings.TrimLeft(rest, " ")
		}
		words = words[:at] + rest
	}
}

// apart reports whether a byte may stand beside a mention: no part of a name.
func apart(c byte) bool {
	return c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c < 0x80
}
