package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
)

// alphabet holds the characters of a report number: digits and capitals without those that are taken for one another
// (0 O, 1 I L). There are 31 of them, a prime: so the check character below catches every single wrong character and
// every swap of two neighbours (the pure system of ISO 7064, modulus 31, radix 3).
const (
	alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	modulus  = len(alphabet)
	radix    = 3
	digits   = 8 // how many of the alphabet are digits; they stand first
	letters  = modulus - digits
	randoms  = 5 // characters before the check character
	// Numbers were a character shorter once ("SRG-7K3M-9"). They are read for ever, and never made any more.
	oldRandoms = 4
)

// Codes is how many numbers a prefix has: five characters of the alphabet, at least one of them a digit, so that a number
// is never an Indonesian word after "srg" (serang).
const Codes = modulus*modulus*modulus*modulus*modulus - letters*letters*letters*letters*letters

// NewCode makes a number from a seed: prefix, five characters, a check character ("SRG-7K3MQ-9"). The same seed gives the
// same number, and another seed may give it as well: whoever keeps numbers must be ready to take the next.
func NewCode(prefix string, seed uint64) Code { return CodeAt(prefix, mix(seed)) }

// Slices is how many slices the numbers of a prefix are dealt into, each as good as the other: 1.4 million numbers, of which
// nobody sees which slice they are of. A database draws from one of them. One that was put back from a backup takes another: so
// no number is given anew that was given in the time that was lost.
const Slices = 16

// NewCodeIn is NewCode from one slice, 0 to Slices-1.
func NewCodeIn(prefix string, seed uint64, slice int) Code {
	return CodeAt(prefix, mix(seed)%uint64(Codes/Slices)*Slices+uint64(slice))
}

// CodeAt is the n-th of all numbers of a prefix, which is counted round: each number is met once from 0 to Codes-1.
func CodeAt(prefix string, n uint64) Code {
	n %= uint64(Codes)
	var c [randoms]byte
	take := func(i, first, of int) {
		c[i] = alphabet[first+int(n%uint64(of))]
		n /= uint64(of)
	}
	for first := range c { // where the first digit stands: letters before it, anything behind it
		block := uint64(digits)
		for i := range c {
			if i < first {
				block *= uint64(letters)
			} else if i > first {
				block *= uint64(modulus)
			}
		}
		if n >= block {
			n -= block
			continue
		}
		for i := randoms - 1; i > first; i-- {
			take(i, 0, modulus)
		}
		take(first, 0, digits)
		for i := first - 1; i >= 0; i-- {
			take(i, digits, letters)
		}
		break
	}
	return format(prefix, string(c[:]), check(string(c[:])))
}

// mix spreads a seed over 64 bits (splitmix64), so that seeds in a row give numbers that look nothing alike.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}

func format(prefix, body string, sum byte) Code {
	return Code(strings.ToUpper(prefix) + "-" + body + "-" + string(sum))
}

// check gives the check character of the characters before it; all must be of the alphabet.
func check(body string) byte {
	p := 0
	for i := range len(body) {
		p = (p + strings.IndexByte(alphabet, body[i])) * radix % modulus
	}
	return alphabet[(modulus+1-p)%modulus]
}

// sound reports whether characters are those of a number, new or old, with their check character.
func sound(all string) bool {
	if len(all) != randoms+1 && len(all) != oldRandoms+1 {
		return false
	}
	for i := range len(all) {
		if strings.IndexByte(alphabet, all[i]) < 0 {
			return false
		}
	}
	body, sum := all[:len(all)-1], all[len(all)-1]
	return strings.ContainsAny(body, alphabet[:digits]) && check(body) == sum
}

// whole writes the number that sound characters are.
func whole(prefix, all string) Code { return format(prefix, all[:len(all)-1], all[len(all)-1]) }

// ParseCode reads a number that is the whole text, however sloppily typed ("srg 7k3mq 9", "SRG7K3MQ9", "7k3mq-9"). ok is
// false when it is none, or when its check character does not fit.
func ParseCode(prefix, text string) (Code, bool) {
	all := squeeze(text)
	if len(all) > randoms+1 {
		if !strings.HasPrefix(all, strings.ToUpper(prefix)) {
			return "", false
		}
		all = all[len(prefix):]
	}
	if !sound(all) {
		return "", false
	}
	return whole(prefix, all), true
}

// LeadingCode reads a number, prefix and all, at the very beginning of a text. end is where it ends, in bytes.
func LeadingCode(prefix, text string) (c Code, end int, ok bool) {
	up := ascii(text)
	if !strings.HasPrefix(up, strings.ToUpper(prefix)) {
		return "", 0, false
	}
	t := following(up[len(prefix):])
	if !sound(t.all) {
		return "", 0, false
	}
	return whole(prefix, t.all), before(text, len(prefix)+t.end), true
}

// FindCode looks for a number anywhere in a text. found says that something there is meant as one, valid that its check
// character fits; of several the first valid one counts. Without its prefix a number is only found when it is the whole
// text. What is found but not valid comes back in capitals.
func FindCode(prefix, text string) (c Code, found, valid bool) {
	up := ascii(text)
	if len(up) <= shortest {
		if c, ok := ParseCode(prefix, up); ok && (len(squeeze(up)) > randoms+1 || following(up).all == squeeze(up)) {
			return c, true, true
		}
	}
	var wrong Code
	for at := 0; ; {
		i := strings.Index(up[at:], strings.ToUpper(prefix))
		if i < 0 {
			return wrong, wrong != "", false
		}
		start := at + i
		at = start + len(prefix)
		if start > 0 && word(up[start-1]) {
			continue
		}
		t := following(up[at:])
		if sound(t.all) {
			return whole(prefix, t.all), true, true
		}
		if wrong == "" && (t.tight || len(up) <= shortest) && meant(t.all) {
			wrong = t.code(prefix)
		}
	}
}

