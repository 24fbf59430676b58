package intake

import (
	"strings"

	"rabeg/flows"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// changed marks a review card that shows a change made by words: one tap takes it back.
const changed = 2

// change carries out a wish to change one field, said in words ("eh salah, kaligandu", "kirim secara anonim"). false: the
// text is no such wish, or more than that.
func (t *telling) change(p flows.Parcel) bool {
	if p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil || t.kind() == askText {
		return false
	}
	c, ok := t.Answers.Changes(p.Text)
	if !ok || !c.Pure || (t.kind() == askPlace || t.kind() == askWhere) && dontKnow(p.Text) { // "I don't know the street name"
		return false
	}
	if c.Field == answer.Who {
		t.hide(c.Who)
		return true
	}
	if c.Field == answer.Pictures && c.Drops && t.dropPhotos() {
		return true
	}
	if f := t.n.Form; f == nil || f.Text == "" && !f.Mute {
		return false
	}
	switch t.kind() {
	case askResume, askLate, askElder, askUndo, askIsReport, askHeard:
		return false
	}
	before := t.n.Form.clone()
	if t.severalChange(c) {
		return true
	}
	if !t.amend(c) {
		return false
	}
	if len(t.out) == 0 {
		t.n.Before = before
		t.say(t.v.Changed())
		t.showChanged()
	}
	return true
}

// sets reports whether words set the place right and tell of no danger besides: "eh salah ketang, di kebonjahe".
func (t *telling) sets(text string) bool {
	c, ok := t.Answers.Changes(text)
	if !ok || !c.Pure || c.Words == "" || c.Field != answer.Where && (c.Field != answer.Something || !c.At) || t.n.Form.Empty() || t.n.inDanger() {
		return false
	}
	return !t.Reader.Read(c.Words).Emergency
}

// showChanged goes on after a change; where that is the card, it offers to take the change back.
func (t *telling) showChanged() {
	if t.ready() && t.wantsTwins(t.n.Form) {
		t.showsChange = true
		t.next()
		return
	}
	if t.ready() && t.n.Form.Rival == "" {
		t.askPage(askReview, changed)
		return
	}
	t.next()
}

// hide changes who may see the report.
func (t *telling) hide(who string) {
	f := t.form()
	v := report.Visibility(who)
	c, _ := t.Profile.Category(f.Category)
	always := v == report.Normal && f.Visibility == v && !c.Sensitive // nothing was hidden, or offered to be, that could be shown again
	if (f.Text != "" || f.Mute) && !always {
		t.n.Before = f.clone()
	}
	f.Visibility = v
	f.Seen = t.kind() == askReview // where confidential was offered, and something else was chosen
	switch {
	case always:
		t.say(t.v.Heeded())
	case f.Empty() && v != report.Normal:
		t.say(t.v.NextHidden(v))
	default:
		t.say(t.v.NowSeen(v))
	}
	if t.n.Before != nil {
		t.showChanged()
		return
	}
	t.next()
}

// hideIn heeds a wish about the name that stands inside a longer text, or is written in danger. What is confidential stays
// so: it hides the name as well. pure says that the text holds nothing else.
func (t *telling) hideIn(text string) (pure bool) {
	c, ok := t.Answers.Changes(text)
	if !ok || c.Field != answer.Who || c.Who == string(report.Normal) {
		return false
	}
	f := t.form()
	if v := t.wished(report.Visibility(c.Who), text); f.Visibility != v && f.Visibility != report.Confidential {
		f.Visibility = v
		t.say(t.v.NowSeen(v))
	}
	return c.Pure
}

// amend changes the field that is meant, or asks for what is missing (then something is said already). false: nothing in
// the words fits.
func (t *telling) amend(c answer.Change) bool {
	f := t.n.Form
	switch c.Field {
	case answer.Where:
		t.amendPlace(c)
		return true
	case answer.Matter:
		code := t.matterOf(c.Words)
		if code == "" || code == f.Category { // what is there is called wrong
			t.ask(askCategory)
			return true
		}
		f.Category, f.Picked, f.Rival = code, true, ""
	case answer.Pictures:
		t.ask(askPhotos)
	case answer.Text:
		if !substantial(c.Words, understand.Reading{}, false) {
			t.ask(askText)
			return true
		}
		t.rewrite("", c.Words)
	case answer.More:
		if !substantial(c.Words, understand.Reading{}, true) {
			return false
		}
		t.describe("", c.Words, nil, t.Reader.Read(c.Words))
		t.next()
	case answer.Sort:
		t.ask(askKind)
	case answer.Something:
		return t.amendSomething(c)
	default:
		return false
	}
	return true
}

func (t *telling) amendPlace(c answer.Change) {
	was := t.n.Form.Place
	switch {
	case c.Words == "":
		t.ask(askNewPlace)
	case t.anOffice(c.Words):
		t.ask(askCategory) // "ke pu aja" is about who does it
	case t.refines(c), t.moveTo(c.Words):
		t.staysIn(was, c.Not)
	default:
		t.n.Form.Place, t.n.Form.Where = report.Place{Said: c.Words}, nil
		t.staysIn(was, c.Not)
	}
}

// anOffice reports whether words are what people call an office, and no place: a hospital or a district may be one.
func (t *telling) anOffice(words string) bool {
	words, _ = strings.CutSuffix(strings.ToLower(words), " aja")
	if words == "pu" {
		return true
	}
	a, ok := t.Profile.Called(words)
	return ok && a.District == "" && !strings.HasPrefix(a.Code, "RS")
}

// amendSomething finds out what a correction is about that does not say so: a place, or the matter.
func (t *telling) amendSomething(c answer.Change) bool {
	f := t.n.Form
	if c.Words == "" {
		if t.kind() == askReview && t.n.Form.Place.Known() && t.aPlace(c.Not) || strings.Contains(" "+c.Not+" ", " situ ") || strings.Contains(" "+c.Not+" ", " sana ") || t.kind() == askPlace || t.kind() == askWhere {
			t.ask(askNewPlace)
			return true
		}
		if t.kind() != askReview || len(strings.Fields(c.Not)) > 2 {
			return false
		}
		t.ask(askEdit)
		return true
	}
	if t.anOffice(c.Words) {
		t.ask(askCategory)
		return true
	}
	was := f.Place
	if len(strings.Fields(c.Words)) <= 8 && (t.refines(c) || t.moveTo(c.Words)) {
		t.staysIn(was, c.Not)
		return true
	}
	if c.At || place.Addressed(c.Words) || place.Sided(c.Words) {
		f.Place, f.Where = report.Place{Said: c.Words}, nil
		t.staysIn(was, c.Not)
		return true
	}
	code := t.matterOf(c.Words)
	if code == "" || code == f.Category || len(strings.Fields(c.Words)) > 8 {
		return false
	}
	f.Category, f.Picked, f.Rival = code, true, ""
	return true
}

// aPlace reports whether words name a place that is known ("di cipare").
func (f *flow) aPlace(words string) bool {
	cs := f.Finder.Find(words)
	return words != "" && len(cs) > 0 && cs[0].P >= fits
}

// maybePlace reports whether a few words may be one of the places that are known: it is asked which.
func (f *flow) maybePlace(words string) bool {
	if words == "" || len(strings.Fields(words)) > fewForArea {
		return false
	}
	cs := f.Finder.Find(words)
	return len(cs) > 0 && cs[0].P >= maybe
}

// matterOf is the category that a few words name, "" for none.
func (t *telling) matterOf(words string) string {
	if words == "" {
		return ""
	}
	plain := t.Answers.Plain(words)
	for _, w := range [...]string{words, plain} {
		if code := t.named(w); code != "" {
			return code
		}
	}
	rd := t.Reader.Read(words)
	if plain != words && (len(rd.Guesses) == 0 || rd.Guesses[0].P < understand.Sure) {
		rd = t.Reader.Read(plain)
	}
	if len(rd.Guesses) == 0 || rd.Guesses[0].P < understand.Faint {
		return ""
	}
	if c, ok := t.Profile.Category(rd.Guesses[0].Category); !ok || c.Hidden {
		return ""
	}
	return rd.Guesses[0].Category
}

// revert takes the last change back.
func (t *telling) revert() {
	if t.n.Before == nil {
		t.next()
		return
	}
	t.n.Form, t.n.Before = t.n.Before, nil
	t.say(t.v.Reverted())
	t.next()
}

// rival asks which of two matters a report is about, after a sentence that would move it to another office.
func (t *telling) rival(was string) {
	f := t.n.Form
	if was == "" || f.Picked || f.Category == was || f.Emergency {
		return
	}
	d := f.Draft
	d.Category = was
	if t.office(d) == t.office(f.Draft) {
		return
	}
	f.Rival, f.Category = f.Category, was
}

// rivalWords lets more of the story decide between the two; who writes on twice is not asked a third time.
func (t *telling) rivalWords(rd understand.Reading) {
	f := t.n.Form
	if f == nil || f.Rival == "" {
		return
	}
	for _, g := range rd.Guesses {
		if g.P >= understand.Sure && (g.Category == f.Category || g.Category == f.Rival) {
			f.Category, f.Rival, f.Picked, t.s.Ask = g.Category, "", true, nil
			return
		}
	}
	if t.s.Ask.Tries++; t.s.Ask.Tries > 1 {
		f.Rival, f.Picked, t.s.Ask = "", true, nil
	}
}

// chooseRival settles it.
func (t *telling) chooseRival(id string) {
	f := t.form()
	f.Rival = ""
	if id == "other" {
		t.split()
		return
	}
	f.Category, f.Picked = id, true
	t.next()
}
