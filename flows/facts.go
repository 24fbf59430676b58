package flows

import (
	"rabeg/internal/understand/answer"
)

// Turner is a flow that knows where else to turn with what is in the making: Turn says it, "" where it is for nobody else.
type Turner interface {
	Turn(s State) string
}

// turns answers where to report: right here, or at whoever's duty it is that is in the making.
func (m *Machine) turns(s State) string {
	for f := range all[Turner](m.Options) {
		if words := f.Turn(s); words != "" {
			return words
		}
	}
	return m.Voice(s).AnswerHow()
}

// factBeside answers a question about the service itself while something else is asked; "" for everything else.
func (m *Machine) factBeside(s State, text string) string {
	v := m.Voice(s)
	switch m.Answers.Wonders(text) {
	case answer.FactKept:
		return v.Kept()
	case answer.FactPhone:
		return v.OtherPhone()
	case answer.FactSelf:
		return v.WhoAmI()
	case answer.FactDoor:
		return m.turns(s)
	case answer.FactCode, answer.FactMap, answer.FactOffice, answer.NoFact:
	}
	return ""
}
