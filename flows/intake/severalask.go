package intake

import (
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand/answer"
)

// topicOf begins the id of the choice that changes what one matter is about.
const topicOf = "topic"

// nextSeveral asks for what is missing of the matters, or shows them.
func (t *telling) nextSeveral() {
	f := t.n.Form
	if s := &f.Several; s.Topic {
		if m := &s.Each[s.At-1]; f.Picked {
			m.Category, m.Picked = f.Category, true
		}
		f.Picked, s.Topic, s.At = false, false, 0
	}
	if t.severalPlace() {
		return
	}
	f.keepPlaces()
	t.ask(askSeveral)
	t.s.Ask.Plain = true
}

// severalPlace asks for the place that is missing, and reports whether it did: once for all, or for one after the other where they
// are not in one place.
func (t *telling) severalPlace() (asks bool) {
	f := t.n.Form
	s := &f.Several
	if s.At > 0 {
		if t.askWhereabouts(s.At - 1) {
			return true
		}
		s.Each[s.At-1].Place, s.At = f.Place, 0
		f.unplace()
	}
	i := slices.IndexFunc(s.Each, func(m Matter) bool {
		own := Form{Draft: report.Draft{Category: m.Category, Kind: f.Kind, Place: m.Place}}
		return !m.Place.Known() && t.wantsPlace(&own)
	})
	switch {
	case i < 0 && f.Place.Pin != nil && f.Pinned: // a pin beside places that are all named belongs to the first that has none
		if at := slices.IndexFunc(s.Each, func(m Matter) bool { return m.Place.Known() && m.Place.Pin == nil }); at >= 0 && !slices.ContainsFunc(s.Each, func(m Matter) bool { return !m.Place.Known() }) {
			s.Each[at].Place = f.Place
			f.unplace()
		}
		return false
	case i < 0:
		f.Where = nil
		return false
	case s.Apart && f.Placed && f.Place.Known(): // a place that is given while they are asked for is that of the one
		s.Each[i].Place = f.Place
		f.unplace()
		return t.severalPlace()
	case s.Apart:
		s.At = i + 1
		f.unplace()
	}
	return t.askWhereabouts(i)
}

// askWhereabouts asks where a matter is while the draft's own place does not tell.
func (t *telling) askWhereabouts(i int) bool {
	f := t.n.Form
	f.Category = f.Several.Each[i].Category
	if f.Where != nil || t.wantsPlace(f) {
		if f.Several.At > 0 && !f.Several.Shown {
			t.say(t.v.Several(t.lines(f)))
		}
		f.Several.Shown = true
	}
	switch {
	case f.Where != nil:
		t.ask(askWhere)
	case t.wantsPlace(f):
		t.askForPlace()
	default:
		return false
	}
	return true
}

// unplace makes room for another place.
func (f *Form) unplace() {
	f.Place, f.Where, f.Hint, f.Near, f.Placed, f.Pinned, f.Helped, f.Narrowed = report.Place{}, nil, "", "", false, false, false, false
}

// askSeveral words the questions about several matters.
func (f *flow) askSeveral(m *bot.Message, s flows.State, v say.Voice, form *Form) {
	each := form.Several.Each
	if s.Ask.Kind == askSeveralEdit {
		m.Text = v.AskEdit()
		m.Menu = v.MenuOf(s.Ask.ID, "text", "place", "photos", "visibility")
		for i, it := range each {
			m.Menu.Choices = append(m.Menu.Choices, bot.Choice{ID: topicOf + strconv.Itoa(i+1), Label: v.TopicOf(i+1, it.Category)})
		}
		m.Menu.Choices = append(m.Menu.Choices, v.Choice("back"))
		return
	}
	m.Text = v.Several(f.lines(form)) + "\n\n" + v.Seen(form.Visibility)
	m.Want = bot.WantDone
	m.Menu = v.MenuOf(s.Ask.ID, "all", "one", "edit")
	m.Menu.Choices[0].Label = v.SendSeveral(len(each))
}

