package flows

// Thanks are answered once: to thank for an answer to thanks is the end of a talk, and a second "you are welcome" only begins it anew.

// ThanksAgain takes note that the message being answered only thanks, and reports whether the one before it did so too, without a pause:
// then there is nothing left to say (NoAnswer).
func (s *State) ThanksAgain() bool {
	s.Thanked = true
	return s.ThankedBefore
}

// NoAnswer says nothing, on purpose: what was said asks for nothing.
type NoAnswer struct{}

func (NoAnswer) isEffect() {}
