package flows

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand"
)

// homeFlow names the questions the machine asks itself: the menu and the language.
const homeFlow = "home"

// home answers the words that are no errand of a flow. ok is false when the text is none of them.
func (m *Machine) home(s State, in Said) (State, []Effect, bool) {
	text, isText := in.Event.Body.(bot.Text)
	if !isText {
		return s, nil, false
	}
	w, rest := m.WordOf(text.Text)
	v := m.Voice(s)
	if w == WordHelp && m.thanks(text.Text) {
		w = NoWord
	}
	switch w {
	case WordStart:
		s, out := m.start(s, speaksEnglish(in.Event))
		return s, out, true
	case WordMenu:
		s.Offer(homeFlow, "menu")
		return s, m.ask(s), true
	case WordHelp:
		return s, m.side(s, v.Help()), true
	case WordPrivacy:
		return s, m.side(s, v.Privacy()), true
	case WordLanguage:
		s.Offer(homeFlow, "language")
		return s, m.ask(s), true
	case WordIndonesian, WordEnglish:
		s, out := m.speak(s, w)
		return s, out, true
	case WordUnknown:
		return s, m.side(s, v.UnknownCommand()), true
	}
	if w == WordReport {
		for f := range all[Clerk](m.Options) {
			if next, out := f.Behalf(s, in, rest); len(out) > 0 {
				return next, out, true
			}
		}
	}
	if rest != "" && (w == WordReport || w == WordStatus) {
		in.Event.Body = bot.Text{Text: rest}
		s, out := m.chain(s, in)
		return s, out, len(out) > 0
	}
	return s, nil, false
}

// thanks reports whether words that hold the word of help plainly thank for it: "terima kasih sudah dibantu".
func (m *Machine) thanks(text string) bool {
	const plainly = 0.9
	f, learnt := m.Reader.(understand.Follower)
	if !learnt || len(strings.Fields(text)) < 3 {
		return false
	}
	aim, p := f.Aims(m.Answers, text).First()
	return aim == understand.AimThanks && p >= plainly
}

// inBoth is the page of the greeting that stands in both languages.
const inBoth = 1

// start greets, in both languages where the phone speaks English and nothing was told yet; an open report is shown again, it is never
// lost by /start.
func (m *Machine) start(s State, english bool) (State, []Effect) {
	v := m.Voice(s)
	if !m.Open(s) {
		ask := s.Offer(homeFlow, "start")
		ask.Page = 0
		if english && s.Lang == "" && m.Stands(s).Ended.Code == "" {
			ask.Page = inBoth
		}
		return s, m.ask(s)
	}
	return m.word(s, WordResume, v.HelloAgain())
}

// speak changes the language. Everything else stays as it is.
func (m *Machine) speak(s State, w Word) (State, []Effect) {
	s.Lang, s.Guessed = "id", false
	if w == WordEnglish {
		s.Lang = "en"
	}
	v := m.Voice(s)
	if s.Ask != nil && s.Ask.Light {
		s.Ask = nil
	}
	switch {
	case s.Ask != nil:
		return s, m.side(s, v.Speaking())
	case m.Open(s):
		return m.word(s, WordResume, v.Speaking())
	}
	return s, []Effect{Say{Message: bot.Message{Text: v.Speaking() + "\n\n" + v.Invite()}}}
}

// homeQuestion words the machine's own questions.
func (m *Machine) homeQuestion(s State) bot.Message {
	v := m.Voice(s)
	var text string
	var ids []string
	switch s.Ask.Kind {
	case "language":
		text, ids = v.AskLanguage(), []string{"id", "en"}
	case "start":
		text, ids = v.Welcome(), []string{"report", "status", "help", "language"}
		if s.Ask.Page == inBoth {
			text += "\n\n" + v.AlsoInEnglish()
		}
	default:
		text, ids = v.Menu(), []string{"report", "status", "mine", "help", "privacy", "language"}
		if m.Stands(s).Subject != "" {
			ids = append([]string{"resume"}, ids...)
		}
	}
	return bot.Message{Text: text, Menu: v.MenuOf(s.Ask.ID, ids...)}
}

// ask says the open question.
func (m *Machine) ask(s State) []Effect {
	q, _ := m.question(s)
	return []Effect{Say{Message: q}}
}

// homeChoice carries out a choice of the menu: it is the same as saying the word.
func (m *Machine) homeChoice(s State, in Said) (State, []Effect) {
	words := map[string]Word{"resume": WordResume, "report": WordReport, "status": WordStatus, "mine": WordMine,
		"help": WordHelp, "privacy": WordPrivacy, "language": WordLanguage, "id": WordIndonesian, "en": WordEnglish}
	return m.word(s, words[in.Choice], "")
}

// word answers as if the word had been said, with a sentence before the answer.
func (m *Machine) word(s State, w Word, first string) (State, []Effect) {
	in := Said{Event: bot.Event{At: s.At, Body: bot.Text{Text: w.String()}}}
	s, out, ok := m.home(s, in)
	if !ok {
		s, out = m.chain(s, in)
	}
	if first == "" {
		return s, out
	}
	return s, before(first, out)
}

// String is the word as one may say it.
func (w Word) String() string {
	switch w {
	case WordHelp:
		return "bantuan"
	case WordPrivacy:
		return "privasi"
	case WordLanguage:
		return "bahasa"
	case WordIndonesian:
		return "bahasa indonesia"
	case WordEnglish:
		return "english"
	case WordReport:
		return "lapor"
	case WordStatus:
		return "status"
	case WordMine:
		return "data saya"
	case WordResume:
		return "lanjutkan"
	default:
		return "menu"
	}
}

// Clerk is a flow that may take the wish to report for an officer's, who takes it for somebody else; rest is what follows the word.
// No effects mean that it does not.
type Clerk interface {
	Behalf(s State, in Said, rest string) (State, []Effect)
}
