package sequel

import (
	"slices"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// What is said while a report is in the making, and names the matter of a filed one. The question of the report in the making stays.

// beside looks whether words may be said of a filed report.
func (f *flow) beside(s flows.State, in flows.Beside) (flows.State, []flows.Effect) {
	p, n := flows.ParcelOf(in.Event), Of(s)
	named := f.mind.Named(p.Text)
	if n.Tried == s.Turn || slices.ContainsFunc(named, func(c string) bool { return slices.Contains(in.Matters, c) }) {
		return s, nil
	}
	h := f.mind.Hear(p.Text)
	wish := h.Sequel == answer.Hides || h.Sequel == answer.TakesBack || h.Sequel == answer.Shows
	if len(named) == 0 && !(wish && len(in.Matters) == 0) || !wish && h.Sequel != answer.WantsNews && h.Judged == answer.NoJudgement {
		return s, nil
	}
	n.Tried = s.Turn
	s.Await(Name, awaitBeside, &p).Anew = true
	return s.With(Name, &n), []flows.Effect{flows.Look{}}
}

// besides does what was said of a filed report, where it is known which is meant.
func (f *flow) besides(s flows.State, in flows.Found, p flows.Parcel) (flows.State, []flows.Effect) {
	mine := in.Mine
	if named := f.mind.Named(p.Text); len(named) > 0 {
		mine = slices.DeleteFunc(slices.Clone(mine), func(r report.Report) bool { return !slices.Contains(named, r.Category) })
	}
	if len(mine) == 0 {
		return s, nil
	}
	d := f.mind.Decide(meant.Said{Text: p.Text, At: s.At}, mine)
	if d.Act == meant.Nothing {
		return s, nil
	}
	n := &Notes{Act: d.Act, Who: d.Who, Place: d.Place, Said: p, Tried: s.Turn}
	r, known := d.One()
	if !known && len(d.Reports) > 1 && !f.Open(s) { // nothing was told yet: there is nothing that it could be said of instead
		return f.which(s, n, d.Reports)
	}
	if !known {
		return s, nil
	}
	ask := s.Ask
	s, out := f.do(s, r, n)
	if s.Ask == nil {
		s.Ask = ask
	}
	return s, out
}

// still adds to what is answered that a report is in the making.
func (f *flow) still(s flows.State, m bot.Message) bot.Message {
	if f.Open(s) {
		m.Text += "\n\n" + f.Voice(s).StillOpen()
	}
	return m
}
