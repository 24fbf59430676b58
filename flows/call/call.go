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
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Name is the flow's name in State.Ask.
const Name = "call"

// The questions of this flow, and what it waits for (State.Wait).
const (
	askTalk = "talk" // the offers under an open talk
	askHere = "here" // is it safe to be answered in this chat?
	askKeep = "keep" // shall a report be made of it as well?

	awaitTalk   = "talk"    // whether the talk is open
	awaitMake   = "make"    // what was said in it, for a report to be made of it
	awaitHush   = "hush"    // the talk that was opened, which must not be answered in
	awaitRaised = "raised"  // the talk that was opened with words that tell a matter
	awaitAdded  = "added"   // whether a line was added to the report
	awaitNumber = "number:" // a bare number, with the choice it may be
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
	case flows.Confided:
		return f.confided(s, in.Said)
	case flows.Wished:
		return f.human(s, in.Said, nil, true, false)
	default:
		return s, nil
	}
}

// confided answers what another flow was told and is for a person.
func (f *flow) confided(s flows.State, p flows.Parcel) (flows.State, []flows.Effect) {
	rd := f.Reader.Read(p.Text)
	if rd.Harm == understand.Abuse {
		return f.abuse(s, p)
	}
	return f.selfHarm(s, p, rd.OfOther)
}

// Question implements flows.Asker.
func (f *flow) Question(s flows.State) (bot.Message, bool) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return bot.Message{}, false
	}
	v := f.Voice(s)
	switch s.Ask.Kind {
	case askHere:
		return bot.Message{Text: v.AskSafeHere(), Menu: v.MenuOf(s.Ask.ID, "herefine", "herebad")}, true
	case askKeep:
		return bot.Message{Text: v.TalkGoesOn() + "\n\n" + v.AskReportToo(), Menu: v.MenuOf(s.Ask.ID, "keepfile", "nofile")}, true
	}
	return bot.Message{Text: v.TalkGoesOn(), Menu: v.MenuOf(s.Ask.ID, "makereport", "endtalk")}, true
}

func (f *flow) said(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	ev := in.Event
	if in.Choice != "" {
		text, typed := ev.Body.(bot.Text)
		if talk := f.Talking(s); typed && talk != nil && strings.Trim(bot.Fold(text.Text), "0123456789") == "" && s.Ask.Kind != askHere {
			p := flows.ParcelOf(ev) // it may answer what an officer has asked
			s.Await(Name, awaitNumber+in.Choice, &p)
			return s, []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind}}
		}
		return f.choose(s, in.Choice)
	}
	if c, ok := ev.Body.(bot.Contact); ok {
		return f.number(s, c)
	}
	words := bot.Clean(bot.Words(ev.Body))
	if next, out, ok := f.worded(s, ev, words); ok {
		return next, out
	}
	p := flows.ParcelOf(ev)
	if p.Empty() {
		return s, nil
	}
	var rd understand.Reading
	if p.Text != "" {
		rd = f.Reader.Read(p.Text)
	}
	if next, out, ok := f.meanwhile(s, ev, words, rd); ok {
		return next, out
	}
	talk := f.Talking(s)
	switch {
	case talk != nil && !talk.Over && talk.Unsafe && saysSafeHere(p.Text):
		return f.here(s, talk)
	case f.InDanger(s), p.BadPin:
		return s, nil // the danger's own flow tells the room
	case f.Stands(s).Behalf && talk == nil:
		return s, nil // an officer writes of somebody else
	case rd.Harm == understand.SelfHarm: // whether it was written so at once, or a message was changed into it
		return f.selfHarm(s, p, rd.OfOther)
	case rd.Emergency && talk != nil && !talk.Over && talk.About == aboutSelf:
		return f.selfHarm(s, p, false) // not an alarm for the room to read
	case rd.Emergency && talk != nil && !talk.Over && talk.About == aboutAbuse && (rd.Danger != "" || talk.Unsafe || !watched(p.Text, false)):
		return f.endangered(s, p) // nor this: it would name who is harmed
	case talk != nil && !talk.Over && talk.About == aboutAbuse && !talk.Unsafe && watched(p.Text, s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askHere):
		return f.hush(s, p, talk)
	case rd.Emergency && talk != nil && goesOn(talk):
		return f.worse(s, p, talk)
	case rd.Emergency:
		return s, nil
	case rd.Harm == understand.Abuse:
		return f.abuse(s, p)
	case (talk == nil || talk.Over) && !ev.Edited && f.WantsPerson(s, p.Text):
		return f.human(s, p, nil, rd.NoReport || len(rd.Guesses) == 0, false)
	case talk == nil, talk.Asked, busy(s) && ev.ReplyTo == nil && !rd.Human:
		return s, nil
	}
	told := p
	if ev.Edited {
		told.Text = "(diubah) " + p.Text
	}
	p.ReplyTo, p.Edited = ev.ReplyTo, ev.Edited
	s.Await(Name, awaitTalk, &p).Anew = true
	unnamed, secret := f.hides(p.Text)
	secret = secret || talk.Kind != flows.DangerCall && f.sensitive(p.Text, rd) // of a danger somebody has to read where it is
	return s, []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.TellCall, Said: told, Place: f.AddOf(p).Place,
		Unnamed: unnamed, Secret: secret}}
}

