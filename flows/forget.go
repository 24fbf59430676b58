package flows

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand/answer"
)

// The words of a wish that everything be erased that is kept of its writer, and how its verb begins.
var eraseData, eraseOwn, eraseWish, eraseStems = answer.ListOf("erase-data"), answer.ListOf("erase-own"), answer.ListOf("erase-wish"), answer.ListOf("erase-stems")

// erases reports whether words want all erased that is kept of their writer: the data, the writer, and the verb stand in them, and nothing that
// tells of other data, or of what was done ("data bansos saya dihapus", "data saya sudah dihapus").
func erases(text string) bool {
	const most = 12
	words := strings.Fields(bot.Fold(text))
	if len(words) > most || !eraseData.Any(words) {
		return false
	}
	verb, own := false, false
	for _, w := range words {
		erases := eraseStems.Begins(w)
		verb, own = verb || erases, own || eraseOwn[w]
		if !erases && !eraseData[w] && !eraseOwn[w] && !eraseWish[w] {
			return false
		}
	}
	return verb && own
}
