package flows

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// State is one conversation as it is kept in Redis, as JSON. Its zero value is a conversation that has not begun.
type State struct {
	// V is the version of this shape: 1.
	V int `json:"v,omitempty"`
	// Lang is "id" or "en"; "" is "id".
	Lang string `json:"lang,omitempty"`
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
	// Told says that the line on privacy was said.
	Told bool `json:"told,omitempty"`
	// Last is the answer to a question that came last, nil after anything else.
	Last *Last `json:"last,omitempty"`

	// Form is the report being made, nil for none. Shelf is one that was cancelled or replaced: "urungkan" brings it back.
	Form  *Form `json:"form,omitempty"`
	Shelf *Form `json:"shelf,omitempty"`
	// Before is the report as it was before the last change made by words, while it can still be taken back.
	Before *Form `json:"before,omitempty"`
	// Ask is the open question, nil for none.
	Ask *Ask `json:"ask,omitempty"`
	// Aside keeps what came while another thing had to be settled first; it is used as soon as that is settled.
	Aside *Parcel `json:"aside,omitempty"`
	// Sent is the report filed last.
	Sent *Sent `json:"sent,omitempty"`
	// Call is the talk with the coordinator's room that the citizen is or was in, nil for none.
	Call *Talk `json:"call,omitempty"`
	// Lost counts the messages in a row that were not understood, LostWords are the words of the last.
	Lost      int    `json:"lost,omitempty"`
	LostWords string `json:"lostwords,omitempty"`
	// Await says what the next answer of the engine is for, within one turn; Pending is the message it is about.
	Await   string  `json:"await,omitempty"`
	Pending *Parcel `json:"pending,omitempty"`
	// Held is the answer that waits for a second opinion, within one turn.
	Held *Held `json:"held,omitempty"`
}

// Form is a draft with what only its making needs.
type Form struct {
	report.Draft
	// Parts are the messages the text was joined from, in order: an edited message replaces its part.
	Parts []Part `json:"parts,omitempty"`
	// Picked says that the citizen chose the category (or left it to the officers), KindSet that he or she chose the kind.
	Picked  bool `json:"picked,omitempty"`
	KindSet bool `json:"kindset,omitempty"`
	// Mute says that the voice note is the description: no words will come.
	Mute bool `json:"mute,omitempty"`
	// Listening is the id of the voice note that is being turned into words, "" for none. Heard are the words made out,
	// while the citizen has not yet said that they are right.
	Listening string `json:"listening,omitempty"`
	Heard     string `json:"heard,omitempty"`
	// Hint are words of the description that may name the place: they are offered when the place is asked for.
	Hint string `json:"hint,omitempty"`
	// Rival is what a later sentence made of the matter, while it is open which of the two it is.
	Rival string `json:"rival,omitempty"`
	// Where is a question about the place that has to be answered before the place counts.
	Where *Where `json:"where,omitempty"`
	// Placed says that the citizen gave the place as such (a pin, an answer, a choice): a change of the text leaves it. Pinned
	// says that its pin is the citizen's own.
	Placed bool `json:"placed,omitempty"`
	Pinned bool `json:"pinned,omitempty"`
	// Helped says that help was given with the place, Narrowed that it was asked where in a kecamatan: once each.
	Helped   bool `json:"helped,omitempty"`
	Narrowed bool `json:"narrowed,omitempty"`
	// Over counts the photos that were one too many.
	Over int `json:"over,omitempty"`
	// Warned says that the emergency number was shown, Nudged that the one reminder was sent.
	Warned bool `json:"warned,omitempty"`
	Nudged bool `json:"nudged,omitempty"`
	// Peril is which danger it is about (understand.Reading.Danger).
	Peril string `json:"peril,omitempty"`
	// Unsafe says that somebody in danger said not to be safe yet.
	Unsafe bool `json:"unsafe,omitempty"`
	// Asked is a hash of the text that a second opinion was asked about, Advice what it was, nil for none: it is about the text
	// as it stands.
	Asked  string         `json:"asked,omitempty"`
	Advice *report.Advice `json:"advice,omitempty"`
}

// Part is one message's share of a form's text: Ref is the message (its id in this chat), Len its length in bytes. Parts
// stand in Text one after the other with a line break between.
type Part struct {
	Ref string `json:"r,omitempty"`
	Len int    `json:"n"`
}

// Where is what is unsettled about the place. Why is "which" (several places fit the words), "near" (the pin lies at a
// border), "outside" (the pin or the words lie in nobody's or another government's area), "differ" (words and pin are far
// apart: first the words, then the pin). Options are the answers offered; Said are
// the citizen's words, Whose the neighbour of a place outside.
type Where struct {
	Why     string         `json:"why"`
	Options []report.Place `json:"options,omitempty"`
	Said    string         `json:"said,omitempty"`
	Whose   string         `json:"whose,omitempty"`
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
	// Codes are the reports a question is about, Report the one it would change and Text the words it would add.
	Codes  []report.Code `json:"codes,omitempty"`
	Report report.ID     `json:"report,omitempty"`
	Text   string        `json:"text,omitempty"`
}

