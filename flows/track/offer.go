package track

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
)

// Who has the number of somebody else's report and wants to know how it stands mostly has the same trouble: its news is offered, where a
// report may be followed.

const (
	askFollow   = "follow"
	awaitFollow = "follow"
)

// offer asks a stranger whether news of a report is wanted; ok is false where something else is open, or it cannot be followed.
func (f *flow) offer(s flows.State, in flows.Found) (_ flows.State, _ []flows.Effect, ok bool) {
	if in.Follow == 0 || f.Open(s) || f.InDanger(s) || f.InTalk(s) != nil || s.Ask != nil && !s.Ask.Light {
		return s, nil, false
	}
	s.Wait = nil
	s.Offer(Name, askFollow)
	s = s.With(Name, &Notes{Codes: []report.Code{in.Short.Code}, Report: in.Follow})
	q, _ := f.Question(s)
	q.Text = f.Voice(s).Outline(*in.Short) + "\n\n" + q.Text
	return s, []flows.Effect{flows.Say{Message: q}}, true
}

// offered carries out the answer.
func (f *flow) offered(s flows.State, choice string) (flows.State, []flows.Effect) {
	v, n := f.Voice(s), Of(s)
	s.Ask = nil
	if choice != "follow" {
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.NotFollowed()}})
	}
	s.Await(Name, awaitFollow, nil)
	return s, []flows.Effect{flows.Act{Report: n.Report, Action: report.Follow{Lang: v.Lang}}}
}

// follows tells what came of it.
func (f *flow) follows(s flows.State, in flows.Acted) (flows.State, []flows.Effect) {
	v, code := f.Voice(s), in.Report.Code
	switch {
	case in.OK:
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.FollowsNow(code)}, Report: in.Report.ID})
	case in.Why == whyAlready:
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.Following(code, false)}, Report: in.Report.ID})
	}
	return f.beside(s, flows.Say{Message: bot.Message{Text: v.CanNotFollow()}})
}

// whyAlready is casework's word for what stands like that.
const whyAlready = "already"
