package flowtest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/say"
)

// waiting is an answer that is not sent yet.
type waiting struct {
	Sent
	passes bool
	rest   string
}

// Slow makes the network take nothing until it is called with false: answers wait, and open questions make way for newer
// ones, as they do before they are sent.
func (e *Engine) Slow(slow bool) {
	e.slow = slow
	if slow {
		return
	}
	for _, w := range e.waiting {
		e.deliver(w.Sent)
	}
	e.waiting = nil
}

// wait puts an answer behind those that wait, and takes out what it makes of no use.
func (e *Engine) wait(w waiting) {
	kept := e.waiting[:0]
	for _, old := range e.waiting {
		if old.passes && old.rest == "" {
			continue
		}
		if old.passes {
			old = waiting{Sent: Sent{Message: bot.Message{Text: old.rest}}}
		}
		kept = append(kept, old)
	}
	kept = append(kept, w)
	e.waiting = kept
}

// fingers checks what impatient fingers rely on: a press that was refused with a notice changed nothing, and a press on
// what was shown last is never refused.
func (e *Engine) fingers(kept []byte, s flows.State, effects []flows.Effect) error {
	if len(effects) == 1 {
		if a, ok := effects[0].(flows.Answer); ok && a.Text != "" && !bytes.Equal(kept, e.State) {
			return fmt.Errorf("a refused press changed the state from\n%s to\n%s", e.State, kept)
		}
	}
	for _, f := range slices.Backward(effects) {
		shown, ok := f.(flows.Say)
		if !ok {
			continue
		}
		if shown.Message.Menu == nil || len(shown.Message.Menu.Choices) == 0 {
			return nil
		}
		menu := shown.Message.Menu
		if strings.HasPrefix(menu.ID, say.VerdictMenuKind) || strings.HasPrefix(menu.ID, say.TakenMenuKind) || strings.HasPrefix(menu.ID, say.RecallMenuKind) || strings.HasPrefix(menu.ID, say.MeantMenuKind) { // it is answered whatever is asked
			return nil
		}
		if s.Ask == nil || s.Ask.ID != menu.ID {
			return fmt.Errorf("the menu %s was shown, the open question is %+v", menu.ID, s.Ask)
		}
		s.Last = nil
		pick := bot.Pick{Menu: menu.ID, Choice: menu.Choices[len(menu.Choices)-1].ID}
		_, then := e.Machine.Step(s, flows.Said{Event: bot.Event{ID: "trial", Chat: e.Chat, At: e.Now, Body: pick}})
		for _, f := range then {
			a, refused := f.(flows.Answer)
			said, _ := f.(flows.Say)
			if refused && a.Text != "" || strings.HasPrefix(said.Message.Text, e.Machine.Voice(s).Stale(true)) {
				return fmt.Errorf("a press on what was shown a moment ago is refused: %+v in state %s", pick, kept)
			}
		}
		return nil
	}
	return nil
}
