package answer

import (
	"slices"
	"strings"
)

// written gives the lexicon's words for one written word, with all that is asked of them later.
func (lx *Lexicon) written(w string) []token {
	ts := lx.words(w)
	for i := range ts {
		ts[i].raw, ts[i].spellings = w, spellingsOf(ts[i].word, w)
	}
	return ts
}

// words gives the lexicon's words for one written word: repeated letters, endings and slips of the finger are mended.
func (lx *Lexicon) words(w string) []token {
	if anyDigit(w) {
		return []token{{word: w, digits: true}}
	}
	for _, form := range [...]string{w, squeeze(w, 2), squeeze(w, 1)} {
		if to, ok := lx.exact(form); ok {
			return fields(to)
		}
	}
	if lx.listed(w) || lx.listed(squeeze(w, 1)) {
		return []token{{word: squeeze(w, 2)}}
	}
	for _, form := range [...]string{w, squeeze(w, 2), squeeze(w, 1)} {
		if to, ok := lx.form(form); ok {
			return fields(to)
		}
	}
	if lx.Tells(w) {
		return []token{{word: squeeze(w, 2)}}
	}
	form := squeeze(w, 1)
	for _, head := range [...]string{"", "di"} {
		base, cut := strings.CutPrefix(form, head)
		if !cut || head != "" && len(base) < 6 {
			continue
		}
		if to, ok := lx.slip(base); ok {
			return fields(to)
		}
		if to, ok := lx.short(base); ok {
			return fields(to)
		}
	}
	if to, ok := lx.joined(w); ok {
		return fields(to)
	}
	return []token{{word: squeeze(w, 2)}}
}

func fields(words string) []token {
	ts := make([]token, 0, 2)
	for w := range strings.FieldsSeq(strings.ReplaceAll(words, "_", " ")) {
		ts = append(ts, token{word: w})
	}
	return ts
}

// exact finds a word as it stands.
func (lx *Lexicon) exact(w string) (string, bool) {
	if to, ok := lx.same[w]; ok {
		return to, true
	}
	return w, lx.known(w)
}

// form finds a word without what Indonesian hangs on words ("dikirimin", "batalkan", "ubahlah").
func (lx *Lexicon) form(w string) (string, bool) {
	if to, ok := lx.bare(w); ok {
		return to, true
	}
	for _, end := range [...]string{"nya", "lah", "kan", "aken", "nipun", "ana", "anah", "kana", "in", "deh", "dong", "kah", "pun", "keun", "ken", "no", "en", "ne", "na", "e", "an", "i", "ya"} {
		base, cut := strings.CutSuffix(w, end)
		if !cut || len(base) < 3 {
			continue
		}
		if to, ok := lx.bare(base); ok {
			return to, true
		}
		for _, more := range [...]string{"in", "kan"} { // kirimkanlah, batalinnya
			if b, cut := strings.CutSuffix(base, more); cut && len(b) >= 3 {
				if to, ok := lx.bare(b); ok {
					return to, true
				}
			}
		}
	}
	if base, cut := strings.CutPrefix(w, "di"); cut && len(base) >= 4 {
		_, found := slices.BinarySearch(lx.near, base)
		return base, found
	}
	return "", false
}

// joined finds the words that were written as one ("kirimaja", "gajadi"): one of two is a short one.
func (lx *Lexicon) joined(w string) (string, bool) {
	if len(w) < 5 {
		return "", false
	}
	for i := len(w) - 2; i >= 2; i-- {
		a, ok := lx.exact(w[:i])
		if !ok || i < 4 && !short(w[:i]) {
			continue
		}
		b, ok := lx.exact(w[i:])
		if !ok && short(w[:i]) {
			b, ok = lx.joined(w[i:])
		}
		if ok && (short(w[:i]) || short(w[i:])) {
			return a + " " + b, true
		}
	}
	return "", false
}

// short are the short words that are written together with others.
func short(w string) bool {
	switch w {
	case "ya", "iya", "ga", "gak", "ngga", "tdk", "ok", "oke", "aja", "dong", "deh", "kok", "sih", "pak", "bu", "kak", "min", "bang", "mas", "udah", "dah", "jadi", "usah", "ada", "tau",
		"mau", "dulu", "lagi", "itu", "ini", "yg", "gas", "yes", "no", "bae", "wae", "jgn", "blm":
		return true
	}
	return false
}

// bare finds a word without "di-", "ku-", "tak-", which say who does it.
func (lx *Lexicon) bare(w string) (string, bool) {
	for _, head := range [...]string{"", "di", "d", "ku", "tak", "ng"} {
		base, cut := strings.CutPrefix(w, head)
		if !cut || len(base) < 3 {
			continue
		}
		if to, ok := lx.same[base]; ok && (head == "" || len(base) >= 4) && to != "saya" {
			return to, true
		}
		if lx.phrases[base] != nil && (head == "" || len(base) >= 4) {
			return base, true
		}
	}
	return "", false
}

// slip finds the one word of five letters and more that is one slip of the finger away, and begins alike.
func (lx *Lexicon) slip(w string) (string, bool) {
	if len(w) < 5 {
		return "", false
	}
	found := ""
	for _, k := range lx.begin[w[0]] {
		if len(k) < 5 || k[0] != w[0] || !oneApart(w, k) || min(len(k), len(w)) < 6 && !exchanged(w, k) && !besideKey(w, k) {
			continue
		}
		to := k
		if s, ok := lx.same[k]; ok {
			to = s
		}
		if counted(to) > 0 { // "pertamax" counts nothing
			continue
		}
		if to == "saya" { // so short a word in so many tongues is beside everything
			continue
		}
		if found != "" && found != to {
			return "", false
		}
		found = to
	}
	return found, found != ""
}

// short finds the one word of which some vowels were left out ("ubh", "btal", "lnjut").
func (lx *Lexicon) short(w string) (string, bool) {
	if len(w) < 3 {
		return "", false
	}
	found := ""
	for _, k := range lx.begin[w[0]] {
		if k[0] != w[0] || len(k) <= len(w) || !vowelsOut(k, w) {
			continue
		}
		to := k
		if s, ok := lx.same[k]; ok {
			to = s
		}
		if to == "saya" { // so short a word in so many tongues is beside everything
			continue
		}
		if found != "" && found != to {
			return "", false
		}
		found = to
	}
	return found, found != ""
}

// vowelsOut reports whether short is long with nothing but vowels left out.
func vowelsOut(long, short string) bool {
	j := 0
	for i := range len(long) {
		switch {
		case j < len(short) && long[i] == short[j]:
			j++
		case !strings.ContainsRune("aiueo", rune(long[i])):
			return false
		}
	}
	return j == len(short)
}

// oneApart reports whether two words differ by one letter changed, added, left out, or by two neighbours exchanged.
func oneApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return a == b
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// besideKey reports whether two words differ by one key that lies beside the right one, of those that mostly slip.
func besideKey(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if a[i] != b[i] {
			pair := string([]byte{min(a[i], b[i]), max(a[i], b[i])})
			return a[i+1:] == b[i+1:] && (pair == "iu" || pair == "io" || pair == "mn")
		}
	}
	return false
}

// exchanged reports whether two words of the same length have the same letters: one slip of fast fingers.
func exchanged(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
}

// squeeze leaves at most n equal letters in a row.
func squeeze(w string, n int) string {
	var b strings.Builder
	var last rune
	run := 0
	for _, r := range w {
		if r == last {
			run++
		} else {
			last, run = r, 1
		}
		if run <= n {
			b.WriteRune(r)
		}
	}
	return b.String()
}
