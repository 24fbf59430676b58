package report

import (
	"strings"
)

// alphabet holds the characters of a report number: digits and capitals without those that are taken for one another
// (0 O, 1 I L). There are 31 of them, a prime: so the check character below catches every single wrong character and
// every swap of two neighbours (the pure system of ISO 7064, modulus 31, radix 3).
const (
	alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
	modulus  = len(alphabet)
	radix    = 3
	digits   = 8 // how many of the alphabet are digits; they stand first
	randoms  = 4 // characters before the check character
)

// NewCode makes a number from a seed: prefix, four characters, a check character ("SRG-7K3M-9"). The same seed gives the
// same number. The four hold at least one digit, so that a number is never an Indonesian word after "srg" (serang).
// There are 643,680 numbers per prefix: whoever keeps them must be ready to take another seed.
func NewCode(prefix string, seed uint64) Code {
	for {
		var c [randoms]byte
		digit := false
		x := mix(seed)
		for i := range c {
			k := int(x % uint64(modulus))
			x /= uint64(modulus)
			digit = digit || k < digits
			c[i] = alphabet[k]
		}
		if digit {
			return format(prefix, string(c[:]), check(string(c[:])))
		}
		seed = x ^ (seed + 1)
	}
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

// sound reports whether five characters are a number's four with their check character.
func sound(five string) bool {
	if len(five) != randoms+1 {
		return false
	}
	for i := range len(five) {
		if strings.IndexByte(alphabet, five[i]) < 0 {
			return false
		}
	}
	return check(five[:randoms]) == five[randoms]
}

// ParseCode reads a number that is the whole text, however sloppily typed ("srg 7k3m 9", "SRG7K3M9", "7k3m-9"). ok is
// false when it is none, or when its check character does not fit.
func ParseCode(prefix, text string) (Code, bool) {
	five := squeeze(text)
	if len(five) == len(prefix)+randoms+1 {
		if !strings.HasPrefix(five, strings.ToUpper(prefix)) {
			return "", false
		}
		five = five[len(prefix):]
	}
	if !sound(five) {
		return "", false
	}
	return format(prefix, five[:randoms], five[randoms]), true
}

// FindCode looks for a number anywhere in a text. found says that something there is meant as one, valid that its check
// character fits; of several the first valid one counts. Without its prefix a number is only found when it is the whole
// text. What is found but not valid comes back in capitals.
func FindCode(prefix, text string) (c Code, found, valid bool) {
	if len(text) <= 16 {
		if c, ok := ParseCode(prefix, text); ok && strings.ContainsAny(squeeze(text), alphabet[:digits]) {
			return c, true, true
		}
	}
	up := ascii(text)
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
		body, tight := following(up[at:])
		if len(body) > randoms && sound(body) {
			return format(prefix, body[:randoms], body[randoms]), true, true
		}
		if wrong == "" && (tight || len(text) <= 16) && meant(body) {
			wrong = typed(prefix, body)
		}
	}
}

// typed writes a wrong number the way a right one looks.
func typed(prefix, body string) Code {
	if len(body) == randoms+1 {
		body = body[:randoms] + "-" + body[randoms:]
	}
	return Code(strings.ToUpper(prefix) + "-" + body)
}

// meant tells a mistyped number from words that happen to follow the prefix.
func meant(body string) bool {
	return len(body) >= 3 && len(body) <= 7 && strings.ContainsAny(body, "0123456789")
}

// following reads the characters that may be a number after its prefix: one run of letters and digits, or a run of four
// and then one more. tight says that they hang on the prefix, by a dash or directly, as only a number does.
func following(s string) (body string, tight bool) {
	rest := strings.TrimLeft(s, " -._#:")
	gap := s[:len(s)-len(rest)]
	if len(gap) > 3 {
		return "", false
	}
	tight = !strings.Contains(gap, " ") || strings.Contains(gap, "-")
	n := run(rest)
	if n != randoms {
		return rest[:n], tight
	}
	tail := strings.TrimLeft(rest[n:], " -._")
	if len(rest)-n-len(tail) <= 3 && run(tail) == 1 {
		return rest[:n] + tail[:1], tight
	}
	return rest[:n], tight
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

// ascii brings letters to capitals and the dashes that phones put in to a plain one. Its length may change.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= '\u2010' && r <= '\u2015', r == '\u2212':
			return '-'
		case r == '\n', r == '\t', r == '\u00a0':
			return ' '
		}
		return r
	}, s)
}
