package call

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// The words by which somebody says that all is said: what is enough, what "aja" makes the last of it, and what stands around them.
var (
	enoughWords = []string{"cukup", "sekian", "cekap", "enough"}
	thatWords   = []string{"gitu", "begitu", "segitu", "itu", "ini", "segini", "sakitu", "kitu", "kuwe", "kuen", "kuwi", "iku", "niku"}
	onlyWords   = []string{"aja", "saja", "doang", "wae", "bae", "mawon", "tok"}
	aroundWords = []string{"udah", "sudah", "udh", "sdh", "uda", "dah", "wis", "uwis", "geus", "sampun", "ya", "yah", "deh", "sih", "kok", "mah", "dulu", "pak", "bu", "min", "kak", "bang", "mas", "mbak", "teh", "kang",
		"makasih", "makasi", "mksh", "terima", "terimakasih", "kasih", "trims", "thanks", "thank", "you", "nuhun", "hatur", "suwun", "matur", "banyak", "oke", "ok", "baik", "siap", "dari", "saya", "sekali",
		"kayaknya", "for", "now", "that", "thats", "is", "s", "all"}
)

// concludes reports whether words say that all is said in a talk, and nothing else: "udah cukup pak makasih", "udah gitu aja, dah", "ga ada
// lagi bu".
func concludes(text string) bool {
	const most = 9
	words := strings.Fields(bot.Fold(text))
	if len(words) > most || strings.Contains(text, "?") {
		return false
	}
	has := func(list ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	none := has("ga", "gak", "nggak", "ngga", "tidak", "tdk", "teu", "ora", "nothing") && has("ada", "aya", "ana", "nothing") && has("lagi", "deui", "maning", "else")
	if !none && !has(enoughWords...) && !(has(thatWords...) && has(onlyWords...)) && !(has("that", "thats") && has("all")) {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		of := slices.Contains(aroundWords, w) || slices.Contains(enoughWords, w) || slices.Contains(thatWords, w) || slices.Contains(onlyWords, w)
		return !of && !(none && slices.Contains([]string{"ga", "gak", "nggak", "ngga", "tidak", "tdk", "teu", "ora", "nothing", "ada", "aya", "ana", "lagi", "deui", "maning", "else", "yang", "yg", "lain"}, w))
	})
}
