package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// words takes in what was written: an answer to the open question where it can be one, else a part of the text.
func (t *telling) words(p flows.Parcel, rd understand.Reading) {
	ref := ""
	if len(p.Parts) > 0 {
		ref = p.Parts[0].Ref
	}
	if t.outOfRange(p.Text) {
		return
	}
	if t.newMatter(p.Text, rd) {
		t.addMatter(ref, p.Text, rd)
		return
	}
	switch t.kind() {
	case askEdit:
		if len(strings.Fields(p.Text)) <= 6 && (len(rd.Guesses) == 0 || rd.Guesses[0].P < understand.Sure) && t.maybePlace(p.Text) && t.moveTo(p.Text) { // the right place, told before it is asked for
			t.say(t.v.Changed())
			return
		}
	case askPlace, askNewPlace, askWhere:
		if t.placeWords(p.Text, rd) {
			return
		}
	case askAbout, askCategory:
		if t.categoryWords(p.Text, rd) {
			return
		}
	case askText:
		t.rewrite(ref, p.Text)
		return
	}
	rest := t.link(p.Text)
	if t.onlyPlace(rest, rd) {
		return
	}
	if !substantial(rest, rd, t.n.Form != nil && t.n.Form.Text != "") {
		if rest != "" || t.n.Form.Empty() && len(t.lead) == 0 {
			t.s.Missed()
			t.say(t.v.TooShort())
		}
		return
	}
	t.describe(ref, p.Text, p.Parts, rd)
}

// outOfRange answers a bare number that no choice has.
func (t *telling) outOfRange(text string) bool {
	said := bot.Fold(text)
	if said == "" || len(said) > 2 || strings.Trim(said, "0123456789") != "" || t.kind() == "" || t.kind() == askText {
		return false
	}
	q, _ := t.question(t.s, t.n, t.v)
	if q.Menu == nil || q.Want == bot.WantLocation && len(q.Menu.Choices) == 1 { // no numbers are shown
		return false
	}
	t.say(t.v.OutOfRange(len(q.Menu.Choices)))
	return true
}

// substantial tells a description from a stray word or an emoji. more says that it would be added to one.
func substantial(text string, rd understand.Reading, more bool) bool {
	letters, words := 0, 0
	for w := range strings.FieldsSeq(text) {
		n := 0
		for _, r := range w {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				n++
			}
		}
		letters += n
		if n > 0 {
			words++
		}
	}
	switch {
	case letters == 0:
		return false
	case more:
		return letters >= 4
	case len(rd.Guesses) > 0 || rd.Emergency:
		return true
	}
	return words >= 2 && letters >= 6 || letters >= 12
}

// describe puts words into the text and reads the whole anew.
func (t *telling) describe(ref, text string, parts []flows.Part, rd understand.Reading) {
	f := t.form()
	if t.noted(text) {
		return
	}
	first := f.Text == ""
	f.Listening, f.Heard = "", ""
	if first && t.s.At.Sub(f.Begun) >= flows.NudgeAfter { // the reminder came due while there was nothing to remind of
		t.do(flows.Nudge{Draft: f.ID, After: flows.NudgeAfter})
	}
	if n := utf8.RuneCountInString(text); n > flows.MaxText {
		text = strings.TrimSuffix(say.Clip(text, flows.MaxText), "…")
		parts = nil
		t.say(t.v.TextFull())
	}
	if !first && utf8.RuneCountInString(f.Text)+utf8.RuneCountInString(text)+1 > flows.MaxText {
		t.say(t.v.TextFull())
		return
	}
	if len(parts) > 1 && first {
		f.Text, f.Parts = text, append([]flows.Part(nil), parts...)
	} else {
		f.AddText(ref, text)
	}
	if !first {
		t.say(t.v.Added())
		t.added = true
		whole := t.Reader.Read(f.Text)
		whole.Places = rd.Places
		rd = whole
	}
	was := f.Category
	t.understood(rd)
	if !first {
		t.rival(was)
	}
	t.hideIn(text)
	t.where().whereabouts(text, rd.Places)
	if first {
		text = ""
	}
	t.part(text)
}

// understood fills category and kind from a reading of the whole text. What the citizen chose stays, and a category once
// found only gives way to one that is as sure.
func (t *telling) understood(rd understand.Reading) {
	f := t.n.Form
	f.Guesses, f.Advice = nil, nil
	for _, g := range rd.Guesses {
		if c, ok := t.Profile.Category(g.Category); ok && !c.Hidden && len(f.Guesses) < 3 {
			f.Guesses = append(f.Guesses, g)
		}
	}
	if !f.Picked && len(f.Guesses) > 0 && f.Guesses[0].P >= understand.Sure {
		f.Category = f.Guesses[0].Category
	}
	if !f.KindSet && rd.Kind != "" {
		f.Kind = rd.Kind
	}
}

// rewrite replaces the whole text.
func (t *telling) rewrite(ref, text string) {
	f := t.form()
	if !substantial(text, understand.Reading{}, true) {
		t.say(t.v.TooShort())
		return
	}
	f.SetText(ref, strings.TrimSuffix(say.Clip(text, flows.MaxText), "…"))
	f.Listening, f.Heard = "", ""
	t.say(t.v.Changed())
	t.reread(t.Reader.Read(f.Text))
	t.part("")
}

// edited takes over a message that was changed after sending, where the text came from it.
func (t *telling) edited(ref, text string) {
	f := t.n.Form
	if text != "" && f != nil && f.worded(ref) {
		t.content(flows.Parcel{Text: text, Parts: []flows.Part{{Ref: ref, Len: len(text)}}})
		return
	}
	if text == "" || f == nil || utf8.RuneCountInString(f.Text)+utf8.RuneCountInString(text) > flows.MaxText ||
		!f.Replace(ref, text) {
		if text != "" && t.Reader.Read(text).Emergency { // whichever message it was, a danger is answered
			t.content(flows.Parcel{Text: text, Parts: []flows.Part{{Ref: ref, Len: len(text)}}})
			return
		}
		t.say(t.v.EditedLate())
		t.onward()
		return
	}
	if t.dangerEdited(text) {
		return
	}
	t.say(t.v.Changed())
	rd := t.Reader.Read(f.Text)
	t.reread(rd)
	t.part("")
	t.next()
}
