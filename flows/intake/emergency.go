package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/understand"
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

// endanger makes a report one of a danger.
func (f *Form) endanger(rd understand.Reading) {
	f.Emergency, f.Where, f.Handled, f.Held = true, nil, false, f.Held || rd.Unfiled
	if rd.Danger != "" {
		f.Peril = rd.Danger
	}
	if rd.Harm == understand.Abuse {
		f.Visibility = report.Confidential
	}
}
