package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rabeg/flows"
	"rabeg/internal/report"
)

// Adviser gives second opinions while a citizen waits for an answer.
type Adviser interface {
	// Advise says what a text is about; an error is no opinion. The text is as it was written: whoever lets it leave the house
	// hides persons in it. It may be called from many goroutines at once, and should return when ctx is done: who stays longer is
	// not waited for.
	Advise(ctx context.Context, text string, guesses []report.Guess) (report.Advice, error)
}

const (
	// adviceWait is how long a citizen's answer waits for a second opinion.
	adviceWait = 1500 * time.Millisecond
	// adviceMost is how many are asked for at once. A network handles a few dozen events at a time: a slow adviser holds up a part
	// of them, never all.
	adviceMost = 16
)

// opinion is the one question that a turn may ask. A turn that is decided anew has the same answer.
//
// What an adviser says is chance: a turn that is taken again after a death may hear something else. What was committed first
// stands all the same, for the batch is keyed by its cause; and the citizen is shown what the conversation then is (again).
type opinion struct {
	asked  bool
	text   string
	answer flows.Advised
}

// consult asks for a second opinion, and answers in any case.
func (e *Engine) consult(ctx context.Context, t *handling, c flows.Consult) flows.Input {
	none := flows.Advised{Draft: c.Draft}
	o := t.opinion
	switch {
	case e.Adviser == nil || o == nil:
		return none
	case o.asked && o.text == c.Text:
		o.answer.Draft = c.Draft
		return o.answer
	case o.asked:
		return none // one wait a turn is enough
	}
	select {
	case e.advising <- struct{}{}:
	default:
		return none
	}
	o.asked, o.text, o.answer = true, c.Text, none
	e.aside(ctx, t.chat, func() {
		a, err := e.advise(ctx, c)
		if err != nil {
			e.Log.Debug("no second opinion within the turn", "error", err)
			return
		}
		o.answer.Advice, o.answer.OK = a, true
	})
	return o.answer
}

// advise waits for the adviser, and not longer than it may.
func (e *Engine) advise(ctx context.Context, c flows.Consult) (report.Advice, error) {
	limited, cancel := context.WithTimeout(ctx, adviceWait)
	defer cancel() // here, not where the answer is made: an answer that is there must not race with its own end
	type said struct {
		report.Advice
		error
	}
	heard := make(chan said, 1)
	go func() {
		defer func() { <-e.advising }()
		var s said
		defer func() {
			if r := recover(); r != nil {
				e.Log.Error("the adviser stumbled", "why", fmt.Sprintf("%T", r), "at", where())
				s.error = errors.New("the adviser stumbled")
			}
			heard <- s
		}()
		s.Advice, s.error = e.Adviser.Advise(limited, c.Text, c.Guesses)
	}()
	select {
	case s := <-heard:
		return s.Advice, s.error
	case <-limited.Done():
		return report.Advice{}, limited.Err()
	}
}
