package flows

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// State is one conversation as it is kept in Redis, as JSON. Its zero value is a conversation that has not begun.
type State struct {
	// V is the version of this shape.
	V int `json:"v,omitempty"`
	// Lang is "id" or "en"; "" is "id".
	Lang string `json:"lang,omitempty"`
	// Guessed says that Lang was only greeted in: see tongue.go.
	Guessed bool `json:"guessed,omitempty"`
	// Seq counts the ids this conversation has minted for its drafts; Turn is a hash of the event being answered. Together
	// they make ids that never come twice, even after the state was lost.
	Seq  int    `json:"seq,omitempty"`
	Turn string `json:"turn,omitempty"`
	// At is when the citizen last wrote, by the network's clock; Quiet how long it had been silent before that, 0 when
	// less than Pause.
	At    time.Time     `json:"at,omitzero"`
	Quiet time.Duration `json:"quiet,omitempty"`
	// Recent are the seconds (Unix) of the messages of the last minute, at most Many+1; Slowed says that the sentence
	// about too many messages was said.
	Recent []int64 `json:"recent,omitempty"`
	Slowed bool    `json:"slowed,omitempty"`
	// Tied says that other chats are this person's as well. The engine keeps it.
	Tied bool `json:"tied,omitempty"`
	// Told says that the line on privacy was said.
	Told bool `json:"told,omitempty"`
	// Barred is when it was last said to somebody who is blocked that nothing is taken; Appealing says that the next words are an
	// appeal against what was set. The engine keeps them.
	Barred    time.Time `json:"barred,omitzero"`
	Appealing bool      `json:"appealing,omitempty"`
	// Thanked says that this message only thanks, ThankedBefore that the one right before it did.
	Thanked       bool `json:"thanked,omitempty"`
	ThankedBefore bool `json:"thankedbefore,omitempty"`
	// Last is the answer to a question that came last, nil after anything else.
	Last *Last `json:"last,omitempty"`

	// Ask is the open question, nil for none.
	Ask *Ask `json:"ask,omitempty"`
	// Under is the menu under what was said last, nil for none. Nobody changes it.
	Under *Under `json:"under,omitempty"`
	// Lost counts the messages in a row that were not understood, LostWords are the words of the last.
	Lost      int    `json:"lost,omitempty"`
	LostWords string `json:"lostwords,omitempty"`
	// Baffled says that the last message was not understood, whatever came of it: it counts in the figures.
	Baffled bool `json:"baffled,omitempty"`
	// Wait is what the next answer of the engine is for, within one turn; nil for nothing.
	Wait *Wait `json:"wait,omitempty"`
	// Notes are what each flow keeps, under its name. Only the flow looks into its own; whoever changes them takes a copy (With).
	Notes map[string]Notes `json:"flows,omitempty"`
}

// Part is one message's share of a form's text: Ref is the message (its id in this chat), Len its length in bytes. Parts
// stand in Text one after the other with a line break between.
type Part struct {
	Ref string `json:"r,omitempty"`
	Len int    `json:"n"`
}

// Ask is the open question. The question itself is never kept: its flow words it again from the state (Asker).
type Ask struct {
	// ID is the id of the menu as it was shown last: see Shower.
	ID string `json:"id"`
	// Flow is the flow that asked, Kind which of its questions it is.
	Flow string `json:"flow"`
	Kind string `json:"kind"`
	// At is when it was asked, by the network's clock.
	At time.Time `json:"at,omitzero"`
	// Light marks an offer that needs no answer (a menu, a list): nothing else repeats it.
	Light bool `json:"light,omitempty"`
	// Plain says that only a press, a number or a choice's own words answer it: everything else is said to a person.
	Plain bool `json:"plain,omitempty"`
	// Page is the page of a long list, Tries how often the same question was asked in a row.
	Page  int `json:"page,omitempty"`
	Tries int `json:"tries,omitempty"`
	// Only are the choices left of the question after an answer that could have been several; empty: all.
	Only []string `json:"only,omitempty"`
}

// Wait is a flow that waits for an answer of the engine: what for, and which message it is about.
type Wait struct {
	Flow string  `json:"flow"`
	For  string  `json:"for"`
	Said *Parcel `json:"said,omitempty"`
	// Anew says that the message is answered anew, as any other, when nobody takes the engine's answer.
	Anew bool `json:"anew,omitempty"`
	// Lost and LostWords are State's from before the message, for when it is answered anew.
	Lost      int    `json:"lost,omitempty"`
	LostWords string `json:"lostwords,omitempty"`
}

// count keeps how many messages were not understood before the one that is to be answered anew: whether it is, is seen then.
func (w *Wait) count(lost int, words string) {
	if w != nil && w.Anew && w.Said != nil {
		w.Lost, w.LostWords = lost, words
	}
}

// Clone copies the state so deep that changing the copy never changes the original. Notes are shared: nobody changes them.
func (s State) Clone() State {
	s.Recent = slices.Clone(s.Recent)
	if s.Ask != nil {
		a := *s.Ask
		a.Only = slices.Clone(a.Only)
		s.Ask = &a
	}
	if s.Last != nil {
		l := *s.Last
		s.Last = &l
	}
	if s.Wait != nil {
		w := *s.Wait
		w.Said = w.Said.Copy()
		s.Wait = &w
	}
	return s
}

// Await says what the engine's next answer is for, and which message it is about.
func (s *State) Await(flow, what string, said *Parcel) *Wait {
	s.Wait = &Wait{Flow: flow, For: what, Said: said}
	return s.Wait
}

// Awaited is what a flow waits for, "" when it waits for nothing.
func (s State) Awaited(flow string) (what string, said *Parcel) {
	if s.Wait == nil || s.Wait.Flow != flow {
		return "", nil
	}
	return s.Wait.For, s.Wait.Said
}

// Copy is a parcel that changes apart from this one.
func (p *Parcel) Copy() *Parcel {
	if p == nil {
		return nil
	}
	c := *p
	c.Photos = slices.Clone(p.Photos)
	c.Files = slices.Clone(p.Files)
	c.Parts = slices.Clone(p.Parts)
	c.Bare = slices.Clone(p.Bare)
	if p.Pin != nil {
		pin := *p.Pin
		c.Pin = &pin
	}
	if p.ReplyTo != nil {
		ref := *p.ReplyTo
		c.ReplyTo = &ref
	}
	return &c
}

// Parcel is what a message brings, or several that were kept aside together.
type Parcel struct {
	Text  string `json:"text,omitempty"`
	Parts []Part `json:"parts,omitempty"`
	// Bare are the messages that brought something without words: they may still get some, see Edited.
	Bare   []string       `json:"bare,omitempty"`
	Photos []bot.MediaRef `json:"photos,omitempty"`
	Files  []bot.MediaRef `json:"files,omitempty"`
	// Voice says that a voice note is among the files.
	Voice bool        `json:"voice,omitempty"`
	Pin   *report.Pin `json:"pin,omitempty"`
	// PinName is what the network shows beside a venue.
	PinName string `json:"pinname,omitempty"`
	// Doubt says that it was taken for no report (spam): it is only used when the citizen claims it.
	Doubt bool `json:"doubt,omitempty"`
	// BadPin says that a pin came whose numbers are no place on earth.
	BadPin bool `json:"badpin,omitempty"`
	// ReplyTo is the message it answered, where it has to be answered anew.
	ReplyTo *bot.MessageRef `json:"reply,omitempty"`
	// Edited says that it changes a message that was sent before.
	Edited bool `json:"edited,omitempty"`
}
