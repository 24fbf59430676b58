package track

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// A verdict or an objection that fits several reports is asked about, and the answer may never come. It judges nothing then, for only its
// writer judges; but the office of the report that was talked of last reads the words, and one tap makes them what they were meant to be.

// unanswered is after how long.
const unanswered = 30 * time.Minute

// Left are such words, while nobody has said which report they are for.
type Left struct {
	// Draft names the question, for when it is not answered.
	Draft string       `json:"draft"`
	Said  flows.Parcel `json:"said"`
	// Codes are the reports that they fit; Report is the one of them that was talked of last, with its code and how it is called.
	Codes  []report.Code `json:"codes"`
	Report report.ID     `json:"report"`
	Code   report.Code   `json:"code"`
	Label  string        `json:"label"`
	// Of is what they say of it; Open that its office still has it, so that there is nothing to judge.
	Of   Verdict `json:"of"`
	Open bool    `json:"open,omitempty"`
}

// asksWhich reports whether it is still asked which report they are for.
func asksWhich(s flows.State) bool {
	return s.Ask != nil && s.Ask.Flow == Name && s.Ask.Kind == askWhich
}

// answered reports whether a press says of one of the reports what the words say.
func (l *Left) answered(v Verdict, code report.Code) bool {
	return l != nil && v.Words == "" && v.Of == l.Of.Of && v.Unfair == l.Of.Unfair && slices.Contains(l.Codes, code)
}

// leftFor takes what is said instead of an answer; false where there was no question, or the words may answer it: another verdict is looked
// at as one first.
func (f *flow) leftFor(s flows.State, in flows.Said) (flows.State, []flows.Effect, bool) {
	words := bot.Clean(bot.Words(in.Event.Body))
	_, pressed := in.Event.Body.(bot.Pick)
	if Of(s).Left == nil || pressed || in.Choice != "" || in.Event.Edited || f.mayJudge(s, in.Event, words) {
		return s, nil, false
	}
	if w, _ := f.WordOf(words); asksWhich(s) && (w == flows.WordCancel || f.Answers.Read(words).Misdirected()) {
		s.Ask = nil
		return s.With(Name, &Notes{}), []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).NotAddedTo()}}}, true
	}
	s, out := f.settle(s, in)
	return s, out, true
}

// settle gives the words that were left to a report, and answers what was said instead. Nothing is said before the numbers that help.
func (f *flow) settle(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	left := f.given(s, *Of(s).Left)
	n := Of(s)
	n.Left = nil
	if asksWhich(s) {
		s.Ask, n = nil, Notes{Tried: n.Tried, Mark: n.Mark, MarkOf: n.MarkOf}
	}
	s, out := f.Hand(s.With(Name, &n), in)
	if rd := f.Reader.Read(bot.Words(in.Event.Body)); rd.Emergency || rd.Harm != understand.NoHarm {
		left = slices.DeleteFunc(left, func(e flows.Effect) bool { _, said := e.(flows.Say); return said })
	}
	return s, append(left, out...)
}

// idle does it when nothing more is said.
func (f *flow) idle(s flows.State, in flows.Idle) (flows.State, []flows.Effect) {
	n := Of(s)
	if n.Left == nil || n.Left.Draft != in.Draft {
		return s, nil
	}
	if s.Ask != nil && s.Ask.Flow != Name && !s.Ask.Light { // something else is asked: later
		return s, []flows.Effect{flows.Nudge{Draft: n.Left.Draft, After: unanswered}}
	}
	out := f.given(s, *n.Left)
	if asksWhich(s) {
		s.Ask = nil
	}
	return s.With(Name, &Notes{Mark: n.Mark, MarkOf: n.MarkOf}), out
}

// given are the effects of giving words to the report that was talked of last.
func (f *flow) given(s flows.State, l Left) []flows.Effect {
	v := f.Voice(s)
	m := bot.Message{Text: v.GivenLate(l.Said.Text, l.Code, l.Label)}
	switch {
	case l.Open:
	case l.Of.Unfair:
		m.Text, m.Menu = m.Text+"\n\n"+v.AskAgreed(), v.RefusalMenu(l.Code)
	default:
		m.Text, m.Menu = m.Text+"\n\n"+v.AskFixed(), v.VerdictMenu(l.Code)
	}
	return []flows.Effect{
		flows.Say{Message: m, Report: l.Report},
		flows.Act{Report: l.Report, Action: f.AddOf(l.Said), Told: true},
	}
}
