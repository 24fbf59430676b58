// Package pickup is a flow for trying out how a new one is added: a citizen asks for bulky things to be fetched, is asked for
// the day, and is reminded of the question once. It shares nothing with the other flows but what package flows says.
package pickup

import (
	"rabeg/bot"
	"rabeg/flows"
)

// Name is the flow's name in State.Ask.
const Name = "pickup"

// askDay is the flow's question.
const askDay = "day"

// Notes are what this flow keeps of a conversation: the id of what is being arranged, and the day that was agreed on last.
type Notes struct {
	ID       string `json:"id,omitempty"`
	Reminded bool   `json:"reminded,omitempty"`
	Day      string `json:"day,omitempty"`
}

type flow struct{ flows.Options }

// New makes the flow; it is a flows.Maker.
func New(o flows.Options) flows.Flow { return &flow{o} }

var (
	_ flows.Keeper  = (*flow)(nil)
	_ flows.Asker   = (*flow)(nil)
	_ flows.Stander = (*flow)(nil)
)

// Of are this flow's notes in a conversation, for reading.
func Of(s flows.State) Notes { return flows.NotesOf[Notes](s, Name) }

// Blank implements flows.Keeper.
func (*flow) Blank() flows.Notes { return &Notes{} }

// Copy implements flows.Notes.
func (n Notes) Copy() flows.Notes { return &n }

// Empty implements flows.Notes.
func (n Notes) Empty() bool { return n == Notes{} }

// Name implements flows.Flow.
func (*flow) Name() string { return Name }

// Standing implements flows.Stander.
func (*flow) Standing(s flows.State) flows.Standing {
	n := Of(s)
	return flows.Standing{Subject: n.ID, Open: n.ID != ""}
}

// Question implements flows.Asker.
func (*flow) Question(s flows.State) (bot.Message, bool) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return bot.Message{}, false
	}
	return bot.Message{Text: "Barang besar dijemput hari apa?", Menu: &bot.Menu{ID: s.Ask.ID, Choices: []bot.Choice{
		{ID: "sabtu", Label: "Sabtu"}, {ID: "minggu", Label: "Minggu"}, {ID: "no", Label: "Tidak jadi"},
	}}}, true
}

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	n := Of(s)
	switch in := in.(type) {
	case flows.Said:
		word, _ := f.WordOf(bot.Words(in.Event.Body))
		switch {
		case in.Choice != "":
			return f.choose(s, n, in.Choice)
		case bot.Fold(bot.Words(in.Event.Body)) == "jemput barang":
			n.ID, n.Reminded = s.Mint("j"), false
			return f.ask(s, n, flows.Nudge{Draft: n.ID, After: flows.NudgeAfter})
		case n.ID != "" && word == flows.WordResume:
			return f.ask(s, n)
		}
	case flows.Idle:
		if n.ID != "" && in.Draft == n.ID && !n.Reminded {
			n.Reminded = true
			return f.ask(s, n)
		}
	}
	return s, nil
}

// ask asks for the day.
func (f *flow) ask(s flows.State, n Notes, first ...flows.Effect) (flows.State, []flows.Effect) {
	s.Put(Name, askDay)
	q, _ := f.Question(s)
	return s.With(Name, n.Copy()), append(first, flows.Say{Message: q})
}

// choose carries out the answer.
func (f *flow) choose(s flows.State, n Notes, day string) (flows.State, []flows.Effect) {
	words := "Baik, tidak jadi."
	if day != "no" {
		n.Day, words = day, "Baik, dijemput hari "+day+"."
	}
	n.ID, s.Ask = "", nil
	return s.With(Name, n.Copy()), []flows.Effect{flows.Say{Message: bot.Message{Text: words}}}
}
