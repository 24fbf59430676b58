package casework

import (
	"regexp"
	"strings"

	"rabeg/internal/report"
)

// What identifies people and hides in a text: numbers of identity and family cards (16 digits), of phones, of vehicles, and
// addresses of mail.
var (
	identityNumber = regexp.MustCompile(`\b\d(?:[ .\-]?\d){15}\b`)
	phoneNumber    = regexp.MustCompile(`(?:\+?\b62|\b0)[ .\-]?8(?:[ .\-]?\d){7,11}\b`)
	vehicleNumber  = regexp.MustCompile(`(?i)\b(A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNRST]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABS]?|R|S|T|W|Z)[ .\-]?\d{2,4}[ .\-]?([A-Z]{1,3})\b`)
	mailAddress    = regexp.MustCompile(`(?i)\b[a-z0-9][a-z0-9._%+\-]*@[a-z0-9.\-]+\.[a-z]{2,}\b`)
)

// noPlate are words that follow numbers and end no vehicle's number.
var noPlate = map[string]bool{"jam": true, "rt": true, "rw": true, "km": true, "an": true, "th": true, "bln": true, "hr": true, "org": true, "kg": true,
	"cm": true, "mtr": true, "m": true, "rb": true, "jt": true, "ml": true, "kk": true, "x": true, "wib": true, "am": true, "pm": true, "mm": true, "ha": true}

// Veiled reports whether cards leave something out of what a report says, for it identifies people.
func Veiled(r report.Report) bool {
	told := r.Text + "\n" + r.Place.Said + "\n" + r.Place.Note
	return Veil(told) != told
}

// Veil hides what identifies people in a text, but for its beginning: "36••••", "08••••", "A ••••". A text without such is given
// back as it is.
func Veil(text string) string {
	if !strings.ContainsAny(text, "0123456789@") {
		return text
	}
	const dots = "••••"
	text = identityNumber.ReplaceAllStringFunc(text, func(s string) string { return s[:2] + dots })
	text = phoneNumber.ReplaceAllStringFunc(text, func(s string) string { return strings.TrimLeft(s, " ")[:2] + dots })
	text = mailAddress.ReplaceAllStringFunc(text, func(s string) string { return s[:1] + dots + s[strings.LastIndex(s, "@"):] })
	return vehicleNumber.ReplaceAllStringFunc(text, func(s string) string {
		parts := vehicleNumber.FindStringSubmatch(s)
		if noPlate[strings.ToLower(parts[2])] {
			return s
		}
		return strings.ToUpper(parts[1]) + " " + dots
	})
}
