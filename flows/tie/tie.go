// Package tie is the errand of a person's several chats: to tie them, so that reports are known in each, and to part them again. It is pure.
//
// A code is shown in one chat and typed in the other. Both are asked what would be joined before it is: a code may have been given by
// somebody else, or guessed.
package tie

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand/answer"
)

// Name is the flow's name in State.Ask.
const Name = "tie"

// The questions of this flow.
const (
	askHere  = "here"  // of who typed a code
	askThere = "there" // of who showed it
	askSame  = "same"  // of whose number another chat has, too
)

const (
	// wrongMost is how many wrong codes a chat may type within wrongIn.
	wrongMost = 5
	wrongIn   = time.Hour
	// askFor is how long a question is taken to be meant: the code is over by then.
	askFor = 15 * time.Minute
)

// Notes are what this flow keeps of a conversation: the code that is asked about, or the chat of the same number, what the question tells,
// and when wrong ones were typed (Unix seconds).
type Notes struct {
	Code    string         `json:"code,omitempty"`
	Other   bot.Network    `json:"other,omitempty"`
	Mine    []report.Code  `json:"mine,omitempty"`
	Kindred *flows.Kindred `json:"kindred,omitempty"`
	Wrong   []int64        `json:"wrong,omitempty"`
}

// Copy implements flows.Notes.
func (n Notes) Copy() flows.Notes {
	n.Mine, n.Wrong = slices.Clone(n.Mine), slices.Clone(n.Wrong)
	if n.Kindred != nil {
		n.Kindred = new(*n.Kindred)
	}
	return &n
}

// Empty implements flows.Notes.
func (n Notes) Empty() bool {
	return n.Code == "" && n.Other == "" && n.Kindred == nil && len(n.Mine)+len(n.Wrong) == 0
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

// Shows implements flows.Shower: a yes agrees to this code, and to the reports that it would join.
func (*flow) Shows(s flows.State) flows.Shown {
	n := Of(s)
	return flows.Shown{Codes: n.Mine, Else: [2]string{n.Code, string(n.Other)}}
}

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	switch in := in.(type) {
	case flows.Said:
		return f.said(s, in)
	case flows.Meanwhile:
		if f.urgent(s) {
			return s, nil
		}
		return f.said(s, flows.Said{Event: in.Event})
	case flows.TieTold:
		return f.told(s, in)
	case flows.TieNews:
		return f.news(s, in)
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
	text := v.AskTieHere(n.Other, n.Mine)
	switch s.Ask.Kind {
	case askThere:
		text = v.AskTieThere(n.Other, n.Mine)
	case askSame:
		if n.Kindred == nil {
			return bot.Message{}, false
		}
		text = v.AskTieSame(n.Other, n.Kindred.Reports, n.Kindred.Last)
	}
	return bot.Message{Text: text, Menu: v.MenuOf(s.Ask.ID, "tie", "nottie")}, true
}

func (f *flow) said(s flows.State, in flows.Said) (flows.State, []flows.Effect) {
	if in.Choice != "" {
		return f.choose(s, in.Choice)
	}
	text, plain := in.Event.Body.(bot.Text)
	if !plain || in.Event.Edited {
		return s, nil
	}
	switch b := f.Answers.Bond(text.Text); b.Want {
	case answer.Claim:
		return f.claim(s, b.Code)
	case answer.Tie:
		return f.ask(s, flows.Tie{What: flows.TieOffer, Anew: b.Anew})
	case answer.Untie:
		return f.ask(s, flows.Tie{What: flows.TieEnd})
	default:
		return s, nil
	}
}

// claim looks what a code would join, unless too many wrong ones were typed before: who guesses is slowed down here, and there are
// more codes than anybody can type.
func (f *flow) claim(s flows.State, code string) (flows.State, []flows.Effect) {
	n := Of(s)
	n.Wrong = slices.DeleteFunc(slices.Clone(n.Wrong), func(at int64) bool { return s.At.Sub(time.Unix(at, 0)) >= wrongIn })
	s = s.With(Name, &n)
	switch {
	case len(n.Wrong) >= wrongMost:
		return f.beside(s, f.Voice(s).TieTooOften())
	case code == "": // it is none, and nothing was guessed by it
		return f.beside(s, f.Voice(s).TieOver())
	}
	return f.ask(s, flows.Tie{What: flows.TieLook, Code: code})
}

func (*flow) ask(s flows.State, t flows.Tie) (flows.State, []flows.Effect) {
	s.Await(Name, string(t.What), nil)
	return s, []flows.Effect{t}
}

func (f *flow) choose(s flows.State, id string) (flows.State, []flows.Effect) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return s, nil
	}
	kind, n, late := s.Ask.Kind, Of(s), s.At.Sub(s.Ask.At) >= askFor
	s.Ask = nil
	s = s.With(Name, &Notes{Wrong: n.Wrong})
	switch {
	case kind == askSame && id == "tie": // late or not: it is looked at again
		return f.ask(s, flows.Tie{What: flows.TieJoin})
	case kind == askSame:
		return f.ask(s, flows.Tie{What: flows.TieOffer, Plain: true})
	case late:
		return f.beside(s, f.Voice(s).TieOver())
	case id == "tie" && kind == askHere:
		return f.ask(s, flows.Tie{What: flows.TieWant, Code: n.Code})
	case id == "tie":
		return f.ask(s, flows.Tie{What: flows.TieGive, Code: n.Code})
	case kind == askThere:
		return f.ask(s, flows.Tie{What: flows.TieDrop, Code: n.Code})
	}
	return f.beside(s, f.Voice(s).TieNot())
}

