package intake

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/say"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// said answers a message: an answer to an open question, a word, an edit, or content.
func (t *turn) said(in flows.Said) {
	ev := in.Event
	expired := t.expire()
	if in.Choice != "" {
		if expired {
			t.close(t.v.Invite())
			return
		}
		t.choose(in.Choice)
		return
	}
	p := flows.ParcelOf(ev)
	if ev.Edited {
		t.edited(ev.Ref.ID, p.Text)
		return
	}
	if text, ok := ev.Body.(bot.Text); ok {
		if w, _ := flows.WordOf(text.Text); w != flows.NoWord {
			t.word(w)
			return
		}
	}
	t.content(p)
}

// expire forgets drafts after seven days of silence.
func (t *turn) expire() bool {
	if t.s.Quiet < flows.Keep {
		return false
	}
	had := !t.s.Form.Empty()
	t.s.Form, t.s.Shelf, t.s.Aside, t.s.Ask = nil, nil, nil, nil
	if had {
		t.say(t.v.Expired())
	}
	return had
}

// content takes in what a message brings.
func (t *turn) content(p flows.Parcel) {
	t.burst = len(p.Photos) > 0 || len(p.Files) > 0 && !p.Voice
	if p.Empty() {
		t.unclear()
		return
	}
	var rd understand.Reading
	if p.Text != "" {
		rd = t.Reader.Read(p.Text)
	}
	if t.s.Aside != nil && t.s.Aside.Doubt { // nobody claimed it
		t.s.Aside = nil
	}
	if rd.Emergency {
		t.danger(p, rd)
		return
	}
	switch t.kind() {
	case askResume:
		t.more(p)
		return
	case askLate:
		t.lateMore(p, rd)
		return
	}
	switch {
	case t.chatter(p, rd):
	case t.returning(p):
		t.s.Aside = &p
		t.ask(askResume)
	case t.late(p, rd):
		t.s.Aside = &p
		t.ask(askLate)
	default:
		t.absorb(p, rd)
	}
}

// danger takes in what may be an emergency at once. A report left long ago makes room: it waits on the shelf.
func (t *turn) danger(p flows.Parcel, rd understand.Reading) {
	if t.s.Quiet >= flows.Pause && !t.s.Form.Empty() && t.s.Shelf.Empty() {
		t.s.Shelf, t.s.Form, t.s.Ask = t.s.Form, nil, nil
	}
	t.absorb(p, rd)
}

// chatter answers greetings, thanks, tests and spam; what came with them is still taken in.
func (t *turn) chatter(p flows.Parcel, rd understand.Reading) bool {
	if !rd.NoReport || t.kind() == askText {
		return false
	}
	switch rd.Small {
	case "greeting":
		if t.s.Form.Empty() && t.s.Sent == nil && p.Text != "" && len(p.Photos)+len(p.Files) == 0 {
			t.s.Ask = nil
			t.send(bot.Message{Text: t.v.Welcome()}, false)
			return true
		}
		t.say(t.v.Hello())
	case "thanks":
		t.say(t.v.Thanks())
	case "test":
		t.say(t.v.Testing())
	case "spam":
		if t.s.Form.Empty() {
			p.Doubt = true
			t.s.Aside = &p
			t.ask(askIsReport)
			return true
		}
		t.say(t.v.NotAdded())
	default:
		return false
	}
	p.Text, p.Parts = "", nil
	if !p.Empty() {
		t.absorb(p, understand.Reading{})
		return true
	}
	t.onward()
	return true
}

// onward shows the open question again, or what is missing, or invites.
func (t *turn) onward() {
	switch {
	case t.kind() != "":
		q, _ := t.question(t.s, t.v)
		t.send(q, false)
	case !t.s.Form.Empty():
		t.next()
	default:
		t.close(t.v.Invite())
	}
}

