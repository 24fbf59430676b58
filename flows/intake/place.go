package intake

import (
	"strconv"
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/say"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// What may be unsettled about a place (Where.Why).
const (
	whyWhich   = "which"
	whyNear    = "near"
	whyOutside = "outside"
)

// Fits is how well typed words must fit a place to be taken without asking, Maybe to be offered at all (place.Candidate.P).
const (
	fits  = 0.9
	maybe = 0.5
)

func placeID(i int) string { return "p" + strconv.Itoa(i) }

// pin takes a pin as the place.
func (t *turn) pin(p report.Pin, name string) {
	spot, ok := t.Finder.At(p.Lat, p.Lon)
	if !ok {
		t.say(t.v.BadPin())
		return
	}
	if spot.Swapped {
		p = report.Pin{Lat: spot.Lat, Lon: spot.Lon}
	}
	f := t.form()
	at := f.Place
	at.Nowhere, at.Unsure = false, false
	at.Pin = &p
	if name != "" && at.Said == "" {
		at.Said = name
	}
	if !spot.Inside {
		known := f.Place.Known() && !f.Place.Nowhere
		t.say(t.v.Outside(spot.Whose, known))
		if !known {
			f.Where = &flows.Where{Why: whyOutside, Whose: spot.Whose,
				Options: []report.Place{{Said: at.Said, Note: at.Note, Pin: &p}}}
		}
		return
	}
	at.Area, at.AreaName, at.District, at.DistrictName = spot.Area, spot.AreaName, spot.District, spot.DistrictName
	f.Place, f.Where = at, nil
	if len(spot.Near) == 0 {
		return
	}
	f.Place.Unsure = true
	f.Where = &flows.Where{Why: whyNear, Options: []report.Place{area(place.Choice{Area: spot.Area,
		AreaName: spot.AreaName, District: spot.District, DistrictName: spot.DistrictName})}}
	for _, c := range spot.Near {
		f.Where.Options = append(f.Where.Options, area(c))
	}
}

func area(c place.Choice) report.Place {
	return report.Place{Area: c.Area, AreaName: c.AreaName, District: c.District, DistrictName: c.DistrictName}
}

// link reads a map link in a text as a pin, and returns the text without any links.
func (t *turn) link(text string) string {
	if !strings.Contains(text, ":") {
		return text
	}
	lat, lon, ok, short := t.Finder.Link(text)
	switch {
	case ok:
		t.pin(report.Pin{Lat: lat, Lon: lon}, "")
	case short && (t.s.Form == nil || !t.s.Form.Place.Known()):
		t.say(t.v.ShortLink())
	}
	if !ok && !short && !strings.Contains(text, "://") {
		return text
	}
	return withoutLinks(text)
}

func withoutLinks(text string) string {
	words := strings.Fields(text)
	kept := words[:0]
	for _, w := range words {
		if !strings.Contains(w, "://") && !strings.HasPrefix(w, "geo:") {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// vague reports whether a better place is welcome: none is known, or only words that nobody knows.
func vague(f *flows.Form) bool {
	return f.Where == nil && !f.Place.Nowhere && f.Place.Area == "" && f.Place.District == "" && f.Place.Pin == nil
}

// placeIn looks for the place that a message names: in the whole of it where the finder can, else in the words that the
// reader took for one. What was said before about the place stays.
func (t *turn) placeIn(text string, words []string) {
	before := t.s.Form.Place.Said
	if spotter, ok := t.Finder.(place.Spotter); ok {
		if m, ok := spotter.In(text); ok {
			if t.settle(m.Candidates, m.Phrase, before) {
				return
			}
			words = append([]string{m.Phrase}, words...)
		}
	}
	for _, w := range words {
		if t.find(w, before) {
			return
		}
	}
	if before != "" || len(words) == 0 {
		return
	}
	t.s.Form.Hint = say.Clip(words[0], 120)
	for _, w := range words {
		if names(w) {
			t.s.Form.Place, t.s.Form.Hint = report.Place{Said: say.Clip(w, 200)}, ""
			return
		}
	}
}

// names tells words that surely name a place, though nobody knows it, from words about a place ("jalan bolong", "depan
// rumah"). "Jalan" is a common noun: only a capital after it makes it a name.
func names(words string) bool {
	fs := strings.Fields(words)
	if len(fs) < 2 {
		return false
	}
	switch strings.Trim(strings.ToLower(fs[0]), ".,") {
	case "jl", "jln", "gg", "kel", "kelurahan", "kec", "kecamatan", "kp", "kampung", "perum", "perumahan", "komp", "komplek",
		"kompleks", "link", "blok", "desa":
		return true
	case "jalan", "gang", "pasar", "jembatan", "terminal", "stadion", "masjid", "simpang", "taman", "lingkungan":
		r := []rune(fs[1])
		return unicode.IsUpper(r[0])
	}
	return false
}

// onlyPlace takes a message that is nothing but a place everybody knows ("kel Cipare") as the place, where a better one
// is welcome.
func (t *turn) onlyPlace(text string, rd understand.Reading) bool {
	if text == "" || len(rd.Guesses) > 0 || rd.Emergency || len(strings.Fields(text)) > 5 || t.s.Form != nil && !vague(t.s.Form) {
		return false
	}
	cs := t.Finder.Find(text)
	if len(cs) == 0 || cs[0].P < fits {
		return false
	}
	return t.find(text, joinWords(text, t.form().Place.Said))
}

// joinWords puts two sayings of a place together; the same is not said twice.
func joinWords(a, b string) string {
	if b == "" || strings.Contains(bot.Fold(a), bot.Fold(b)) {
		return a
	}
	return b + ", " + a
}

// find settles the place by what the finder makes of words, or opens the question which was meant; false: nothing fits.
// keep are the citizen's own words about the place that stand nowhere else, so that they are kept with it.
func (t *turn) find(words, keep string) bool { return t.settle(t.Finder.Find(words), words, keep) }

func (t *turn) settle(all []place.Candidate, words, keep string) bool {
	var cs []place.Candidate
	for _, c := range all {
		if c.P >= maybe && len(cs) < 3 {
			cs = append(cs, c)
		}
	}
	if len(cs) == 0 {
		return false
	}
	f := t.form()
	if cs[0].P >= fits && (len(cs) == 1 || cs[1].P < fits || cs[1].Choice == cs[0].Choice) {
		f.Place, f.Where = placeOf(cs[0], keep), nil
		return true
	}
	f.Where = &flows.Where{Why: whyWhich, Said: say.Clip(words, 300)}
	for _, c := range cs {
		f.Where.Options = append(f.Where.Options, placeOf(c, keep))
	}
	return true
}

// placeOf makes a place of a candidate: its name, and the citizen's own words where they say more than the name.
func placeOf(c place.Candidate, keep string) report.Place {
	p := area(c.Choice)
	p.Said, p.Note = c.Name, c.Note
	if saysMore(keep, c) {
		p.Note = say.Clip(keep, 300)
	}
	if c.HasPin {
		p.Pin = &report.Pin{Lat: c.Lat, Lon: c.Lon}
	}
	return p
}

// saysMore reports whether words hold more than a candidate's name, area and note ("kel. cipare", "Jl veteran" do not).
// As many words as the name has, are its name, however they are spelt.
func saysMore(words string, c place.Candidate) bool {
	known := " " + bot.Fold(c.Name+" "+c.AreaName+" "+c.DistrictName+" "+c.Note) + " kel kelurahan kec kecamatan desa di jl jln jalan "
	more := 0
	for w := range strings.FieldsSeq(bot.Fold(words)) {
		if !strings.Contains(known, " "+w+" ") {
			more++
		}
	}
	name := c.Name
	if name == "" {
		name = c.AreaName
	}
	return more > 0 && len(strings.Fields(bot.Fold(words))) > len(strings.Fields(name))
}

// placeWords takes words as the answer to where; false when they are no place but more of the story.
func (t *turn) placeWords(text string, rd understand.Reading) bool {
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
	sure := len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure
	words := len(strings.Fields(text))
	if sure && words > 8 && len(rd.Places) == 0 {
		return false
	}
	if spotter, ok := t.Finder.(place.Spotter); ok && sure && words > 3 && !cued(strings.Fields(text)[0]) {
		if _, named := spotter.In(text); !named {
			return false // "lampu penerangan jalan mati total": the story again, with a word for places in it
		}
	}
	said := say.Clip(text, 500)
	if words <= 12 && t.find(text, said) {
		return true
	}
	for _, w := range rd.Places {
		if t.find(w, said) {
			return true
		}
	}
	switch {
	case len(rd.Places) == 0 && (sure && words > 2 && !cued(text) || words > 25):
		return false
	case len(rd.Places) == 0 && words > 3 && t.s.Ask.Tries == 0 && !cued(text):
		return false
	case len(rd.Places) == 0 && strings.HasSuffix(text, "?"):
		t.s.Missed()
		t.say(t.v.Unclear())
		return true
	case !substantial(text, rd, true):
		t.say(t.v.TooShort())
		return true
	}
	pin := f.Place.Pin
	if f.Where != nil && f.Where.Why == whyNear {
		f.Place.Note = said
		f.Where = nil
		return true
	}
	if t.kind() == askNewPlace {
		pin = nil
	}
	f.Place, f.Where = report.Place{Said: said, Pin: pin}, nil
	return true
}

// cued reports whether words sound like a place: who is asked where and writes on about the matter uses none of these.
func cued(text string) bool {
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch w {
		case "di", "dpn", "depan", "dekat", "dkt", "sebelah", "samping", "belakang", "blkg", "seberang", "ujung", "arah",
			"jl", "jln", "jalan", "gg", "gang", "kp", "kampung", "kel", "kelurahan", "kec", "kecamatan", "desa", "dusun",
			"perum", "perumahan", "komplek", "kompleks", "komp", "blok", "link", "lingkungan", "rt", "rw", "no", "nomor",
			"pasar", "masjid", "mushola", "musholla", "sekolah", "sd", "smp", "sma", "kantor", "toko", "warung", "terminal",
			"simpang", "perempatan", "pertigaan", "jembatan", "stadion", "alun", "pos", "near", "street", "in", "at", "behind":
			return true
		}
	}
	return false
}

// chooseWhere carries out an answer about the place.
func (t *turn) chooseWhere(id string) {
	f := t.form()
	w := f.Where
	if w == nil {
		t.next()
		return
	}
	switch id {
	case "nowhere":
		f.Place, f.Where = report.Place{Nowhere: true}, nil
		t.next()
		return
	case "keep":
		if len(w.Options) > 0 {
			f.Place = w.Options[0]
		}
		f.Where = nil
		t.next()
		return
	case "notthat":
		f.Place, f.Where = report.Place{Said: w.Said}, nil
		t.say(t.v.PlaceUnsettled())
		t.next()
		return
	}
	for i, p := range w.Options {
		if placeID(i) != id {
			continue
		}
		if w.Why == whyNear {
			f.Place.Area, f.Place.AreaName, f.Place.District, f.Place.DistrictName = p.Area, p.AreaName, p.District, p.DistrictName
			f.Place.Unsure = false
		} else {
			f.Place = p
		}
		f.Where = nil
	}
	t.next()
}
