package flows

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Who types the emergency number into the chat believes that it is reached through it, and who asks for it may need it now: both are told
// first how it is reached, whatever is open.

// OfNumber is what a text says of the emergency number and nothing else.
type OfNumber int

// What it may be. NotOfNumber is every other text.
const (
	NotOfNumber   OfNumber = iota
	NumberAlone            // the number: "112", "telpon 112"
	NumberAsked            // what it is, and what it costs
	NumberWanted           // which it is
	PictureOfHelp          // a fire engine, and no word
)

// What stands beside an emergency number that is typed alone, and the words of those who ask about it.
var numberBeside, numberAsks, numberWords, numberOf = answer.ListOf("emergency-beside"), answer.ListOf("emergency-asks"), answer.ListOf("number-words"), answer.ListOf("emergency-of")

// ofNumberMost is how many words such a text has at most.
const ofNumberMost = 7

// EmergencyNumbers are what the city calls in danger.
func (o Options) EmergencyNumbers() []string {
	if o.Profile == nil || len(o.Profile.Emergency) == 0 {
		return []string{"112"}
	}
	var out []string
	for _, e := range o.Profile.Emergency {
		out = append(out, e.Number)
	}
	return out
}

// OfNumber reads what a text says of the emergency number.
func (o Options) OfNumber(text string) OfNumber {
	words, numbers := strings.Fields(bot.Fold(text)), o.EmergencyNumbers()
	named := slices.ContainsFunc(words, func(w string) bool { return slices.Contains(numbers, w) })
	all := func(of answer.List) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(numbers, w) && !numberBeside[w] && !of[w] })
	}
	switch {
	case len(words) > ofNumberMost:
	case named && all(numberBeside):
		return NumberAlone
	case named && all(numberAsks):
		return NumberAsked
	case len(words) > 1 && numberWords.Any(words) && numberOf.Any(words) && !slices.ContainsFunc(words, func(w string) bool {
		return !numberBeside[w] && !numberAsks[w] && !numberWords[w] && !numberOf[w]
	}):
		return NumberWanted
	case len(words) == 0 && understand.ChatIn(text) == understand.ChatPlea:
		return PictureOfHelp
	}
	return NotOfNumber
}

// ofNumber answers what is said of the emergency number, and a picture that calls for help in a chat that has sent nothing: later it is
// praise. The bare number may be an answer to what an office has asked: the flows are tried with it first.
func (m *Machine) ofNumber(s State, ev bot.Event) (words string, ok bool) {
	text, plain := ev.Body.(bot.Text)
	if !plain || ev.Edited || ev.ReplyTo != nil || m.InDanger(s) {
		return "", false
	}
	if talk := m.Talking(s); talk != nil && !talk.Over {
		return "", false
	}
	v := m.Voice(s)
	switch m.OfNumber(text.Text) {
	case NumberAlone:
		return v.NumberTyped(), !number(text.Text)
	case NumberAsked:
		return v.AboutEmergency(), true
	case NumberWanted:
		return v.NumbersInDanger(""), true
	case PictureOfHelp:
		return v.AskWrong(), !m.Open(s) && m.Stands(s).Ended.Code == ""
	case NotOfNumber:
	}
	return "", false
}
