package casework

import (
	"unicode"

	"rabeg/bot"
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
	case bot.WhatsApp, bot.WhatsAppCloud:
		return "WhatsApp"
	}
	return string(n)
}
