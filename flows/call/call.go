// Package call is the errand of talking with a person of the office: somebody who asks for one, somebody who was not
// understood, somebody who thinks of ending his or her life, somebody who tells of violence at home, and what a danger leaves
// to say once it is filed. It is pure.
//
// What is said in an open talk goes to the coordinator's room and nowhere else, except an own complaint that is clearly begun
// ("lapor", the menu): its answers go to it. No report comes of a talk but by a tap of either side. Of who is harmed nothing
// is asked and nothing quoted; a draft that was open stays, and is not reminded of.
package call

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// Name is the flow's name in State.Ask.
const Name = "call"

// The questions of this flow, and what it waits for (State.Await).
const (
	askTalk = "talk" // the offers under an open talk
	askHere = "here" // is it safe to be answered in this chat?

	awaitAdded  = "calladded"
	awaitNumber = "callnumber:" // a bare number, with the choice it may be
)

// The harms (flows.Call.About).
const (
	aboutSelf  = "self"
	aboutAbuse = "abuse"
)

type flow struct{ flows.Options }

// New makes the flow; it is a flows.Maker. It stands before all others: an open talk takes what is said.
func New(o flows.Options) flows.Flow { return &flow{Options: o} }

var (
	_ flows.Asker    = (*flow)(nil)
	_ flows.Listener = (*flow)(nil)
)

// Name implements flows.Flow.
func (*flow) Name() string { return Name }

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	switch in := in.(type) {
	case flows.Said:
		return f.said(s, in)
	case flows.Called:
		return f.called(s, in)
	case flows.Acted:
		return f.acted(s)
	case flows.Heard:
		return f.heard(s, in)
	default:
		return s, nil
	}
}

// Question implements flows.Asker.
func (f *flow) Question(s flows.State) (bot.Message, bool) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return bot.Message{}, false
	}
	v := f.Voice(s)
	if s.Ask.Kind == askHere {
		return bot.Message{Text: v.AskSafeHere(), Menu: v.MenuOf(s.Ask.ID, "herefine", "herebad")}, true
	}
	return bot.Message{Text: v.TalkGoesOn(), Menu: v.MenuOf(s.Ask.ID, "makereport", "endtalk")}, true
}

func (f *flow) said(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	ev := in.Event
	if in.Choice != "" {
		text, typed := ev.Body.(bot.Text)
		if talk := s.Talking(); typed && talk != nil && strings.Trim(bot.Fold(text.Text), "0123456789") == "" && s.Ask.Kind == askTalk {
			p := flows.ParcelOf(ev) // it may answer what an officer has asked
			s.Await, s.Pending = awaitNumber+in.Choice, &p
			return s, []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind}}
		}
		return f.choose(s, in.Choice)
	}
	if c, ok := ev.Body.(bot.Contact); ok {
		return f.number(s, c)
	}
	words := bot.Clean(bot.Words(ev.Body))
	if _, plain := ev.Body.(bot.Text); plain {
		talk := s.Talking()
		w, _ := f.WordOf(words)
		if spoken := talk != nil && !talk.Over; w != flows.NoWord && (!spoken || flows.Commanded(w, words)) {
			return f.word(s, w)
		}
	}
	p := flows.ParcelOf(ev)
	if p.Empty() {
		return s, nil
	}
	var rd understand.Reading
	if p.Text != "" {
		rd = f.Reader.Read(p.Text)
	}
	talk := s.Talking()
	switch {
	case s.InDanger(), p.BadPin:
		return s, nil // the danger's own flow tells the room
	case rd.Harm == understand.SelfHarm && !ev.Edited:
		return f.selfHarm(s, p)
	case rd.Emergency && talk != nil && !talk.Over && talk.About == aboutSelf && !ev.Edited:
		return f.selfHarm(s, p) // not an alarm for the room to read
	case rd.Emergency && talk != nil && goesOn(talk):
		return f.worse(s, p, talk)
	case rd.Emergency:
		return s, nil
	case rd.Harm == understand.Abuse && !ev.Edited:
		return f.abuse(s, p)
	case rd.Human && (talk == nil || talk.Over) && !ev.Edited && !f.corrects(s, p.Text):
		return f.human(s, p, nil, rd.NoReport || len(rd.Guesses) == 0, false)
	case talk == nil, talk.Asked, busy(s) && ev.ReplyTo == nil && !rd.Human:
		return s, nil
	}
	told := p
	if ev.Edited {
		told.Text = "(diubah) " + p.Text
	}
	p.ReplyTo, p.Edited = ev.ReplyTo, ev.Edited
	s.Pending, s.Await = &p, flows.AwaitCall
	return s, []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.TellCall, Said: told, Place: f.AddOf(p).Place}}
}

// corrects reports whether words change a report in the making ("hanya petugas yang boleh lihat"): they call nobody.
func (f *flow) corrects(s flows.State, text string) bool {
	c, ok := f.Answers.Changes(text)
	return ok && c.Pure && !s.Form.Empty()
}

// busy reports whether another flow waits for an answer: then what is said is for it.
func busy(s flows.State) bool { return s.Ask != nil && !s.Ask.Light && s.Ask.Flow != Name }

