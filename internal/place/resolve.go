package place

import (
	"math"
	"slices"
	"strings"
)

// resolution puts what a text names together: kelurahan and kecamatan bound streets and places, and the other way round.
type resolution struct {
	x         *names
	ts        []token
	districts []group // kecamatan named as such
	areas     []group
	places    []group
	beside    *group  // a second place, named to find the first
	abroad    []group // places of neighbours
	twins     []group // what else, outside, a name of ours stands for
	away      *group  // the place of a neighbour that the text is about
	sentence  bool    // the text is a whole message
}

func (r *resolution) entity(h hit) *entity { return &r.x.entities[h.entity] }

// sort tells the groups apart. A name that is a kelurahan's and a kecamatan's is the kecamatan's, unless the kecamatan is
// named beside it: who says "Walantaka" may mean any part of it. It gives the groups that count.
func (r *resolution) sort(gs []group) []group {
	var both []group
	gs = r.lived(without(r.withoutCity(gs)))
	for _, g := range r.ours(gs) {
		hasArea := slices.ContainsFunc(g.hits, func(h hit) bool { return r.entity(h).kind == KindArea })
		switch top := r.entity(g.hits[0]); {
		case top.kind == KindDistrict && !hasArea || top.kind == KindDistrict && g.hits[0].strong && r.ts[max(0, g.cue)].cue == cueKec:
			r.districts = append(r.districts, g)
		case top.kind == KindArea && g.hits[0].strong && g.cue >= 0 && r.ts[g.cue].cue == cueArea:
			r.areas = append(r.areas, g)
		case top.kind == KindArea || top.kind == KindDistrict:
			both = append(both, g)
		default:
			r.places = append(r.places, g)
		}
	}
	for i, g := range both {
		if d := r.asDistrict(g); d != nil && !r.named(*d, both[i+1:]) {
			r.districts = append(r.districts, group{from: g.from, to: g.to, cue: g.cue, hits: []hit{*d}})
			continue
		}
		r.areas = append(r.areas, g)
	}
	best := func(a, b group) int {
		return int(math.Round(1000 * (b.hits[0].p - a.hits[0].p)))
	}
	slices.SortStableFunc(r.areas, best)
	slices.SortStableFunc(r.places, func(a, b group) int { return int(math.Round(1000 * (r.placeValue(b) - r.placeValue(a)))) })
	return gs
}

// ours takes the groups apart that name a neighbour's place. A name that is both counts as ours, and its twin is kept.
func (r *resolution) ours(gs []group) []group {
	var out []group
	for _, g := range gs {
		ours, abroad := group{from: g.from, to: g.to, cue: g.cue}, group{from: g.from, to: g.to, cue: g.cue}
		for _, h := range g.hits {
			if r.entity(h).kind == KindOutside {
				abroad.hits = append(abroad.hits, h)
			} else {
				ours.hits = append(ours.hits, h)
			}
		}
		switch {
		case len(ours.hits) == 0:
			r.abroad = append(r.abroad, abroad)
			continue
		case len(abroad.hits) > 0 && abroad.hits[0].p >= ours.hits[0].p-0.06 && r.entity(ours.hits[0]).kind == KindArea:
			r.twins = append(r.twins, abroad)
		}
		out = append(out, ours)
	}
	return out
}

// twin is what else the name of the kelurahan stands for that the text is about: a kecamatan of a neighbour's.
func (r *resolution) twin() *hit {
	if len(r.twins) == 0 || len(r.areas) != 1 || len(r.places)+len(r.districts) > 0 || r.twins[0].from != r.areas[0].from || r.home() {
		return nil
	}
	return &r.twins[0].hits[0]
}

// withoutCity drops the government's own name when other names stand beside it: "alun-alun serang" is no kelurahan Serang.
func (r *resolution) withoutCity(gs []group) []group {
	if len(gs) < 2 {
		return gs
	}
	city := func(k int) bool { return k >= 0 && r.ts[k].text == r.x.city }
	return slices.DeleteFunc(gs, func(g group) bool {
		if g.to != g.from+1 || g.hits[0].strong {
			return false
		}
		// "serang banten": after the city its province.
		return city(g.from) || city(g.from-1) && r.x.ordinary[r.ts[g.from].text]
	})
}

// without drops names much fainter than the best: they would only confuse it.
func without(gs []group) []group {
	best := 0.0
	for _, g := range gs {
		best = max(best, g.hits[0].p)
	}
	return slices.DeleteFunc(gs, func(g group) bool { return g.hits[0].p < best-0.25 })
}

