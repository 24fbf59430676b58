package place

import "slices"

// What a text names bounds what may be found in it: who writes the kecamatan does not mean the kelurahan of the same name in another, and
// a place of somebody's days is not the place of the matter.

// inDistricts are the kecamatan named, as places of their own.
func (r *resolution) inDistricts() []Candidate {
	var out []Candidate
	for _, h := range r.districts[0].hits {
		if e := r.entity(h); e.kind == KindDistrict {
			out = append(out, Candidate{Choice: e.choice, Kind: KindDistrict, P: h.p})
		}
	}
	return out
}

// beyondBounds reports whether kecamatan are named, and nothing of what was found lies in one of them.
func (r *resolution) beyondBounds(cs []Candidate) bool {
	return len(r.districts) > 0 && len(cs) > 0 && !slices.ContainsFunc(cs, func(c Candidate) bool { return r.within(c.Choice) })
}

// within reports whether a place lies in a kecamatan that the text names.
func (r *resolution) within(c Choice) bool {
	return slices.ContainsFunc(r.districts, func(g group) bool {
		return slices.ContainsFunc(g.hits, func(h hit) bool { return r.entity(h).choice.District == c.District })
	})
}

// bounded puts right what was found in another kecamatan than the text names. What is called a kampung or a street, and is none of the
// lists', is one in that kecamatan; a kelurahan named so contradicts it, and it is asked which of the two is meant.
func (r *resolution) bounded(cs []Candidate) []Candidate {
	if !r.beyondBounds(cs) {
		return cs
	}
	in := r.inDistricts()
	if g := r.areas[0]; g.cue >= 0 && g.hits[0].strong && r.ts[g.cue].cue != cueArea && r.ts[g.cue].cue != cueKec {
		return in
	}
	if !r.sentence {
		return cs
	}
	for i := range in {
		in[i].P = min(in[i].P, cs[0].P)
	}
	return append(cs, in...)
}

// lived drops places of somebody's days ("cucu saya yang kuliah di Untirta", "saya kerja di Ramayana") beside others: the matter is there
// only where nothing else is named.
func (r *resolution) lived(gs []group) []group {
	of := func(g group) bool { return livedAt(r.ts, g.from) }
	if !slices.ContainsFunc(gs, func(g group) bool { return !of(g) }) {
		return gs
	}
	return slices.DeleteFunc(gs, of)
}

// livedAt reports whether the name at i tells where somebody works, studies or comes from.
func livedAt(ts []token, i int) bool {
	in := false
	for k := i - 1; k >= 0 && k >= i-4 && !ts[k+1].brk; k-- {
		switch w := ts[k].text; {
		case w == "di" || w == "in" || w == "at" || w == "dari" || w == "from":
			in = true
		case in && (daily(w) || trade(w) && ofKin(ts, k)):
			return true
		case ts[k].cue == plain && !whatItIs(w) && !everywhere(w):
			return false
		}
	}
	return false
}

// daily knows what somebody does in a place day by day that is no matter of the city's.
func daily(w string) bool {
	switch w {
	case "kuliah", "kuliahnya", "kerja", "kerjanya", "bekerja", "ngantor", "dinas", "bertugas", "mengajar", "ngajar", "mondok", "nyantri", "sekolahnya", "bersekolah", "mahasiswa", "mahasiswi",
		"alumni", "lulusan", "pensiunan", "karyawan", "pegawai", "berasal", "asli", "merantau", "works", "work", "studies", "study", "studying", "working":
		return true
	}
	return false
}

// trade knows what people live by that may be the matter as well ("jualan di trotoar"): of the writer's own people it is told by the way.
func trade(w string) bool {
	switch w {
	case "jualan", "dagang", "berdagang", "jaga", "guru", "ngojek", "narik", "markir", "buka", "warung", "belanja", "nyuci", "satpam", "buruh", "kontrak", "ngontrak", "lahir", "nikah":
		return true
	}
	return false
}

// ofKin reports whether one of the writer's own people, or the writer, stands shortly before the word at k: "suami saya dulu guru".
func ofKin(ts []token, k int) bool {
	for j := k - 1; j >= 0 && j >= k-3 && !ts[j+1].brk; j-- {
		switch ts[j].text {
		case "istri", "suami", "bini", "laki", "anak", "anakku", "cucu", "ibu", "bapak", "mamah", "mama", "papah", "emak", "abah", "nenek", "kakek", "kakak", "adik", "mertua", "menantu", "ponakan", "saya", "aku", "sy", "ane", "gua", "gw", "kami":
			return true
		}
	}
	return false
}

// titled gives a place the name that it was called by, where the word for what it is is another than in the lists: "Taman Sari train
// station" is not the market of that name, though it will not lie far.
func (r *resolution) titled(text string, cs []Candidate, used []bool) {
	g := r.main()
	e := r.entity(g.hits[0])
	if r.away != nil || e.kind != KindPlace {
		return
	}
	if to := r.x.numbered(r.ts, used, g.from); to > g.to && counted(r.ts[g.from].text) { // "SDN Unyur 4" is not the SDN Unyur that is known
		r.rename(text, cs, used, g.from, to)
		return
	}
	if e.cue != plain || whatItIs(r.ts[g.from].text) {
		return
	}
	own := folded(e.name)
	if !whatItIs(own[0]) {
		return
	}
	other := func(k int) bool {
		return k >= 0 && k < len(r.ts) && r.ts[k].cue == plain && building(r.ts[k].text) && !slices.Contains(own, r.ts[k].text)
	}
	from, to := g.from, g.to
	switch after := to; {
	case other(from-1) && !r.ts[from].brk:
		from--
	case to < len(r.ts) && r.ts[to].brk:
		return
	default:
		if to < len(r.ts)-1 && (r.ts[to].text == "train" || r.ts[to].text == "bus") && !r.ts[to+1].brk {
			after++
		}
		if !other(after) {
			return
		}
		to = after + 1
	}
	r.rename(text, cs, used, from, to)
}

// rename calls the main place as it is written between two tokens; where exactly that lies is not known.
func (r *resolution) rename(text string, cs []Candidate, used []bool, from, to int) {
	name := r.entity(r.main().hits[0]).name
	for k := from; k < to; k++ {
		used[k] = true
	}
	for i := range cs {
		if cs[i].Name == name {
			cs[i].Name, cs[i].HasPin, cs[i].Lat, cs[i].Lon = written(text, r.ts, from, to), false, 0, 0
		}
	}
}

// building knows the words for houses and places that have a name of their own.
func building(w string) bool {
	switch w {
	case "stasiun", "terminal", "pasar", "masjid", "mushola", "musholla", "gereja", "mall", "mal", "plaza", "hotel", "rsud", "puskesmas", "klinik", "apotek", "bank", "stadion", "sdn", "smpn", "sman", "smk", "kampus", "halte",
		"school", "church", "hospital", "clinic", "university", "campus":
		return true
	}
	return false
}
