package place

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// mostCandidates is how many places words may be offered as.
	mostCandidates = 3
	// tied is what a place's P falls to when another fits as well: it must be asked.
	tied = 0.65
	// longAnswer is from how many words on an answer is read as a whole message.
	longAnswer = 9
	// worth is the P below which a place is not offered.
	worth = 0.45
)

// Find gives what words may mean that answer the question where, best first. A long answer is read as a message is. The
// candidates of one answer never mix: two that fit equally stay below 0.9, so that people are asked.
func (g *Gazetteer) Find(words string) []Candidate {
	ts := tokens(words)
	if long(ts) {
		return g.read(words, ts, sentence).Candidates
	}
	m := g.read(words, ts, direct)
	strange := 0
	glueless := g.index.unglue(ts)
	for i, t := range glueless {
		office := i > 0 && glueless[i-1].text == "kantor" && officeOf(t.text)
		if (t.from < m.From || t.from >= m.To || m.city) && t.cue == plain && (!g.index.common[t.text] || office) && t.text != g.index.city {
			strange++
		}
	}
	if strange > 0 && m.city {
		return nil // "bsd serang": the city is known, and where in it is not
	}
	each := 0.1
	if m.plain {
		each = 0.02 // "banjarsari permai": what is surely a name stays one, whatever stands beside it
	}
	for i := range m.Candidates {
		m.Candidates[i].P = max(0, m.Candidates[i].P-each*float64(strange))
	}
	return slices.DeleteFunc(m.Candidates, func(c Candidate) bool { return c.P < worth })
}

// long reports whether an answer is a message of its own: numbers and the words for RT, RW and block do not count.
func long(ts []token) bool {
	n := 0
	for _, t := range ts {
		if t.cue != cueRT && !number(t.text) {
			n++
		}
	}
	return n >= longAnswer
}

// In finds the place that a whole message names, if it names one: words count only where cues ("di", "depan", "jl", "kel",
// "near") or the name itself make them stand out, so that "serang", "baru" or "curug" in passing are none.
func (g *Gazetteer) In(text string) (Mention, bool) {
	m := g.read(text, tokens(text), sentence)
	return m, m.Phrase != ""
}

// Spotting gives the words of a message that name places, as written, the best understood first.
func (g *Gazetteer) Spotting(text string) []string {
	m, ok := g.In(text)
	if !ok {
		return nil
	}
	return []string{m.Phrase}
}

// read is the whole way from words to candidates.
func (g *Gazetteer) read(text string, ts []token, m mode) Mention {
	x := g.index
	ts = x.unglue(ts)
	r := resolution{x: x, ts: ts, sentence: m == sentence}
	gs := r.sort(groups(x.hits(ts, m)))
	used := make([]bool, len(ts))
	for _, gr := range gs {
		for k := gr.from; k < gr.to; k++ {
			used[k] = true
		}
		if gr.cue >= 0 && ts[gr.cue].cue.strong() {
			used[gr.cue] = true
		}
		if gr.to < len(ts) && ts[gr.to].cue == cueStreet && gr.hits[0].strong && gr.cue < 0 {
			used[gr.to] = true
		}
	}
	cs := r.candidates()
	if len(cs) > 0 {
		r.titled(text, cs, used)
	}
	ps := x.pieces(text, ts, used, r.areaWords())
	if len(cs) == 0 || x.withinEstate(ts, m, r.main().hits[0]) {
		if from, to, ok := x.estate(ts, m); ok {
			return mention(text, ts, from, to, nil)
		}
		return unknown(text, ts, ps)
	}
	from, to := span(ts, used, ps, r.main())
	near := slices.DeleteFunc(slices.Clone(ps), func(p piece) bool {
		return p.to <= from || p.from >= to || r.beside != nil && p.from == r.beside.cue
	})
	n := note(near)
	if said := r.misnamed(text); said != "" {
		n = strings.TrimSuffix(said+", "+n, ", ")
	}
	if r.beside != nil {
		n = strings.TrimPrefix(n+", "+r.besideName(text), ", ")
	}
	for i := range cs {
		cs[i].Note = n
	}
	found := mention(text, ts, from, to, cs)
	found.plain, found.city = r.plain()
	return found
}

func mention(text string, ts []token, from, to int, cs []Candidate) Mention {
	a, b := ts[from].from, ts[to-1].to
	return Mention{Candidates: cs, Phrase: text[a:b], From: a, To: b}
}

// unknown is the mention of a place that nobody knows: a strong cue with words after it, and what follows at once.
func unknown(text string, ts []token, ps []piece) Mention {
	for i, p := range ps {
		if !sounds(text, ts, p) {
			continue
		}
		to := p.to
		for _, q := range ps[i+1:] {
			if q.from > to+1 {
				break
			}
			to = q.to
		}
		return mention(text, ts, p.from, to, nil)
	}
	return Mention{}
}

// sounds reports whether a piece sounds like a place. "jalan", "kampung" and "gang" are words of everyday too: they want to
// be shortened, to stand behind "di" or "depan", or a capital letter or a number after them.
func sounds(text string, ts []token, p piece) bool {
	t := ts[p.from]
	if !t.cue.strong() && (t.cue != cueRT || t.text == "km" || strings.HasPrefix(t.text, "no") || strings.HasPrefix(t.text, "bl")) || p.to < p.from+2 {
		return false
	}
	next := ts[p.from+1]
	switch next.text {
	case "raya", "tol", "utama", "umum", "provinsi", "nasional", "desa":
		if p.to == p.from+2 {
			return false
		}
	}
	if number(next.text) {
		return true
	}
	if t.text == "rt" || t.text == "rw" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text[next.from:])
	behind := p.from > 0 && !t.brk && (ts[p.from-1].cue == cueIn || ts[p.from-1].cue == cueNear)
	return behind || unicode.IsUpper(first) || t.cue.strong() && t.to-t.from < 4
}

// span is the stretch of words around the main place: what belongs to it with at most three words between.
func span(ts []token, used []bool, ps []piece, main *group) (from, to int) {
	belongs := slices.Clone(used)
	for _, p := range ps {
		for k := p.from; k < p.to; k++ {
			belongs[k] = true
		}
	}
	from, to = main.from, main.to
	for gap, k := 0, from-1; k >= 0 && gap <= 3; k-- {
		gap++
		if belongs[k] {
			from, gap = k, 0
		}
	}
	for gap, k := 0, to; k < len(ts) && gap <= 3; k++ {
		gap++
		if belongs[k] {
			to, gap = k+1, 0
		}
	}
	return from, to
}
