package say

import (
	"cmp"
	"slices"
	"strings"

	"rabeg/bot"
)

// salam is how the greeting of Muslims is answered, in whatever language.
const salam = "Waalaikumsalam! 🙏"

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
		slices.Contains([]string{"assalamu", "asalamu", "aslm", "samlekum", "salamlekum", "salamlikum", "mikum", "likum"}, first),
		first == "ass" && strings.HasPrefix(second, "wr"):
		return salam
	case first == "om" && strings.HasPrefix(second, "swasti"):
		return "Om swastiastu! 🙏"
	case first == "selamat" && dayTime(second), first == "good" && dayTime(second), dayTime(first) && called(second),
		slices.Contains([]string{"halo", "hallo", "haloo", "hai", "hei", "hi", "hello", "hey", "salam", "permisi", "punten",
			"sampurasun", "rahayu", "kulonuwun"}, first):
		return v.Hello()
	}
	return ""
}

// HelloTo greets back who only greets, as he or she did.
func (v Voice) HelloTo(text string) string { return cmp.Or(v.Greet(text), v.Hello()) }

// WelcomeTo is Welcome to who greets first.
func (v Voice) WelcomeTo(text string) string {
	return strings.Replace(v.Welcome(), v.Hello(), v.HelloTo(text), 1)
}

// called reports whether a word is how people call whom they greet: "pagi min" greets, "pagi tadi" tells when.
func called(word string) bool {
	return slices.Contains([]string{"", "pak", "bapak", "bu", "ibu", "min", "admin", "mimin", "kak", "kakak", "mas", "mbak", "bang", "gan", "sir", "semua"}, word)
}

func dayTime(word string) bool {
	return slices.Contains([]string{"pagi", "siang", "sore", "malam", "malem", "morning", "afternoon", "evening"}, word)
}
