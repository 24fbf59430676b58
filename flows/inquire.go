package flows

// Inquire asks what officers have answered to what people ask. The engine answers Known within the same turn.
type Inquire struct{}

// Known answers Inquire: all that was answered, by category.
type Known struct{ Answers []Answered }

// Answered is a question that an officer has answered, in the officer's words.
type Answered struct{ Category, Question, Words string }

func (Inquire) isEffect() {}
func (Known) isInput()    {}

// Informer is a flow that answers questions beside what is open. Informs reports whether a message is such a question: it chooses
// nothing then, and is no part of what is in the making.
type Informer interface {
	Informs(s State, in Said) bool
}

// Leaner is a flow that knows what a message goes on from. Leans reports whether a message that it informs about leaves out whom it is
// about, because that was answered just before: then it is nothing else, whatever its words alone would be.
type Leaner interface {
	Leans(s State, in Said) bool
}

func leans(f Flow, s State, in Said) bool {
	l, ok := f.(Leaner)
	return ok && l.Leans(s, in)
}

// informs finds the flow whose question a message is, nil for none.
func (m *Machine) informs(s State, in Said) Flow {
	for _, f := range m.flows {
		if i, ok := f.(Informer); ok && i.Informs(s, in) {
			return f
		}
	}
	return nil
}

// Beside says something beside the open question and shows that again.
func (o Options) Beside(s State, words string) []Effect { return o.house.side(s, words) }
