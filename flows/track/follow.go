package track

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What following needs of this flow: which report is left, and what is waited for meanwhile.
const (
	askLeave   = "leave"
	awaitLeave = "leave"
	awaitLeft  = "left"
)

// leaving takes words that end the following of a report, or answer whether one is to be followed. Bare words ("stop") mean that only where
// nothing else is open that they could end; ok is false where the message is for others.
func (f *flow) leaving(s flows.State, ev bot.Event, words string) (_ flows.State, _ []flows.Effect, ok bool) {
	if s, out, ok := f.wantsNews(s, ev, words); ok {
		return s, out, true
	}
	_, plain := ev.Body.(bot.Text)
	sure, bare := say.Leaves(words)
	if !plain || !sure && !bare || f.InDanger(s) || f.InTalk(s) != nil || Of(s).Tried == s.Turn {
		return s, nil, false
	}
	if ev.ReplyTo != nil && !ev.ReplyTo.Zero() {
		p, ref, n := flows.ParcelOf(ev), *ev.ReplyTo, Of(s)
		n.Tried = s.Turn
		s, out := look(s, awaitReply, &p, flows.Look{Ref: &ref})
		s.Wait.Anew = true
		return s.With(Name, &n), out, true
	}
	if !sure && (f.Open(s) || s.Ask != nil && !s.Ask.Light) {
		return s, nil, false
	}
	if code, found, valid := report.FindCode(f.Profile.Prefix, words); found && valid {
		s, out := look(s, awaitLeave, nil, flows.Look{Code: code})
		return s, out, true
	}
	p := flows.ParcelOf(ev)
	n := Of(s)
	if bare { // where nothing is followed they mean what they always do
		n.Tried = s.Turn
	}
	s, out := look(s, awaitLeave, &p, flows.Look{})
	s.Wait.Anew = bare
	return s.With(Name, &n), out, true
}

// leave ends the following of what was found, or asks which of several.
func (f *flow) leave(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	all := in.Followed
	switch {
	case len(all) == 0 && s.Wait != nil && s.Wait.Anew:
		return s, nil
	case len(all) == 0:
		s.Wait = nil
		return f.beside(s, flows.Say{Message: bot.Message{Text: f.Voice(s).FollowsNone()}})
	case len(all) == 1:
		return f.unfollow(s, all[0].ID)
	}
	s.Wait = nil
	s.Put(Name, askLeave)
	n := &Notes{}
	for _, r := range all[:min(len(all), offered)] {
		n.Codes = append(n.Codes, r.Code)
	}
	s = s.With(Name, n)
	q, _ := f.Question(s)
	q.Text = f.Voice(s).ListFollowed(all) + "\n" + q.Text
	return s, []flows.Effect{flows.Say{Message: q}}
}

func (f *flow) unfollow(s flows.State, id report.ID) (flows.State, []flows.Effect) {
	s.Await(Name, awaitLeft, nil)
	return s, []flows.Effect{flows.Act{Report: id, Action: report.Unfollow{}}}
}

// besides takes what somebody replied to the news of a report that he or she follows.
func (f *flow) besides(s flows.State, r report.Report, p flows.Parcel) (flows.State, []flows.Effect) {
	if sure, bare := say.Leaves(p.Text); (sure || bare) && len(p.Photos)+len(p.Files) == 0 {
		return f.unfollow(s, r.ID)
	}
	return f.add(s, r, p)
}

// left tells that the report is not followed any more.
func (f *flow) left(s flows.State, in flows.Acted) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	if in.Report.Code == "" {
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.Gone()}})
	}
	return f.beside(s, flows.Say{Message: bot.Message{Text: v.LeftReport(in.Report.Code)}})
}