// busy reports whether another flow waits for an answer: then what is said is for it.
func busy(s flows.State) bool { return s.Ask != nil && !s.Ask.Light && s.Ask.Flow != Name }

// goesOn reports whether a talk is about a danger that is filed already and still spoken about.
func goesOn(t *flows.Talk) bool { return t.Kind == flows.DangerCall && !t.Over && t.Report != 0 }

// word lets "batal" end a talk that a person was asked for, and "kirim" make a report of one that nobody answered; all other words are
// for other flows.
func (f *flow) word(s flows.State, w flows.Word) (flows.State, []flows.Effect) {
	talk := f.Talking(s)
	if f.files(s, w, talk) {
		return f.make(s, talk)
	}
	if w != flows.WordCancel || talk == nil || talk.Over || talk.Kind != flows.HumanCall || busy(s) {
		return s, nil
	}
	return f.leave(s, flows.Parcel{})
}

// human calls a person. What the chat was about goes along, where it is for others to read: the person should not have to ask.
func (f *flow) human(s flows.State, p flows.Parcel, before []string, wish, lost bool) (flows.State, []flows.Effect) {
	gist, unnamed, secret := f.Gist(s)
	if p.Text != "" {
		hidden, kept := f.hides(p.Text)
		unnamed, secret = unnamed || hidden, secret || kept || f.sensitive(p.Text, f.Reader.Read(p.Text))
	}
	for _, words := range before {
		secret = secret || f.sensitive(words, f.Reader.Read(words))
	}
	if gist != "" {
		before = append([]string{gist}, before...)
	}
	v := f.Voice(s)
	s.Offer(Name, askTalk).Plain = true
	if !wish && p.Text != "" {
		s.Await(Name, awaitRaised, nil)
	}
	q, _ := f.Question(s)
	q.Text = v.HumanCalled(s.At, lost)
	if f.Answers.Question(p.Text) == answer.AskedBot {
		q.Text = v.IsMachine() + "\n\n" + q.Text
	}
	return s, []flows.Effect{
		flows.Call{Kind: flows.HumanCall, What: flows.RaiseCall, Said: p, Place: f.AddOf(p).Place, Wish: wish, Before: before, Unnamed: unnamed,
			Secret: secret, Lang: v.Lang},
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
func (f *flow) selfHarm(s flows.State, p flows.Parcel, other bool) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	text := v.SelfHarm()
	if other {
		text = v.SelfHarmOther()
	}
	if t := f.Talking(s); t != nil && !t.Over && t.About == aboutSelf {
		text = v.SelfHarmAgain()
	}
	s.Ask = nil
	return f.Hushed(s), []flows.Effect{
		flows.Say{Message: bot.Message{Text: text, Want: bot.WantDone}, Now: true},
		flows.Call{Kind: flows.HarmCall, About: aboutSelf, What: flows.RaiseCall, Said: p, Place: f.AddOf(p).Place, Lang: v.Lang},
	}
}

// worse takes a danger that goes on after it was filed: the room hears of it, and so does the report's office.
func (f *flow) worse(s flows.State, p flows.Parcel, t *flows.Talk) (flows.State, []flows.Effect) {
	s.Await(Name, awaitAdded, &p)
	return s, []flows.Effect{
		flows.Call{ID: t.ID, Kind: t.Kind, What: flows.RaiseCall, Said: p, Place: f.AddOf(p).Place, Lang: f.Voice(s).Lang},
		flows.Act{Report: t.Report, Action: f.AddOf(p)},
	}
}

// called goes on once it is known how the talk stands.
func (f *flow) called(s flows.State, in flows.Called) (flows.State, []flows.Effect) {
	await, said := s.Awaited(Name)
	choice, number := strings.CutPrefix(await, awaitNumber)
	switch {
	case await == awaitMake:
		s.Wait = nil
		return f.Hand(s.With(Name, &Notes{}), flows.Begin{Said: in.Said, Secret: in.Kind == flows.HarmCall || in.Secret})
	case said == nil:
		return s, nil
	case number && in.Open && (in.Spoken || in.About == aboutAbuse): // who is harmed is shown no numbers
		s.Await(Name, awaitTalk, said).Anew = true
		return s, []flows.Effect{flows.Call{ID: in.ID, Kind: in.Kind, What: flows.TellCall, Said: *said}}
	case number:
		s.Wait = nil
		return f.choose(s, choice)
	case await == awaitHush:
		return f.hushed(s, in)
	case await == awaitTalk && in.Open:
		return f.told(s, in, *said)
	}
	return s, nil
}

// acted answers after a line was added to the talk's report as well; that it could not be is for the office to see, not for
// who is in danger.
func (f *flow) acted(s flows.State) (flows.State, []flows.Effect) {
	if await, _ := s.Awaited(Name); await != awaitAdded {
		return s, nil
	}
	s.Wait = nil
	in := flows.Called{Kind: flows.DangerCall, Open: true}
	if talk := Of(s).Talk; talk != nil {
		in.Kind, in.Spoken = talk.Kind, talk.Spoken
	}
	return f.goOn(s, in, false)
}

// goOn answers a line of an open talk. offered says that it is asked whether a report shall be made of it.
func (f *flow) goOn(s flows.State, in flows.Called, offered bool) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	m := bot.Message{Text: v.Told() + "\n" + v.StillHere()}
	talk := Of(s).Talk
	switch {
	case talk != nil && talk.Unsafe:
		m = bot.Message{Text: v.Neutral(), Want: bot.WantDone}
	case in.About == aboutAbuse: // no buttons: what they say can be written
		s.Offer(Name, askTalk).Plain = true
		lines := 0
		if talk != nil {
			lines = talk.Lines
		}
		m.Text = v.WithYou(lines)
	case in.Kind == flows.HumanCall && offered:
		s.Offer(Name, askKeep).Plain = true
		m, _ = f.Question(s)
	case in.Kind == flows.HumanCall:
		s.Offer(Name, askTalk).Plain = true
		m, _ = f.Question(s)
	case in.Kind == flows.HarmCall:
		m.Text = v.Hears()
	case in.Spoken:
		m.Text = v.TalkGoesOn()
	}
	return s, []flows.Effect{flows.Say{Message: m, Hold: flows.HoldBurst}}
}

