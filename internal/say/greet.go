package say

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Greet greets back, in half a line, who begins a matter with a greeting; "" where text begins with none.
func (v Voice) Greet(text string) string {
	words := strings.Fields(bot.Fold(Clip(text, 60)))
	if len(words) == 0 {
		return ""
	}
	first, second := words[0], ""
	if len(words) > 1 {
		second = words[1]
	}
	switch {
	case strings.Contains(first, "salamualaik"), strings.Contains(first, "salamulaik"),
		slices.Contains([]string{"assalamu", "asalamu", "aslm", "samlekum", "salamlekum"}, first):
		return "Waalaikumsalam! 🙏"
	case first == "om" && strings.HasPrefix(second, "swasti"):
		return "Om swastiastu! 🙏"
	case first == "selamat" && dayTime(second), first == "good" && dayTime(second), dayTime(first) && called(second),
		slices.Contains([]string{"halo", "hallo", "haloo", "hai", "hei", "hi", "hello", "hey", "salam", "permisi", "punten",
			"sampurasun", "rahayu", "kulonuwun"}, first):
		return v.Hello()
	}
	return ""
}

// called reports whether a word is how people call whom they greet: "pagi min" greets, "pagi tadi" tells when.
func called(word string) bool {
	return slices.Contains([]string{"", "pak", "bapak", "bu", "ibu", "min", "admin", "mimin", "kak", "kakak", "mas", "mbak", "bang", "gan", "sir", "semua"}, word)
}

func dayTime(word string) bool {
	return slices.Contains([]string{"pagi", "siang", "sore", "malam", "malem", "morning", "afternoon", "evening"}, word)
}
