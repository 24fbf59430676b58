package place

import "strings"

// A landmark is known by the word that is its own, and not by the one that says what it is: there are many a mall and many an SDN.

// lead is how many letters of a place's name only say what it is; bare says that nothing else is left of it but the city's name.
func (x *names) lead(words []string) (n int8, bare bool) {
	k := 0
	for k < len(words) && whatItIs(words[k]) {
		n += int8(len(words[k]))
		k++
	}
	bare = k > 0 && all(words[k:], func(w string) bool { return w == x.city || w == "kota" })
	if k == len(words) {
		n = 0
	}
	return n, bare
}

// whatItIs knows the words of a place's name that others have as well.
func whatItIs(w string) bool {
	switch w {
	case "komplek", "kampung", "lingkungan", "sd", "smp", "sma", "gerbang", "tol", "merah", "museum", "sampah", "simpang", "sakit", "plaza", "hotel", "ruko", "of":
		return true
	}
	return selfCue(w)
}

// like says how well written words q fit a name: where both begin by saying what it is, the rest must fit by itself. set are the
// letters of q.
func (x *names) like(q string, f *form, set uint64) float64 {
	s := similar(q, f.text, set, f.letter)
	if f.lead == 0 || s == 0 || s == 1 {
		return s
	}
	own, ok := strings.CutPrefix(q, f.text[:f.lead])
	switch {
	case !ok:
		return s
	case own == x.city:
		return 0 // the city's name is no slip
	}
	rest := f.text[f.lead:]
	return min(s, similar(own, rest, letters(own), letters(rest)))
}

// outnamed reports whether a name stands beside words that only say what something is: "Royal mall Serang" is not the Mall of Serang.
func (x *names) outnamed(w window) bool {
	i, k := w.from-1, w.to
	if k < len(w.ts) && !w.ts[k].brk && w.ts[k].text == x.city {
		k++
	}
	return i >= 0 && !w.ts[w.from].brk && x.titles(w.ts[i]) || k < len(w.ts) && !w.ts[k].brk && x.titles(w.ts[k])
}

// titles reports whether a word is a name that a thing may be called by.
func (x *names) titles(t token) bool {
	if t.cue != plain || number(t.text) || len(t.text) < 3 || t.text == x.city || whatItIs(t.text) || everywhere(t.text) || descriptor(t.text) {
		return false
	}
	switch t.text {
	case "barat", "timur", "utara", "selatan", "pusat", "banten", "negeri", "induk":
		return false
	}
	return x.ordinary[t.text] && !x.common[t.text] || x.strange(t.text)
}
