package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
)

// Telegram's limits, in UTF-16 units.
const (
	maxText    = 4096
	maxCaption = 1024
)

// piece is a text that fits one message, with its bold stretches.
type piece struct {
	text string
	bold []models.MessageEntity
}

// units counts a text as Telegram does: in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// fits reports units(s) <= limit. No character has more units than bytes, so short texts need no counting.
func fits(s string, limit int) bool { return len(s) <= limit || units(s) <= limit }

// pieces splits a text into parts of at most limit units: at the end of a paragraph where there is one, else of a line,
// else of a word, else between characters. White space at the ends is dropped, as Telegram would; a text of white space
// alone gives no piece.
func pieces(text string, spans []bot.Span, limit int) []piece {
	var list []piece
	for from := 0; from < len(text); {
		to := from + cut(text[from:], limit)
		part := text[from:to]
		a := from + len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
		b := a + len(strings.TrimRightFunc(text[a:to], unicode.IsSpace))
		if a < b {
			list = append(list, piece{text: text[a:b], bold: entities(text, spans, a, b)})
		}
		from = to
	}
	return list
}

// entities are the bold stretches of text[a:b], counted in UTF-16 units from a. White space at their ends is left out.
func entities(text string, spans []bot.Span, a, b int) []models.MessageEntity {
	var list []models.MessageEntity
	at, offset := a, 0
	for _, s := range spans {
		from, to := max(s.From, a), min(s.To, b)
		if from >= to {
			continue
		}
		bold := text[from:to]
		from += len(bold) - len(strings.TrimLeftFunc(bold, unicode.IsSpace))
		bold = strings.TrimSpace(bold)
		if bold == "" {
			continue
		}
		offset += units(text[at:from])
		at = from
		if list == nil {
			list = make([]models.MessageEntity, 0, len(spans))
		}
		list = append(list, models.MessageEntity{
			Type: models.MessageEntityTypeBold, Offset: offset, Length: units(bold),
		})
	}
	return list
}

// cut is how many bytes of text go into the next part.
func cut(text string, limit int) int {
	if len(text) <= limit {
		return len(text)
	}
	most := reach(text, limit)
	if most == len(text) {
		return most
	}
	window := text[:most]
	// A break in the first half would make needlessly short parts. The character after the window counts: the part may
	// end right before a space.
	half := most / 2
	for _, mark := range []string{"\n\n", "\n", " "} {
		if strings.HasPrefix(text[most:], mark) {
			return most
		}
		if i := strings.LastIndex(window, mark); i > half {
			return i + len(mark)
		}
	}
	return between(text, most)
}

// reach is the number of bytes that limit units hold.
func reach(text string, limit int) int {
	n := 0
	for i, r := range text {
		n++
		if r > 0xffff {
			n++
		}
		if n > limit {
			return i
		}
	}
	return len(text)
}

// between moves a cut back so that it does not part what is shown as one character: a letter and its accents, the parts
// of a joined emoji. Something longer than 64 bytes is cut wherever the limit falls.
func between(text string, at int) int {
	for i := at; i > 0 && at-i < 64; {
		next, _ := utf8.DecodeRuneInString(text[i:])
		last, size := utf8.DecodeLastRuneInString(text[:i])
		if !joins(next) && last != '\u200d' {
			return i
		}
		i -= size
	}
	return at
}

// joins reports whether a character is shown as part of the one before it.
func joins(r rune) bool {
	return r == '\u200d' || r == '\ufe0f' || r == '\u20e3' || r >= 0x1f3fb && r <= 0x1f3ff ||
		r >= 0xe0020 && r <= 0xe007f || unicode.Is(unicode.M, r)
}

// clip shortens a text to one piece, ending in an ellipsis when something was left out.
func clip(text string, spans []bot.Span, limit int) (piece, bool) {
	list := pieces(text, spans, limit)
	if len(list) == 0 {
		return piece{}, false
	}
	if len(list) == 1 {
		return list[0], true
	}
	p := pieces(text, spans, limit-1)[0]
	p.text += "…"
	return p, true
}
