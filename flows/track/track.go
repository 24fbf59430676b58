// Package track is the errand of following a filed report: the own list, one report by its number, and adding to it. It
// is pure.
//
// A reply to a message about a report adds to that report, whatever it holds; thanks and greetings are answered and not
// added. A number anywhere in a message shows the report: all of it to its owner, with an offer to add the words around
// the number, and what anybody may know to others.
package track

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// Name is the flow's name in State.Ask.
const Name = "track"

// The questions of this flow, and what it waits for (State.Wait).
const (
	askList  = "list"
	askWords = "words"
	askStars = "stars"
	askWhich = "which"

	awaitMine  = "mine"
	awaitCode  = "code"
	awaitReply = "reply"
	awaitAdded = "added"

	awaitMark    = "mark"   // the own reports, to find the one that a mark is for
	awaitOpposed = "oppose" // whether the office knows that its plan is not taken
)

// listed is how many reports a list shows, offered how many of them as buttons.
const (
	listed  = 10
	offered = 5
)

type flow struct {
	flows.Options
	mind meant.Mind
}

// New makes the flow; it is a flows.Maker.
func New(o flows.Options) flows.Flow {
	return &flow{Options: o, mind: meant.New(o.Profile, o.Reader, o.Finder, o.Answers)}
}

var _ flows.Asker = (*flow)(nil)

// Name implements flows.Flow.
func (*flow) Name() string { return Name }

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	switch in := in.(type) {
	case flows.Said:
		if s, out, ok := f.leftFor(s, in); ok {
			return s, out
		}
		return f.said(s, in)
	case flows.Found:
		return f.found(s, in)
	case flows.Acted:
		if s.Wait != nil && s.Wait.Flow != Name {
			return s, nil
		}
		return f.acted(s, in)
	case flows.Meanwhile:
		return f.meanwhile(s, in.Event)
	case flows.Idle:
		return f.idle(s, in)
	case flows.Addition:
		s.Await(Name, awaitAdded, &in.Said)
		return s, []flows.Effect{flows.Act{Report: in.Report, Action: f.AddOf(in.Said)}}
	default:
		return s, nil
	}
}

// Question implements flows.Asker.
func (f *flow) Question(s flows.State) (bot.Message, bool) {
	n := Of(s)
	if s.Ask == nil || s.Ask.Flow != Name || len(n.Codes) == 0 {
		return bot.Message{}, false
	}
	v := f.Voice(s)
	switch s.Ask.Kind {
	case askWords:
		return bot.Message{Text: v.AskAddWords(n.Codes[0], n.Text), Menu: v.MenuOf(s.Ask.ID, "yes", "no")}, true
	case askFollow:
		return bot.Message{Text: v.AskFollow(), Menu: v.MenuOf(s.Ask.ID, "follow", "no")}, true
	case askStars:
		return bot.Message{Text: v.AskStars(n.Office), Menu: v.RateMenu(s.Ask.ID)}, true
	case askWhich:
		return f.which(s, n), true
	}
	text := v.AskNumber()
	if s.Ask.Kind == askLeave {
		text = v.AskLeave()
	}
	m := bot.Message{Text: text, Menu: &bot.Menu{ID: s.Ask.ID}}
	for _, c := range n.Codes {
		m.Menu.Choices = append(m.Menu.Choices, bot.Choice{ID: choiceOf(c), Label: string(c)})
	}
	return m, true
}

// choiceOf is the id of the choice that is a report.
func choiceOf(c report.Code) string { return strings.ReplaceAll(string(c), " ", "") }