// Sent is a filed report as the conversation remembers it.
type Sent struct {
	ID   report.ID   `json:"id"`
	Code report.Code `json:"code"`
	At   time.Time   `json:"at"`
	// Menu is the id of the card it was sent from, Draft that of the draft it was: a press on one of its screens is answered
	// with the number.
	Menu  string `json:"menu,omitempty"`
	Draft string `json:"draft,omitempty"`
	// Words are a hash of what it says, until something else is written: the same sent once more is asked about.
	Words string `json:"words,omitempty"`
}

// Clone copies the state so deep that changing the copy never changes the original.
func (s State) Clone() State {
	s.Recent = slices.Clone(s.Recent)
	s.Form = s.Form.clone()
	s.Shelf = s.Shelf.clone()
	s.Before = s.Before.clone()
	if s.Ask != nil {
		a := *s.Ask
		a.Codes = slices.Clone(a.Codes)
		a.Only = slices.Clone(a.Only)
		s.Ask = &a
	}
	if s.Last != nil {
		l := *s.Last
		s.Last = &l
	}
	if s.Sent != nil {
		c := *s.Sent
		s.Sent = &c
	}
	if s.Call != nil {
		c := *s.Call
		s.Call = &c
	}
	s.Aside = s.Aside.clone()
	s.Pending = s.Pending.clone()
	s.Held = s.Held.clone()
	return s
}

// Clone copies the form so deep that changing the copy never changes the original.
func (f *Form) Clone() *Form { return f.clone() }

func (f *Form) clone() *Form {
	if f == nil {
		return nil
	}
	c := *f
	c.Photos = slices.Clone(f.Photos)
	c.Files = slices.Clone(f.Files)
	c.Guesses = slices.Clone(f.Guesses)
	c.Parts = slices.Clone(f.Parts)
	c.Place = clonePlace(f.Place)
	if f.Advice != nil {
		a := *f.Advice
		c.Advice = &a
	}
	if f.Where != nil {
		w := *f.Where
		w.Options = slices.Clone(f.Where.Options)
		for i := range w.Options {
			w.Options[i] = clonePlace(w.Options[i])
		}
		c.Where = &w
	}
	return &c
}

func clonePlace(p report.Place) report.Place {
	if p.Pin != nil {
		pin := *p.Pin
		p.Pin = &pin
	}
	return p
}

func (p *Parcel) clone() *Parcel {
	if p == nil {
		return nil
	}
	c := *p
	c.Photos = slices.Clone(p.Photos)
	c.Files = slices.Clone(p.Files)
	c.Parts = slices.Clone(p.Parts)
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

// Empty reports whether nothing was filled in yet.
func (f *Form) Empty() bool {
	return f == nil || f.Text == "" && len(f.Photos) == 0 && len(f.Files) == 0 && !f.Place.Known()
}

// AddText appends one message's words to the text.
func (f *Form) AddText(ref, words string) {
	if words == "" {
		return
	}
	if f.Text != "" {
		f.Text += "\n"
	}
	f.Text += words
	f.Parts = append(f.Parts, Part{Ref: ref, Len: len(words)})
}

// SetText replaces the whole text by one message's words.
func (f *Form) SetText(ref, words string) {
	f.Text, f.Parts = "", nil
	f.AddText(ref, words)
}

// Replace puts new words in the place of the part that a message brought; ok is false when no part came from it.
func (f *Form) Replace(ref, words string) (ok bool) {
	at := 0
	for i, p := range f.Parts {
		if p.Ref == ref && ref != "" && at+p.Len <= len(f.Text) {
			f.Text = f.Text[:at] + words + f.Text[at+p.Len:]
			f.Parts[i].Len = len(words)
			return true
		}
		at += p.Len + 1
	}
	return false
}

// DropLast takes the last message's words off the text and returns them; "" when the text is one message.
func (f *Form) DropLast() (ref, words string) {
	n := len(f.Parts)
	if n < 2 {
		return "", ""
	}
	last := f.Parts[n-1]
	cut := len(f.Text) - last.Len
	if cut < 1 {
		return "", ""
	}
	words = f.Text[cut:]
	f.Text, f.Parts = f.Text[:cut-1], f.Parts[:n-1]
	return last.Ref, words
}

// Parcel is what a message brings, or several that were kept aside together.
type Parcel struct {
	Text   string         `json:"text,omitempty"`
	Parts  []Part         `json:"parts,omitempty"`
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
