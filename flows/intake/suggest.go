package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// A place that is suggested stays suggested until it is answered: what tells no place is more of the story, or a question, and
// the same is asked again.

// suggests reports whether one place alone is asked about ("maksud Anda di sini?").
func (w *Where) suggests() bool { return w != nil && w.Why == whyWhich && len(w.Options) == 1 }

// otherThan asks for the place after a "no" to the only one suggested; the words are offered as they stand. false: that was done
// already, or the matter needs no place, so that the words are all that is told of it.
func (t *telling) otherThan(w *Where) bool {
	f := t.form()
	if !w.suggests() || f.Hint == say.Clip(w.Said, 120) {
		return false
	}
	bare := *f
	bare.Place = report.Place{}
	if !t.wantsPlace(&bare) {
		return false
	}
	f.Where, f.Hint = nil, say.Clip(w.Said, 120)
	if f.Place.Known() { // it was to be changed
		t.ask(askNewPlace)
		return true
	}
	f.Place = report.Place{}
	t.next()
	return true
}

// settlesFor reports whether words order to send while it is asked which of several places was meant: none of them is chosen, and the place
// stays as it was told.
func (f *flow) settlesFor(form *Form, text string) bool {
	if form == nil || form.Where == nil || form.Where.Why != whyWhich || len(form.Where.Options) < 2 || form.Where.Said == "" || form.Emergency {
		return false
	}
	return f.Answers.Read(text).Has(answer.Send) && f.Answers.Orders(text) == answer.Sends
}

// settlesForHint takes the words of the description that were offered as the place, where it is asked for that and ordered to send instead:
// words that name it at once, all others when it is ordered again. The card is seen before it is sent.
func (t *telling) settlesForHint(text string) bool {
	f := t.n.Form
	if t.kind() != askPlace || f == nil || f.Hint == "" || f.Emergency || f.several() || t.Answers.Orders(text) != answer.Sends || !place.Named(f.Hint) && t.s.Ask.Tries == 0 {
		return false
	}
	t.where().take(report.Place{Said: f.Hint})
	t.say(t.v.PlaceUnsettled())
	t.next()
	return true
}

// settlesForWords leaves the place in the words in which it was told, and shows the card; false where that is not ordered.
func (t *telling) settlesForWords(text string) bool {
	if t.kind() != askWhere || !t.settlesFor(t.n.Form, text) {
		return false
	}
	w := t.n.Form.Where
	at := report.Place{Said: w.Said}
	if in := w.Options[0]; !slices.ContainsFunc(w.Options, func(p report.Place) bool { return p.District != in.District }) {
		at.District, at.DistrictName = in.District, in.DistrictName
	}
	t.where().take(at)
	t.say(t.v.PlaceUnsettled())
	t.next()
	return true
}

// insists takes words that were offered back as they stand and are said once more; false for all others.
func (t *telling) insists(text string) bool {
	f := t.form()
	if f.Hint == "" || f.Where != nil || bot.Fold(text) != bot.Fold(f.Hint) {
		return false
	}
	if cs := t.Finder.Find(text); len(cs) > 0 && cs[0].P >= fits {
		return false
	}
	t.where().take(report.Place{Said: f.Hint})
	return true
}

// answersOffer takes words that answer which of the places offered was meant, or leave that open. story says that they tell more of
// the matter.
func (t *telling) answersOffer(text string, rd understand.Reading) (taken, story bool) {
	if t.where().oneOf(text) || t.where().besideOne(text) || t.insists(text) || t.where().outThere(text) {
		return true, false
	}
	return t.suggested(text, rd)
}

// besideOne takes what one of the places asked about lies by: of two Sukawana, "yang deket stadion" is that in the kecamatan of the stadium.
func (l *locating) besideOne(text string) bool {
	f := l.form()
	if f.Where == nil || f.Where.Why != whyWhich || len(f.Where.Options) < 2 || !place.Beside(text) || l.Answers.Read(text).Has(answer.No) {
		return false
	}
	cs := l.Finder.Find(text)
	if len(cs) == 0 || cs[0].District == "" || cs[0].Kind == place.KindArea || cs[0].Kind == place.KindDistrict {
		return false
	}
	found := -1
	for i, p := range f.Where.Options {
		if p.District != cs[0].District {
			continue
		}
		if found >= 0 {
			return false
		}
		found = i
	}
	if found < 0 {
		return false
	}
	l.chosen(f.Where, f.Where.Options[found], found)
	f.Near = joinWords(say.Clip(afterNod(text), 200), f.Near)
	return true
}

