package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand"
)

// What people write when it is no danger, or over. Each is told only by words that say it out, in a short message: to take
// a cry for help for "never mind" is the worst mistake there is.

// calmMost is how many words a message may have that calls it no danger.
const calmMost = 9

// saysCalm reports whether a message calls it no danger, or a joke.
func saysCalm(text string, rd understand.Reading) bool {
	said := " " + bot.Fold(text) + " "
	if n := len(strings.Fields(said)); n == 0 || n > calmMost || strings.Contains(text, "?") {
		return false
	}
	joke := has(said, "bercanda", "becanda", "bcanda", "canda", "iseng", "prank", "ngeprank", "joking", "kidding", "a joke", "gurau", "guyon", "heureuy", "gojeg")
	if joke {
		return !has(said, "bukan", "gak", "ga", "nggak", "ngga", "tidak", "tdk", "jangan", "serius", "not", "no")
	}
	for _, no := range []string{"bukan", "bkn", "tidak", "tdk", "gak", "ga", "nggak", "ngga", "enggak", "sanes", "not an", "not", "no"} {
		if has(said, no+" darurat", no+" bahaya", no+" keadaan darurat", no+" emergency", no+" emergency", no+" gawat", no+" urgent", no+" danger", no+" dangerous") {
			return true
		}
	}
	if rd.Emergency {
		return false
	}
	switch strings.TrimSpace(said) {
	case "eh bukan", "bukan kok", "bukan pak", "bukan bu", "bukan min", "bukan kak", "oh bukan", "eh bukan kok", "eh bukan pak", "eh bukan min",
		"false alarm", "salah alarm", "eh salah", "salah kirim", "salah pencet", "eh salah kirim", "maaf salah kirim", "maaf salah pencet":
		return true
	}
	return has(said, "false alarm", "cuma coba coba", "cuma nyoba", "cuma ngetes", "cuma tes", "cuma test", "hanya coba coba", "salah pencet", "salah kirim")
}

// saysSafe reports whether a message says that the danger is over for the one who writes.
func saysSafe(text string) bool {
	said := " " + bot.Fold(text) + " "
	n := len(strings.Fields(said))
	if n == 0 || n > calmMost || strings.Contains(text, "?") || refuses(said) {
		return false
	}
	if strings.TrimSpace(said) == "aman" || strings.TrimSpace(said) == "safe" {
		return true
	}
	for _, done := range []string{"sudah", "sdh", "udah", "udh", "dah", "uda", "alhamdulillah", "wis", "wes", "geus", "tos", "sampun", "now", "are", "am", "im", "m"} {
		if has(said, done+" aman", done+" selamat", done+" padam", done+" safe", done+" pada aman", done+" ketemu", done+" ditemukan", done+" kapanggih", done+" found", done+" balik", done+" pulang") {
			return true
		}
	}
	return has(said, "saya aman", "kami aman", "ketemu pak", "ketemu bu", "ketemu min", "alhamdulillah ketemu", "we found", "found him", "found her", "aman sekarang", "aman pak", "aman bu", "aman min", "sudah bisa keluar", "sudah ditolong", "sudah ditangani",
		"damkar sudah datang dan padam", "we are safe", "i am safe", "safe now")
}

// saysUnsafe reports whether a message says that it is not safe yet.
func saysUnsafe(text string) bool {
	said := " " + bot.Fold(text) + " "
	return len(strings.Fields(said)) <= calmMost && (has(said, "belum", "blm", "not yet", "durung", "tacan", "belum aman") || has(said, "masih bahaya"))
}

// refuses reports whether a message says no to something.
func refuses(said string) bool {
	return has(said, "belum", "blm", "bukan", "tidak", "tdk", "gak", "ga", "nggak", "ngga", "enggak", "kurang", "not", "never", "jangan", "durung", "tacan", "teu", "ora", "sanes")
}

// has reports whether one of the words stands in a folded text with a space on either side.
func has(said string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, " "+w+" ") })
}
