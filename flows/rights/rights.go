// Package rights is the errand of a person's rights to what is kept about him or her: a copy of it, and to have it erased. It is pure.
//
// An erasing is asked about twice, with what it means, and can be called off for a while. What a question tells was looked up when it was
// first asked; what is erased is decided by the office when it is done.
package rights

import (
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Name is the flow's name in State.Ask.
const Name = "rights"

// The questions of this flow, and what it waits for.
const (
	askErase = "erase"
	askAgain = "again"
	// Of who has tied other chats: for which.
	askMine   = "mine"
	askForget = "forget"

	awaitAsk   = "ask"
	awaitDone  = "done"
	awaitSpare = "spare"
)

// Notes are what this flow keeps of a conversation: what the questions tell, and until when an erasing can be called off.
type Notes struct {
	Gone     int           `json:"gone,omitempty"`
	Open     []report.Code `json:"open,omitempty"`
	Operator bool          `json:"op,omitempty"`
	Until    time.Time     `json:"until,omitzero"`
	// All says that it is for all chats of the person.
	All bool `json:"all,omitempty"`
}

// Copy implements flows.Notes.
func (n Notes) Copy() flows.Notes {
	n.Open = slices.Clone(n.Open)
	return &n
}

// Empty implements flows.Notes.
func (n Notes) Empty() bool {
	return n.Gone == 0 && len(n.Open) == 0 && !n.Operator && n.Until.IsZero() && !n.All
}

type flow struct{ flows.Options }

// New makes the flow; it is a flows.Maker.
func New(o flows.Options) flows.Flow { return &flow{Options: o} }

var (
	_ flows.Asker  = (*flow)(nil)
	_ flows.Keeper = (*flow)(nil)
	_ flows.Shower = (*flow)(nil)
)

// Name implements flows.Flow.
func (*flow) Name() string { return Name }

// Blank implements flows.Keeper.
func (*flow) Blank() flows.Notes { return &Notes{} }

// Of are this flow's notes in a conversation, for reading.
func Of(s flows.State) Notes { return flows.NotesOf[Notes](s, Name) }

// Shows implements flows.Shower: a question agrees to the reports that it names.
func (*flow) Shows(s flows.State) flows.Shown {
	if n := Of(s); n.All {
		return flows.Shown{Codes: n.Open, Else: "all"}
	}
	return flows.Shown{Codes: Of(s).Open}
}

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	switch in := in.(type) {
	case flows.Said:
		return f.said(s, in)
	case flows.Pleaded:
		return f.pleaded(s, in)
	default:
		return s, nil
	}
}

// Question implements flows.Asker.
func (f *flow) Question(s flows.State) (bot.Message, bool) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return bot.Message{}, false
	}
	n, v := Of(s), f.Voice(s)
	if s.Ask.Kind == askMine || s.Ask.Kind == askForget {
		return bot.Message{Text: v.AskScope(s.Ask.Kind == askForget), Menu: v.MenuOf(s.Ask.ID, "alltied", "thischat")}, true
	}
	if s.Ask.Kind == askErase {
		return bot.Message{Text: v.AskErase(n.Gone, n.Open, n.Operator), Menu: v.MenuOf(s.Ask.ID, "erase", "noerase")}, true
	}
	ids := []string{"erasenow", "noerase"}
	if len(n.Open) > 0 {
		ids = []string{"erasenow", "recall", "noerase"}
	}
	return bot.Message{Text: v.AskEraseAgain(len(n.Open)), Menu: v.MenuOf(s.Ask.ID, ids...)}, true
}

func (f *flow) said(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	if in.Choice != "" {
		return f.choose(s, in.Choice)
	}
	text, plain := in.Event.Body.(bot.Text)
	if !plain || in.Event.Edited {
		return s, nil
	}
	w, _ := f.WordOf(text.Text)
	if w == flows.WordForget && f.ofReport(s, text.Text) {
		return s, nil
	}
	switch {
	case w == flows.WordMine && s.Tied:
		return f.scope(s, askMine)
	case w == flows.WordMine:
		return f.plead(s, awaitDone, flows.PleadExport)
	case f.off(s, w):
		return f.plead(s, awaitSpare, flows.PleadSpare)
	case w == flows.WordForget && s.Tied:
		return f.scope(s, askForget)
	case w == flows.WordForget:
		return f.plead(s, awaitAsk, flows.PleadAsk)
	case w == flows.NoWord && f.wonders(s, text.Text):
		s.Put(Name, s.Ask.Kind)
		q, _ := f.Question(s)
		return s, []flows.Effect{flows.Say{Message: q}}
	}
	return s, nil
}

// wonders reports whether a few words, said where it is asked whether all shall be erased, only ask what that means: the question tells it.
func (f *flow) wonders(s flows.State, text string) bool {
	const most = 7
	if s.Ask == nil || s.Ask.Flow != Name || len(strings.Fields(text)) > most || f.WantsPerson(s, text) {
		return false
	}
	rd := f.Reader.Read(text)
	asks := strings.Contains(text, "?") || wondering.Any(strings.Fields(bot.Fold(text)))
	return asks && !rd.Emergency && rd.Harm == understand.NoHarm && (len(rd.Guesses) == 0 || rd.Guesses[0].P < understand.Sure)
}

