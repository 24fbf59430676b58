package intake

import (
	"time"

	"rabeg/flows"
	"rabeg/internal/understand"
)

// word carries out a word that may be said at any time. What is not of this flow is left alone.
func (t *telling) word(w flows.Word) {
	if t.dangerWord(w) {
		return
	}
	open := !t.n.Form.Empty()
	switch w {
	case flows.WordReport:
		if open {
			t.ask(askResume)
			return
		}
		t.ask(askWhat)
	case flows.WordResume:
		if t.kind() == askResume {
			t.chooseResume("resume")
			return
		}
		if open {
			t.next()
			return
		}
		t.onward()
	case flows.WordCancel:
		t.cancel()
	case flows.WordUndo:
		if !t.photosBack() {
			t.restore()
		}
	case flows.WordSend:
		t.wordSend(open)
	case flows.WordEdit:
		if open && (t.n.Form.Text != "" || t.n.Form.Mute) {
			if t.n.Form.several() {
				t.ask(askSeveralEdit)
				return
			}
			t.ask(askEdit)
			return
		}
		t.nothing(open)
	case flows.WordSkip:
		switch {
		case t.kind() == askReview:
			t.say(t.v.NoPhotoNeeded())
		case open:
			t.say(t.v.NothingToSkip())
		}
		t.onward()
	default:
		// another flow's word
	}
}

// wordSend answers "kirim" where no card is open: the card is always seen before sending.
func (t *telling) wordSend(open bool) {
	switch {
	case !open && t.n.Sent != nil && t.s.At.Sub(t.n.Sent.At) < flows.Late:
		t.say(t.v.AlreadySent(t.n.Sent.Code))
		t.close(t.v.Invite())
	case !open:
		t.nothing(open)
	case t.n.Form.several() && t.n.Form.keepPlaces():
		t.next()
	case !t.ready():
		t.say(t.v.NotYet())
		t.next()
	default:
		t.next()
	}
}

// nothing answers words that need a report when there is none, or none far enough.
func (t *telling) nothing(open bool) {
	if open {
		t.next()
		return
	}
	t.say(t.v.NothingTo())
	t.ask(askWhat)
}

// cancel puts the report on the shelf; "urungkan" brings it back.
func (t *telling) cancel() {
	waits := t.n.Form.behind()
	if t.n.Form.Empty() {
		t.n.Form, t.n.Aside = waits, nil
		t.say(t.v.NothingTo())
		t.close(t.v.Invite())
		return
	}
	t.n.Form.Off = true
	t.n.lay(t.n.Form, t.s.At)
	t.n.Form = nil
	if t.n.Aside == nil || t.n.Aside.Doubt {
		t.n.Aside = nil
		if waits != nil {
			t.say(t.v.Cancelled())
			t.s.Ask = nil
			t.bringBack(waits, true)
			return
		}
		t.ask(askUndo)
		t.s.Ask.Light = true
		return
	}
	t.say(t.v.Cancelled())
	t.say(t.v.Second(t.n.Aside.Text))
	t.begin()
	t.bringBack(waits, false)
}

// restore brings the report on top of the shelf back. One in the making goes to the bottom, and what waits behind one that was not begun
// waits behind this one.
func (t *telling) restore() {
	back, now := t.n.top(), t.n.Form
	if back == nil {
		if now.Empty() { // else who is "balik lagi" goes on with it
			t.say(t.v.NothingTo())
		}
		t.onward()
		return
	}
	if now.Empty() && back.Behind == nil {
		back.Behind = now.behind()
	}
	t.n.layLast(now, t.s.At)
	t.n.Form = back
	back.Off, back.Listening = false, "" // what was heard while it lay there is lost
	t.say(t.v.Back())
	t.next()
}

