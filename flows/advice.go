package flows

import (
	"rabeg/internal/report"
)

// Consult asks for a second opinion on what a draft is about, where the reader is unsure. The engine answers Advised within the
// same turn, whatever becomes of it: until then the citizen has no answer.
type Consult struct {
	Draft   string
	Text    string
	Guesses []report.Guess
}

// Advised answers Consult. OK is false when there is no opinion: nobody to ask, no answer in time, or none of use. An opinion
// is a guess with a probability, like the reader's own, and may be another one when the same is asked again.
type Advised struct {
	Draft string
	report.Advice
	OK bool
}

func (Consult) isEffect() {}
func (Advised) isInput()  {}