func (f *flow) said(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	ev := in.Event
	if in.Choice != "" {
		return f.choose(s, in)
	}
	if pick, pressed := ev.Body.(bot.Pick); pressed {
		return f.pressed(s, pick)
	}
	if ev.Edited {
		return s, nil
	}
	words := bot.Clean(bot.Words(ev.Body))
	if s, out, ok := f.leaving(s, ev, words); ok {
		return s, out
	}
	if stars, ok := f.starsIn(s, ev, words); ok {
		return f.rate(s, Of(s).Report, stars, words)
	}
	if s, out, ok := f.marks(s, ev, words); ok {
		return s, out
	}
	if f.mayJudge(s, ev, words) {
		p := flows.ParcelOf(ev)
		n := Of(s)
		n.Tried = s.Turn
		s, out := look(s.With(Name, &n), awaitJudge, &p, flows.Look{})
		s.Wait.Anew = true
		return s, out
	}
	if _, plain := ev.Body.(bot.Text); plain {
		switch w, _ := f.WordOf(words); {
		case w == flows.WordStatus:
			return look(s, awaitMine, nil, flows.Look{})
		case w != flows.NoWord && !f.repliesTo(s, ev, w):
			return s, nil
		}
	}
	if ev.ReplyTo != nil && !ev.ReplyTo.Zero() {
		p := flows.ParcelOf(ev)
		ref := *ev.ReplyTo
		s, out := look(s, awaitReply, &p, flows.Look{Ref: &ref})
		s.Wait.Anew = true
		return s, out
	}
	code, found, valid := report.FindCode(f.Profile.Prefix, words)
	switch {
	case !found:
		return s, nil
	case !valid && len(words) > 40: // a complaint in which something looks like a number stays a complaint
		return s, nil
	case !valid:
		example := string(report.NewCode(f.Profile.Prefix, 7))
		return f.beside(s, flows.Say{Message: bot.Message{Text: f.Voice(s).Typo(code, example)}})
	}
	if s, out, ok := f.wished(s, ev, words); ok {
		return s, out
	}
	p := flows.ParcelOf(ev)
	p.Text = around(words)
	return look(s, awaitCode, &p, flows.Look{Code: code})
}

// around is what a message says beside the number in it, "" when that is not worth adding.
func around(words string) string {
	kept := strings.Fields(words)
	if len(kept) < 4 || len(words) < 30 {
		return ""
	}
	return words
}

func look(s flows.State, await string, about *flows.Parcel, l flows.Look) (flows.State, []flows.Effect) {
	s.Await(Name, await, about)
	return s, []flows.Effect{l}
}

// beside says something and leaves an open report to be gone on with: its question stays open.
func (f *flow) beside(s flows.State, first flows.Say) (flows.State, []flows.Effect) {
	if f.Open(s) {
		first.Message.Text += "\n\n" + f.Voice(s).StillOpen()
	}
	return s, []flows.Effect{first}
}

// found answers what the engine found.
func (f *flow) found(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	await, said := s.Awaited(Name)
	switch await {
	case awaitMine:
		s.Wait = nil
		return f.list(s, in)
	case awaitLeave:
		return f.leave(s, in)
	case awaitReply:
		if in.Full == nil && said != nil && len(in.Followed) == 1 {
			return f.besides(s, in.Followed[0], *said)
		}
		if in.Full != nil && Of(s).Tried == s.Turn { // nobody leaves the own report by a word
			return s, nil
		}
		if in.Full == nil || said == nil {
			return s, nil
		}
		if s, out, ok := f.wishedOf(s, in.Full.Report, *said); ok {
			return s, out
		}
		return f.add(s, in.Full.Report, *said)
	case awaitCode:
		s.Wait = nil
		return f.show(s, in, said)
	case awaitJudge:
		return f.judgeOne(s, in.Mine, said)
	case awaitTold:
		return f.toldTo(s, in.Mine, said)
	case awaitMark:
		return f.marked(s, in.Mine, said)
	case awaitPressed:
		return f.judgePressed(s, in)
	}
	return s, nil
}

// add adds what a reply brought to its report. Danger comes first here too.
func (f *flow) add(s flows.State, r report.Report, p flows.Parcel) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	var rd understand.Reading
	if p.Text != "" {
		rd = f.Reader.Read(p.Text)
	}
	alone := len(p.Photos)+len(p.Files) == 0 && p.Pin == nil
	if alone && (bot.Fold(p.Text) == "" || f.courtesy(p.Text, rd)) {
		s.Wait = nil
		text := v.Thanks()
		switch {
		case p.BadPin:
			text = v.BadPin()
		case rd.Small == "greeting":
			text = v.HelloTo(p.Text)
		case rd.Small == "thanks" && s.ThanksAgain():
			return s, []flows.Effect{flows.NoAnswer{}}
		}
		return f.beside(s, flows.Say{Message: bot.Message{Text: text}})
	}
	var out []flows.Effect
	if s, out, ok := f.accused(s, r, p, rd); ok {
		return s, out
	}
	if rd.Emergency {
		s.Ask = nil
		place := r.Place
		if own := f.AddOf(p).Place; own != nil {
			place = *own
		}
		out = append(out, flows.Say{Message: bot.Message{Text: v.Danger(rd.Danger)}, Now: true},
			flows.Call{Kind: flows.DangerCall, What: flows.RaiseCall, Said: p, Place: &place, Report: r.ID, Code: r.Code,
				Unnamed: r.Shield(f.Profile.Sensitive).Hides(report.Operators), Lang: v.Lang})
	}
	if alone && f.numbered(r, p.Text, s.At) == say.Agreed {
		s.Wait = nil
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.RefusalTaken()}})
	}
	if a, about := f.judgement(r, p, s.At, true); about {
		s, act := f.act(s, r, a, p)
		return s, append(out, act...)
	}
	if alone && r.Status == report.Planned && !r.Reporter.Zero() && f.mind.Opposes(p.Text) { // a follower has no plan to refuse
		s.Await(Name, awaitOpposed, &p)
		return s, append(out, flows.Act{Report: r.ID, Action: report.Oppose{Words: p.Text}})
	}
	if alone && r.Asked.IsZero() && bare(p.Text) {
		s.Wait = nil
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.NumberAlone(p.Text, r.Code)}})
	}
	s.Await(Name, awaitAdded, &p)
	return s, append(out, flows.Act{Report: r.ID, Action: f.AddOf(p)})
}

