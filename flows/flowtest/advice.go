package flowtest

import (
	"fmt"

	"rabeg/flows"
	"rabeg/internal/report"
)

// Advised is a machine that may ask a language model.
func Advised() *flows.Machine { return machine(flows.Options{Advises: true}) }

// opine lets the model say "category probability" when it is asked next; anything else is no answer.
func (e *Engine) opine(said string) error {
	var a report.Advice
	if _, err := fmt.Sscan(said, &a.Category, &a.P); err != nil {
		return fmt.Errorf("read an opinion: %w", err)
	}
	e.opinions = append(e.opinions, a)
	return nil
}

// consult answers as the model would.
func (e *Engine) consult(f flows.Consult) flows.Advised {
	out := flows.Advised{Draft: f.Draft}
	if len(e.opinions) == 0 {
		e.Log(Line{Effect: "tanya model bahasa: tidak ada jawaban"})
		return out
	}
	out.Advice, out.OK = e.opinions[0], true
	e.opinions = e.opinions[1:]
	e.Log(Line{Effect: fmt.Sprintf("tanya model bahasa: %s %.0f %%", out.Category, 100*out.P)})
	return out
}