// areaWords marks the words of the names of kelurahan and kecamatan, where no street or place is named besides.
func (r *resolution) areaWords() []bool {
	words := make([]bool, len(r.ts))
	if len(r.places) > 0 {
		return words
	}
	for _, g := range slices.Concat(r.areas, r.districts) {
		for k := g.from; k < g.to; k++ {
			words[k] = true
		}
		if g.cue == g.from-1 && g.cue >= 0 && r.ts[g.cue].cue.strong() {
			words[g.cue] = true
		}
	}
	return words
}

func (r *resolution) asDistrict(g group) *hit {
	for i := range g.hits {
		if r.entity(g.hits[i]).kind == KindDistrict {
			return &g.hits[i]
		}
	}
	return nil
}

// named reports whether the kecamatan is named elsewhere in the text as well.
func (r *resolution) named(d hit, rest []group) bool {
	code := r.entity(d).choice.District
	same := func(g group) bool {
		o := r.asDistrict(g)
		return o != nil && r.entity(*o).choice.District == code
	}
	return slices.ContainsFunc(r.districts, same) || slices.ContainsFunc(rest, same)
}

// placeValue prefers, of several streets and places, the one that says most about where it is.
func (r *resolution) placeValue(g group) float64 {
	e, v := r.entity(g.hits[0]), g.hits[0].p
	if e.choice.Area != "" {
		v += 0.06
	}
	switch {
	case e.kind == KindStreet && g.hits[0].strong:
		v += 0.05
	case e.kind == KindPlace && e.cue == plain && g.to-g.from > 1:
		v += 0.08 // "stadion maulana yusuf ciceri": a building before the kampung around it
	}
	return v
}

// main is the group the mention is built around.
func (r *resolution) main() *group {
	switch {
	case r.away != nil:
		return r.away
	case len(r.places) > 0:
		return &r.places[0]
	case len(r.areas) > 0:
		return &r.areas[0]
	}
	return &r.districts[0]
}

// plain reports whether the main name is written as it should be and is no word of everyday as well, and whether it is
// only the city's.
func (r *resolution) plain() (plain, city bool) {
	h := r.main().hits[0]
	name := r.ts[h.from:h.to]
	city = len(name) == 1 && name[0].text == r.x.city
	return h.exact && (h.strong || h.p >= 0.9) && !(len(name) == 1 && r.x.ordinary[name[0].text]) && !city, city && !h.strong
}

func (r *resolution) candidates() []Candidate {
	var out []Candidate
	if r.away = r.elsewhere(); r.away != nil {
		return r.beyond()
	}
	switch {
	case len(r.places) > 0:
		out = r.withPlace()
	case len(r.areas) > 0:
		out = r.plainAreas()
		if t := r.twin(); t != nil {
			out = append(out, r.outside(*t))
		}
	case len(r.districts) > 0:
		out = r.inDistricts()
	}
	return tidy(out)
}

// plainAreas are the kelurahan named, bounded by a kecamatan if one is named too.
func (r *resolution) plainAreas() []Candidate {
	var out []Candidate
	for _, h := range r.areas[0].hits {
		e := r.entity(h)
		if e.kind != KindArea && e.kind != KindDistrict {
			continue
		}
		out = append(out, Candidate{Choice: e.choice, Kind: e.kind, P: r.bound(h.p, e.choice)})
	}
	return r.bounded(out)
}

// bound raises p when the text names the choice's kecamatan too, and lowers it when it names another.
func (r *resolution) bound(p float64, c Choice) float64 {
	if len(r.districts) == 0 || c.District == "" {
		return p
	}
	if r.within(c) {
		return both(p, r.districts[0].hits[0].p)
	}
	return p * 0.7
}

// both is the likelihood of what two signs agree on; the second counts half.
func both(p, q float64) float64 { return min(0.99, 1-(1-p)*(1-q/2)) }

// withPlace are streets and known places, each put into the kelurahan named with it.
func (r *resolution) withPlace() []Candidate {
	var out []Candidate
	main := r.places[0]
	second := r.second()
	for _, h := range main.hits {
		e := r.entity(h)
		if e.kind == KindArea || e.kind == KindDistrict {
			continue
		}
		c := Candidate{Choice: e.choice, Name: e.name, Kind: e.kind, P: h.p, HasPin: e.pin, Lat: e.lat, Lon: e.lon}
		if second != nil {
			c = r.join(c, *second)
		}
		if len(r.areas) == 0 {
			out = append(out, r.inDistrict(c))
			continue
		}
		for _, a := range r.areas[0].hits {
			if k := r.entity(a); k.kind == KindArea {
				out = append(out, inArea(c, k.choice, r.bound(a.p, k.choice), a.strong))
			}
		}
	}
	return out
}

