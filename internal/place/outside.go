package place

import (
	"strings"

	"rabeg/internal/profile"
)

// KindOutside is the kind of a Candidate that lies in a neighbour's area.
const KindOutside = "luar"

// abroad enters the neighbours by their own names and those of their kecamatan. "Serang" is a neighbour's name only behind
// "kabupaten" where the city itself is called so.
func (x *names) abroad(neighbours []profile.Neighbour) {
	for _, n := range neighbours {
		words := folded(n.Name)
		if len(words) > 1 {
			x.short[strings.Join(words[1:], "")] = true
			x.outside(entity{kind: KindOutside, whose: n.Name, regency: words[0]}, words[1:])
		}
		for _, name := range n.Names {
			x.outside(entity{kind: KindOutside, whose: n.Name, name: name, cue: cueKec}, folded(name))
		}
	}
}

func (x *names) outside(e entity, words []string) {
	x.entities = append(x.entities, e)
	x.form(int32(len(x.entities)-1), words, 1, false)
}

// beyond says how much the name of a neighbour or of its kecamatan is worth. A street named after a town is no town, and
// neither is where a road leads to or somebody comes from.
func (x *names) beyond(e *entity, f *form, w window, exact bool) float64 {
	if !exact && (f.needs || len(f.text) < 7 || w.like < 0.9) || x.route(w.ts, w.from) {
		return 0
	}
	whole := e.name == ""
	switch c := w.before; {
	case c == cueRegency:
		if whole && strings.HasPrefix(w.regency, e.regency[:3]) || !whole && !x.common[f.text] {
			return 1
		}
		return 0 // "kabupaten bandung" is a city far away, and a kecamatan next door only as one
	case whole && f.text == x.city:
		return 0
	case c == cueKec:
		return 1
	case c == cueStreet, c == cueArea && x.common[f.text]:
		return 0
	case c.strong() && (f.needs || whole):
		return 0.8 * bit(c == cueArea)
	case c.strong():
		return 0.9
	case x.common[f.text] && !whole:
		return 0
	case c == cueIn, c == cueNear && (whole || !f.needs):
		return 0.95
	case w.mode == direct:
		return 0.92
	case whole || f.needs || !exact:
		return 0
	}
	return 0.9
}

func bit(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// route reports whether the name at ts[i] only says where a way leads, what goes there, or who comes from there.
func (x *names) route(ts []token, i int) bool {
	for k := i - 1; k >= 0 && k >= i-3 && !ts[k+1].brk; k-- {
		t := ts[k]
		switch t.text {
		case "arah", "antara", "jurusan", "menuju", "ke", "dari", "tujuan", "lintas", "jalur", "trayek", "rute", "bus", "bis", "angkot",
			"elf", "orang", "plat", "tol", "from", "toward", "towards", "via", "lewat", "sampai", "hingga", "perbatasan", "batas", "asal",
			"angkutan", "kereta", "truk", "mobil", "bupati", "walikota":
			return k == i-1 || t.text == "arah" || t.text == "jurusan" || t.text == "menuju"
		case "to":
			return k == i-1 && (k == 0 || ts[k-1].cue != cueNear)
		}
		switch {
		case t.cue == cueStreet:
			return true
		case k == i-1 && (t.text == x.city || x.short[t.text]) && (k == 0 || ts[k-1].cue != cueRegency):
			return true // "serang cilegon": a road's two ends
		case t.cue != plain || x.common[t.text]:
			return false
		}
	}
	return false
}

// elsewhere is the group of an outside name that decides, nil when the text names a place of ours as surely. A kecamatan
// or government named as such goes before a street or a kampung that may be there as well; a name in passing ("ciruas")
// only before a street that may be anywhere.
func (r *resolution) elsewhere() *group {
	if len(r.abroad) == 0 || r.home() {
		return nil
	}
	best := &r.abroad[0]
	for i := range r.abroad {
		g := &r.abroad[i]
		a, b := r.entity(best.hits[0]), r.entity(g.hits[0])
		if g.hits[0].p > best.hits[0].p+0.02 && (a.name == "" || b.name != "") || a.name == "" && b.name != "" {
			best = g
		}
	}
	cue := r.called()
	switch {
	case cue == cueKec:
		if len(r.districts) > 0 && r.districts[0].cue >= 0 && r.ts[r.districts[0].cue].cue == cueKec {
			return nil
		}
	case cue == cueRegency: // addresses of before the city was parted from its regency: "kel pipitan kec walantaka kab serang"
		if len(r.districts) > 0 || len(r.areas) > 0 && r.twin() == nil {
			return nil
		}
	case len(r.areas)+len(r.districts) > 0 || len(r.places) > 0 && r.settled(r.places[0]):
		return nil
	}
	return best
}

// settled reports whether a street or place is one of which it is known where it lies, surely named.
func (r *resolution) settled(g group) bool {
	e := r.entity(g.hits[0])
	return e.choice.District != "" && (g.hits[0].exact || g.hits[0].strong && g.hits[0].p >= 0.8)
}

// home reports whether the text names the government itself: "kota serang".
func (r *resolution) home() bool {
	for k := 1; k < len(r.ts); k++ {
		if r.ts[k].text == r.x.city && r.ts[k-1].cue == cueRegency && strings.HasPrefix(r.x.regency, r.ts[k-1].text[:3]) && !r.ts[k].brk {
			return true
		}
	}
	return false
}

// called is how the text names what lies outside: as a kecamatan, as a whole government, or only by its name.
func (r *resolution) called() cue {
	out := plain
	for _, g := range r.abroad {
		if g.cue < 0 {
			continue
		}
		switch c := r.ts[g.cue].cue; {
		case c == cueKec:
			return cueKec
		case c == cueRegency:
			out = c
		}
	}
	return out
}

// beyond is the place of a neighbour that the text is about.
func (r *resolution) beyond() []Candidate {
	h := r.away.hits[0]
	if t := r.twin(); t != nil && r.entity(h).name == "" && r.entity(*t).whose == r.entity(h).whose {
		return []Candidate{r.outside(*t)} // "pabuaran kab serang"
	}
	for _, o := range r.away.hits[1:] { // two governments have a kecamatan of that name: the one named beside it
		for _, g := range r.abroad {
			if e := r.entity(g.hits[0]); e.name == "" && e.whose == r.entity(o).whose {
				h = o
			}
		}
	}
	return []Candidate{r.outside(h)}
}

// outside makes the candidate of a place outside.
func (r *resolution) outside(h hit) Candidate {
	e := r.entity(h)
	return Candidate{Kind: KindOutside, Whose: e.whose, Name: e.name, P: h.p}
}
