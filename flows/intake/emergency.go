package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand/answer"
)

// notNow are the words of another day, or of any.
var notNow = answer.ListOf("not-now")

// inVain reports whether a text tells that the emergency number does not answer now: who has called it is in danger, and says no word of
// which.
func (f *flow) inVain(text string) bool {
	said := " " + bot.Fold(text) + " "
	return has(said, f.EmergencyNumbers()...) && f.queryOf(text) == unanswered && !notNow.Any(strings.Fields(said))
}
