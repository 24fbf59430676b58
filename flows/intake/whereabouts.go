package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// vague reports whether a better place is welcome: none is known, or only words that nobody knows.
func vague(f *Form) bool {
	return f.Where == nil && !f.Place.Nowhere && f.Place.Area == "" && f.Place.District == "" && f.Place.Pin == nil
}

// whereabouts takes from a message what it says of the place. A place that the citizen gave as such stays; words that name
// another far from the pin are asked about, once.
func (l *locating) whereabouts(text string, words []string) {
	f := l.form()
	switch {
	case vague(f):
		l.placeIn(text, words)
	case f.Pinned && f.Where == nil && f.Place.Area != "" && f.Place.Said == "":
		l.besidePin(text)
	case f.Where == nil && !f.Pinned && f.Place.Area == "" && f.Place.Whose == "":
		l.narrower(text)
	}
}

// fewForArea is how many words at most name a kelurahan that narrows the place down: more tell something of it ("sudah lapor ke
// kelurahan Cimuncang tiga kali").
const fewForArea = 5

// narrower takes from a message that is nothing but a kelurahan in which one the place lies.
func (l *locating) narrower(text string) {
	cs := l.Finder.Find(text)
	p := &l.form().Place
	if len(strings.Fields(text)) > fewForArea || len(cs) == 0 || cs[0].Kind != place.KindArea || cs[0].P < fits || p.District != "" && cs[0].District != p.District {
		return
	}
	in := area(cs[0].Choice)
	p.Area, p.AreaName, p.District, p.DistrictName = in.Area, in.AreaName, in.District, in.DistrictName
}

// besidePin reads what words say of a place that a pin was sent for.
func (l *locating) besidePin(text string) {
	spotter, ok := l.Finder.(place.Spotter)
	if !ok {
		return
	}
	m, ok := spotter.In(text)
	if !ok || len(m.Candidates) == 0 || m.Candidates[0].P < fits || m.Candidates[0].Whose != "" {
		return
	}
	f := l.form()
	told := placeOf(m.Candidates[0], "")
	f.Pinned = false // the pin is weighed against the words as if it came after them
	if l.apart(told, *f.Place.Pin) {
		f.Where = &Where{Why: whyDiffer, Options: []report.Place{told, f.Place}}
	} else {
		f.Place.Said, f.Place.Note = told.Said, told.Note
	}
	f.Pinned = true
}

// placeIn looks for the place that a message names: in the whole of it where the finder can, else in the words that the
// reader took for one. What was said before about the place stays.
func (l *locating) placeIn(text string, words []string) {
	before := l.form().Place.Said
	if spotter, ok := l.Finder.(place.Spotter); ok {
		if m, ok := spotter.In(text); ok {
			if l.settle(m.Candidates, m.Phrase, before) {
				return
			}
			words = append([]string{m.Phrase}, words...)
		}
	}
	for _, w := range words {
		if l.fitting(w, before) {
			return
		}
	}
	if before != "" || len(words) == 0 {
		return
	}
	if w := slices.IndexFunc(words, func(w string) bool { return !place.Points(w) && l.weigh(w) >= place.Vague }); w >= 0 {
		l.form().Hint = say.Clip(words[w], 120)
	}
	for _, w := range words {
		if place.Named(w) {
			l.form().Place, l.form().Hint = report.Place{Said: say.Clip(w, 200)}, ""
			return
		}
	}
}

// reread reads place and category anew after the text was changed, but for what the citizen chose. What the new words do
// not tell stays, unless they speak of another matter.
func (t *telling) reread(rd understand.Reading) {
	f := t.n.Form
	if !f.Picked && !slices.ContainsFunc(rd.Guesses, func(g report.Guess) bool { return g.Category == f.Category }) {
		f.Category = ""
	}
	t.understood(rd)
	if f.Placed || f.Where != nil && len(f.Where.Options) > 0 && f.Where.Options[0].Pin != nil {
		return
	}
	was, where := f.Place, f.Where
	f.Place, f.Where, f.Hint = report.Place{}, nil, ""
	t.where().whereabouts(f.Text, rd.Places)
	if f.Where == nil && !f.Place.Known() && f.Place.District == "" {
		f.Place, f.Where = was, where
	}
}

