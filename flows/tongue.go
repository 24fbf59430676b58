package flows

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// english is the language a reading has of a text that is told in English.
const english = "en"

// tongue finds the language in which a conversation goes on, until it is chosen: the first that is told settles it. Before that a greeting
// in English from a phone that speaks it is answered in English; many phones here speak it whose owners do not, so that it settles nothing.
func (m *Machine) tongue(s *State, ev bot.Event, first bool) {
	words := bot.Words(ev.Body)
	if s.Lang != "" && !s.Guessed || words == "" {
		return
	}
	read := m.Reader.Read(words).Lang
	switch {
	case m.tellsInEnglish(*s, words):
		s.Lang, s.Guessed = english, false
	case s.Guessed && read == "":
	case s.Guessed && read != english: // the phone was wrong
		s.Lang, s.Guessed = "", false
	case first && speaksEnglish(ev) && read == english:
		s.Lang = english
	case first && speaksEnglish(ev) && read == "" && say.English(words):
		s.Lang, s.Guessed = english, true
	}
}

// speaksEnglish reports whether who writes has set the phone to English.
func speaksEnglish(ev bot.Event) bool {
	return strings.HasPrefix(strings.ToLower(ev.From.Language), english)
}

// tellsInEnglish reports whether the first that somebody tells is told in English, whatever the phone speaks: it is answered so. A danger
// is answered in its own language however much was told before.
func (m *Machine) tellsInEnglish(s State, words string) bool {
	const tells = 4 // words: fewer may be loans
	rd := m.Reader.Read(words)
	switch {
	case rd.Lang != english:
		return false
	case rd.Emergency, rd.Harm != understand.NoHarm:
		return true
	}
	return !m.Open(s) && m.Stands(s).Ended.Code == "" && m.Talking(s) == nil && len(strings.Fields(words)) >= tells
}
