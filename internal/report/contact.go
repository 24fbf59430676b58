package report

import (
	"strings"
	"unicode"

	"rabeg/bot"
)

// Dialled reads a number as people write it ("0812-3456-7890", "+62 812 3456 7890", "628123…") into digits alone, with the
// country's first; ok is false for what is no number of a phone.
func Dialled(text string) (number string, ok bool) {
	var b strings.Builder
	for _, r := range text {
		switch d, digit := bot.Digit(r); {
		case digit:
			b.WriteByte('0' + d)
		case unicode.IsLetter(r):
			return "", false
		}
	}
	number = b.String()
	switch {
	case strings.HasPrefix(number, "00"):
		number = number[2:]
	case strings.HasPrefix(number, "0"):
		number = "62" + number[1:]
	case strings.HasPrefix(number, "8"):
		number = "62" + number
	}
	return number, len(number) >= 9 && len(number) <= 15
}
