// Package wasign writes texts with the signs by which WhatsApp formats, for every way that leads there, and splits them into parts.
package wasign

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
)

// How WhatsApp formats, as far as is known: a run between two *, _ or ~ is bold, italic or struck out when the first
// stands after a space, a sign or nothing and before something that is no space, and the second the other way round, on
// the same line; between two ` or ``` it is code; a line that begins with "> " is a quotation. There is no escape.
//
// So what people wrote is kept from formatting by invisible characters that break these conditions: after a sign that
// could begin a run, a hair space, which every parser counts as a space; around a ` and before "> " a zero-width space.
// They are put only where a run could begin and end, and never inside a web address. What phones really do could not be
// tried here.
const (
	// Hair and ZeroWidth are the characters that disarm.
	Hair      = "\u200a"
	ZeroWidth = "\u200b"
)

// Styled writes a text with its bold stretches in WhatsApp's own signs, all other signs disarmed.
func Styled(text string, spans []bot.Span) string {
	var b strings.Builder
	at := 0
	for _, s := range byLine(text, spans) {
		s = trim(text, s)
		if s.From < at || !canBeBold(text, s) {
			continue
		}
		b.WriteString(Disarm(text[at:s.From]))
		b.WriteByte('*')
		b.WriteString(text[s.From:s.To])
		b.WriteByte('*')
		at = s.To
	}
	b.WriteString(Disarm(text[at:]))
	return b.String()
}

// byLine cuts stretches at line breaks: a run of style ends with its line.
func byLine(text string, spans []bot.Span) []bot.Span {
	var list []bot.Span
	for _, s := range spans {
		for from := s.From; from < s.To; {
			to := s.To
			if i := strings.IndexByte(text[from:to], '\n'); i >= 0 {
				to = from + i
			}
			list = append(list, bot.Span{From: from, To: to})
			from = to + 1
		}
	}
	return list
}

func trim(text string, s bot.Span) bot.Span {
	part := text[s.From:s.To]
	s.From += len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	s.To = s.From + len(strings.TrimSpace(part))
	return s
}

// canBeBold reports whether signs around the stretch would be read as such.
func canBeBold(text string, s bot.Span) bool {
	if s.From >= s.To || strings.ContainsAny(text[s.From:s.To], "*_~`\n") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:s.From])
	after, _ := utf8.DecodeRuneInString(text[s.To:])
	return (s.From == 0 || edge(before)) && (s.To == len(text) || edge(after))
}

// edge reports whether a sign of style may stand beside the character.
func edge(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '*' }

// Disarm keeps what is written from being read as style.
func Disarm(text string) string {
	if !strings.ContainsAny(text, "*_~`>") {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = disarmLine(line)
	}
	return strings.Join(lines, "\n")
}