// moveTo settles a new place from words, whatever was there before ("eh salah, kaligandu"): it asks which when several
// fit, and is false when the words name no place.
func (t *telling) moveTo(words string) bool {
	f := t.form()
	was := *f
	f.Place, f.Where, f.Pinned = report.Place{}, nil, false
	said := say.Clip(words, 500)
	cs := t.Finder.Find(words)
	phrase, unknown := words, false
	if spotter, ok := t.Finder.(place.Spotter); ok {
		if m, ok := spotter.In(words); ok && (len(cs) == 0 || cs[0].P < fits && len(m.Candidates) > 0 && m.Candidates[0].P >= fits) {
			cs, phrase = m.Candidates, m.Phrase
			unknown = len(cs) == 0
		}
	}
	switch {
	case t.where().settle(cs, phrase, said):
	case unknown && place.Named(phrase):
		f.Place = report.Place{Said: say.Clip(phrase, 200)}
	default:
		f.Place, f.Where, f.Pinned = was.Place, was.Where, was.Pinned
		return false
	}
	f.Placed, f.Hint = true, ""
	if f.Where != nil { // until it is settled, the place is what it was
		f.Place, f.Pinned = was.Place, was.Pinned
	}
	return true
}

// onlyPlace takes a message that is nothing but a place everybody knows ("kel Cipare") as the place, where a better one
// is welcome.
func (t *telling) onlyPlace(text string, rd understand.Reading) bool {
	if text == "" || len(rd.Guesses) > 0 || rd.Emergency || len(strings.Fields(text)) > 5 || t.n.Form != nil && !vague(t.n.Form) {
		return false
	}
	cs := t.Finder.Find(text)
	if len(cs) == 0 || cs[0].P < fits {
		return false
	}
	return t.where().find(text, joinWords(text, t.form().Place.Said))
}

// placeWords takes words as the answer to where; false when they are no place but more of the story.
func (t *telling) placeWords(text string, rd understand.Reading) bool {
	f := t.form()
	rest := t.link(text)
	if rest != text {
		if rest != "" && f.Place.Pin != nil {
			f.Place.Note = say.Clip(rest, 300)
		}
		if rest == "" || f.Place.Pin != nil || f.Where != nil {
			return true
		}
		text = rest
	}
	if dontKnow(text) {
		t.where().unsure()
		return true
	}
	if taken, story := t.answersOffer(text, rd); taken || story {
		return taken
	}
	if (t.kind() == askPlace || t.kind() == askNewPlace) && (place.Points(text) || atHome(text)) && !f.Helped && f.Place.Pin == nil && t.fixed(f) { // "di depan rumah saya" is nowhere to others
		f.Helped, f.Where = true, nil
		return true
	}
	if t.story(text, rd) || flows.Since(text) && len(rd.Places) == 0 && !place.Cued(text) {
		return false
	}
	said := say.Clip(text, 500)
	words := len(strings.Fields(text))
	if words <= 12 && t.where().fitting(text, said) || t.where().findAny(rd.Places, said) {
		f.Placed = true
		return true
	}
	if taken, again := t.unnamed(text, rd); taken || again {
		return taken
	}
	sure := len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure
	narrow := narrowing(f)
	switch {
	case len(rd.Places) == 0 && (sure && words > 2 && !place.Cued(text) || words > 25):
		return false
	case len(rd.Places) == 0 && words > 3 && t.tellsOn(text) && !place.Cued(text) && !narrow:
		return false
	case len(rd.Places) == 0 && t.wonders(text):
		t.s.Missed()
		t.say(t.v.Unclear())
		return true
	case !substantial(text, rd, true) && !narrow:
		t.say(t.v.TooShort())
		return true
	}
	was := f.Place
	t.where().takeWords(said)
	t.staysIn(was, "")
	return true
}

