package intake

import (
	"slices"
	"time"

	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Notes are what this flow keeps of a conversation.
type Notes struct {
	// Form is the report being made, nil for none. Shelf is the one that was cancelled or replaced last, with those from before under
	// it: "urungkan" brings them back.
	Form  *Form `json:"form,omitempty"`
	Shelf *Form `json:"shelf,omitempty"`
	// Before is the report as it was before the last change made by words, while it can still be taken back.
	Before *Form `json:"before,omitempty"`
	// Aside keeps what came while another thing had to be settled first; it is used as soon as that is settled.
	Aside *flows.Parcel `json:"aside,omitempty"`
	// Sent is the report filed last.
	Sent *Sent `json:"sent,omitempty"`
	// Elder is the filed report that the one in the making was said to be about, while that is asked.
	Elder *Elder `json:"elder,omitempty"`
	// Held is the answer that waits for a second opinion, within one turn.
	Held *Held `json:"held,omitempty"`
}

var (
	_ flows.Keeper  = (*flow)(nil)
	_ flows.Stander = (*flow)(nil)
	_ flows.Passer  = (*flow)(nil)
	_ flows.Husher  = (*flow)(nil)
	_ flows.Teller  = (*flow)(nil)
	_ flows.Joiner  = (*flow)(nil)
)

// Of are this flow's notes in a conversation, for reading.
func Of(s flows.State) Notes { return flows.NotesOf[Notes](s, Name) }

// Drafts are the reports in the making, the open one first with what waits behind it, and those that can still be brought back.
func Drafts(s flows.State) (all []report.Draft) {
	n := Of(s)
	add := func(f *Form) {
		for ; f != nil; f = f.Behind {
			all = append(all, f.Draft)
		}
	}
	add(n.Form)
	for f := n.Shelf; f != nil; f = f.Below {
		add(f)
	}
	return all
}

// Blank implements flows.Keeper.
func (*flow) Blank() flows.Notes { return &Notes{} }

// Copy implements flows.Notes.
func (n Notes) Copy() flows.Notes { return n.clone() }

func (n Notes) clone() *Notes {
	c := Notes{Form: n.Form.clone(), Shelf: n.Shelf.clone(), Before: n.Before.clone(), Aside: n.Aside.Copy(), Held: n.Held.clone()}
	if n.Sent != nil {
		sent := *n.Sent
		c.Sent = &sent
	}
	if n.Elder != nil {
		elder := *n.Elder
		c.Elder = &elder
	}
	return &c
}

// Empty implements flows.Notes.
func (n Notes) Empty() bool { return n == Notes{} }

// inDanger reports whether the report in the making is about a danger that goes on.
func (n Notes) inDanger() bool { return n.Form != nil && n.Form.Emergency }

// behalf reports whether the report in the making is taken for somebody else.
func (n Notes) behalf() bool { return n.Form != nil && n.Form.How.OnBehalf() }

// Sent is a filed report as the conversation remembers it.
type Sent struct {
	ID   report.ID   `json:"id"`
	Code report.Code `json:"code"`
	At   time.Time   `json:"at"`
	// Menu is the id of the card it was sent from, Draft that of the draft it was: a press on one of its screens is answered
	// with the number.
	Menu  string `json:"menu,omitempty"`
	Draft string `json:"draft,omitempty"`
	// Behalf says that it was taken for somebody else: nothing that comes later belongs to it.
	Behalf bool `json:"behalf,omitempty"`
	// Words are a hash of what it says, until something else is written: the same sent once more is asked about.
	Words string `json:"words,omitempty"`
}

// Elder is an earlier report that the one in the making may belong to.
type Elder struct {
	ID       report.ID   `json:"id"`
	Code     report.Code `json:"code"`
	Category string      `json:"category,omitempty"`
}

// Held is an answer in the making that waits for Advised: what leads its question, and what has to be known to word it.
type Held struct {
	Lead  []string `json:"lead,omitempty"`
	Added bool     `json:"added,omitempty"`
	Burst bool     `json:"burst,omitempty"`
	// Changed says that the card is to offer to take a change back.
	Changed bool `json:"changed,omitempty"`
	// Was is the category of a draft whose category the citizen has seen before this turn, "" for none.
	Was string `json:"was,omitempty"`
}

func (h *Held) clone() *Held {
	if h == nil {
		return nil
	}
	c := *h
	c.Lead = slices.Clone(h.Lead)
	return &c
}

// Standing implements flows.Stander.
func (*flow) Standing(s flows.State) flows.Standing {
	n := Of(s)
	st := flows.Standing{Open: !n.Form.Empty(), Urgent: n.inDanger(), Behalf: n.behalf()}
	if n.Form != nil {
		st.Subject = n.Form.ID
	}
	if !n.Shelf.Empty() {
		st.Shelved = n.Shelf.ID
	}
	if n.Sent != nil {
		st.Ended = flows.Ended{Code: n.Sent.Code, At: n.Sent.At, Menu: n.Sent.Menu, Subject: n.Sent.Draft}
	}
	return st
}

// Passes implements flows.Passer: the next answer counts the photos anew.
func (f *flow) Passes(s flows.State, words string) bool {
	form := Of(s).Form
	return form != nil && f.Voice(s).Passing(words, len(form.Photos))
}

// Tell implements flows.Teller.
func (f *flow) Tell(s flows.State) (gist string, unnamed, secret bool) {
	form := Of(s).Form
	if form == nil || form.Text == "" {
		return "", false, false
	}
	shield := form.Shield(f.Profile.Sensitive)
	if secret = shield.Hides(report.Group) || form.several() && slices.ContainsFunc(form.Several.Each, f.hidden); !secret {
		gist = say.Clip(form.Text, 600)
	}
	return gist, shield.Hides(report.Operators), secret
}

// Hush implements flows.Husher: a draft that stays is not reminded of.
func (*flow) Hush(s flows.State) flows.State {
	if Of(s).Form == nil {
		return s
	}
	n := Of(s).clone()
	n.Form.Nudged = true
	return s.With(Name, n)
}

// Join implements flows.Joiner. When both have a report in the making, the older one is laid on the shelf, from where
// "urungkan" brings it back; so is what lay on the other's.
func (*flow) Join(s, old flows.State) flows.State {
	n, was := Of(s).clone(), Of(old)
	if n.Sent == nil || was.Sent != nil && was.Sent.At.After(n.Sent.At) {
		n.Sent = was.Sent
	}
	if n.Aside == nil {
		n.Aside = was.Aside
	}
	switch {
	case was.Form.Empty():
	case n.Form.Empty():
		n.Form, s.Ask = was.Form, old.Ask
	default:
		n.lay(was.Form.clone(), s.At)
	}
	for others := was.clone(); others.Shelf != nil; {
		f := others.top()
		n.layLast(f, f.Laid)
	}
	return s.With(Name, n)
}