// more takes in what is written instead of choosing between the old report and a new one: photos and pins wait with the
// rest, words go on with the old report.
func (t *telling) more(p flows.Parcel, rd understand.Reading) {
	if rd.NoReport && rd.Small == "greeting" && !t.goesOn(p, rd) { // who only says hello is asked once more
		t.say(t.v.HelloTo(p.Text))
		t.ask(askResume)
		return
	}
	if t.n.Aside == nil {
		t.n.Aside = &flows.Parcel{}
	}
	t.n.Aside.Join(p)
	if t.another(rd) {
		t.chooseResume("new")
		return
	}
	t.ask(askResume)
}

// another reports whether words are surely about something else than the report that was left: they never join it.
func (t *telling) another(rd understand.Reading) bool {
	return !rd.NoReport && len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure && t.n.Form.Category != "" &&
		rd.Guesses[0].Category != t.n.Form.Category
}

// chooseResume goes on with the report that was left, or begins a new one, with what was kept aside.
func (t *telling) chooseResume(id string) {
	if id == "new" {
		waits := t.n.Form.behind()
		t.n.lay(t.n.Form, t.s.At)
		t.n.Form = nil
		t.say(t.v.NewOne())
		t.begin()
		if waits != nil {
			t.form().Behind = waits
		}
		return
	}
	if t.n.Aside.Empty() {
		t.n.Aside = nil
		if t.n.Form.Empty() {
			t.ask(askWhat)
			return
		}
		t.next()
		return
	}
	t.s.Ask = t.missing()
	p := *t.n.Aside
	t.n.Aside = nil
	rd := t.Reader.Read(p.Text)
	t.absorb(p, rd)
}

// missing is the question that would be open now, so that what was kept aside can answer it.
func (t *telling) missing() *flows.Ask {
	f := t.n.Form
	a := &flows.Ask{ID: "-", Flow: Name}
	switch {
	case f.Empty() || f.Text == "" && !f.Mute:
		a.Kind = askWhat
	case f.Where != nil:
		a.Kind = askWhere
	case t.wantsPlace(f):
		a.Kind = askPlace
	default:
		return nil
	}
	return a
}

// chooseLate adds what came right after filing to the report, or begins a new one with it.
func (t *telling) chooseLate(id string) {
	if id != "yes" || t.n.Sent == nil || t.n.Aside.Empty() {
		t.begin()
		return
	}
	it := flows.Addition{Report: t.n.Sent.ID, Said: *t.n.Aside}
	t.n.Aside, t.s.Ask = nil, nil
	t.hand(it)
}

// claim makes a report of a message that was taken for none.
func (t *telling) claim() {
	p := t.n.Aside
	t.n.Aside, t.s.Ask = nil, nil
	if p.Empty() {
		t.ask(askWhat)
		return
	}
	rd := t.Reader.Read(p.Text)
	rd.NoReport = false
	if p.Text != "" {
		t.describe("", p.Text, p.Parts, rd)
		p.Text, p.Parts = "", nil
	}
	t.absorb(*p, rd)
}

// idle reminds once of a draft that nobody touched for a while, and never at night.
func (t *telling) idle(in flows.Idle) {
	f := t.n.Form
	if f.Empty() || f.ID != in.Draft || t.silence(in) || f.Nudged || !t.nudges(f) {
		return
	}
	if left := flows.NudgeAfter - in.At.Sub(t.s.At); left > 0 {
		t.do(flows.Nudge{Draft: f.ID, After: left})
		return
	}
	if wait := untilMorning(in.At.In(t.Profile.Location())); wait > 0 {
		t.do(flows.Nudge{Draft: f.ID, After: wait})
		return
	}
	f.Nudged = true
	t.askPage(askResume, 1)
}

// untilMorning is how long it is till eight, between nine in the evening and then; 0 by day.
func untilMorning(at time.Time) time.Duration {
	morning := time.Date(at.Year(), at.Month(), at.Day(), 8, 0, 0, 0, at.Location())
	switch {
	case at.Hour() >= 21:
		return morning.AddDate(0, 0, 1).Sub(at)
	case at.Hour() < 8:
		return morning.Sub(at)
	}
	return 0
}
