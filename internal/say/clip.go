package say

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clip cuts a text to at most n UTF-16 units (the measure of the networks' limits), with "…" where something was cut.
func Clip(s string, n int) string {
	if len(s) <= n || Units(s) <= n {
		return s
	}
	units := 0
	for i, r := range s {
		w := 1
		if r >= 0x10000 {
			w = 2
		}
		if units+w > n-1 {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + "…"
		}
		units += w
	}
	return s
}

// Units is the length of a text in UTF-16 units.
func Units(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r >= 0x10000 {
			n++
		}
	}
	return n
}
