package engine

import (
	"context"
	"sync"
	"time"

	"rabeg/flows"
)

// knownFor is how long what officers have answered is taken to be the same: so soon the next citizen gets a new answer.
const knownFor = 5 * time.Second

// known remembers what officers have answered.
type known struct {
	sync.Mutex
	at  time.Time // when it was read, zero for never
	all []flows.Answered
}

// inquire tells what officers have answered to what people ask. Nothing is known where it cannot be read: then the office is asked.
func (e *Engine) inquire(ctx context.Context) flows.Known {
	if e.Cases.Known == nil {
		return flows.Known{}
	}
	e.known.Lock()
	defer e.known.Unlock()
	now := e.Now()
	if !e.known.at.IsZero() && now.Sub(e.known.at).Abs() < knownFor {
		return flows.Known{Answers: e.known.all}
	}
	list, err := e.Cases.Known.Known(ctx)
	if err != nil {
		e.Log.Warn("what officers have answered could not be read", "error", err)
		return flows.Known{Answers: e.known.all}
	}
	e.known.at, e.known.all = now, nil
	for _, k := range list {
		for _, a := range k.Answers {
			e.known.all = append(e.known.all, flows.Answered{Category: k.Category, Question: a.Question, Words: a.Words})
		}
	}
	return flows.Known{Answers: e.known.all}
}