// lines are the matters as they are shown.
func (f *flow) lines(form *Form) (out []say.Line) {
	for _, d := range f.drafts(form) {
		out = append(out, say.Line{Draft: d, Agency: f.office(d), Secret: d.Visibility == report.Confidential && form.Visibility != report.Confidential})
	}
	return out
}

// severalPlaceQuestion words the question for the place: of all, or of one.
func (f *flow) severalPlaceQuestion(v say.Voice, form *Form) string {
	if at := form.Several.At; at > 0 {
		return v.AskPlaceOf(at, form.Several.Each[at-1].Text)
	}
	return v.Several(f.lines(form)) + "\n\n" + v.AskPlaceOfAll()
}

// chooseSeveral carries out an answer.
func (t *telling) chooseSeveral(id string) {
	f := t.n.Form
	if !f.several() {
		t.onward()
		return
	}
	nth, err := strconv.Atoi(strings.TrimPrefix(id, topicOf))
	topic := err == nil && strings.HasPrefix(id, topicOf) && nth >= 1 && nth <= len(f.Several.Each)
	switch {
	case topic:
		f.Several.At, f.Several.Topic = nth, true
		f.Category, f.Picked = f.Several.Each[nth-1].Category, false
		t.ask(askCategory)
	case id == "all":
		t.sendSeveral()
	case id == "one":
		t.together()
	case id == "edit":
		t.ask(askSeveralEdit)
	case id == "place":
		t.replace()
		t.next()
	case id == "back":
		t.next()
	default:
		t.chooseEdit(map[string]string{"text": "text", "photos": "photos", "visibility": "visibility"}[id])
	}
}

// replace asks for the place anew.
func (t *telling) replace() {
	f := t.n.Form
	f.misplaced(f.everyMatter())
	for i := range f.Several.Each {
		f.Several.Each[i].Place = report.Place{}
	}
	f.Several.Apart, f.Several.At = false, 0
	f.unplace()
}

// together makes one report of all.
func (t *telling) together() {
	f := t.n.Form
	given, one := report.Place{}, Matter{}
	if f.Several.Apart {
		given = f.Several.Each[0].Place
	}
	if f.Several.Each[0].Picked {
		one = f.Several.Each[0]
	}
	f.Several = Several{One: true}
	f.Category, f.Picked = one.Category, one.Picked
	rd := t.Reader.Read(f.Text)
	t.understood(rd)
	switch {
	case given.Known(): // where it was before another matter came to it
		f.unplace()
		f.Place, f.Placed = given, true
	case !f.Placed:
		f.unplace()
		t.where().whereabouts(f.Text, rd.Places)
	}
	t.say(t.v.Together())
	t.next()
}

// severalWords reads an answer in free words ("satu aja", "yang lampu aja dulu"); false: they are more of the story.
func (t *telling) severalWords(p flows.Parcel) bool {
	f := t.n.Form
	if p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil {
		return false
	}
	if !f.several() {
		return t.onlyOne(p.Text)
	}
	if t.kind() == askSeveralEdit {
		return t.takesBack(p.Text) || t.placesAll(p.Text) || t.barePlace(p.Text)
	}
	listed := t.kind() == askSeveral
	asked := t.kind() == askPlace || t.kind() == askWhere
	if (listed || asked) && (t.takesBack(p.Text) || t.placesAll(p.Text)) {
		return true
	}
	if !listed && !asked || f.Several.At > 0 && (place.Cued(p.Text) || strings.Trim(bot.Fold(p.Text), "0123456789") == "") { // it answers where that one is
		return false
	}
	if nth := t.numberIn(p.Text); nth > 0 && nth != f.Several.At && asked { // told of another than the one that is asked about
		t.describe("", p.Text, nil, t.Reader.Read(p.Text))
		t.next()
		return true
	}
	named := t.matterNames()
	switch said, nth := say.SeveralAnswer(p.Text, named); {
	case said == say.SeveralAll && listed:
		t.sendSeveral()
	case said == say.SeveralAll && t.sameForAll():
		t.next()
	case said == say.SeveralAll:
		if f.Several.At == 0 {
			t.say(t.v.SamePlace())
		}
		t.onward()
	case said == say.SeveralSome:
		which, _ := say.BothOf(p.Text, len(named))
		t.some(which)
	case said == say.SeveralOne:
		t.together()
	case said == say.SeveralApart && f.Several.At > 0:
		return false
	case said == say.SeveralApart && !listed:
		f.Several.Apart = true
		for i := range f.Several.Each { // what the words told of the place was told of this one
			if own := f.Several.Each[i]; !own.Place.Known() && f.Place.Known() {
				f.Several.Each[i].Place = f.Place
				break
			}
		}
		f.unplace()
		t.next()
	case said == say.SeveralApart:
		t.replace()
		f.Several.Apart = true
		t.next()
	case said == say.SeveralOnly:
		t.only(nth - 1)
	case said == say.SeveralDrop:
		t.drop(nth - 1)
	default:
		return t.barePlace(p.Text)
	}
	return true
}