// acted tells whether something was added.
func (f *flow) acted(s flows.State, in flows.Acted) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	await, p := s.Awaited(Name)
	s.Wait = nil
	switch await {
	case awaitJudged, awaitDispute:
		return f.judged(s, in, p, await == awaitDispute)
	case awaitRated:
		text := v.Rated()
		if !in.OK {
			text = v.RatedTwice()
		}
		return f.beside(s, flows.Say{Message: bot.Message{Text: text}, Report: in.Report.ID})
	case awaitLeft:
		return f.left(s, in)
	case awaitFollow:
		return f.follows(s, in)
	case awaitOpposed:
		if in.OK {
			return f.beside(s, flows.Say{Message: bot.Message{Text: v.Opposed(in.Report)}, Report: in.Report.ID})
		}
		if p != nil && in.Report.Code != "" { // it was opposed today already: what is said more is added
			s.Await(Name, awaitAdded, p)
			return s, []flows.Effect{flows.Act{Report: in.Report.ID, Action: f.AddOf(*p)}}
		}
	}
	out := flows.Say{Report: in.Report.ID}
	if !in.OK && in.Report.Code == "" {
		out.Message.Text = v.Gone()
		return f.beside(s, out)
	}
	if !in.OK {
		out.Message.Text = v.CanNotAdd(in.Report.Code)
		return f.beside(s, out)
	}
	what := v.What(0, 0, 0, false)
	if p != nil {
		what = v.What(len(p.Text), len(p.Photos), len(p.Files), p.Pin != nil)
		if p.MediaOnly() && p.Pin == nil {
			out.Hold = flows.HoldBurst
		}
	}
	out.Message.Text = v.AddedTo(in.Report.Code, what)
	switch { // what was sent may say that it is fixed, or that it is not
	case f.Open(s):
	case in.Report.Status == report.Resolved:
		out.Message.Text += "\n\n" + v.AskFixed()
		out.Message.Menu = v.VerdictMenu(in.Report.Code)
	case in.Report.Status == report.Rejected && !in.Report.Disputed:
		out.Message.Text += "\n\n" + v.AskAgreed()
		out.Message.Menu = v.RefusalMenu(in.Report.Code)
	}
	return f.beside(s, out)
}

// choose carries out an answer to this flow's questions.
func (f *flow) choose(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	id := in.Choice
	switch s.Ask.Kind {
	case askStars:
		return f.rate(s, Of(s).Report, id, bot.Words(in.Event.Body))
	case askWhich:
		return f.chosen(s, id)
	case askFollow:
		return f.offered(s, id)
	}
	if s.Ask.Kind == askList {
		for _, code := range Of(s).Codes {
			if choiceOf(code) == id {
				return look(s, awaitCode, nil, flows.Look{Code: code})
			}
		}
		return s, nil
	}
	if s.Ask.Kind == askLeave {
		for _, code := range Of(s).Codes {
			if choiceOf(code) == id {
				s.Ask = nil
				return look(s, awaitLeave, nil, flows.Look{Code: code})
			}
		}
		return s, nil
	}
	words, to := Of(s).Text, Of(s).Report
	s.Ask = nil
	if id != "yes" {
		return f.beside(s, flows.Say{Message: bot.Message{Text: f.Voice(s).NotAddedTo()}})
	}
	s.Await(Name, awaitAdded, &flows.Parcel{Text: words})
	return s, []flows.Effect{flows.Act{Report: to, Action: report.Add{Words: words}}}
}
