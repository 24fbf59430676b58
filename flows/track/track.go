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
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// Name is the flow's name in State.Ask.
const Name = "track"

// The questions of this flow, and what it waits for (State.Await).
const (
	askList  = "list"
	askWords = "words"

	awaitMine  = "mine"
	awaitData  = "data"
	awaitCode  = "code"
	awaitReply = "reply"
	awaitAdded = "added"
)

// listed is how many reports a list shows, offered how many of them as buttons.
const (
	listed  = 10
	offered = 5
)

type flow struct{ flows.Options }

// New makes the flow; it is a flows.Maker.
func New(o flows.Options) flows.Flow { return &flow{Options: o} }

var _ flows.Asker = (*flow)(nil)

// Name implements flows.Flow.
func (*flow) Name() string { return Name }

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	switch in := in.(type) {
	case flows.Said:
		return f.said(s, in)
	case flows.Found:
		return f.found(s, in)
	case flows.Acted:
		return f.acted(s, in)
	default:
		return s, nil
	}
}

// Question implements flows.Asker.
func (f *flow) Question(s flows.State) (bot.Message, bool) {
	if s.Ask == nil || s.Ask.Flow != Name || len(s.Ask.Codes) == 0 {
		return bot.Message{}, false
	}
	v := f.Voice(s)
	if s.Ask.Kind == askWords {
		return bot.Message{Text: v.AskAddWords(s.Ask.Codes[0], s.Ask.Text), Menu: v.MenuOf(s.Ask.ID, "yes", "no")}, true
	}
	m := bot.Message{Text: v.AskNumber(), Menu: &bot.Menu{ID: s.Ask.ID}}
	for _, c := range s.Ask.Codes {
		m.Menu.Choices = append(m.Menu.Choices, bot.Choice{ID: choiceOf(c), Label: string(c)})
	}
	return m, true
}

// choiceOf is the id of the choice that is a report.
func choiceOf(c report.Code) string { return strings.ReplaceAll(string(c), " ", "") }

func (f *flow) said(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	ev := in.Event
	if in.Choice != "" {
		return f.choose(s, in.Choice)
	}
	if ev.Edited {
		return s, nil
	}
	words := bot.Clean(bot.Words(ev.Body))
	if _, plain := ev.Body.(bot.Text); plain {
		switch w, _ := f.WordOf(words); w {
		case flows.WordStatus:
			return look(s, awaitMine, flows.Look{})
		case flows.WordMine:
			return look(s, awaitData, flows.Look{})
		case flows.NoWord:
		default:
			return s, nil
		}
	}
	if _, plain := ev.Body.(bot.Text); plain && ev.ReplyTo == nil && f.after(s, words) {
		return look(s, awaitCode, flows.Look{Code: s.Sent.Code})
	}
	if ev.ReplyTo != nil && !ev.ReplyTo.Zero() {
		p := flows.ParcelOf(ev)
		s.Pending = &p
		ref := *ev.ReplyTo
		return look(s, awaitReply, flows.Look{Ref: &ref})
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
	p := flows.ParcelOf(ev)
	p.Text = around(words)
	s.Pending = &p
	return look(s, awaitCode, flows.Look{Code: code})
}

// after reports whether words ask how it stands with the report filed last.
func (f *flow) after(s flows.State, words string) bool {
	if s.Sent == nil || !s.Form.Empty() || s.Talking() != nil || s.At.Sub(s.Sent.At) > flows.Remembered || !f.Answers.AsksAfter(words) {
		return false
	}
	rd := f.Reader.Read(words)
	return !rd.Emergency && rd.Harm == understand.NoHarm && (len(rd.Guesses) == 0 || rd.Guesses[0].P < understand.Sure)
}

// around is what a message says beside the number in it, "" when that is not worth adding.
func around(words string) string {
	kept := strings.Fields(words)
	if len(kept) < 4 || len(words) < 30 {
		return ""
	}
	return words
}

func look(s flows.State, await string, l flows.Look) (flows.State, []flows.Effect) {
	s.Await = await
	return s, []flows.Effect{l}
}

// beside says something and leaves an open report to be gone on with: its question stays open.
func (f *flow) beside(s flows.State, first flows.Say) (flows.State, []flows.Effect) {
	if !s.Form.Empty() {
		first.Message.Text += "\n\n" + f.Voice(s).StillOpen()
	}
	return s, []flows.Effect{first}
}

// found answers what the engine found.
func (f *flow) found(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	await := s.Await
	s.Await = ""
	v := f.Voice(s)
	switch await {
	case awaitMine:
		s.Pending = nil
		return f.list(s, in.Mine)
	case awaitData:
		s.Pending = nil
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.MyData(in.Mine[:min(len(in.Mine), listed)], !s.Form.Empty(), !s.Shelf.Empty())}})
	case awaitReply:
		if in.Full == nil || s.Pending == nil {
			return s, nil
		}
		return f.add(s, in.Full.Report)
	case awaitCode:
		return f.show(s, in)
	}
	return s, nil
}

