package place

import (
	"slices"
	"strings"
)

// mode is how a text is read.
type mode uint8

const (
	direct   mode = iota // an answer to "where?": the words are a place unless nothing fits
	sentence             // a whole message: only words that stand out as a place are one
)

// maxWords is the longest name looked for, in words.
const maxWords = 5

// hit is a stretch of words that may name an entity.
type hit struct {
	from, to int // tokens, to is not part
	cue      int // the token of the cue that speaks for it, -1 for none
	entity   int32
	p        float64
	strong   bool
	exact    bool
}

// group is a stretch of words with everything it may name, best first.
type group struct {
	from, to, cue int
	hits          []hit
}

// telling counts the words that may be of a name.
func (x *names) telling(ts []token) int {
	n := 0
	for _, t := range ts {
		if t.cue == plain && !x.common[t.text] && !number(t.text) {
			n++
		}
	}
	return n
}

// hits finds every stretch that may name something.
func (x *names) hits(ts []token, m mode) []hit {
	var out []hit
	var join strings.Builder
	rest := x.telling(ts)
	for i := range ts {
		join.Reset()
		common := true
		before, at := cueBefore(ts, i)
		for k := i; k < len(ts) && k < i+maxWords; k++ {
			if k > i && ts[k].brk {
				break
			}
			join.WriteString(ts[k].text)
			common = common && (x.common[ts[k].text] || ts[k].cue != plain)
			text := join.String()
			if len(text) > 40 {
				break
			}
			if len(text) < 3 {
				continue
			}
			w := window{ts: ts, from: i, to: k + 1, before: before, at: at, text: text, mode: m, after: suffix(ts, k+1)}
			w.alone = rest == 0 || k-i+1 == rest && !common
			if before == cueRegency {
				w.regency = ts[at].text
			}
			w.toward = at >= 0 && (ts[at].text == "arah" || ts[at].text == "antara")
			for _, f := range x.exact[text] {
				out = x.take(out, w, &x.forms[f], 1)
			}
			if len(x.exact[text]) == 0 && !common && !x.ordinary[text] && !x.everyday(ts[i:k+1], m) {
				out = x.fuzzy(out, w)
			}
		}
	}
	return out
}

// unglue takes "di" off a name that it is written in one with: "dikaligandu".
func (x *names) unglue(ts []token) []token {
	for i, t := range ts {
		if t.cue != plain || len(t.text) < 7 || t.to-t.from != len(t.text) || t.text[:2] != "di" || len(x.exact[t.text]) > 0 || len(x.exact[t.text[2:]]) == 0 {
			continue
		}
		in, name := t, t
		in.text, in.to, in.cue = "di", t.from+2, cueIn
		name.text, name.from, name.brk = t.text[2:], t.from+2, false
		return x.unglue(slices.Concat(ts[:i], []token{in, name}, ts[i+1:]))
	}
	return ts
}

// everyday reports whether words begin or end in a way that no misspelt name does.
func (x *names) everyday(ts []token, m mode) bool {
	first, last := ts[0], ts[len(ts)-1]
	if slices.ContainsFunc(ts, func(t token) bool { return t.cue == cueIn && len(t.text) < 5 }) {
		return true
	}
	if first.cue.strong() || first.cue == cueRT || len(ts) > 1 && honours(first.text) && honours(last.text) { // "pak haji" is not Pakuhaji
		return true
	}
	return m == sentence && (x.common[first.text] || x.common[last.text])
}

type window struct {
	from, to int
	before   cue
	at       int // the token of before, -1
	after    cue // "veteran street"
	text     string
	mode     mode
	toward   bool // stands behind "arah"
	ts       []token
	alone    bool   // is all that was said, but for words of everyday
	regency  string // the word before, of a whole government: "kab"
	like     float64
}

// cueBefore finds the cue of a word: the one right before it, or one before a small word between ("dekat sama", "kantor
// kelurahan" needs none).
func cueBefore(ts []token, i int) (cue, int) {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if ts[k+1].brk {
			break
		}
		if c := ts[k].cue; c != plain && c != cueRT {
			return c, k
		}
		switch ts[k].text {
		case "the", "of", "daerah", "kantor", "sama", "dengan", "to", "bus":
			continue
		}
		if landmarkNoun(ts[k].text) || selfCue(ts[k].text) {
			continue // "deket puskesmas unyur"
		}
		break
	}
	return plain, -1
}

// suffix is a cue that follows its name, as in English.
func suffix(ts []token, i int) cue {
	if i < len(ts) && !ts[i].brk && ts[i].cue == cueStreet {
		return ts[i].cue
	}
	return plain
}

// fuzzy looks for names like the window's words. Without a cue a slip is only forgiven in a long name, and only one.
func (x *names) fuzzy(out []hit, w window) []hit {
	if len(w.text) < 4 || w.mode == sentence && w.before == plain && len(w.text) < 8 {
		return out
	}
	set := letters(w.text)
	among := x.all
	if w.mode == sentence { // a name whose first letter is wrong as well is too far off there
		among = x.initial[w.text[0]]
	}
	for _, i := range among {
		f := &x.forms[i]
		if f.text == w.text || f.needs && !w.before.strong() && w.mode == sentence {
			continue
		}
		if d := int(f.words) - (w.to - w.from); d > 1 || d < -1 {
			continue
		}
		if s := x.like(w.text, f, set); s >= leastLike(w) {
			out = x.take(out, w, f, s)
		}
	}
	return out
}

