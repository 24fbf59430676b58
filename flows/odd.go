package flows

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/say"
)

// odd answers what the product has no use for. Stickers come in bursts, which get one answer.
func (m *Machine) odd(s State, kind string) []Effect {
	v := m.Voice(s)
	words, sticker := v.Unsupported(kind), say.Sticker(kind)
	if kind == "revoke" && m.Open(s) {
		words += " " + v.StillNoted()
	}
	if !sticker && !m.Open(s) && (s.Ask == nil || s.Ask.Light) {
		words += "\n\n" + v.Invite()
	}
	out := m.side(s, words)
	if said, ok := out[0].(Say); ok && sticker {
		said.Hold = HoldBurst
		out[0] = said
	}
	return out
}

// heavy reports whether a file is larger than any network hands out.
func heavy(b bot.Body) bool {
	switch b := b.(type) {
	case bot.Photo:
		return b.Media.Size > MaxFile
	case bot.Voice:
		return b.Media.Size > MaxFile
	case bot.Document:
		return b.Media.Size > MaxFile
	}
	return false
}

// tooLarge says so at once, rather than on the operators' card; what was written under the file is taken in.
func (m *Machine) tooLarge(s State, in Said) (State, []Effect) {
	words := m.Voice(s).TooLarge()
	text := bot.Words(in.Event.Body)
	if strings.TrimSpace(text) == "" {
		return s, m.side(s, words)
	}
	in.Event.Body = bot.Text{Text: text}
	s, out := m.heard(s, in)
	return s, before(words, out)
}
