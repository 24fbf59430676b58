package sequel

import (
	"slices"
	"strings"

	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// What is said in reply to a message about a report adds to it. A wish does not: a name that is to be hidden must not wait for an officer who
// reads that.

// replied carries out what a reply wishes of its report; whatever question is open meanwhile stays.
func (f *flow) replied(s flows.State, in flows.Replied) (flows.State, []flows.Effect) {
	p, mine := in.Said, []report.Report{in.Report}
	if !f.wishesOf(p.Text, in.Report) {
		return s, nil
	}
	d := f.mind.Decide(meant.Said{Text: p.Text, At: s.At}, mine)
	r, known := d.One()
	if !known || !commands(d.Act) && d.Act != meant.Move {
		return s, nil
	}
	n := &Notes{Act: d.Act, Who: d.Who, Place: d.Place, Said: p, Tried: s.Turn, NewsOf: Of(s).NewsOf, NewsAt: Of(s).NewsAt}
	if commands(d.Act) {
		n.Meant = f.meantFor(s, mine)
	}
	ask := s.Ask
	s, out := f.do(s, r, n)
	if s.Ask == nil {
		s.Ask = ask
	}
	if len(p.Photos)+len(p.Files) > 0 { // what came with the wish is for the office all the same
		out = append(out, flows.Act{Report: r.ID, Action: report.Add{Photos: p.Photos, Files: p.Files}, Told: true})
	}
	return s, out
}

// wishesOf reports whether a reply wants something done to its report. Where an office waits for an answer, only what nobody says to an officer.
func (f *flow) wishesOf(text string, r report.Report) bool {
	if !r.Asked.IsZero() {
		return f.wishes(text)
	}
	h, listed := f.mind.Hear(text), f.Answers.After(text).Sequel
	switch h.Sequel {
	case answer.Hides, answer.Shows:
		return true
	case answer.TakesBack, answer.GoesOn:
		return h.Sequel == listed || h.Known()
	case answer.Moves: // "lokasinya persis di depan masjid" is more of it
		return f.corrects(text)
	}
	return false
}

// corrects reports whether a word says that something was not right.
func (f *flow) corrects(text string) bool {
	return slices.ContainsFunc(strings.Fields(f.Answers.Plain(text)), func(w string) bool {
		return slices.Contains([]string{"salah", "harusnya", "bukan", "ralat", "pindah", "maksudnya"}, w)
	})
}