// wondering are the words by which it is asked what something means.
var wondering = answer.ListOf("wondering")

// ofReport reports whether who has filed something lately wants one report to be forgotten, and not the data: "lupain aja laporan gue".
func (f *flow) ofReport(s flows.State, text string) bool {
	const plainly = 0.9
	learnt, ok := f.Reader.(understand.Follower)
	if !ok || f.Stands(s).Ended.Code == "" || strings.Contains(bot.Fold(text), "data") {
		return false
	}
	aim, p := learnt.Aims(f.Answers, text).First()
	return aim == understand.AimWithdraw && p >= plainly
}

// off reports whether words call an erasing off: nothing else is undone while one is under way. "batal" is of the report in the making,
// where there is one; "urungkan", as it was told, is of the erasing.
func (f *flow) off(s flows.State, w flows.Word) bool {
	return w == flows.WordSpare || s.At.Before(Of(s).Until) && (w == flows.WordUndo || w == flows.WordCancel && !f.Open(s))
}

func (f *flow) plead(s flows.State, await string, what flows.PleadWhat) (flows.State, []flows.Effect) {
	s.Await(Name, await, nil)
	return s, []flows.Effect{flows.Plead{What: what, Lang: f.Voice(s).Lang, All: Of(s).All}}
}

// scope asks whether all chats of the person are meant.
func (f *flow) scope(s flows.State, kind string) (flows.State, []flows.Effect) {
	s = s.With(Name, &Notes{Until: Of(s).Until})
	s.Put(Name, kind)
	q, _ := f.Question(s)
	return s, []flows.Effect{flows.Say{Message: q}}
}

func (f *flow) choose(s flows.State, id string) (flows.State, []flows.Effect) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return s, nil
	}
	kind := s.Ask.Kind
	s.Ask = nil
	switch {
	case kind == askMine || kind == askForget:
		n := Of(s)
		n.All = id == "alltied"
		s = s.With(Name, &n)
		if kind == askMine {
			return f.plead(s, awaitDone, flows.PleadExport)
		}
		return f.plead(s, awaitAsk, flows.PleadAsk)
	case id == "erase" && kind == askErase:
		s.Put(Name, askAgain)
		q, _ := f.Question(s)
		return s, []flows.Effect{flows.Say{Message: q}}
	case id == "erasenow" && kind == askAgain:
		return f.plead(s, awaitDone, flows.PleadErase)
	case id == "recall" && kind == askAgain:
		return f.plead(s, awaitDone, flows.PleadRecall)
	}
	s = s.With(Name, &Notes{})
	return f.beside(s, f.Voice(s).EraseKept())
}

// pleaded tells how it stands.
func (f *flow) pleaded(s flows.State, in flows.Pleaded) (flows.State, []flows.Effect) {
	await, _ := s.Awaited(Name)
	if await == "" {
		return s, nil
	}
	s.Wait = nil
	v := f.Voice(s)
	switch in.What {
	case flows.PleadExport:
		s = s.With(Name, &Notes{Until: Of(s).Until})
		if !in.OK {
			return f.beside(s, v.ExportWaits())
		}
		return f.beside(s, v.ExportComes())
	case flows.PleadSpare:
		s = s.With(Name, &Notes{})
		return f.beside(s, spared(v, in))
	case flows.PleadErase, flows.PleadRecall:
		if !in.OK {
			return f.waits(s, in)
		}
		s = s.With(Name, &Notes{Until: in.Until})
		return f.beside(s, v.EraseSet(in.Until.Sub(s.At)))
	}
	if in.Pending {
		return f.waits(s, in)
	}
	s.Put(Name, askErase)
	s = s.With(Name, &Notes{Gone: in.Gone, Open: in.Open, Operator: in.Operator, All: Of(s).All})
	q, _ := f.Question(s)
	return s, []flows.Effect{flows.Say{Message: q}}
}

// waits tells how an erasing stands that was asked for before.
func (f *flow) waits(s flows.State, in flows.Pleaded) (flows.State, []flows.Effect) {
	if in.Begun {
		return f.beside(s.With(Name, &Notes{}), f.Voice(s).EraseBegun(in.Pending))
	}
	return f.beside(s.With(Name, &Notes{Until: in.Until}), f.Voice(s).EraseWaits())
}

// spared tells what became of the wish not to be erased after all.
func spared(v say.Voice, in flows.Pleaded) string {
	switch {
	case in.OK && in.Begun:
		return v.EraseRestOff()
	case in.OK:
		return v.EraseOff()
	case in.Begun:
		return v.EraseBegun(in.Pending)
	}
	return v.EraseKept()
}

// beside says something and leaves an open report to be gone on with.
func (f *flow) beside(s flows.State, words string) (flows.State, []flows.Effect) {
	if f.Open(s) {
		words += "\n\n" + f.Voice(s).StillOpen()
	}
	return s, []flows.Effect{flows.Say{Message: bot.Message{Text: words}}}
}