// only goes on with one matter; the others wait for their turn.
func (t *telling) only(i int) {
	f := t.n.Form
	m, place := f.Several.Each[i], f.at(i)
	left := slices.Delete(slices.Clone(f.Several.Each), i, i+1)
	var rest []string
	for _, other := range left {
		rest = append(rest, other.Text)
	}
	t.putAside(left)
	t.say(t.v.KeptForLater(strings.Join(rest, " / ")))
	t.alone(m, place)
}

// some goes on with some of the matters, which are counted from 1; the others wait for their turn.
func (t *telling) some(which []int) {
	f := t.n.Form
	var kept, left []Matter
	var words, rest []string
	for i, m := range f.Several.Each {
		if slices.Contains(which, i+1) {
			kept, words = append(kept, m), append(words, m.Text)
			continue
		}
		left, rest = append(left, m), append(rest, m.Text)
	}
	t.putAside(left)
	t.say(t.v.KeptForLater(strings.Join(rest, " / ")))
	f.SetText("", strings.Join(words, "\n"))
	f.Several.Each, f.Several.At = kept, 0
	t.next()
}

// putAside keeps matters for the next report, so that they are heard as several again.
func (t *telling) putAside(left []Matter) {
	if t.n.Aside == nil || t.n.Aside.Doubt {
		t.n.Aside = &flows.Parcel{}
	}
	text := left[0].Text
	if len(left) > 1 {
		text = ""
		for j, m := range left {
			text += strconv.Itoa(j+1) + ". " + m.Text + "\n"
		}
		text = strings.TrimSpace(text)
	}
	t.n.Aside.Join(flows.Parcel{Text: text, Parts: []flows.Part{{Len: len(text)}}})
}

// alone makes the draft a report of one matter.
func (t *telling) alone(m Matter, at report.Place) {
	f := t.n.Form
	f.SetText("", m.Text)
	f.Several, f.Category, f.Picked = Several{One: true}, "", false
	t.understood(t.Reader.Read(m.Text))
	if m.Category != "" {
		f.Category = m.Category
	}
	f.Picked = m.Picked
	if at.Known() {
		f.Place, f.Where = at, nil
	}
	if t.hidden(m) {
		f.Visibility = report.Confidential
	}
	t.next()
}

// severalChange carries out a wish to change something of all ("tempatnya di kaligandu"); what is meant of one is asked.
func (t *telling) severalChange(c answer.Change) bool {
	if !t.n.Form.several() {
		return false
	}
	switch {
	case t.n.Form.Several.At > 0 && c.Words != "" && (c.Field == answer.Where || c.Field == answer.Something && c.At):
		return false // it is said of the one that is asked about
	case t.severalPlaced(c):
		return true
	case c.Field == answer.Where && c.Words == "" && t.n.Form.Several.At == 0:
		t.replace()
		t.next()
		return true
	case c.Field == answer.Where && c.Words != "":
		t.n.Form.misplaced(t.n.Form.everyMatter())
		for i := range t.n.Form.Several.Each {
			t.n.Form.Several.Each[i].Place = report.Place{}
		}
		t.n.Form.Several.Apart, t.n.Form.Several.At = false, 0
		return false // and the draft's own changes
	case c.Field == answer.Matter, c.Field == answer.Something, c.Field == answer.Sort:
		t.ask(askSeveralEdit)
		return true
	}
	return false
}