// list shows the own reports, the newest few as choices where no report is in the making.
func (f *flow) list(s flows.State, mine []report.Report) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	if len(mine) == 0 {
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.NoReports()}})
	}
	m := bot.Message{Text: v.List(mine[:min(len(mine), listed)])}
	if s.Form.Empty() {
		ask := s.Offer(Name, askList)
		ask.Codes = nil
		for _, r := range mine[:min(len(mine), offered)] {
			ask.Codes = append(ask.Codes, r.Code)
		}
		q, _ := f.Question(s)
		m.Menu = q.Menu
	}
	return f.beside(s, flows.Say{Message: m})
}

// show tells the story of a report to its owner, and to others what anybody may know.
func (f *flow) show(s flows.State, in flows.Found) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	p := s.Pending
	s.Pending = nil
	switch {
	case in.Full != nil:
		r := in.Full.Report
		out := flows.Say{Message: bot.Message{Text: v.Story(r, in.Full.Facts)}, Report: r.ID}
		if p != nil && !p.Empty() && p.Text == "" {
			s.Pending = p
			s.Await = awaitAdded
			return s, []flows.Effect{out, flows.Act{Report: r.ID, Action: f.AddOf(*p)}}
		}
		if p == nil || p.Text == "" {
			return f.beside(s, out)
		}
		ask := s.Put(Name, askWords)
		ask.Codes, ask.Report, ask.Text = []report.Code{r.Code}, r.ID, p.Text
		q, _ := f.Question(s)
		return s, []flows.Effect{out, flows.Say{Message: q}}
	case in.Short != nil:
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.Outline(*in.Short)}})
	}
	return f.beside(s, flows.Say{Message: bot.Message{Text: v.NotFound(in.Asked)}})
}

// add adds what a reply brought to its report. Danger comes first here too.
func (f *flow) add(s flows.State, r report.Report) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	p := *s.Pending
	var rd understand.Reading
	if p.Text != "" {
		rd = f.Reader.Read(p.Text)
	}
	alone := len(p.Photos)+len(p.Files) == 0 && p.Pin == nil
	if alone && (bot.Fold(p.Text) == "" || rd.NoReport && (rd.Small == "thanks" || rd.Small == "greeting")) {
		s.Pending = nil
		text := v.Thanks()
		switch {
		case p.BadPin:
			text = v.BadPin()
		case rd.Small == "greeting":
			text = v.Hello()
		}
		return f.beside(s, flows.Say{Message: bot.Message{Text: text}})
	}
	var out []flows.Effect
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
	s.Await = awaitAdded
	return s, append(out, flows.Act{Report: r.ID, Action: f.AddOf(p)})
}

// acted tells whether something was added.
func (f *flow) acted(s flows.State, in flows.Acted) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	p := s.Pending
	s.Pending, s.Await = nil, ""
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
	return f.beside(s, out)
}

// choose carries out an answer to this flow's questions.
func (f *flow) choose(s flows.State, id string) (flows.State, []flows.Effect) {
	if s.Ask.Kind == askList {
		for _, code := range s.Ask.Codes {
			if choiceOf(code) == id {
				return look(s, awaitCode, flows.Look{Code: code})
			}
		}
		return s, nil
	}
	words, to := s.Ask.Text, s.Ask.Report
	s.Ask = nil
	if id != "yes" {
		return f.beside(s, flows.Say{Message: bot.Message{Text: f.Voice(s).NotAddedTo()}})
	}
	s.Pending = &flows.Parcel{Text: words}
	s.Await = awaitAdded
	return s, []flows.Effect{flows.Act{Report: to, Action: report.Add{Words: words}}}
}
