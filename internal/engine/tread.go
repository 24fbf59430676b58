package engine

import (
	"slices"

	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/internal/ledger"
)

// trod tells which steps of the conversation a turn took: nothing of what was said, and nobody.
func (e *Engine) trod(t handling, before, after flows.State) {
	if e.Trod == nil {
		return
	}
	if steps := treads(before, after, t.event != nil, len(t.filed)); len(steps) > 0 {
		e.Trod(t.chat.Network, steps)
	}
}

// treads are the steps from one state to the next; wrote says that a citizen's message brought it about.
func treads(before, after flows.State, wrote bool, filed int) (steps []ledger.Step) {
	was, now := intake.Drafts(before), intake.Drafts(after)
	known := make([]string, 0, len(was))
	for _, d := range was {
		known = append(known, d.ID)
	}
	for _, d := range now {
		if !slices.Contains(known, d.ID) {
			steps = append(steps, ledger.StepBegan)
		}
	}
	if len(was) == 0 && len(now) == 0 && filed > 0 {
		steps = append(steps, ledger.StepBegan) // all in one message
	}
	for range filed {
		steps = append(steps, ledger.StepFiled)
	}
	if wrote && (len(was) > 0 || len(now) > 0 || filed > 0) {
		steps = append(steps, ledger.StepMessage)
	}
	if wrote && after.Baffled {
		steps = append(steps, ledger.StepLost)
	}
	a, b := question(before), question(after)
	if a != "" && a != b && wrote {
		steps = append(steps, ledger.StepAnswered+ledger.Step(a))
	}
	if b != "" && a != b {
		steps = append(steps, ledger.StepAsked+ledger.Step(b))
	}
	return steps
}

// question names the question that waits and needs an answer; "" for none.
func question(s flows.State) string {
	if s.Ask == nil || s.Ask.Light {
		return ""
	}
	return s.Ask.Flow + "." + s.Ask.Kind
}