// goesOn reports whether a talk is about a danger that is filed already and still spoken about.
func goesOn(t *flows.Talk) bool { return t.Kind == flows.DangerCall && !t.Over && t.Report != 0 }

// word lets "batal" end a talk that a person was asked for; all other words are for other flows.
func (f *flow) word(s flows.State, w flows.Word) (flows.State, []flows.Effect) {
	talk := s.Talking()
	if w != flows.WordCancel || talk == nil || talk.Over || talk.Kind != flows.HumanCall || busy(s) {
		return s, nil
	}
	return f.leave(s)
}

// human calls a person. What the chat was about goes along, where it is for others to read: the person should not have to ask.
func (f *flow) human(s flows.State, p flows.Parcel, before []string, wish, lost bool) (flows.State, []flows.Effect) {
	unnamed := false
	if s.Form != nil && s.Form.Text != "" {
		shield := s.Form.Shield(f.Profile.Sensitive)
		unnamed = shield.Hides(report.Operators)
		if !shield.Hides(report.OtherOffices) {
			before = append([]string{say.Clip(s.Form.Text, 600)}, before...)
		}
	}
	v := f.Voice(s)
	s.Offer(Name, askTalk).Plain = true
	q, _ := f.Question(s)
	q.Text = v.HumanCalled(s.At, lost)
	return s, []flows.Effect{
		flows.Call{Kind: flows.HumanCall, What: flows.RaiseCall, Said: p, Place: f.AddOf(p).Place, Wish: wish, Before: before, Unnamed: unnamed,
			Lang: v.Lang},
		flows.Say{Message: q},
	}
}

// Misunderstood implements flows.Listener.
func (f *flow) Misunderstood(s flows.State, before string, ev bot.Event) (flows.State, []flows.Effect) {
	p := flows.ParcelOf(ev)
	if p.Empty() {
		return s, nil
	}
	var earlier []string
	if before != "" {
		earlier = []string{before}
	}
	return f.human(s, p, earlier, false, true)
}

// selfHarm answers who thinks of ending his or her life: warm words and numbers first, a human at once, no question, no form,
// nothing quoted; and no reminder of a draft, which would be cruel now.
func (f *flow) selfHarm(s flows.State, p flows.Parcel) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	text := v.SelfHarm()
	if t := s.Talking(); t != nil && !t.Over && t.About == aboutSelf {
		text = v.SelfHarmAgain()
	}
	s.Ask = nil
	if s.Form != nil {
		s.Form.Nudged = true
	}
	return s, []flows.Effect{
		flows.Say{Message: bot.Message{Text: text, Want: bot.WantDone}, Now: true},
		flows.Call{Kind: flows.HarmCall, About: aboutSelf, What: flows.RaiseCall, Said: p, Place: f.AddOf(p).Place, Lang: v.Lang},
	}
}

// abuse answers who tells of violence against a woman or a child. The phone may be read by who does it: the only question is
// whether it is safe to be answered here.
func (f *flow) abuse(s flows.State, p flows.Parcel) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	raise := flows.Call{Kind: flows.HarmCall, About: aboutAbuse, What: flows.RaiseCall, Said: p, Place: f.AddOf(p).Place, Lang: v.Lang}
	if t := s.Talking(); t != nil && !t.Over && t.About == aboutAbuse {
		s, out := f.goOn(s, flows.Called{Kind: t.Kind, About: t.About, Open: true})
		return s, append([]flows.Effect{raise}, out...)
	}
	if s.Form != nil {
		s.Form.Nudged = true
	}
	s.Put(Name, askHere)
	q, _ := f.Question(s)
	return s, []flows.Effect{raise, flows.Say{Message: bot.Message{Text: v.Abuse(), Want: bot.WantDone}, Now: true}, flows.Say{Message: q}}
}

// worse takes a danger that goes on after it was filed: the room hears of it, and so does the report's office.
func (f *flow) worse(s flows.State, p flows.Parcel, t *flows.Talk) (flows.State, []flows.Effect) {
	s.Pending, s.Await = &p, awaitAdded
	return s, []flows.Effect{
		flows.Call{ID: t.ID, Kind: t.Kind, What: flows.RaiseCall, Said: p, Place: f.AddOf(p).Place, Lang: f.Voice(s).Lang},
		flows.Act{Report: t.Report, Action: f.AddOf(p)},
	}
}

// called goes on once it is known how the talk stands.
func (f *flow) called(s flows.State, in flows.Called) (flows.State, []flows.Effect) {
	if choice, ok := strings.CutPrefix(s.Await, awaitNumber); ok && s.Pending != nil {
		p := *s.Pending
		s.Await, s.Pending = "", nil
		if !in.Open || !in.Spoken {
			return f.choose(s, choice)
		}
		s.Await, s.Pending = flows.AwaitCall, &p
		return s, []flows.Effect{flows.Call{ID: in.ID, Kind: in.Kind, What: flows.TellCall, Said: p}}
	}
	if s.Await != flows.AwaitCall || s.Pending == nil || !in.Open {
		return s, nil
	}
	p := *s.Pending
	var rd understand.Reading
	if p.Text != "" {
		rd = f.Reader.Read(p.Text)
	}
	if in.Kind == flows.DangerCall && s.Quiet >= flows.Pause && s.Call != nil && another(rd, s.Call.Category) {
		return s, nil // the room has it; it is a report of its own all the same
	}
	if s.Call != nil && s.Call.Report != 0 && !rd.NoReport && telling(p) {
		s.Await = awaitAdded
		return s, []flows.Effect{flows.Act{Report: s.Call.Report, Action: f.AddOf(p)}}
	}
	s.Pending, s.Await = nil, ""
	return f.goOn(s, in)
}

