package place

import (
	"slices"
	"strings"

	"rabeg/internal/profile"
)

// entity is something that has a name: a kelurahan, a kecamatan, a street or a known place.
type entity struct {
	kind     string // as Candidate.Kind
	name     string // as people read it
	choice   Choice // where it lies, as far as known
	cue      cue    // the cue that belongs before its name, plain for none
	lat, lon float64
	pin      bool
	// whose and regency ("kota", "kabupaten") are a neighbour's.
	whose, regency string
}

// The kinds of a Candidate.
const (
	KindArea     = "kelurahan"
	KindDistrict = "kecamatan"
	KindStreet   = "jalan"
	KindPlace    = "tempat"
)

// form is one way to write an entity's name: without spaces, abbreviations written out.
type form struct {
	entity int32
	fit    float32 // below 1 for a part of the name
	needs  bool    // is an ordinary word as well: it wants a cue
	self   bool    // holds its own cue ("pasar rau"): it wants no other
	words  int8
	lead   int8 // how many letters of it only say what it is: "pasar", "sdn"
	bare   bool // says what it is and the city's name, and no more: "stasiun serang"
	letter uint64
	text   string
}

// names is everything that has a name, by its forms.
type names struct {
	entities []entity
	forms    []form
	exact    map[string][]int32
	initial  map[byte][]int32 // forms by their first letter
	all      []int32
	common   map[string]bool
	ordinary map[string]bool
	city     string            // "serang": the government's own short name
	regency  string            // "kota": what it is
	short    map[string]bool   // the neighbours' own short names
	spoken   func(string) bool // knows the words that people complain with
}

func newNames(p *profile.Profile) *names {
	x := &names{exact: map[string][]int32{}, initial: map[byte][]int32{}, common: set(commonWords), ordinary: set(ordinaryWords), short: map[string]bool{}}
	if f := strings.Fields(strings.ToLower(p.City)); len(f) > 1 {
		x.city, x.regency = strings.Join(f[1:], ""), f[0]
	}
	for _, n := range p.Neighbours { // "pandeglang" is the regency, not the road that leads there
		if f := folded(n.Name); len(f) > 1 {
			x.ordinary[strings.Join(f[1:], "")] = true
		}
	}
	byArea, byDistrict := map[string]Choice{}, map[string]Choice{}
	for _, a := range p.Areas {
		c := Choice{Area: a.Code, AreaName: a.Name, District: a.District, DistrictName: a.DistrictName}
		byArea[a.Code] = c
		x.add(entity{kind: KindArea, name: a.Name, choice: c, cue: cueArea}, shortForms(a.Name))
	}
	for _, a := range p.Areas {
		if _, ok := byDistrict[a.District]; ok {
			continue
		}
		c := Choice{District: a.District, DistrictName: a.DistrictName}
		byDistrict[a.District] = c
		x.add(entity{kind: KindDistrict, name: a.DistrictName, choice: c, cue: cueKec}, shortForms(a.DistrictName))
	}
	lies := func(area, district string) Choice {
		if c, ok := byArea[area]; ok {
			return c
		}
		return byDistrict[district]
	}
	for _, s := range p.Streets {
		e := entity{kind: KindStreet, name: "Jalan " + s.Name, choice: lies(s.Area, s.District), cue: cueStreet}
		x.add(e, streetForms(s.Name))
	}
	for _, m := range p.Landmarks {
		e := entity{kind: KindPlace, name: m.Name, choice: lies(m.Area, m.District), lat: m.Lat, lon: m.Lon, pin: m.Lat != 0 || m.Lon != 0}
		x.landmark(e, m, p.City)
	}
	x.abroad(p.Neighbours)
	return x
}

// offered is the fit of a name by which a place is only offered, for others may be called so.
const offered = 0.85

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// folded takes a name apart as a text is.
func folded(name string) []string {
	var out []string
	for _, t := range tokens(name) {
		out = append(out, t.text)
	}
	return out
}

// add enters an entity by its full name and its shorter ones.
func (x *names) add(e entity, short [][]string) {
	x.entities = append(x.entities, e)
	id := int32(len(x.entities) - 1)
	full := folded(e.name)
	if e.kind == KindStreet {
		full = full[1:] // the cue "jalan" stands before it
	}
	x.form(id, full, 1, false)
	for _, s := range short {
		x.form(id, s, 0.94, false)
	}
}

func (x *names) form(id int32, words []string, fit float32, self bool) {
	text := strings.Join(words, "")
	if len(text) < 3 {
		return
	}
	for _, f := range x.exact[text] {
		if x.forms[f].entity == id {
			return
		}
	}
	needs := x.ordinary[text] || x.common[text] || len(words) == 1 && len(text) < 5 || text == x.city
	if len(words) > 1 && !self {
		needs = needs || all(words, func(w string) bool { return x.ordinary[w] || x.common[w] || len(w) < 3 })
	}
	f := form{entity: id, fit: fit, needs: needs, self: self, words: int8(len(words)), letter: letters(text), text: text}
	if x.entities[id].kind == KindPlace {
		f.lead, f.bare = x.lead(words)
	}
	n := int32(len(x.forms))
	x.exact[text] = append(x.exact[text], n)
	x.initial[text[0]] = append(x.initial[text[0]], n)
	x.all = append(x.all, n)
	x.forms = append(x.forms, f)
}

