package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// Where a danger is: nobody is asked which of two places was meant, and what is told later puts right what was told in haste.

// dangerPlace looks for the place in what was written; who was asked where and names something that sounds like a place is
// believed.
func (t *telling) dangerPlace(text string, rd understand.Reading) {
	f := t.n.Form
	if text == "" {
		return
	}
	if !vague(f) || f.Place.Said != "" {
		t.betterPlace(text, rd)
		return
	}
	t.where().placeIn(text, rd.Places)
	asked := t.kind() == askEmergency && (len(rd.Places) > 0 || place.Cued(text))
	switch {
	case !asked || f.Where != nil:
	case t.where().weigh(text) <= place.Pointing: // "depan rumah saya" leads nobody there
		f.Place.Note = say.Clip(text, 200)
	case f.Place.Area == "" && f.Place.District == "":
		f.Place = report.Place{Said: say.Clip(text, 200), Pin: f.Place.Pin}
	case len(text) > len(f.Place.Said)+len(f.Place.AreaName):
		f.Place.Note = say.Clip(text, 200)
	}
}

// settleDanger takes a place as it was said, without asking which of two was meant: the room sees the words and the pin.
func (t *telling) settleDanger() {
	f := t.n.Form
	if f.Where == nil {
		return
	}
	w := f.Where
	f.Where = nil
	switch w.Why {
	case whyWhich:
		f.Place = report.Place{Said: w.Said, Pin: f.Place.Pin}
		if first := w.Options[0]; !slices.ContainsFunc(w.Options, func(o report.Place) bool { return o.District != first.District }) {
			f.Place.District, f.Place.DistrictName = first.District, first.DistrictName
		}
	case whyOutside, whyDiffer: // a pin counts more than words
		if len(w.Options) > 0 {
			f.Place = w.Options[len(w.Options)-1]
		}
	}
}

// betterPlace lets a place that was told later take the one of before, where it says more: a pin or a kelurahan of words that nobody
// knows, a name of words that only point ("di rumah"), and more words of fewer ("miring ke arah tk").
func (t *telling) betterPlace(text string, rd understand.Reading) {
	f := t.n.Form
	was, kept := f.Place, f.Place
	if f.Where != nil || was.Nowhere || was.Pin != nil || !was.Known() && was.District == "" {
		return
	}
	was.Note = ""
	f.Place = report.Place{}
	t.where().placeIn(text, rd.Places)
	if f.Place.Said == "" && f.Place.Area == "" && f.Place.District == "" && f.Where == nil && was.Area == "" && t.where().weigh(text) >= place.Naming && place.Cued(text) && !rd.Emergency {
		f.Place = report.Place{Said: say.Clip(text, 200)}
	}
	t.settleDanger()
	now := f.Place
	inside := now.Area == "" && now.District == "" && now.Pin == nil && now.Said != "" && was.District != "" // a kampung in the kecamatan that was told
	if inside && was.Area != "" && was.Said != "" {                                                          // a street of a kelurahan is better than words that nobody knows
		f.Place = kept
		return
	}
	if inside {
		now.Area, now.AreaName, now.District, now.DistrictName = was.Area, was.AreaName, was.District, was.DistrictName
	}
	if t.rank(now) < t.rank(was) || !now.Known() && now.District == "" || samePlace(now, was) || now.Area != "" && now.Area == was.Area && now.Said == was.Said {
		f.Place = kept
		return
	}
	if now.Said == "" && now.Area == "" && now.Pin == nil { // a kecamatan is a place to go to in haste
		now.Said = say.Clip(text, 200)
	}
	if was.Said != "" && t.where().weigh(strings.ToLower(was.Said)) >= place.Pointing && !strings.Contains(bot.Fold(now.Said+" "+now.Note+" "+now.AreaName+" "+now.DistrictName), bot.Fold(was.Said)) {
		now.Note = say.Clip(joinWords(was.Said, now.Note), 200)
	}
	f.Place = now
}

// rank is how well a place is known. Who shouts writes no names: "DI RUMAH" points as "di rumah" does.
func (t *telling) rank(p report.Place) int {
	n := 0
	switch {
	case p.Pin != nil:
		n = 16
	case p.Area != "":
		n = 12
	case p.District != "":
		n = 6
	}
	said := strings.ToLower(p.Said)
	switch {
	case said == "" || t.where().weigh(said) < place.Pointing:
	case t.where().weigh(said) == place.Pointing:
		n++
	case t.where().weigh(said) == place.Vague:
		n += 2
	case place.Cued(said):
		n += 4
	default:
		n += 3
	}
	return n
}
