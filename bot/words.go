package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold brings words to the form in which answers are compared: lower case, letters and digits only, single spaces.
// "1️⃣", "1.", "①", "١" and " 1) " all become "1"; "✅ Kirim!" becomes "kirim".
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf { // nearly all that people write, and the most of what is folded
			i++
			c = small[c]
			if c == 0 {
				gap = true
				continue
			}
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteByte(c)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if d, ok := Digit(r); ok {
			r = '0' + rune(d)
		}
		switch {
		case blank(r):
			gap = true
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case r == '\ufe0f' || r == '\u20e3' || Invisible(r) && r != '\u200b':
			// parts of an emoji digit, and what phones put into words: no gap
		default:
			gap = true
		}
	}
	return b.String()
}

// small are the letters and digits of ASCII in lower case, 0 for what parts words.
var small = [utf8.RuneSelf]byte{
	'0': '0', '1': '1', '2': '2', '3': '3', '4': '4', '5': '5', '6': '6', '7': '7', '8': '8', '9': '9',
	'a': 'a', 'b': 'b', 'c': 'c', 'd': 'd', 'e': 'e', 'f': 'f', 'g': 'g', 'h': 'h', 'i': 'i', 'j': 'j', 'k': 'k', 'l': 'l', 'm': 'm',
	'n': 'n', 'o': 'o', 'p': 'p', 'q': 'q', 'r': 'r', 's': 's', 't': 't', 'u': 'u', 'v': 'v', 'w': 'w', 'x': 'x', 'y': 'y', 'z': 'z',
	'A': 'a', 'B': 'b', 'C': 'c', 'D': 'd', 'E': 'e', 'F': 'f', 'G': 'g', 'H': 'h', 'I': 'i', 'J': 'j', 'K': 'k', 'L': 'l', 'M': 'm',
	'N': 'n', 'O': 'o', 'P': 'p', 'Q': 'q', 'R': 'r', 'S': 's', 'T': 't', 'U': 'u', 'V': 'v', 'W': 'w', 'X': 'x', 'Y': 'y', 'Z': 'z',
}

// Digit is the decimal digit that a character of any script is, in a circle too ("7", "٧", "７", "⑦"): 0 to 9.
func Digit(r rune) (d byte, ok bool) {
	switch {
	case r < utf8.RuneSelf:
		return byte(r - '0'), r >= '0' && r <= '9'
	case r >= '①' && r <= '⑨':
		return byte(r-'①') + 1, true
	case r >= '❶' && r <= '❾':
		return byte(r-'❶') + 1, true
	case r >= '➀' && r <= '➈':
		return byte(r-'➀') + 1, true
	case r >= '➊' && r <= '➒':
		return byte(r-'➊') + 1, true
	case !unicode.IsDigit(r):
		return 0, false
	}
	for _, in := range unicode.Nd.R16 { // each range begins with a zero and holds whole sets of ten
		if rune(in.Lo) <= r && r <= rune(in.Hi) {
			return byte((r - rune(in.Lo)) % 10), true
		}
	}
	for _, in := range unicode.Nd.R32 {
		if rune(in.Lo) <= r && r <= rune(in.Hi) {
			return byte((r - rune(in.Lo)) % 10), true
		}
	}
	return 0, false
}

// Invisible reports whether a character shows nothing: soft hyphens, joiners, marks of direction, the spaces without width.
func Invisible(r rune) bool {
	return r >= utf8.RuneSelf && (unicode.Is(unicode.Cf, r) || r == '\u034f' || r == '\u115f' || r == '\u1160' || r >= '\ufe00' && r <= '\ufe0f')
}

// blank reports whether a character that is no space looks like one: the fillers of Hangul, and a cell of Braille without a dot.
func blank(r rune) bool { return r == '\u2800' || r == '\u3164' || r == '\uffa0' }

// Command splits "/status SRG-1@x" into its name and the rest. The name is lower case, without a "@botname". Whatever space a
// phone puts behind the name ends it.
func Command(text string) (name, rest string, ok bool) {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || blank(r) || Invisible(r) })
	if len(text) < 2 || text[0] != '/' {
		return "", "", false
	}
	head := text[1:]
	if end := strings.IndexFunc(head, ends); end >= 0 {
		head, rest = head[:end], strings.TrimFunc(head[end:], ends)
	}
	name, _, _ = strings.Cut(strings.Map(visible, head), "@")
	if name == "" {
		return "", "", false
	}
	return strings.ToLower(name), strings.Map(plain, rest), true
}

// ends reports whether a character stands between a command and what follows it.
func ends(r rune) bool {
	return unicode.IsSpace(r) || blank(r) || Invisible(r) && r != '\u00ad' && r != '\u200c' && r != '\u200d'
}

func visible(r rune) rune {
	if Invisible(r) {
		return -1
	}
	return r
}

// plain makes one kind of space of all, but for line breaks and tabs.
func plain(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case r == '\u2028' || r == '\u2029':
		return '\n'
	case unicode.Is(unicode.Zs, r), blank(r):
		return ' '
	}
	return r
}

// Clean makes what a person wrote safe to keep and to show again: valid UTF-8, no NUL or other control characters but
// line breaks and tabs, no marks of ours, one kind of space, and neither soft hyphens nor characters that turn the
// direction of the text around them.
func Clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return -1
		case unicode.IsControl(r):
			return -1
		case r < utf8.RuneSelf:
			return r
		case r == boldOn || r == boldOff:
			return -1
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		case r == '\u00ad':
			return -1
		}
		return plain(r)
	}, s))
}
