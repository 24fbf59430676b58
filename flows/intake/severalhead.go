package intake

import (
	"strings"

	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// Who speaks for a neighbourhood names it once, before the list: all that follows is there, and "depan mushola" is the one in it.

// underHeading gives the matters of a list the place that stands before it, and reports whether one does. What names a place of its own
// stays there, within the kelurahan that was named.
func (t *telling) underHeading(places []report.Place, parts []understand.Part) bool {
	head := understand.Heading(t.n.Form.Text)
	if head == "" || t.n.Form.Placed {
		return false
	}
	at, unsure := t.placeIn(understand.Part{Text: head, Reading: t.Reader.Read(head)}, "")
	if !at.Known() || unsure || at.Area == "" && at.District == "" {
		return false
	}
	for i, own := range places {
		words, _ := strings.CutPrefix(parts[i].Text, head)
		switch p := clonePlace(at); {
		case own.Area != "" || own.District != "" || own.Whose != "" || own.Pin != nil:
		case own.Said != "":
			places[i].Area, places[i].AreaName, places[i].District, places[i].DistrictName = at.Area, at.AreaName, at.District, at.DistrictName
		default:
			if side := besides(words, t.Reader.Read(words).Places); side != "" {
				p.Note = say.Clip(joinWords(side, p.Note), 300)
			}
			places[i] = p
		}
	}
	return true
}

// besides are the words that tell where in a neighbourhood a matter is, "" for none.
func besides(text string, words []string) string {
	for _, w := range words {
		if place.Cued(w) && !place.Points(w) && !back(w) && strings.Contains(text, w) {
			return w
		}
	}
	return ""
}

// sameForAll gives the matters that have no place that of the others, where these are in one.
func (t *telling) sameForAll() bool {
	s := &t.n.Form.Several
	if s.At == 0 {
		return false
	}
	known := report.Place{}
	for _, m := range s.Each {
		switch {
		case !m.Place.Known():
		case !known.Known():
			known = m.Place
		case elsewhere(known, m.Place):
			return false
		}
	}
	if !known.Known() {
		return false
	}
	for i := range s.Each {
		if !s.Each[i].Place.Known() {
			s.Each[i].Place = clonePlace(known)
		}
	}
	s.At = 0
	t.n.Form.unplace()
	return true
}

// numberIn is the matter that words speak of by its number and tell more of ("oh ya no 4 itu panjangnya 50 meter"); 0 for none.
func (t *telling) numberIn(text string) int {
	if !t.n.Form.several() {
		return 0
	}
	return say.NumberOf(text, len(t.n.Form.Several.Each))
}
