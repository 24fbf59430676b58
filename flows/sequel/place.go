package sequel

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// moved is the action that puts the place of a report right.
func (f *flow) moved(p flows.Parcel, words string) report.Add {
	a := f.AddOf(p)
	if a.Place != nil || words == "" {
		return a
	}
	to := report.Place{Said: words}
	if c := f.Finder.Find(words); len(c) > 0 && c[0].P >= placeSure {
		best := c[0]
		to.Area, to.AreaName, to.District, to.DistrictName, to.Whose = best.Area, best.AreaName, best.District, best.DistrictName, best.Whose
	}
	a.Place = &to
	return a
}

// place takes the right place, as it was asked for. What names none moves nothing: it is asked again, or let be.
func (f *flow) place(s flows.State, n Notes, p flows.Parcel) (flows.State, []flows.Effect) {
	words := p.Text
	if p.Pin != nil {
		words = ""
	} else if words != "" {
		named, ok := f.namedPlace(words)
		if only, _ := f.Answers.Read(words).Only(); !ok && keeps(only) {
			s.Ask = nil
			return s.With(Name, &Notes{Tried: s.Turn}), []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).PlaceStays()}}}
		}
		if !ok {
			q, _ := f.Question(s)
			q.Text = f.Voice(s).NotAPlace() + "\n\n" + q.Text
			if f.mind.Hear(words).Thankful() {
				q.Text = f.Voice(s).Thanks() + " " + q.Text
			}
			return s.With(Name, &n), []flows.Effect{flows.Say{Message: q}}
		}
		words = named
	}
	id := n.Report
	s.Ask = nil
	s.Await(Name, awaitMoved, &p)
	return s.With(Name, &n), []flows.Effect{flows.Act{Report: id, Action: f.moved(p, words)}}
}

// keeps reports whether an answer to where the right place is wants none set right after all.
func keeps(m answer.Meaning) bool {
	switch m {
	case answer.Cancel, answer.Needless, answer.No, answer.Good, answer.Undo, answer.Enough, answer.Skip:
		return true
	}
	return false
}

// namedPlace is the place that words name, without those of correcting. Thanks, anger, a question and talk are no place.
func (f *flow) namedPlace(words string) (string, bool) {
	if c, ok := f.Answers.Changes(words); ok && (c.Field == answer.Where || c.Field == answer.Something && (c.At || c.Not != "")) && c.Words != "" {
		return c.Words, true
	}
	if c := f.Finder.Find(words); len(c) > 0 && c[0].P >= placeSure {
		return words, true
	}
	if said := f.Answers.Read(words); len(said.Rest) == 0 && !said.Long || said.Mutes() {
		return "", false
	}
	if f.Answers.Strays(words) || f.Answers.Curses(words) || f.Answers.Wishes(words) || f.Answers.Orders(words) != answer.NoOrder {
		return "", false
	}
	h := f.mind.Hear(words)
	switch h.Sequel {
	case answer.Scolds, answer.Nods, answer.WantsNews, answer.TakesBack, answer.GoesOn, answer.WantsPerson:
		return "", false
	case answer.NoSequel, answer.Hides, answer.Moves, answer.Shows:
	}
	return words, !h.Thankful()
}