// AroundCode is a text without the first valid number in it; ok is false where there is none.
func AroundCode(prefix, text string) (rest string, ok bool) {
	up := ascii(text)
	for at := 0; ; {
		i := strings.Index(up[at:], strings.ToUpper(prefix))
		if i < 0 {
			return text, false
		}
		start := at + i
		at = start + len(prefix)
		if start > 0 && word(up[start-1]) {
			continue
		}
		if t := following(up[at:]); sound(t.all) {
			return strings.TrimSpace(strings.TrimSpace(text[:before(text, start)]) + " " + strings.TrimSpace(text[before(text, at+t.end):])), true
		}
	}
}

// StrayCode reads, at the very beginning of a text, a number that stands without its prefix ("7K3MQ-9", valid) or behind a wrong
// one ("SGR-7K3MQ-9"): seen is what was typed, in capitals, and end where it ends, in bytes. A dash and a digit among letters make a
// word a number; without the dash only a check character that fits does.
func StrayCode(prefix, text string) (c Code, seen string, end int, ok bool) {
	up := ascii(text)
	switch t := following(up); {
	case !numeric(t.all):
	case sound(t.all):
		return whole(prefix, t.all), up[:t.end], before(text, t.end), true
	case t.apart && up[t.end-2] == '-':
		return "", up[:t.end], before(text, t.end), true
	}
	for n := min(run(up), 4); n >= 2; n-- {
		if up[:n] == strings.ToUpper(prefix) || strings.Trim(up[:n], "0123456789") == "" {
			continue
		}
		t := following(up[n:])
		dashed := t.apart && len(up) > n && up[n] == '-' && numeric(t.all)
		if dashed || sound(t.all) && (t.apart || run(up) == n+len(t.all)) {
			return "", up[:n+t.end], before(text, n+t.end), true
		}
	}
	return "", "", 0, false
}

// numeric reports whether the characters before the last have a digit among letters, as nearly all numbers do and hardly a word.
func numeric(all string) bool {
	body := all[:max(0, len(all)-1)]
	return strings.ContainsAny(body, "0123456789") && strings.Trim(body, "0123456789") != ""
}

// shortest is how long a text is, in bytes, that may be a number and nothing else.
const shortest = 17

// typed is what somebody typed after a number's prefix.
type typed struct {
	all   string // its letters and digits
	apart bool   // the last of them stands apart
	tight bool   // it hangs on the prefix, by a dash or directly, as only a number does
	end   int    // where it ends
}

// code writes a wrong number the way a right one looks.
func (t typed) code(prefix string) Code {
	body := t.all
	if n := len(body) - 1; t.apart || n == randoms {
		body = body[:n] + "-" + body[n:]
	}
	return Code(strings.ToUpper(prefix) + "-" + body)
}

// meant tells a mistyped number from words that happen to follow the prefix.
func meant(all string) bool {
	return len(all) >= 3 && len(all) <= 8 && strings.ContainsAny(all, "0123456789")
}

// following reads the characters that may be a number after its prefix: one run of letters and digits, or a run of five, or
// of the four of an old number, and then one more. Five with one more are never read as an old number and the word behind
// it: else a new one with a slip could pass for an old one.
func following(s string) typed {
	rest := strings.TrimLeft(s, " -._#:")
	gap := s[:len(s)-len(rest)]
	if len(gap) > 3 {
		return typed{}
	}
	n := run(rest)
	t := typed{all: rest[:n], tight: !strings.Contains(gap, " ") || strings.Contains(gap, "-"), end: len(gap) + n}
	if n != randoms && n != oldRandoms {
		return t
	}
	tail := strings.TrimLeft(rest[n:], " -._")
	if len(rest)-n-len(tail) > 3 || run(tail) != 1 {
		return t
	}
	t.all, t.apart, t.end = t.all+tail[:1], true, len(s)-len(tail)+1
	if n == oldRandoms && len(tail) > 1 && tail[1] == '-' && run(tail[2:]) == 1 { // five of which the last was torn off
		t.all, t.end = t.all+tail[2:3], t.end+2
	}
	return t
}

func run(s string) int {
	n := 0
	for n < len(s) && word(s[n]) {
		n++
	}
	return n
}

func word(b byte) bool { return b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' }

// squeeze keeps the letters and digits of a short text, in capitals.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && word(byte(r)) {
			return r
		}
		if r >= 0x80 || r == '/' || r == ',' {
			return '?'
		}
		return -1
	}, ascii(s))
}

// ascii brings letters to capitals, digits of all scripts to our own, the dashes and spaces that phones put in to a plain one,
// and takes out what shows nothing. Its length may change.
func ascii(s string) string { return strings.Map(capital, s) }

func capital(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	case r == '\n', r == '\t':
		return ' '
	case r < utf8.RuneSelf:
		return r
	case r >= '\u2010' && r <= '\u2015', r == '\u2212', r == '\uff0d', r == '\ufe63':
		return '-'
	case r >= 'Ａ' && r <= 'Ｚ':
		return r - 'Ａ' + 'A'
	case r >= 'ａ' && r <= 'ｚ':
		return r - 'ａ' + 'A'
	case unicode.IsSpace(r):
		return ' '
	case bot.Invisible(r):
		return -1
	}
	if d, ok := bot.Digit(r); ok {
		return '0' + rune(d)
	}
	return r
}

// before is how much of a text makes the first n bytes of its capitals.
func before(text string, n int) int {
	for i, r := range text {
		if n <= 0 {
			return i
		}
		if c := capital(r); c >= 0 {
			n -= utf8.RuneLen(c)
		}
	}
	return len(text)
}