// number takes the citizen's own phone number, which is for the card of a danger alone.
func (f *flow) number(s flows.State, c bot.Contact) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	talk := f.Talking(s)
	if c.Phone == "" || !f.InDanger(s) && (talk == nil || talk.Over || talk.Kind == flows.HumanCall) {
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
	talk := f.Talking(s)
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
	case "makereport", "keepfile":
		return f.make(s, talk)
	case "nofile":
		s.Offer(Name, askTalk).Plain = true
		q, _ := f.Question(s)
		q.Text = v.NoReportToo()
		return s, []flows.Effect{flows.Say{Message: q}}
	case "herefine":
		return f.here(s, talk)
	case "herebad":
		s.Ask = nil
		s = unsafe(s, true)
		return s, []flows.Effect{flows.Call{ID: talk.ID, Kind: talk.Kind, What: flows.UnsafeCall},
			flows.Say{Message: bot.Message{Text: v.Silent()}}}
	}
	return f.leave(s, flows.Parcel{})
}

// leave ends the talk. The person reads said, the words that ended it.
func (f *flow) leave(s flows.State, said flows.Parcel) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	text := v.TalkOver()
	if f.Open(s) {
		text += "\n\n" + v.StillOpen()
	}
	s.Ask = nil
	call := flows.Call{What: flows.LeaveCall, Said: said}
	if talk := Of(s).Talk; talk != nil {
		call.ID, call.Kind = talk.ID, talk.Kind
	}
	return s, []flows.Effect{call, flows.Say{Message: bot.Message{Text: text}}}
}