// takeWords takes words that nobody knows as the place: they say more of the place there is, or are all of it.
func (l *locating) takeWords(said string) {
	f := l.form()
	pin := f.Place.Pin
	switch {
	case f.Where != nil && f.Where.Why == whyNear:
		f.Place.Note = said
		f.Where = nil
		return
	case narrowing(f):
		f.Place.Said = said
	case l.asked == askNewPlace:
		f.Place = report.Place{Said: said}
	default:
		f.Place = report.Place{Said: said, Pin: pin}
	}
	f.Where, f.Placed = nil, true
}

func (l *locating) findAny(words []string, keep string) bool {
	for _, w := range words {
		if l.fitting(w, keep) {
			return true
		}
	}
	return false
}

// story reports whether an answer to where is the story again, with a word for places in it: "lampu penerangan jalan mati
// total".
func (t *telling) story(text string, rd understand.Reading) bool {
	if len(rd.Guesses) == 0 || rd.Guesses[0].P < understand.Sure {
		return false
	}
	words := strings.Fields(text)
	spotter, ok := t.Finder.(place.Spotter)
	if len(words) > 8 && len(rd.Places) == 0 {
		if !ok || len(words) > 12 {
			return true
		}
		m, named := spotter.In(text) // "sorry, I was on the bus, it is in Unyur"
		return !named || len(m.Candidates) == 0 || m.Candidates[0].P < fits
	}
	if !ok || len(words) < 4 || place.Cued(words[0]) {
		return false
	}
	_, named := spotter.In(text)
	return !named
}

// oneOf takes words that name exactly one of the places asked about by its kecamatan, whatever else they say of it ("yang di
// Curug, dekat rumah besan").
func (l *locating) oneOf(text string) bool {
	f := l.form()
	if f.Where == nil || f.Where.Why != whyWhich || len(strings.Fields(text)) > 12 {
		return false
	}
	said := " " + bot.Fold(text) + " "
	if l.Answers.Read(text).Has(answer.No) {
		return false
	}
	found := -1
	for i, p := range f.Where.Options {
		name := bot.Fold(p.DistrictName)
		if p.DistrictName == "" || !strings.Contains(said, " "+name+" ") {
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
	return true
}

// unsure answers words like "nggak tau pak" to whatever is asked about the place.
func (l *locating) unsure() {
	f := l.form()
	if f.Where != nil && (f.Where.Why == whyNear || f.Where.Why == whyDiffer) {
		return // asked again: one of two is right
	}
	l.noPlace()
}

// atHome reports whether words only say that it is at their writer's: that names no place to anybody else.
func atHome(text string) bool {
	home := false
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch w {
		case "rumah", "umah", "omah", "omahe", "imah", "bumi", "house", "home", "place":
			home = true
		case "di", "ning", "neng", "nang", "ing", "teng", "dina", "depan", "dpn", "ngarep", "harep", "hareup", "hareupeun", "payun", "payuneun", "saya", "sy", "aku", "kula", "kule", "isun", "abdi", "urang", "kami", "kita",
			"my", "our", "in", "at", "front", "of", "the", "ya", "pak", "bu", "lah", "atuh", "samping", "sebelah", "belakang", "near", "dekat", "deket":
		default:
			return false
		}
	}
	return home
}

// dontKnow tells "I do not know" from a place, in the tongues that are written here.
func dontKnow(text string) bool {
	said := " " + bot.Fold(text) + " "
	if len(strings.Fields(said)) > 8 {
		return false
	}
	if place.Beside(said) {
		return false // "lupa namanya, deket masjid" says where
	}
	for _, s := range [...]string{"tidak tahu", "tidak tau", "ga tau", "gak tau", "gk tau", "g tau", "ga tahu", "gak tahu", "nggak tau", "nggak tahu", "ngga tau",
		"enggak tau", "enggak tahu", "ngk tau", "tdk tau", "tdk tahu", "gatau", "gaktau", "kurang tau", "kurang tahu", "kurang hafal", "gak hafal", "ga hafal",
		"tidak hafal", "bingung", "lupa", "ora weruh", "ora ngerti", "embuh", "teu apal", "teu terang", "tau ah", "tauk ah", "mbuh", "duka", "teuing", "kada tahu", "kada tau",
		"dont know", "don t know", "do not know", "not sure", "no idea", "dunno"} {
		if strings.Contains(said, " "+s+" ") {
			return true
		}
	}
	return false
}