// leastLike is how like a name words must be: in a message only a strong cue makes up for more than a slip.
func leastLike(w window) float64 {
	switch {
	case w.mode == direct:
		return 0.65
	case w.before.strong():
		return 0.78
	case w.before != plain:
		return 0.86
	}
	return 0.93
}

// take weighs a likeness by the cues around it and keeps it if enough is left.
func (x *names) take(out []hit, w window, f *form, s float64) []hit {
	e := &x.entities[f.entity]
	if f.bare && x.outnamed(w) {
		return out
	}
	w.like = s
	h := hit{from: w.from, to: w.to, cue: -1, entity: f.entity, exact: s == 1}
	c := w.before
	if !c.strong() && w.after == cueStreet {
		c = cueStreet
	}
	var weight float64
	switch {
	case e.kind == KindOutside:
		weight, h.strong = x.beyond(e, f, w, h.exact), c.strong()
	case c.strong():
		weight, h.strong = matches(e, c, f), true
	case c == cueRegency:
		return out // "kota serang", "kab serang": the government, not the place of that name
	default:
		weight = x.uncued(e, f, c, w, h.exact)
	}
	if w.before != plain {
		h.cue = w.at
	}
	if w.toward && e.kind != KindOutside {
		weight *= 0.55 // "arah Kalodran" is not in Kalodran
	}
	if !h.exact && (e.kind == KindStreet || e.kind == KindPlace) {
		weight *= 0.94 // their lists are not complete: what is like one may be another
	}
	h.p = s * float64(f.fit) * weight
	if h.p < 0.4 {
		return out
	}
	return append(out, h)
}

// matches says how well a strong cue suits an entity.
func matches(e *entity, c cue, f *form) float64 {
	switch {
	case e.cue == c:
		return 1
	case f.self:
		return 0.97
	case f.needs:
		return 0 // "jalan baru", "di kampung lama"
	case e.kind == KindPlace && (c == cueKampung || c == cueEstate):
		return 0.9
	case e.kind == KindDistrict && c == cueArea, e.kind == KindArea && c == cueKec:
		return 0.72
	case e.kind == KindArea && c == cueKampung && !common(f.text):
		return 0.91 // most kelurahan are called as the kampung in their midst
	case e.kind == KindArea && (c == cueKampung || c == cueEstate):
		return 0.82
	case e.kind == KindArea || e.kind == KindDistrict:
		return 0.62 // "jl kaligandu": a street of that name that is not in the list
	}
	return 0.55
}

// common knows names that kampung bear in every kecamatan.
func common(name string) bool {
	for _, head := range [...]string{"suka", "karang", "mekar", "sido", "bojong", "kebon", "pasir"} {
		if strings.HasPrefix(name, head) {
			return true
		}
	}
	return false
}

// uncued says how much a name is worth that has no strong cue.
func (x *names) uncued(e *entity, f *form, c cue, w window, exact bool) float64 {
	v := x.alone(e, f, c, w, exact)
	block := w.to < len(w.ts) && !w.ts[w.to].brk && (w.ts[w.to].text == "blok" || w.ts[w.to].text == "blk")
	if (e.cue == cueKampung || e.cue == cueEstate) && f.fit < 0.98 && !block {
		v *= 0.92 // the name of an estate without the word for it
	}
	return v
}

func (x *names) alone(e *entity, f *form, c cue, w window, exact bool) float64 {
	weak := c == cueNear || c == cueIn
	if w.mode == direct {
		switch {
		case f.text == x.city:
			return 0.62
		case e.kind == KindStreet && f.needs:
			return 0 // "pandeglang" is no Jalan Raya Pandeglang
		case e.kind == KindStreet && !f.self:
			return 0.88
		case f.needs && exact && w.alone && !x.common[f.text]:
			return 0.93
		case f.needs:
			return 0.86
		}
		return 0.97
	}
	switch {
	case f.text == x.city:
		return 0
	case f.self && f.words > 1:
		return 0.97
	case f.needs && weak && exact && !x.common[f.text] && len(f.text) > 3 && !x.short[f.text]:
		return 0.6
	case f.needs:
		return 0
	case e.kind == KindStreet:
		if !exact || f.words < 2 || f.fit < 1 {
			return 0
		}
		if weak {
			return 0.88
		}
		return 0.8
	case weak:
		return 0.97
	case !exact:
		return 0.8
	case len(f.text) >= 6:
		return 0.93
	}
	return 0.8
}

// groups chooses stretches that do not overlap, the most telling first, and keeps what else each may name.
func groups(hits []hit) []group {
	value := func(h hit) float64 {
		v := h.p + 0.18*float64(h.to-h.from)
		if h.exact {
			v += 0.05
		}
		return v
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		va, vb := value(a), value(b)
		switch {
		case va > vb:
			return -1
		case va < vb:
			return 1
		}
		return int(a.entity - b.entity)
	})
	var out []group
next:
	for _, h := range hits {
		for i := range out {
			g := &out[i]
			if h.from == g.from && h.to == g.to {
				if h.p >= g.hits[0].p-0.12 && !slices.ContainsFunc(g.hits, func(o hit) bool { return o.entity == h.entity }) {
					g.hits = append(g.hits, h)
				}
				continue next
			}
			if h.from < g.to && g.from < h.to {
				continue next
			}
		}
		out = append(out, group{from: h.from, to: h.to, cue: h.cue, hits: []hit{h}})
	}
	return out
}
