package flowtest

import (
	"maps"
	"slices"

	"rabeg/internal/report"
)

// Copy is the story at this moment, to be told on in another way: what happens in one of them the other never learns. It has no Log.
func (e *Engine) Copy() *Engine {
	c := *e
	c.Log = func(Line) {}
	c.reports, c.nudges, c.voices = slices.Clone(e.reports), slices.Clone(e.nudges), slices.Clone(e.voices)
	c.opinions, c.waiting, c.sent, c.Answered = slices.Clone(e.opinions), slices.Clone(e.waiting), slices.Clone(e.sent), slices.Clone(e.Answered)
	c.calls.all = maps.Clone(e.calls.all)
	c.facts = make(map[report.ID][]report.Fact, len(e.facts))
	for id, f := range e.facts {
		c.facts[id] = slices.Clone(f)
	}
	return &c
}