// outThere takes words that say again that it is where it seemed to be, outside the city ("iya di cilegon"), or more exactly where there.
func (l *locating) outThere(text string) bool {
	f := l.form()
	if f.Where == nil || f.Where.Why != whyOutside || len(f.Where.Options) == 0 || l.Answers.Read(text).Has(answer.No) {
		return false
	}
	p := f.Where.Options[0]
	switch cs := l.Finder.Find(text); {
	case len(cs) > 0 && cs[0].Whose == f.Where.Whose && (cs[0].P >= fits || nods(text)):
		if cs[0].Name != "" && cs[0].Name != p.Said {
			p = placeOf(cs[0], "")
		}
	case len(cs) > 0 || !nods(text) || l.weigh(text) >= place.Naming:
		return false
	}
	l.takeOutside(p)
	return true
}

// suggested takes words that come while it is asked which place was meant and name no other. taken says that they answer, or ask,
// and story that they tell more of the matter.
func (t *telling) suggested(text string, rd understand.Reading) (taken, story bool) {
	f := t.form()
	if t.kind() != askWhere || f.Where == nil || f.Where.Why != whyWhich || t.tellsPlace(text, rd) {
		return false, false
	}
	if t.wonders(text) {
		t.s.Missed()
		t.say(t.v.Unclear())
		return true, false
	}
	worth := t.where().weigh(text)
	if agrees := f.Where.suggests() && nods(text); agrees && worth < place.Naming { // "ya itu, di deket masjid"
		if worth >= place.Pointing {
			f.Near = joinWords(say.Clip(afterNod(text), 200), f.Near)
		}
		t.where().chosen(f.Where, f.Where.Options[0], 0)
		return true, false
	}
	switch worth {
	case place.Pointing, place.Vague:
		f.Near = joinWords(say.Clip(text, 200), f.Near)
		return true, false
	case place.Naming:
		return false, false
	default:
		return false, true
	}
}

// nods reports whether words begin with a yes and deny nothing: what comes behind it says more of what was agreed to.
func nods(text string) bool {
	said := strings.Fields(bot.Fold(text))
	if len(said) == 0 || slices.ContainsFunc(said, func(w string) bool {
		return slices.Contains([]string{"bukan", "tidak", "tdk", "ga", "gak", "nggak", "ngga", "enggak", "salah", "not", "no", "dudu", "lain", "sanes", "tapi", "tp", "but"}, w)
	}) {
		return false
	}
	switch said[0] {
	case "ya", "iya", "iyah", "yah", "y", "yes", "yup", "yap", "betul", "bener", "benar", "yoi", "nggih", "muhun", "leres", "enya", "he'eh", "heeh", "sip", "ok", "oke":
		return true
	}
	return false
}

// afterNod is what stands behind a yes and the small words beside it.
func afterNod(text string) string {
	words := strings.Fields(text)
	for len(words) > 1 && (nods(words[0]) || slices.Contains([]string{"itu", "di", "yang", "yg", "pak", "bu", "min", "kak", "situ", "sana", "sini"}, bot.Fold(words[0]))) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// tellsPlace reports whether words hold a place that is known, or that the reader takes for one.
func (t *telling) tellsPlace(text string, rd understand.Reading) bool {
	if cs := t.Finder.Find(text); len(cs) > 0 && cs[0].P >= fits {
		return true
	}
	return slices.ContainsFunc(rd.Places, func(w string) bool { return t.where().weigh(w) == place.Naming })
}

// tellsOn reports whether words without any sign of a place go on with the story: whatever comes first does, and later what names
// nothing.
func (t *telling) tellsOn(text string) bool {
	return t.s.Ask.Tries == 0 || t.where().weigh(text) < place.Pointing
}

// wonders reports whether words ask something, with a mark or without ("kalau mau bertemu pak wali bisa").
func (t *telling) wonders(text string) bool {
	words := strings.Fields(bot.Fold(text))
	switch {
	case strings.HasSuffix(strings.TrimSpace(text), "?"):
		return true
	case len(words) < 2:
		return false
	case t.Answers.Read(text).Asks:
		return true
	}
	switch words[0] {
	case "apa", "apakah", "bisakah", "bolehkah", "gimana", "gmn", "bagaimana", "kapan", "berapa", "siapa", "kenapa", "mengapa", "what", "when", "who", "why", "how", "can", "kumaha", "naon", "iraha", "saha", "kepriben", "kepriwe", "piye":
		return true
	}
	switch words[len(words)-1] {
	case "bisa", "boleh", "bisakah", "bolehkah", "gimana", "gmn", "bagaimana", "kapan", "berapa", "apa", "siapa", "kumaha", "kepriben", "kepriwe", "piye":
		return true
	}
	return false
}
