package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/place"
	"rabeg/internal/say"
	"rabeg/internal/understand/answer"
)

// At the card people say the place again ("iya pasar rau"), or what it is beside ("di deket bank bjb yg di veteran"). The first tells nothing
// new, and the second belongs to the place: neither is a part of the story.

// whereAgain takes such words; false for all others.
func (t *telling) whereAgain(p flows.Parcel) bool {
	f := t.n.Form
	if t.kind() != askReview || f == nil || f.several() || f.Emergency || p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil ||
		f.Where != nil || f.Place.Nowhere || f.Place.Unknown || !f.Place.Known() || strings.Contains(p.Text, "?") {
		return false
	}
	if t.samePlace(p.Text) {
		t.say(t.v.Heeded())
		t.next()
		return true
	}
	side := t.besideIt(p.Text)
	if side == "" {
		return false
	}
	before := f.clone()
	f.Place.Note = say.Clip(joinWords(side, f.Place.Note), 300)
	f.Placed = true
	t.n.Before = before
	t.say(t.v.Changed())
	t.showChanged()
	return true
}

// samePlace reports whether words only name the place that there is once more.
func (t *telling) samePlace(text string) bool {
	is := " " + bot.Fold(t.v.Where(t.n.Form.Place)+" "+t.n.Form.Place.DistrictName) + " "
	again := false
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		m, _ := t.Answers.Read(w).Only()
		switch {
		case strings.Contains(is, " "+w+" "):
			again = true
		case m == answer.Yes, m == answer.Good, filler(w), place.Leads(w):
		default:
			return false
		}
	}
	return again
}

// besideIt is what words tell the place to be beside, where they tell nothing else and name no place elsewhere; "" for all others.
func (t *telling) besideIt(text string) string {
	sider, ok := t.Finder.(place.Sider)
	if !ok {
		return ""
	}
	side, ok := sider.Side(text)
	if !ok {
		return ""
	}
	at := t.n.Form.Place
	if cs := t.Finder.Find(side); len(cs) > 0 && cs[0].P >= maybe && (cs[0].Whose != "" || cs[0].District != "" && at.District != "" && cs[0].District != at.District || cs[0].Area != "" && at.Area != "" && cs[0].Area != at.Area) {
		return ""
	}
	return side
}
