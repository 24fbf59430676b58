package call

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand/answer"
)

// The words by which somebody says that all is said.
var (
	enough, thatMuch, only, around = answer.ListOf("conclude-enough"), answer.ListOf("conclude-that"), answer.ListOf("conclude-only"), answer.ListOf("conclude-around")
	no, there, more, nothing       = answer.ListOf("conclude-no"), answer.ListOf("conclude-there"), answer.ListOf("conclude-more"), answer.ListOf("conclude-nothing")
)

// concludes reports whether words say that all is said in a talk, and nothing else: "udah cukup pak makasih", "udah gitu aja, dah", "ga ada
// lagi bu".
func concludes(text string) bool {
	const most = 9
	words := strings.Fields(bot.Fold(text))
	if len(words) > most || strings.Contains(text, "?") {
		return false
	}
	none := no.Any(words) && there.Any(words) && more.Any(words)
	all := slices.Contains(words, "all") && (slices.Contains(words, "that") || slices.Contains(words, "thats"))
	if !none && !all && !enough.Any(words) && !(thatMuch.Any(words) && only.Any(words)) {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return !around[w] && !enough[w] && !thatMuch[w] && !only[w] && !(none && nothing[w])
	})
}
