package track

import (
	"slices"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// meanwhile takes what is said while a person is spoken with, and is for this flow: a number, also with the word that asks how it stands,
// and the end of following.
func (f *flow) meanwhile(s flows.State, ev bot.Event) (flows.State, []flows.Effect) {
	words := bot.Clean(bot.Words(ev.Body))
	code, found, valid := report.FindCode(f.Profile.Prefix, words)
	if sure, _ := say.Leaves(words); sure {
		if found && valid {
			return look(s, awaitLeave, nil, flows.Look{Code: code})
		}
		return look(s, awaitLeave, nil, flows.Look{})
	}
	if !found {
		return f.judgedTo(s, ev, words)
	}
	if !valid {
		return s, nil
	}
	rest, _ := report.AroundCode(f.Profile.Prefix, words)
	if w, _ := f.WordOf(rest); bot.Fold(rest) == "" || w == flows.WordStatus || bot.Fold(words) == bot.Fold(string(code)) {
		return look(s, awaitCode, nil, flows.Look{Code: code})
	}
	return s, nil
}

// judgedTo looks whether what is said to a person may be a verdict on work that is called done.
func (f *flow) judgedTo(s flows.State, ev bot.Event, words string) (flows.State, []flows.Effect) {
	h := f.mind.Hear(words)
	if !h.Sure || h.Judged == answer.NoJudgement || h.Judged == answer.JudgedUnfair || wishes(h) || number(words) {
		return s, nil
	}
	p := flows.ParcelOf(ev)
	s, out := look(s, awaitTold, &p, flows.Look{})
	s.Wait.Anew = true
	return s, out
}

// toldTo passes on to the person what may be a verdict, and asks whether it is one: only a reporter judges, and nobody says it to a
// person alone who waits for it.
func (f *flow) toldTo(s flows.State, mine []report.Report, p *flows.Parcel) (flows.State, []flows.Effect) {
	at := slices.IndexFunc(mine, func(r report.Report) bool { return r.StoodAt(s.At) == report.Resolved })
	talk := f.InTalk(s)
	if p == nil || at < 0 || talk == nil || f.mind.Another(p.Text, f.Reader.Read(p.Text), mine[at]) {
		return s, nil
	}
	s.Wait = nil
	v, r := f.Voice(s), mine[at]
	return s, []flows.Effect{
		flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.TellCall, Said: *p},
		flows.Say{Message: bot.Message{Text: v.TalkGoesOn() + "\n\n" + v.AskJudged(r), Menu: v.VerdictMenu(r.Code)}, Report: r.ID},
	}
}

// wished leaves a number with a wish around it to the flow that carries wishes out ("tolong laporan SRG-… dijadikan rahasia"). ok is
// false where it is none, or it came back.
func (f *flow) wished(s flows.State, ev bot.Event, words string) (_ flows.State, _ []flows.Effect, ok bool) {
	rest, coded := report.AroundCode(f.Profile.Prefix, words)
	n := Of(s)
	if _, plain := ev.Body.(bot.Text); !plain || !coded || n.Tried == s.Turn || f.InTalk(s) != nil || !f.mind.Commands(rest) {
		return s, nil, false
	}
	n.Tried = s.Turn
	s, out := f.Hand(s.With(Name, &n), flows.Meanwhile{Event: ev})
	return s, out, len(out) > 0
}

// wishedOf leaves a reply to the flow that carries wishes out: "jangan sebut nama saya" under the receipt is one as well as unquoted. ok is
// false where it wishes nothing: a danger comes first, what accuses somebody goes where the accused does not read it, and a verdict judges.
func (f *flow) wishedOf(s flows.State, r report.Report, p flows.Parcel) (_ flows.State, _ []flows.Effect, ok bool) {
	if p.Text == "" || p.Pin != nil {
		return s, nil, false
	}
	if rd := f.Reader.Read(p.Text); rd.Emergency || rd.Harm != understand.NoHarm || rd.Misconduct {
		return s, nil, false
	}
	if _, judges := f.judgement(r, p, s.At, true); judges && !wishes(f.mind.Hear(p.Text)) {
		return s, nil, false
	}
	s, out := f.Hand(s, flows.Replied{Report: r, Said: p})
	return s, out, len(out) > 0
}

// repliesTo reports whether a word that calls off is a reply, and nothing is in the making that it could call off: it answers an office, or
// takes a filed report back.
func (f *flow) repliesTo(s flows.State, ev bot.Event, w flows.Word) bool {
	return w == flows.WordCancel && ev.ReplyTo != nil && !ev.ReplyTo.Zero() && !f.Open(s) && !f.InDanger(s) && f.InTalk(s) == nil
}