// another reports whether a text surely tells of another matter than the danger that was filed. It is asked after a pause
// only: while a danger goes on, everything is about it.
func another(rd understand.Reading, category string) bool {
	return !rd.NoReport && len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure && rd.Guesses[0].Category != category
}

// telling reports whether a line of a talk is worth having in the report as well.
func telling(p flows.Parcel) bool {
	return len(p.Photos)+len(p.Files) > 0 || p.Pin != nil || len(strings.Fields(p.Text)) >= 3
}

// acted answers after a line was added to the talk's report as well; that it could not be is for the office to see, not for
// who is in danger.
func (f *flow) acted(s flows.State) (flows.State, []flows.Effect) {
	if s.Await != awaitAdded {
		return s, nil
	}
	s.Pending, s.Await = nil, ""
	kind := flows.DangerCall
	if s.Call != nil {
		kind = s.Call.Kind
	}
	return f.goOn(s, flows.Called{Kind: kind, Open: true, Spoken: s.Call != nil && s.Call.Spoken})
}

// goOn answers a line of an open talk.
func (f *flow) goOn(s flows.State, in flows.Called) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	m := bot.Message{Text: v.Told() + "\n" + v.StillHere()}
	switch {
	case in.Kind == flows.HumanCall || in.About == aboutAbuse:
		s.Offer(Name, askTalk).Plain = true
		m, _ = f.Question(s)
	case in.Kind == flows.HarmCall:
		m.Text = v.Hears()
	case in.Spoken:
		m.Text = v.TalkGoesOn()
	}
	return s, []flows.Effect{flows.Say{Message: m, Hold: flows.HoldBurst}}
}

// heard takes the words of a voice note in which somebody speaks of ending his or her life.
func (f *flow) heard(s flows.State, in flows.Heard) (flows.State, []flows.Effect) {
	if s.Form == nil || s.Form.ID != in.Draft || s.Form.Listening != in.Media || in.Media == "" {
		return s, nil
	}
	words := bot.Clean(in.Words)
	if words == "" || f.Reader.Read(words).Harm != understand.SelfHarm {
		return s, nil
	}
	s.Form.Listening = ""
	return f.selfHarm(s, flows.Parcel{Text: words, Files: s.Form.Files})
}

// number takes the citizen's own phone number, which is for the card of a danger alone.
func (f *flow) number(s flows.State, c bot.Contact) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	talk := s.Talking()
	if c.Phone == "" || !s.InDanger() && (talk == nil || talk.Over || talk.Kind == flows.HumanCall) {
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: v.NumberUseless(), Want: bot.WantDone}}}
	}
	call := flows.Call{Kind: flows.DangerCall, What: flows.InsistCall, Phone: c.Phone}
	if talk != nil {
		call.ID, call.Kind = talk.ID, talk.Kind
	}
	return s, []flows.Effect{call, flows.Say{Message: bot.Message{Text: v.NumberKept()}}}
}

// choose carries out an answer to this flow's questions.
func (f *flow) choose(s flows.State, id string) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	talk := s.Talking()
	if talk == nil {
		talk = &flows.Talk{}
	}
	switch what := map[string]flows.CallWhat{"safe": flows.SafeCall, "nodanger": flows.CalmCall}[id]; {
	case what != "" && talk.Kind == flows.DangerCall: // on a screen of the danger that is filed by now
		return s, []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: what}, flows.Say{Message: bot.Message{Text: v.Told()}}}
	case s.Ask == nil || s.Ask.Flow != Name:
		return s, nil
	}
	switch id {
	case "makereport":
		s.Await = flows.AwaitMake
		return s, []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.MakeCall}}
	case "herefine":
		s.Offer(Name, askTalk).Plain = true
		q, _ := f.Question(s)
		q.Text = v.SafeHere()
		return s, []flows.Effect{flows.Say{Message: q}}
	case "herebad":
		s.Ask = nil
		return s, []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.UnsafeCall},
			flows.Say{Message: bot.Message{Text: v.Silent()}}}
	}
	return f.leave(s)
}

// leave ends the talk.
func (f *flow) leave(s flows.State) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	text := v.TalkOver()
	if !s.Form.Empty() {
		text += "\n\n" + v.StillOpen()
	}
	s.Ask = nil
	call := flows.Call{What: flows.LeaveCall}
	if s.Call != nil {
		call.ID, call.Kind = s.Call.ID, s.Call.Kind
	}
	return s, []flows.Effect{call, flows.Say{Message: bot.Message{Text: text}}}
}