// told tells how it stands.
func (f *flow) told(s flows.State, in flows.TieTold) (flows.State, []flows.Effect) {
	if await, _ := s.Awaited(Name); await != string(in.What) {
		return s, nil
	}
	s.Wait = nil
	v, n := f.Voice(s), Of(s)
	if !in.OK {
		if in.What == flows.TieLook && in.Why == flows.TieOver {
			n.Wrong = append(slices.Clone(n.Wrong), s.At.Unix())
			s = s.With(Name, &n)
		}
		return f.beside(s, why(v, in.Why))
	}
	switch in.What {
	case flows.TieOffer:
		if in.Kindred != nil {
			return f.question(s, askSame, Notes{Other: in.Other, Kindred: in.Kindred, Wrong: n.Wrong})
		}
		words := v.TieCode(in.Code, in.Until.Sub(s.At))
		if in.Anew {
			words += "\n\n" + v.TieLost()
		}
		return f.beside(s, words)
	case flows.TieLook:
		return f.question(s, askHere, Notes{Code: in.Code, Other: in.Other, Mine: in.Mine, Wrong: n.Wrong})
	case flows.TieWant:
		return f.beside(s, v.TieGoThere(in.Other))
	case flows.TieGive, flows.TieJoin:
		return f.beside(s, v.Tied(in.Other))
	case flows.TieDrop:
		return f.beside(s, v.TieNot())
	case flows.TieEnd:
		return f.beside(s, v.Untied())
	}
	return s, nil
}

// why tells why something cannot be.
func why(v say.Voice, w flows.TieWhy) string {
	switch w {
	case flows.TieOwn:
		return v.TieOwn()
	case flows.TieSame:
		return v.TieSame()
	case flows.TieFull:
		return v.TieFull()
	case flows.TieNone:
		return v.UntiedNone()
	case flows.TieBarred:
		return v.TieBarred()
	case flows.TieOver:
	}
	return v.TieOver()
}

// urgent reports whether a danger or a harm is talked about: whatever is said is for the person.
func (f *flow) urgent(s flows.State) bool {
	talk := f.InTalk(s)
	return f.InDanger(s) || talk != nil && talk.Kind != flows.HumanCall
}

// news tells what happened in the other chat. In danger, and while a danger or a harm is talked about, nothing is asked: the code lapses.
func (f *flow) news(s flows.State, in flows.TieNews) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	switch in.Word {
	case flows.TieAsked:
		if f.urgent(s) {
			return s, nil
		}
		if in.At.After(s.At) {
			s.At = in.At.UTC()
		}
		return f.question(s, askThere, Notes{Code: in.Code, Other: in.Other, Mine: in.Mine, Wrong: Of(s).Wrong})
	case flows.TieKnown:
		if f.InDanger(s) || f.Talking(s) != nil || s.Tied || s.Ask != nil && s.Ask.Flow == Name {
			return s, nil
		}
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: v.TieKnown(in.Other)}}}
	case flows.TieMade:
		return f.beside(s, v.Tied(in.Other))
	case flows.TieNot:
		return f.beside(s, v.TieRefused())
	case flows.TieOff:
		return f.beside(s, v.UntiedThere(in.Other))
	case flows.TieErase:
		return f.beside(s, v.EraseThere(in.Other))
	}
	return s, nil
}

func (f *flow) question(s flows.State, kind string, n Notes) (flows.State, []flows.Effect) {
	s.Put(Name, kind)
	s = s.With(Name, &n)
	q, _ := f.Question(s)
	return s, []flows.Effect{flows.Say{Message: q}}
}

// beside says something and leaves an open report to be gone on with.
func (f *flow) beside(s flows.State, words string) (flows.State, []flows.Effect) {
	if f.Open(s) && !f.InDanger(s) {
		words += "\n\n" + f.Voice(s).StillOpen()
	}
	return s, []flows.Effect{flows.Say{Message: bot.Message{Text: words}}}
}
