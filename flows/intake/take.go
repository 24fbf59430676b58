package intake

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/understand"
)

// said answers a message: an answer to an open question, a word, an edit, or content.
func (t *telling) said(in flows.Said) {
	ev := in.Event
	t.n.Held = nil
	expired := t.expire()
	if in.Choice != "" {
		if expired {
			t.close(t.v.Invite())
			return
		}
		if t.dangerChoice(in) {
			return
		}
		t.rest = in.Rest
		t.choose(in.Choice)
		return
	}
	if t.contact(ev) {
		return
	}
	p := flows.ParcelOf(ev)
	if ev.Edited {
		t.edited(ev.Ref.ID, p.Text)
		return
	}
	if text, ok := ev.Body.(bot.Text); ok {
		if t.kind() == askSeveral && t.severalWords(p) { // "jangan dipisah" is no word of its own here
			return
		}
		if t.elder(p) || t.settlesForWords(text.Text) || t.settlesForHint(text.Text) || t.ofAnother(ev, p) || t.seenBy(p) {
			return
		}
		if t.s.Quiet < flows.Pause && t.unsent(p) {
			return
		}
		w, _ := t.WordOf(text.Text)
		if w == flows.NoWord && t.ordersToSend(text.Text) {
			w = flows.WordSend
		}
		if danger := t.n.inDanger() && t.s.Quiet < flows.Pause; w != flows.NoWord && (!danger || flows.Commanded(w, text.Text)) {
			t.wordIn(w, text.Text)
			return
		}
	}
	t.content(p)
}

// wordIn carries out a word of the product that stands in a text.
func (t *telling) wordIn(w flows.Word, text string) {
	switch {
	case t.kind() == askTwin && (w == flows.WordSend || w == flows.WordResume || w == flows.WordSkip || w == flows.WordReport):
		t.notTwin() // the card is always seen before sending
	case t.greetsBack(w, text):
	default:
		t.word(w)
	}
}

// expire forgets drafts after seven days of silence.
func (t *telling) expire() bool {
	t.n.dust(t.s.At)
	if t.s.Quiet < flows.Keep {
		return false
	}
	had := !t.n.Form.Empty()
	t.n.Form, t.n.Shelf, t.n.Aside, t.s.Ask = nil, nil, nil, nil
	if had {
		t.say(t.v.Expired())
	}
	return had
}

// content takes in what a message brings.
func (t *telling) content(p flows.Parcel) {
	t.burst = len(p.Photos) > 0 || len(p.Files) > 0 && !p.Voice
	if p.Empty() {
		t.unclear()
		return
	}
	var rd understand.Reading
	if p.Text != "" {
		rd = t.Reader.Read(p.Text)
	}
	if t.n.behalf() {
		rd = t.told(rd)
	}
	if p.Text != "" && !rd.Emergency && t.inVain(p.Text) { // who called it is in danger, whatever else is said
		rd.Emergency = true
	}
	if t.kind() == askRival && p.Text != "" {
		t.rivalWords(rd)
	}
	if !rd.Emergency && !t.n.inDanger() && t.twice(&p) {
		return
	}
	if rd.Emergency && t.sets(p.Text) {
		rd.Emergency = false
	}
	if t.turnsAway(p, rd) {
		return
	}
	doubted := t.doubted(p, rd)
	if doubted {
		rd.NoReport = false
	}
	if t.perilous(p, rd) {
		return
	}
	if p.Text != "" && t.bothWords(p.Text) || t.twinWords(p) || t.severalWords(p) || t.settles(p) || t.change(p) || t.whereAgain(p) || t.later(p) {
		return
	}
	if !rd.Emergency && t.saysAside(p) {
		return
	}
	if t.instead(p, rd) {
		return
	}
	switch {
	case t.chatter(p, rd), t.saysNothing(p):
	case doubted:
		t.absorb(p, rd)
	case t.returning(p):
		t.n.Aside = &p
		t.ask(askResume)
	case t.late(p, rd):
		t.n.Aside = &p
		t.ask(askLate)
	default:
		t.absorb(p, rd)
	}
}

// instead takes in what is written instead of an answer to which report it is for; false where that is not asked.
func (t *telling) instead(p flows.Parcel, rd understand.Reading) bool {
	switch t.kind() {
	case askElder:
		t.elderMore(p, rd)
	case askResume:
		t.more(p, rd)
	case askLate:
		t.lateMore(p, rd)
	default:
		return false
	}
	return true
}

// onward shows the open question again, or what is missing, or invites.
func (t *telling) onward() {
	switch {
	case t.kind() != "":
		q, _ := t.question(t.s, t.n, t.v)
		t.send(q)
	case !t.n.Form.Empty():
		t.next()
	default:
		t.close(t.v.Invite())
	}
}

// unclear answers a message in which there is nothing.
func (t *telling) unclear() {
	t.s.Missed()
	t.say(t.v.TooShort())
	if t.n.Form.Empty() && t.kind() == "" {
		t.ask(askWhat)
		return
	}
	t.onward()
}

// absorb fills the slots and asks for the rest.
func (t *telling) absorb(p flows.Parcel, rd understand.Reading) {
	if rd.Emergency {
		t.danger(p, rd)
		return
	}
	p, rd = t.withoutPutOff(p, rd)
	if p.BadPin {
		t.say(t.v.BadPin())
	}
	t.greet(p, rd)
	if p.Text != "" {
		t.words(p, rd)
	}
	t.media(p)
	if len(p.Bare) > 0 {
		t.form().note(p.Bare)
	}
	if p.Pin != nil {
		t.where().pin(*p.Pin, p.PinName)
	}
	switch {
	case t.n.Form.Empty() && t.kind() == "":
		t.ask(askWhat)
	case t.n.Form.Empty(), t.kind() == askText && p.Text == "", t.kind() == askNewPlace && p.Text == "" && p.Pin == nil:
		t.onward()
	default:
		t.next()
	}
}

// media takes in photos and files, up to their limits.
func (t *telling) media(p flows.Parcel) {
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
		if full || f.Text != "" || f.Heard != "" || !p.Voice { // else the question says it
			t.say(t.v.Files(p.Voice, full))
		}
	}
	t.listen(p)
}

// returning reports whether somebody comes back to a draft after a pause with something that is no answer.
func (t *telling) returning(p flows.Parcel) bool {
	if t.s.Quiet < flows.Pause || t.n.Form.Empty() {
		return false
	}
	switch t.kind() {
	case askPlace, askNewPlace, askWhere:
		return p.Pin == nil || p.Text != ""
	}
	return true
}
