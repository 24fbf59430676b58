package casework

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Mask hides a name but its first letter: "Asep Sunarya" becomes "A***".
func Mask(name string) string {
	for _, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return string(unicode.ToUpper(r)) + "***"
		}
	}
	return "Warga"
}

// Nameless stands where nobody may learn who a person is.
const Nameless = "Anonim"

// NetworkName is how people call a network.
func NetworkName(n bot.Network) string {
	switch n {
	case bot.Telegram:
		return "Telegram"
	case bot.WhatsApp:
		return "WhatsApp"
	}
	return string(n)
}

// Where is a place in words: kelurahan always with its kecamatan, then what was said, then a link to the pin.
func Where(p report.Place) string {
	var parts []string
	if area := Area(p); area != "" {
		parts = append(parts, area)
	}
	if p.Said != "" {
		parts = append(parts, "“"+Clip(p.Said, 200)+"”")
	}
	if p.Note != "" {
		parts = append(parts, Clip(p.Note, 200))
	}
	if p.Pin != nil {
		parts = append(parts, fmt.Sprintf("https://maps.google.com/?q=%.6f,%.6f", p.Pin.Lat, p.Pin.Lon))
	}
	if p.Whose != "" {
		parts = append(parts, "sepertinya wilayah "+p.Whose)
	}
	if p.Unknown {
		parts = append(parts, "pelapor tidak tahu tempatnya")
	}
	if len(parts) == 0 && p.Nowhere {
		return "tidak terkait tempat"
	}
	return strings.Join(parts, " · ")
}

// Area names the kelurahan with its kecamatan ("Kel. Cipare, Kec. Serang"): two kelurahan may share a name.
func Area(p report.Place) string {
	var parts []string
	if p.AreaName != "" {
		parts = append(parts, "Kel. "+p.AreaName)
	}
	if p.DistrictName != "" {
		parts = append(parts, "Kec. "+p.DistrictName)
	}
	return strings.Join(parts, ", ")
}

// Clip cuts a text to at most n UTF-16 units (the measure of the networks' limits), with "…" where something was cut.
func Clip(s string, n int) string {
	if Units(s) <= n {
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