func all(words []string, ok func(string) bool) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !ok(w) })
}

// shortForms leaves a decorating last word out: "Cipocok Jaya" is called Cipocok.
func shortForms(name string) [][]string {
	w := folded(name)
	if len(w) == 2 && len(w[0]) >= 5 {
		switch w[1] {
		case "jaya", "raya", "indah", "asri":
			return [][]string{w[:1]}
		}
	}
	return nil
}

// streetForms leaves titles and "raya" out: "KH Abdul Latief" is called Abdul Latief, "Ahmad Yani" A. Yani.
func streetForms(name string) [][]string {
	w := folded(name)
	var out [][]string
	for len(w) > 1 && title(w[0]) {
		w = w[1:]
		out = append(out, w)
	}
	if n := len(w) - 1; n > 0 && !title(w[0]) && w[0] != "raya" { // "A. Yani", "SA Tirtayasa"
		var short strings.Builder
		for _, s := range w[:n] {
			short.WriteByte(s[0])
		}
		out = append(out, []string{short.String(), w[n]})
	}
	if last := len(w) - 1; last > 0 && w[last] == "raya" {
		out = append(out, w[:last], append([]string{"raya"}, w[:last]...))
	}
	if full := folded(name); full[0] == "raya" && len(full) > 1 {
		out = append(out, append(slices.Clone(full[1:]), "raya"))
	} else if len(full) > 2 && (!title(full[0]) || full[0] == "syech") {
		out = append(out, full[:2]) // "Syech Nawawi", "Sultan Ageng"
	}
	return out
}

func title(w string) bool {
	switch w {
	case "kh", "ki", "tb", "hs", "rm", "km", "ustad", "jenderal", "raya", "syech", "haji", "h", "dr":
		return true
	}
	return false
}

// landmark enters a known place: with the word for what it is and, where that leaves a name of its own, without; without
// the city's name at its end; and what stands in brackets as a name of its own.
func (x *names) landmark(e entity, m profile.Landmark, city string) {
	name, rest, bracket := strings.Cut(m.Name, "(")
	name, _, _ = strings.Cut(name, ",")
	words := folded(name)
	if len(words) == 0 {
		return
	}
	switch first := tokens(name)[0].cue; {
	case first == cueKampung || first == cueEstate:
		e.cue = first
	case m.Kind == "kampung":
		e.cue = cueKampung
	case m.Kind == "perumahan":
		e.cue = cueEstate
	}
	if x.known(words, e.choice) {
		return
	}
	x.entities = append(x.entities, e)
	id := int32(len(x.entities) - 1)
	self := selfCue(words[0])
	x.form(id, words, 1, self)
	if c := folded(city); len(words) > len(c) && slices.Equal(words[len(words)-len(c):], c) {
		if rest := words[:len(words)-len(c)]; len(rest) > 1 || !selfCue(rest[0]) {
			x.form(id, rest, 0.98, self)
		}
	}
	if len(words) > 1 && (words[0] == "kampung" || words[0] == "perumahan") {
		x.form(id, words[1:], 0.97, false)
	}
	if lamp := []string{"lampu", "merah"}; m.Kind == "simpang" && len(words) > 2 && slices.Equal(words[:2], lamp) && len(x.exact[strings.Join(words[2:], "")]) == 0 {
		x.form(id, words[2:], 0.95, false)
	}
	if bracket {
		x.form(id, folded(strings.TrimSuffix(rest, ")")), 0.97, false)
	}
	for _, also := range m.Also {
		also, asked := strings.CutSuffix(also, "?")
		w := folded(also)
		if asked {
			x.form(id, w, offered, len(w) > 1)
			continue
		}
		x.form(id, w, 0.99, len(w) > 1 && selfCue(w[0]))
	}
	if n := len(words) - 1; n > 1 && number(words[n]) && counted(words[0]) && !all(words[1:n], func(w string) bool { return w == x.city }) {
		x.form(id, words[:n], offered, true) // "sdn taktakan": which of them is asked
	}
	if english(words) { // "Serang station"
		x.form(id, append(slices.Clone(words[1:]), words[0]), 0.97, true)
	}
}

// english reports whether a place's name is turned round in English: "Rau market".
func english(words []string) bool {
	switch words[0] {
	case "pasar", "stasiun", "terminal", "pelabuhan", "masjid", "stadion":
		return len(words) == 2
	}
	return false
}

// known reports whether a place of that name in the same kelurahan is entered already ("Perumnas", "Perumahan Ciracas").
func (x *names) known(words []string, c Choice) bool {
	return slices.ContainsFunc(x.exact[strings.Join(words, "")], func(f int32) bool {
		e := &x.entities[x.forms[f].entity]
		return e.kind == KindPlace && e.choice == c
	})
}

// selfCue knows the words that make a name a place's without any cue.
func selfCue(w string) bool {
	switch w {
	case "pasar", "masjid", "stasiun", "terminal", "rsud", "sdn", "sds", "sdit", "smpn", "sman", "smk", "puskesmas", "rumah", "mall", "keraton", "benteng",
		"pelabuhan", "stadion", "kampus", "untirta", "uin", "iain", "asrama", "lampu", "bank", "tpa", "polda", "rusunawa", "perumahan", "alun", "alunalun":
		return true
	}
	return false
}