// second is another street or place that was named beside the main one.
func (r *resolution) second() *group {
	if len(r.places) < 2 {
		return nil
	}
	r.beside = &r.places[1]
	return r.beside
}

// join takes from a second place what the main one does not say.
func (r *resolution) join(c Candidate, g group) Candidate {
	o := r.entity(g.hits[0])
	switch {
	case c.Area == "" && o.choice.Area != "" && (c.District == "" || c.District == o.choice.District):
		c.Choice = o.choice
	case c.District == "" && o.choice.District != "":
		c.Choice = o.choice
	}
	if c.District == o.choice.District {
		c.P = both(c.P, g.hits[0].p)
	}
	return c
}

func (r *resolution) inDistrict(c Candidate) Candidate {
	if len(r.districts) == 0 {
		return c
	}
	d := r.entity(r.districts[0].hits[0])
	if c.District == "" {
		c.Choice, c.P = d.choice, both(c.P, r.districts[0].hits[0].p)
		return c
	}
	if c.P = r.bound(c.P, c.Choice); !r.within(c.Choice) { // what is said goes before what the lists say
		c.Choice, c.HasPin, c.Lat, c.Lon = d.choice, false, 0, 0
	}
	return c
}

// inArea puts a street or place into the kelurahan that was named with it. What was said goes before what the lists say;
// where they differ people are asked, unless the kelurahan was named as such.
func inArea(c Candidate, area Choice, p float64, strong bool) Candidate {
	switch {
	case c.Area == area.Area, c.Area == "" && (c.District == "" || c.District == area.District):
		c.P = both(c.P, p)
	case strong:
		c.P, c.HasPin, c.Lat, c.Lon = p*0.95, false, 0, 0
	default:
		c.P, c.HasPin, c.Lat, c.Lon = min(c.P, p)*0.8, false, 0, 0
	}
	c.Choice = area
	return c
}

// misnamed is what was written where a name is a kelurahan's but was said to be a street or kampung of that name: "jl kaligandu", which
// no list has, or "kp sukajaya kel kasemen".
func (r *resolution) misnamed(text string) string {
	g := r.main()
	if kind := r.entity(g.hits[0]).kind; kind != KindArea && kind != KindDistrict {
		return ""
	}
	var said []string
	for _, g := range append([]group{*g}, r.areas[min(1, len(r.areas)):]...) {
		if g.cue < 0 || !g.hits[0].strong {
			continue
		}
		switch r.ts[g.cue].cue {
		case cueStreet, cueKampung, cueEstate:
			said = append(said, text[r.ts[g.cue].from:r.ts[g.to-1].to])
		}
	}
	return strings.Join(said, ", ")
}

// besideName is the second place as it was written.
func (r *resolution) besideName(text string) string {
	from := r.beside.from
	if r.beside.cue >= 0 && r.ts[r.beside.cue].cue != cueIn {
		from = r.beside.cue
	}
	return text[r.ts[from].from:r.ts[r.beside.to-1].to]
}

// tidy orders candidates, takes doubles out, and lowers those that tie, so that people are asked which.
func tidy(cs []Candidate) []Candidate {
	slices.SortStableFunc(cs, func(a, b Candidate) int { return int(math.Round(1000 * (b.P - a.P))) })
	var out []Candidate
	for _, c := range cs {
		same := func(o Candidate) bool {
			return o.Choice == c.Choice && o.Name == c.Name && o.Kind == c.Kind && o.Whose == c.Whose
		}
		if c.P >= worth && len(out) < mostCandidates && !slices.ContainsFunc(out, same) {
			out = append(out, c)
		}
	}
	// Two names for one kelurahan ("Jalan", "Perumahan Puri Serang Hijau") need no question.
	alike := len(out) > 1 && out[0].Choice == out[1].Choice && out[0].Area != ""
	if len(out) > 1 && out[1].P > out[0].P-0.1 && !alike {
		for i := range out {
			out[i].P = min(out[i].P, tied-0.01*float64(i))
		}
	}
	return out
}
