package track

import (
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// list shows the own reports, the newest few as choices where no report is in the making.
func (f *flow) list(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	v, mine := f.Voice(s), in.Mine
	if len(mine) == 0 && len(in.Followed) > 0 {
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.ListFollowed(in.Followed)}})
	}
	if len(mine) == 0 {
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.NoReports()}})
	}
	m := bot.Message{Text: v.List(mine[:min(len(mine), listed)])}
	if len(in.Followed) > 0 {
		m.Text += "\n\n" + v.ListFollowed(in.Followed)
	}
	if !f.Open(s) {
		s.Offer(Name, askList)
		n := &Notes{}
		for _, r := range mine[:min(len(mine), offered)] {
			n.Codes = append(n.Codes, r.Code)
		}
		s = s.With(Name, n)
		q, _ := f.Question(s)
		m.Menu = q.Menu
	}
	return f.beside(s, flows.Say{Message: m})
}

// show tells the story of a report to its owner, and to others what anybody may know.
func (f *flow) show(s flows.State, in flows.Found, p *flows.Parcel) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	switch {
	case in.Full != nil:
		r := in.Full.Report
		out := flows.Say{Message: bot.Message{Text: v.Story(r, in.Full.Facts)}, Report: r.ID}
		if talk := f.InTalk(s); talk != nil {
			return s, append([]flows.Effect{out}, f.unname(*talk, r)...)
		}
		if p != nil && !p.Empty() && p.Text == "" {
			s.Await(Name, awaitAdded, p)
			return s, []flows.Effect{out, flows.Act{Report: r.ID, Action: f.AddOf(*p)}}
		}
		if p == nil || p.Text == "" {
			return f.beside(s, out)
		}
		s.Put(Name, askWords)
		s = s.With(Name, &Notes{Codes: []report.Code{r.Code}, Report: r.ID, Text: p.Text})
		q, _ := f.Question(s)
		return s, []flows.Effect{out, flows.Say{Message: q}}
	case in.Short != nil:
		text := v.Outline(*in.Short)
		if len(in.Followed) > 0 {
			return f.beside(s, flows.Say{Message: bot.Message{Text: text + "\n" + v.FollowedOutline()}, Report: in.Followed[0].ID})
		}
		if next, out, ok := f.offer(s, in); ok {
			return next, out
		}
		return f.beside(s, flows.Say{Message: bot.Message{Text: text}})
	}
	if in.Lost != nil {
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.LostNumber(in.Asked, *in.Lost)}})
	}
	return f.beside(s, flows.Say{Message: bot.Message{Text: v.NotFound(in.Asked)}})
}

// accusedFrom is from how many words on a text tells what somebody of an office did.
const accusedFrom = 5

// accused takes what accuses somebody of an office out of the reply to a report that the group reads: it becomes a report of its own, which
// goes where the accused does not read it. ok is false for everything else.
func (f *flow) accused(s flows.State, r report.Report, p flows.Parcel, rd understand.Reading) (_ flows.State, _ []flows.Effect, ok bool) {
	if !rd.Misconduct || rd.Emergency || len(strings.Fields(p.Text)) < accusedFrom || f.Open(s) || r.Shield(f.Profile.Sensitive).Hides(report.Group) {
		return s, nil, false
	}
	s.Wait = nil
	next, out := f.Hand(s, flows.Begin{Said: p, Secret: true})
	if len(out) == 0 {
		return s, nil, false
	}
	return next, append([]flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).AccusedApart(r.Code)}}}, out...), true
}

// unname hides who talks with a person about a report that hides it, or all that it says.
func (f *flow) unname(talk flows.Talk, r report.Report) []flows.Effect {
	shield := r.Shield(f.Profile.Sensitive)
	if !shield.Hides(report.Operators) {
		return nil
	}
	return []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.HideCall, Unnamed: true, Secret: shield.Hides(report.Group)}}
}

// greets reports whether a reply is short enough to be nothing but a greeting: what names a number, or says more, is for the office.
func greets(text string) bool {
	return len(strings.Fields(text)) <= 5 && !strings.ContainsFunc(text, unicode.IsDigit)
}
