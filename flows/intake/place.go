package intake

import (
	"strconv"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What may be unsettled about a place (Where.Why).
const (
	whyWhich   = "which"
	whyNear    = "near"
	whyOutside = "outside"
	whyDiffer  = "differ"
)

// Fits is how well typed words must fit a place to be taken without asking, Maybe to be offered at all (place.Candidate.P).
const (
	fits  = 0.9
	maybe = 0.5
)

// farApart is from how many metres on a pin and the place in words are two places.
const farApart = 1500

func placeID(i int) string { return "p" + strconv.Itoa(i) }

// locating finds out where it is, from pins and from words. It asks nothing: what is unsettled it leaves in Form.Where.
type locating struct {
	*flow
	v     say.Voice
	asked string       // the open question
	form  func() *Form // the report in the making, begun where there is none
	say   func(string)
}

func (t *telling) where() *locating {
	return &locating{flow: t.flow, v: t.v, asked: t.kind(), form: t.form, say: t.say}
}

// pin takes a pin as the place. It refines a place in words, which stays with it; where the two are far apart, it is asked
// which is right.
func (l *locating) pin(p report.Pin, name string) {
	spot, ok := l.Finder.At(p.Lat, p.Lon)
	if !ok {
		l.say(l.v.BadPin())
		return
	}
	if spot.Swapped {
		p = report.Pin{Lat: spot.Lat, Lon: spot.Lon}
	}
	f := l.form()
	if !spot.Inside {
		l.pinOutside(p, name, spot.Whose)
		return
	}
	was := f.Place
	at := l.onSpot(p, name, spot)
	if l.apart(was, p) {
		at = fresh(at, was, name)
		if anew := l.asked == askNewPlace || f.Where != nil && f.Where.Why == whyDiffer; !anew {
			f.Where = &Where{Why: whyDiffer, Options: []report.Place{was, at}}
			return
		}
	}
	f.Place, f.Where, f.Placed, f.Pinned = at, nil, true, true
	if len(spot.Near) > 0 {
		f.Place.Unsure = true
		f.Where = &Where{Why: whyNear, Options: []report.Place{area(place.Choice{Area: spot.Area,
			AreaName: spot.AreaName, District: spot.District, DistrictName: spot.DistrictName})}}
		for _, c := range spot.Near {
			f.Where.Options = append(f.Where.Options, area(c))
		}
	}
	if f.Text == "" && f.Heard == "" && f.Listening == "" || l.asked == askAbout || l.asked == askCategory {
		l.say(l.v.PinHere(f.Place)) // no question for the place and no card follows that would show how it was understood
	}
}

// onSpot is the place there is, at a pin. What was said of it stays; the name of another kelurahan is only what was said.
func (l *locating) onSpot(p report.Pin, name string, spot place.Spot) report.Place {
	at := l.form().Place
	at.Nowhere, at.Unsure, at.Unknown, at.Whose = false, false, false, ""
	if at.Said == "" && at.AreaName != "" && at.Area != spot.Area && !l.form().Pinned {
		at.Said = at.AreaName
	}
	if at.Said == "" {
		at.Said = name
	}
	at.Pin = &p
	at.Area, at.AreaName, at.District, at.DistrictName = spot.Area, spot.AreaName, spot.District, spot.DistrictName
	return at
}

// fresh is a pin's place without what was said of another.
func fresh(at, was report.Place, name string) report.Place {
	at.Note = ""
	if at.Said == was.Said || at.Said == was.AreaName {
		at.Said = name
	}
	return at
}

// pinOutside asks about a pin in another government's area, where no place is known yet.
func (l *locating) pinOutside(p report.Pin, name, whose string) {
	f := l.form()
	known := f.Place.Known() && !f.Place.Nowhere && !f.Place.Unknown
	l.say(l.v.Outside(whose, known))
	if known {
		return
	}
	said := f.Place.Said
	if said == "" {
		said = name
	}
	f.Where = &Where{Why: whyOutside, Whose: whose,
		Options: []report.Place{{Said: said, Note: f.Place.Note, Pin: &p, Whose: whose}}}
}

// apart reports whether a place in words is another than a pin.
func (l *locating) apart(was report.Place, p report.Pin) bool {
	if l.form().Pinned || was.District == "" {
		return false
	}
	ruler, ok := l.Finder.(place.Ruler)
	if !ok {
		return false
	}
	m, ok := ruler.Apart(p.Lat, p.Lon, place.Choice{Area: was.Area, District: was.District})
	return ok && m > farApart
}

func area(c place.Choice) report.Place {
	return report.Place{Area: c.Area, AreaName: c.AreaName, District: c.District, DistrictName: c.DistrictName}
}

// chooseWhere carries out an answer about the place.
func (t *telling) chooseWhere(id string) {
	f := t.form()
	w := f.Where
	if w == nil {
		t.next()
		return
	}
	switch id {
	case "nowhere":
		f.Place, f.Where, f.Placed = report.Place{Nowhere: true}, nil, true
	case "unknown":
		t.unknown()
		return
	case "inside": // the words name no place of ours after all
		f.Where = nil
	case "keep":
		if len(w.Options) > 0 {
			t.where().takeOutside(w.Options[0])
		}
	case "notthat":
		if t.otherThan(w) {
			return
		}
		t.where().take(report.Place{Said: w.Said})
		t.say(t.v.PlaceUnsettled())
	default:
		for i, p := range w.Options {
			if placeID(i) == id {
				t.where().chosen(w, p, i)
			}
		}
	}
	t.next()
}

// chosen takes the i-th of the places offered.
func (l *locating) chosen(w *Where, p report.Place, i int) {
	f := l.form()
	if w.Why == whyNear {
		at := f.Place
		at.Area, at.AreaName, at.District, at.DistrictName = p.Area, p.AreaName, p.District, p.DistrictName
		at.Unsure = false
		p = at
	}
	l.takeOutside(p)
	f.Pinned = w.Why == whyNear || w.Why == whyDiffer && i == 1
}

// take makes a place that the citizen chose the place.
func (l *locating) take(p report.Place) {
	f := l.form()
	f.Place, f.Where, f.Placed = p, nil, true
	f.Pinned = p.Pin != nil
}

// choosePlace carries out an answer to the question for the place.
func (t *telling) choosePlace(id string) {
	f := t.form()
	switch id {
	case "back":
		f.keepPlaces()
	case "nowhere":
		f.Place, f.Where, f.Placed = report.Place{Nowhere: true}, nil, true
	case "unknown":
		t.unknown()
		return
	case "hint":
		t.where().take(report.Place{Said: f.Hint})
	}
	t.next()
}

// unknown answers who does not know the place.
func (t *telling) unknown() {
	t.where().noPlace()
	t.next()
}

// noPlace goes on with somebody who does not know the place: once with help, then it is left at that, and marked.
func (l *locating) noPlace() {
	f := l.form()
	switch {
	case narrowing(f):
	case f.keepPlaces(): // asked for others: those there are stay
	case f.Place.Known() && !f.Place.Nowhere: // asked for another: the one there is stays
	case f.Helped || f.Emergency || !l.fixed(f):
		f.Place, f.Where, f.Placed = report.Place{Unknown: true}, nil, true
	default:
		f.Helped, f.Where = true, nil
	}
}

// narrowing reports whether the open question is where in a kecamatan.
func narrowing(f *Form) bool { return f.Place.District != "" && !f.Place.Known() }

// fixed reports whether the matter stands somewhere, so that "nowhere" is no answer.
func (f *flow) fixed(form *Form) bool {
	c, ok := f.Profile.Category(form.Category)
	return ok && c.Physical
}

// wantsPlace reports whether the place is still to be asked for. Wishes and questions need none, unless they are about
// something that stands somewhere. A kecamatan alone is asked about once: nobody could go there.
func (f *flow) wantsPlace(form *Form) bool {
	p := form.Place
	switch {
	case p.Nowhere:
		return f.fixed(form) && !form.Emergency
	case p.Known():
		return false
	case p.District != "":
		return (f.fixed(form) || form.Emergency) && !form.Narrowed
	}
	return form.Kind == report.Complaint && !f.soft(form) || form.Emergency || f.fixed(form)
}

// askForPlace asks for the place, or for a narrower one. What was said to have no place and turns out to stand somewhere
// is asked for as well.
func (t *telling) askForPlace() {
	f := t.n.Form
	f.Place.Nowhere = false
	if narrowing(f) {
		f.Narrowed = true
	}
	t.ask(askPlace)
}

// placeQuestion words the question for the place.
func (f *flow) placeQuestion(m *bot.Message, s flows.State, v say.Voice, form *Form) {
	soft, fixed := f.soft(form), f.fixed(form)
	switch {
	case form.several() && !form.Helped && !narrowing(form):
		m.Text, m.Want, m.Menu = f.severalPlaceQuestion(v, form), bot.WantLocation, v.MenuOf(s.Ask.ID, f.without(form))
		f.mayKeep(m, v, form)
		return
	case narrowing(form):
		m.Text, m.Want, m.Menu = v.AskNarrow(form.Place.DistrictName), bot.WantLocation, v.MenuOf(s.Ask.ID, "unknown")
		return
	case form.Helped && form.Near != "":
		m.Text = v.AskPlaceName(form.Near)
	case form.Helped:
		m.Text = v.AskPlaceHelp()
	default:
		m.Text = v.AskPlace(soft, fixed, form.Hint != "")
	}
	if !soft {
		m.Want = bot.WantLocation
	}
	m.Menu = v.MenuOf(s.Ask.ID, f.without(form))
	if form.Hint != "" {
		m.Menu.Choices = append([]bot.Choice{{ID: "hint", Label: say.Clip(form.Hint, 40)}}, m.Menu.Choices...)
	}
}

// without is the choice to go without a place.
func (f *flow) without(form *Form) string {
	if f.fixed(form) && !form.Emergency {
		return "unknown"
	}
	return "nowhere"
}

// askWhere words what is unsettled about the place.
func (f *flow) askWhere(m *bot.Message, s flows.State, v say.Voice, form *Form) {
	w := form.Where
	if w == nil {
		return
	}
	m.Menu = &bot.Menu{ID: s.Ask.ID}
	if w.Why == whyOutside {
		m.Text, m.Want = v.AskOutside(), bot.WantLocation
		keep, no := v.Choice("keep"), v.Choice("inside")
		if w.Said != "" {
			keep.Label = v.OutsideYes(w.Said)
		}
		no.Label = v.OutsideNo()
		m.Menu.Choices = append(m.Menu.Choices, keep, no)
		if !f.fixed(form) {
			m.Menu.Choices = append(m.Menu.Choices, v.Choice("nowhere"))
		}
		return
	}
	for i, name := range v.Spots(shown(w)) {
		m.Menu.Choices = append(m.Menu.Choices, bot.Choice{ID: placeID(i), Label: name})
	}
	switch w.Why {
	case whyNear:
		m.Text = v.AskNear()
	case whyDiffer:
		m.Text = v.AskDiffer(m.Menu.Choices[0].Label, m.Menu.Choices[1].Label)
	default:
		m.Text = v.AskWhich(w.Said, len(w.Options))
		if w.suggests() { // to the only place offered, any yes is one
			m.Menu.Choices[0].Also = v.Choice("here").Also
		}
		if form.several() && form.Several.At == 0 { // what it is asked for was not shown yet
			m.Text = v.Several(f.lines(form)) + "\n\n" + m.Text
		}
		m.Menu.Choices = append(m.Menu.Choices, v.Choice("notthat"))
	}
}

// labelName is how many runes of a place's name a choice shows: what stands behind it must not be cut off.
const labelName = 28

// shown are the places to choose from without what is the same for all, or only a note.
func shown(w *Where) []report.Place {
	out := make([]report.Place, len(w.Options))
	for i, p := range w.Options {
		p.Note = ""
		p.Said = say.Clip(p.Said, labelName)
		if w.Why == whyNear {
			p.Said = ""
		}
		out[i] = p
	}
	return out
}
