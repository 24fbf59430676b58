package sequel

import (
	"rabeg/flows"
	"rabeg/internal/report"
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

// place takes the right place, as it was asked for.
func (f *flow) place(s flows.State, n Notes, p flows.Parcel) (flows.State, []flows.Effect) {
	words := p.Text
	if p.Pin != nil {
		words = ""
	}
	id := n.Report
	s.Ask = nil
	s.Await(Name, awaitMoved, &p)
	return s.With(Name, &n), []flows.Effect{flows.Act{Report: id, Action: f.moved(p, words)}}
}