// unclear answers a message in which there is nothing.
func (t *turn) unclear() {
	t.say(t.v.TooShort())
	if t.s.Form.Empty() && t.kind() == "" {
		t.ask(askWhat)
		return
	}
	t.onward()
}

// absorb fills the slots and asks for the rest.
func (t *turn) absorb(p flows.Parcel, rd understand.Reading) {
	if p.BadPin {
		t.say(t.v.BadPin())
	}
	hadPlace := t.s.Form != nil && t.s.Form.Place.Known()
	wasEmergency := t.s.Form != nil && t.s.Form.Emergency
	if p.Text != "" {
		t.words(p, rd)
	}
	t.media(p)
	if p.Pin != nil {
		t.pin(*p.Pin, p.PinName)
	}
	t.alarm(p.Text, rd.Emergency, wasEmergency, hadPlace)
	switch {
	case t.s.Form.Empty() && t.kind() == "":
		t.ask(askWhat)
	case t.s.Form.Empty(), t.kind() == askText && p.Text == "", t.kind() == askNewPlace && p.Text == "" && p.Pin == nil:
		t.onward()
	default:
		t.next()
	}
}

// alarm tells the coordinator of a danger, once for its words and once more when its place becomes known.
func (t *turn) alarm(words string, emergency, was, hadPlace bool) {
	f := t.s.Form
	if f == nil {
		return
	}
	if emergency && !was {
		f.Emergency = true
		t.do(flows.Alarm{Words: words, Place: f.Place})
		return
	}
	if emergency {
		t.lead = append([]string{t.v.EmergencyAgain()}, t.lead...)
	}
	if f.Emergency && !hadPlace && f.Place.Known() {
		t.do(flows.Alarm{Words: f.Text, Place: f.Place})
	}
}

