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
func (t *turn) twice(p *flows.Parcel) bool {
	if t.resent(*p) {
		t.s.Aside = p
		t.ask(askLate)
		return true
	}
	switch kind := t.kind(); kind {
	case askResume, askLate:
		if t.s.Aside == nil || !written(t.s.Aside.Text, t.s.Aside.Parts, p.Text) {
			return false
		}
	case askAbout, askCategory, askText:
		return false // the words may be meant as the answer; describe knows them
	case askPlace, askNewPlace, askWhere:
		if t.s.Ask.Tries > 1 { // who says nothing else may mean that this names the place
			return false
		}
		if t.s.Form == nil || !written(t.s.Form.Text, t.s.Form.Parts, p.Text) {
			return false
		}
	default:
		if t.s.Form == nil || !written(t.s.Form.Text, t.s.Form.Parts, p.Text) {
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

// noted reports whether words stand in the report already, and says so.
func (t *turn) noted(words string) bool {
	f := t.s.Form
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
	if same == "" || text == "" {
		return false
	}
	if bot.Fold(text) == same {
		return true
	}
	at := 0
	for _, p := range parts {
		if end := at + p.Len; end <= len(text) && bot.Fold(text[at:end]) == same {
			return true
		}
		at += p.Len + 1
	}
	return false
}

// resent reports whether the report just filed comes again, word by word, before anything else is written.
func (t *turn) resent(p flows.Parcel) bool {
	sent := t.s.Sent
	if sent == nil || sent.Words == "" {
		return false
	}
	words := sent.Words
	sent.Words = ""
	return t.s.Form.Empty() && p.Text != "" && words == sumOf(p.Text) && t.s.At.Sub(sent.At) <= resentIn
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
