package flows

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/say"
)

// tellsInEnglish reports whether the first that somebody tells is told in English, whatever the phone speaks: it is answered so.
func (m *Machine) tellsInEnglish(s State, ev bot.Event) bool {
	const tells = 4 // words: fewer may be loans
	text, plain := ev.Body.(bot.Text)
	if !plain || s.Lang != "" || s.Ask != nil || m.Open(s) || m.Stands(s).Ended.Code != "" || m.Talking(s) != nil || len(strings.Fields(text.Text)) < tells {
		return false
	}
	return say.English(text.Text) && m.Reader.Read(text.Text).Lang == "en"
}
