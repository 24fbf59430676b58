package flows

import (
	"slices"

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

// Held is an answer in the making that waits for Advised: what leads its question, and what has to be known to word it.
type Held struct {
	Lead  []string `json:"lead,omitempty"`
	Added bool     `json:"added,omitempty"`
	Burst bool     `json:"burst,omitempty"`
	// Was is the category of a draft whose category the citizen has seen before this turn, "" for none.
	Was string `json:"was,omitempty"`
}

func (h *Held) clone() *Held {
	if h == nil {
		return nil
	}
	c := *h
	c.Lead = slices.Clone(h.Lead)
	return &c
}