// words takes in what was written: an answer to the open question where it can be one, else a part of the text.
func (t *turn) words(p flows.Parcel, rd understand.Reading) {
	ref := ""
	if len(p.Parts) > 0 {
		ref = p.Parts[0].Ref
	}
	if t.outOfRange(p.Text) {
		return
	}
	switch t.kind() {
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
	if !substantial(rest, rd, t.s.Form != nil && t.s.Form.Text != "") {
		if rest != "" || t.s.Form.Empty() && len(t.lead) == 0 {
			t.say(t.v.TooShort())
		}
		return
	}
	t.describe(ref, p.Text, p.Parts, rd)
}

// outOfRange answers a bare number that no choice has.
func (t *turn) outOfRange(text string) bool {
	said := bot.Fold(text)
	if said == "" || len(said) > 2 || strings.Trim(said, "0123456789") != "" || t.kind() == "" || t.kind() == askText {
		return false
	}
	q, _ := t.question(t.s, t.v)
	if q.Menu == nil {
		return false
	}
	t.say(t.v.OutOfRange(len(q.Menu.Choices)))
	return true
}

// substantial tells a description from a stray word or an emoji. more says that it would be added to one.
func substantial(text string, rd understand.Reading, more bool) bool {
	letters, words := 0, 0
	for _, w := range strings.Fields(text) {
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
func (t *turn) describe(ref, text string, parts []flows.Part, rd understand.Reading) {
	f := t.form()
	first := f.Text == ""
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
	t.understood(rd)
	if vague(f) {
		t.placeIn(rd.Places)
	}
}

// understood fills category and kind from a reading of the whole text. What the citizen chose stays, and a category once
// found only gives way to one that is as sure.
func (t *turn) understood(rd understand.Reading) {
	f := t.s.Form
	f.Guesses = nil
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
func (t *turn) rewrite(ref, text string) {
	f := t.form()
	if !substantial(text, understand.Reading{}, true) {
		t.say(t.v.TooShort())
		return
	}
	f.SetText(ref, strings.TrimSuffix(say.Clip(text, flows.MaxText), "…"))
	t.say(t.v.Changed())
	t.understood(t.Reader.Read(f.Text))
}

// edited takes over a message that was changed after sending, where the text came from it.
func (t *turn) edited(ref, text string) {
	f := t.s.Form
	if text == "" || f == nil || utf8.RuneCountInString(f.Text)+utf8.RuneCountInString(text) > flows.MaxText ||
		!f.Replace(ref, text) {
		t.say(t.v.EditedLate())
		t.onward()
		return
	}
	t.say(t.v.Changed())
	rd := t.Reader.Read(f.Text)
	was, had := f.Emergency, f.Place.Known()
	t.understood(rd)
	if vague(f) {
		t.placeIn(rd.Places)
	}
	t.alarm(text, rd.Emergency, was, had)
	t.next()
}

// media takes in photos and files, up to their limits.
func (t *turn) media(p flows.Parcel) {
	if len(p.Photos)+len(p.Files) == 0 {
		return
	}
	f := t.form()
	for _, m := range p.Photos {
		if len(f.Photos) < flows.MaxPhotos {
			f.Photos = append(f.Photos, m)
			continue
		}
		f.Over++
	}
	if len(p.Photos) > 0 {
		t.say(t.v.Photos(len(f.Photos), f.Over))
	}
	for _, m := range p.Files {
		full := len(f.Files) >= flows.MaxFiles
		if !full {
			f.Files = append(f.Files, m)
		}
		if full || f.Text != "" || !p.Voice { // else the question says it
			t.say(t.v.Files(p.Voice, full))
		}
	}
}

// late reports whether a message may belong to the report filed just before: photos, files or a pin without words, or
// a few words that are no clear complaint of their own.
func (t *turn) late(p flows.Parcel, rd understand.Reading) bool {
	if t.s.Sent == nil || !t.s.Form.Empty() || p.BadPin || t.s.At.Sub(t.s.Sent.At) > flows.Late || t.kind() == askWhat {
		return false
	}
	if p.MediaOnly() {
		return true
	}
	sure := len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure
	return !sure && substantial(p.Text, rd, true)
}

// lateMore takes in what comes while it is still open to which report the last message belongs.
func (t *turn) lateMore(p flows.Parcel, rd understand.Reading) {
	sure := len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure
	if t.s.Aside == nil {
		t.s.Aside = &flows.Parcel{}
	}
	t.s.Aside.Join(p)
	if p.MediaOnly() || !sure && t.s.Ask.Tries < 1 {
		t.ask(askLate)
		return
	}
	t.begin()
}

// begin starts a report with what was kept aside.
func (t *turn) begin() {
	p := t.s.Aside
	t.s.Aside, t.s.Ask = nil, nil
	if p.Empty() {
		t.ask(askWhat)
		return
	}
	var rd understand.Reading
	if p.Text != "" {
		rd = t.Reader.Read(p.Text)
	}
	t.absorb(*p, rd)
}

// returning reports whether somebody comes back to a draft after a pause with something that is no answer.
func (t *turn) returning(p flows.Parcel) bool {
	if t.s.Quiet < flows.Pause || t.s.Form.Empty() {
		return false
	}
	switch t.kind() {
	case askPlace, askNewPlace, askWhere:
		return p.Pin == nil || p.Text != ""
	}
	return true
}

// filed confirms a filed report and goes on with what was kept for the next one.
func (t *turn) filed(r report.Report) {
	menu := ""
	if t.s.Ask != nil {
		menu = t.s.Ask.ID
	}
	at := r.Filed
	if at.IsZero() || at.Sub(t.s.At).Abs() > time.Hour {
		at = t.s.At
	}
	t.s.Form, t.s.Ask, t.s.Await = nil, nil, ""
	t.s.Sent = &flows.Sent{ID: r.ID, Code: r.Code, At: at, Menu: menu}
	t.do(flows.Say{Message: bot.Message{Text: t.v.Receipt(r), Want: bot.WantDone}, Report: r.ID})
	if p := t.s.Aside; p != nil && !p.Doubt {
		t.say(t.v.Second(p.Text))
		t.begin()
	}
}
