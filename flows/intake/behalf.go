package intake

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// A report that an officer takes for somebody goes through the same questions. What differs: nobody here is in danger or needs a
// person to talk to, so a danger is marked and the number is named once; the number of whom it is taken for is asked before the
// card; and what comes after it was filed belongs to nobody's chat.

// onBehalf begins such a report. One in the making waits on the shelf.
func (t *telling) onBehalf(in flows.OnBehalf) {
	t.n.lay(t.n.Form, t.s.At)
	t.n.Form, t.n.Aside, t.n.Before, t.s.Ask = nil, nil, nil, nil
	t.form().How = in.How
	if in.Said.Empty() {
		t.ask(askWhat)
		return
	}
	t.content(in.Said)
}

// contact takes the answer to the question for a number, and a number alone at any other time: it must not become part of the
// story, which offices read. false: it is neither.
func (t *telling) contact(ev bot.Event) bool {
	text, plain := ev.Body.(bot.Text)
	if !plain || ev.Edited || !t.n.behalf() {
		return false
	}
	f, asked := t.n.Form, t.kind() == askContact
	number, ok := report.Dialled(text.Text)
	w, _ := t.WordOf(text.Text)
	switch {
	case ok:
		f.Phone, f.Phoned = number, true
		t.say(t.v.ContactKept())
	case asked && w == flows.WordSkip:
		f.Phone, f.Phoned = "", true
	case asked && w == flows.NoWord:
		t.say(t.v.NoNumber())
		t.ask(askContact)
		return true
	default:
		return false
	}
	if asked {
		t.next()
		return true
	}
	t.onward()
	return true
}

// told is a reading of what somebody has told an officer. A danger is marked, and the number to call is named once: it is no danger
// of who writes. What tells of violence or of a life that is not wanted any more is kept secret, as it is for who writes it.
func (t *telling) told(rd understand.Reading) understand.Reading {
	f := t.form()
	if rd.Emergency && !f.Grave {
		f.Grave = true
		t.say(t.v.BehalfDanger())
	}
	if rd.Harm != understand.NoHarm {
		f.Visibility = report.Confidential
	}
	rd.Emergency = false
	return rd
}
