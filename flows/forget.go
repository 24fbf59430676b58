package flows

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// The words of a wish that everything be erased that is kept of its writer, beside its verb.
var (
	dataWords = []string{"data", "datanya", "datane", "data2", "data2nya", "dataku", "database"}
	ownWords  = []string{"saya", "sy", "aku", "ak", "gue", "gw", "gua", "ku", "kula", "kulo", "abdi", "urang", "isun", "kami", "diri", "pribadi", "my", "personal", "dataku", "mine"}
	wishWords = []string{"tolong", "tlg", "mohon", "minta", "mau", "pengen", "pgn", "ingin", "bisa", "bs", "ga", "gak", "nggak", "tidak", "kah", "dong", "donk", "ya", "yah", "deh", "aja", "saja", "wae", "bae",
		"pak", "bu", "min", "kak", "bang", "mas", "mbak", "semua", "semuanya", "kabeh", "sekalian", "sekarang", "dari", "di", "sini", "situ", "sistem", "aplikasi", "bot", "rabeg", "sampean", "kalian",
		"yang", "yg", "ada", "punya", "itu", "please", "all", "the", "of", "from", "here", "can", "you", "i", "want", "to", "agar", "supaya", "biar", "untuk"}
	eraseStems = []string{"hapus", "dihapus", "apus", "diapus", "ilang", "diilang", "hilangkan", "hilangin", "dihilang", "buang", "dibuang", "musnah", "dimusnah", "bersihin", "dibersih", "busek", "dibusek",
		"delete", "erase", "remove", "wipe"}
)

// erases reports whether words want all erased that is kept of their writer: the data, the writer, and the verb stand in them, and nothing that
// tells of other data, or of what was done ("data bansos saya dihapus", "data saya sudah dihapus").
func erases(text string) bool {
	const most = 12
	words := strings.Fields(bot.Fold(text))
	if len(words) > most || !slices.ContainsFunc(words, func(w string) bool { return slices.Contains(dataWords, w) }) {
		return false
	}
	verb, own := false, false
	for _, w := range words {
		erases := slices.ContainsFunc(eraseStems, func(stem string) bool { return strings.HasPrefix(w, stem) })
		verb = verb || erases
		own = own || slices.Contains(ownWords, w)
		if !erases && !slices.Contains(dataWords, w) && !slices.Contains(ownWords, w) && !slices.Contains(wishWords, w) {
			return false
		}
	}
	return verb && own
}
