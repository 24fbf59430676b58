package flows

import (
	"time"

	"rabeg/internal/report"
)

// Standing is how a flow stands in a conversation, as far as the machine and the other flows need to know. Its zero value is a
// flow with nothing on its hands.
type Standing struct {
	// Subject is the id of what is in the making, "" for nothing: its screens are named after it.
	Subject string
	// Open says that something was told already that somebody would miss.
	Open bool
	// Behalf says that what is in the making is taken for somebody else: nothing in it is about who writes.
	Behalf bool
	// Urgent says that it is about a danger that goes on: nothing may stand in its way.
	Urgent bool
	// Shelved is the id of what was put away and can come back, "" for nothing.
	Shelved string
	// Ended is what was brought to an end last.
	Ended Ended
	// Talk is the talk with a person that the citizen is or was in, nil for none.
	Talk *Talk
}

// Ended is a report that was filed, as the conversation remembers it; Code is "" for none.
type Ended struct {
	Code report.Code
	At   time.Time
	// Menu is the id of the screen it was sent from, Subject that of what it was until then: a press on one of its screens is
	// answered with the number.
	Menu, Subject string
}

// Stander is a flow that says how it stands.
type Stander interface {
	Standing(State) Standing
}

// Passer is a flow that says things beside its question that are of no use any more once a newer answer is there.
type Passer interface {
	Passes(s State, words string) bool
}

// Husher is a flow that can be told to remind of nothing for now.
type Husher interface {
	Hush(State) State
}

// Teller is a flow that can say what it is about to a person who is called: gist is "" when there is nothing, or nothing that
// is for others to read; unnamed says that the name of who told it is not for them either, secret that nothing he or she says of it is.
type Teller interface {
	Tell(State) (gist string, unnamed, secret bool)
}

// Noter is a flow that takes note of what others answer. Note comes with every input, before the flows are asked.
type Noter interface {
	Note(State, Input) State
}

// Joiner is a flow that makes one of two conversations of the same person. s is the one that goes on, with old's question
// where that is to go on instead.
type Joiner interface {
	Join(s, old State) State
}

// all gives a value for each flow of a kind.
func all[F any](o Options) func(yield func(F) bool) {
	return func(yield func(F) bool) {
		if o.house == nil {
			return
		}
		for _, f := range o.house.flows {
			if f, ok := f.(F); ok && !yield(f) {
				return
			}
		}
	}
}

// Stands is how all flows stand together: of each thing, the first flow that has it, and what is urgent before all else.
func (o Options) Stands(s State) (sum Standing) {
	for f := range all[Stander](o) {
		one := f.Standing(s)
		if sum.Subject == "" || one.Urgent && !sum.Urgent {
			sum.Subject = one.Subject
		}
		sum.Open, sum.Urgent = sum.Open || one.Open, sum.Urgent || one.Urgent
		sum.Behalf = sum.Behalf || one.Behalf
		if sum.Shelved == "" {
			sum.Shelved = one.Shelved
		}
		if sum.Ended.Code == "" {
			sum.Ended = one.Ended
		}
		if sum.Talk == nil {
			sum.Talk = one.Talk
		}
	}
	return sum
}

// Open reports whether something is in the making that somebody would miss.
func (o Options) Open(s State) bool { return o.Stands(s).Open }

// InDanger reports whether something is in the making about a danger that goes on.
func (o Options) InDanger(s State) bool { return o.Stands(s).Urgent }

// Talking is the talk that the conversation may be in, nil for none.
func (o Options) Talking(s State) *Talk {
	t := o.Stands(s).Talk
	if t == nil || s.At.Sub(t.At) >= TalkFor {
		return nil
	}
	return t
}

// InTalk is the talk that goes on, as far as the conversation knows, nil for none: what is said is said to a person first.
func (o Options) InTalk(s State) *Talk {
	if t := o.Talking(s); t != nil && !t.Over {
		return t
	}
	return nil
}

// Gist is what a person who is called would want to know of what is in the making.
func (o Options) Gist(s State) (gist string, unnamed, secret bool) {
	for f := range all[Teller](o) {
		words, nameless, kept := f.Tell(s)
		unnamed, secret = unnamed || nameless, secret || kept
		if gist == "" {
			gist = words
		}
	}
	return gist, unnamed, secret
}

// Hushed is the conversation in which nothing is reminded of for now.
func (o Options) Hushed(s State) State {
	for f := range all[Husher](o) {
		s = f.Hush(s)
	}
	return s
}

// Hand gives an input to the flows, as the machine does: so one flow hands to another what is not for it. No effects mean that
// nobody took it.
func (o Options) Hand(s State, in Input) (State, []Effect) {
	if o.house == nil {
		return s, nil
	}
	return o.house.chain(s, in)
}

// note lets the flows take note of an input.
func (m *Machine) note(s State, in Input) State {
	for f := range all[Noter](m.Options) {
		s = f.Note(s, in)
	}
	return s
}