func disarmLine(line string) string {
	var b strings.Builder
	if strings.HasPrefix(line, ">") {
		b.WriteString(ZeroWidth)
	}
	for i, r := range line {
		switch {
		case r == '`' && strings.Count(line, "`") > 1:
			b.WriteString(ZeroWidth + "`" + ZeroWidth)
		case (r == '*' || r == '_' || r == '~') && begins(line, i):
			b.WriteRune(r)
			b.WriteString(Hair)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// begins reports whether the sign at i could begin a run: another of its kind follows, it stands after an edge and before
// something. Not in a web address, which must stay whole.
func begins(line string, i int) bool {
	sign := line[i]
	rest := line[i+1:]
	if !strings.ContainsRune(rest, rune(sign)) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	after, _ := utf8.DecodeRuneInString(rest)
	if i > 0 && (unicode.IsLetter(before) || unicode.IsDigit(before)) || unicode.IsSpace(after) {
		return false
	}
	word := line[strings.LastIndexAny(line[:i], " \t")+1:]
	if end := strings.IndexAny(word, " \t"); end >= 0 {
		word = word[:end]
	}
	return !strings.Contains(word, "://") && !strings.HasPrefix(word, "www.")
}

// Numbered is a menu written out, each choice on a line of its own behind its number.
func Numbered(m bot.Menu) string {
	lines := make([]string, len(m.Choices))
	for i, c := range m.Choices {
		label := strings.Join(strings.Fields(bot.Unmark(c.Label)), " ")
		lines[i] = "*" + strconv.Itoa(i+1) + "* " + Disarm(label)
	}
	return strings.Join(lines, "\n")
}

// Piece is a part of a text that fits one message, with its bold stretches.
type Piece struct {
	Text  string
	Spans []bot.Span
}

// Pieces splits a text into parts of at most limit characters: at the end of a paragraph where there is one, else of a
// line, else of a word. White space at the ends is dropped; a text of white space alone gives no piece.
func Pieces(text string, spans []bot.Span, limit int) []Piece {
	var list []Piece
	for from := 0; from < len(text); {
		to := from + cut(text[from:], limit)
		part := trim(text, bot.Span{From: from, To: to})
		if part.From < part.To {
			p := Piece{Text: text[part.From:part.To]}
			for _, s := range spans {
				s.From, s.To = max(s.From, part.From)-part.From, min(s.To, part.To)-part.From
				if s.From < s.To {
					p.Spans = append(p.Spans, s)
				}
			}
			list = append(list, p)
		}
		from = to
	}
	return list
}

// Units is how many characters phones count for one: its UTF-16 units.
func Units(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// Len is the length of a text in such characters.
func Len(text string) int {
	n := 0
	for _, r := range text {
		n += Units(r)
	}
	return n
}

// cut is how many bytes of text go into the next part.
func cut(text string, limit int) int {
	if len(text) <= limit {
		return len(text)
	}
	most, n := len(text), 0
	for i, r := range text {
		if n += Units(r); n > limit {
			most = i
			break
		}
	}
	if most == len(text) {
		return most
	}
	for _, mark := range []string{"\n\n", "\n", " "} {
		if i := strings.LastIndex(text[:most], mark); i > most/2 {
			return i + len(mark)
		}
	}
	for i := most; i > 0 && most-i < 64; { // not inside what is shown as one character
		next, _ := utf8.DecodeRuneInString(text[i:])
		last, size := utf8.DecodeLastRuneInString(text[:i])
		if !joins(next) && last != '\u200d' {
			return i
		}
		i -= size
	}
	return most
}

// joins reports whether a character is shown as part of the one before it.
func joins(r rune) bool {
	return r == '\u200d' || r == '\ufe0f' || r == '\u20e3' || r >= 0x1f3fb && r <= 0x1f3ff ||
		r >= 0xe0020 && r <= 0xe007f || unicode.Is(unicode.M, r)
}

// Visible is a line as phones show it, by the rules above: without the signs that were read as style and what cannot be seen.
func Visible(line string) string {
	r := []rune(line)
	var out []rune
	for i := 0; i < len(r); i++ {
		if end := runAt(r, i); end > 0 {
			out = append(out, r[i+1:end]...)
			i = end
			continue
		}
		out = append(out, r[i])
	}
	return strings.NewReplacer(Hair, "", ZeroWidth, "").Replace(string(out))
}

// runAt gives the closing sign of a styled run that opens at i, 0 when none does.
func runAt(r []rune, i int) int {
	if !strings.ContainsRune("*_~", r[i]) || i > 0 && !edge(r[i-1]) || i+1 >= len(r) || isSpace(r[i+1]) {
		return 0
	}
	for j := i + 2; j < len(r); j++ {
		if r[j] == r[i] && !isSpace(r[j-1]) && (j+1 == len(r) || edge(r[j+1])) {
			return j
		}
	}
	return 0
}

func isSpace(r rune) bool { return strings.ContainsRune(" \t\u00a0"+Hair, r) }
