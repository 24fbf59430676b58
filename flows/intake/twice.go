package intake

import (
	"hash/fnv"
	"strconv"
	"time"

	"rabeg/bot"
	"rabeg/flows"
)

// resentIn is how soon after filing the very same words, with nothing else between, are taken for the same message, sent
// once more because the answer was slow.
const resentIn = 2 * time.Minute

// twice answers a message that was sent once more because the answer was slow: nothing is written twice. What else came
// with the same words is still taken in; false: there is something new.
func (t *telling) twice(p *flows.Parcel) bool {
	if t.resent(*p) {
		t.n.Aside = p
		t.ask(askLate)
		return true
	}
	switch t.kind() {
	case askAbout, askCategory, askText:
		return false // the words may be meant as the answer; describe knows them
	case askResume, askLate:
		if t.n.Aside == nil || !written(t.n.Aside.Text, t.n.Aside.Parts, p.Text) {
			return false
		}
	case askPlace, askNewPlace, askWhere:
		if t.s.Ask.Tries > 1 || !t.holds(*p) { // who says nothing else may mean that this names the place
			return false
		}
	default:
		if t.pinned(*p) {
			p.Pin, p.PinName = nil, ""
		} else if !t.holds(*p) {
			return false
		}
	}
	p.Text, p.Parts = "", nil
	if !p.Empty() {
		return false
	}
	t.say(t.v.NotedAlready())
	switch t.kind() {
	case askPlace, askNewPlace, askWhere:
		t.ask(t.kind()) // keeps count
	default:
		t.onward()
	}
	return true
}

// holds reports whether the report in the making has these words already.
func (t *telling) holds(p flows.Parcel) bool {
	f := t.n.Form
	return f != nil && written(f.Text, f.Parts, p.Text)
}

// pinned reports whether a message is nothing but the pin that is the place already.
func (t *telling) pinned(p flows.Parcel) bool {
	f := t.n.Form
	return f != nil && p.Pin != nil && p.Text == "" && f.Place.Pin != nil && *f.Place.Pin == *p.Pin
}

// noted reports whether words stand in the report already, and says so.
func (t *telling) noted(words string) bool {
	f := t.n.Form
	if f == nil || !written(f.Text, f.Parts, words) {
		return false
	}
	t.say(t.v.NotedAlready())
	t.added = t.kind() == askReview && t.s.Ask.Page == 1 // what may be split off, still may
	return true
}

// written reports whether words are all of a text, or one of the messages that it was joined from.
func written(text string, parts []flows.Part, words string) bool {
	same := bot.Fold(words)
	if same == "" {
		return false
	}
	is := func(said string) bool { // lengths first: a long text is not folded for each short word
		return len(said) <= 2*len(words) && len(words) <= 2*len(said) && bot.Fold(said) == same
	}
	if is(text) {
		return true
	}
	at := 0
	for _, p := range parts {
		if end := at + p.Len; end <= len(text) && is(text[at:end]) {
			return true
		}
		at += p.Len + 1
	}
	return false
}

// resent reports whether the report just filed comes again, word by word, before anything else is written.
func (t *telling) resent(p flows.Parcel) bool {
	sent := t.n.Sent
	if sent == nil || sent.Words == "" {
		return false
	}
	words := sent.Words
	sent.Words = ""
	return t.n.Form.Empty() && p.Text != "" && words == sumOf(p.Text) && t.s.At.Sub(sent.At) <= resentIn
}

// sumOf is a hash of words as they are compared.
func sumOf(words string) string {
	said := bot.Fold(words)
	if said == "" {
		return ""
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(said))
	return strconv.FormatUint(h.Sum64(), 36)
}
