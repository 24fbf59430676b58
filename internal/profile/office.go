package profile

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// District is the word in Category.Agency that stands for the kecamatan office of the place.
const District = "KECAMATAN"

// rule is a Rule with its words folded: lower case, letters and digits only, one space before and after.
type rule struct {
	words, unless, with []string
	agency, owner       string
	why                 string
}

func compile(rules []Rule) []rule {
	out := make([]rule, 0, len(rules))
	for _, r := range rules {
		out = append(out, rule{words: foldAll(r.Words), unless: foldAll(r.Unless), with: foldAll(r.With), agency: r.Agency, owner: r.Owner, why: r.Why})
	}
	return out
}

// beginnings are the words that the phrases of rules begin with.
func beginnings(rules []rule) map[string]bool {
	out := map[string]bool{}
	for _, r := range rules {
		for _, w := range r.words {
			first, _, _ := strings.Cut(strings.TrimLeft(w, " "), " ")
			out[first] = true
		}
	}
	return out
}

// anyWord reports whether one of some words stands in a folded text.
func anyWord(said string, words map[string]bool) bool {
	for w := range strings.SplitSeq(said, " ") {
		if words[w] {
			return true
		}
	}
	return false
}

func foldAll(words []string) []string {
	out := make([]string, 0, len(words))
	for _, w := range words {
		if f := fold(w); len(f) > 1 {
			out = append(out, f)
		}
	}
	return out
}

// folds folds each of some words.
func folds(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = fold(w)
	}
	return out
}

// fold turns "Jl. Bhayangkara!" into " jl bhayangkara ", so that a phrase is found on whole words by strings.Contains.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte(' ')
	gap := true
	for i, r := range s {
		if c := s[i]; c < utf8.RuneSelf && ('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
			b.WriteByte(c)
			gap = false
		} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
			gap = false
		} else if !gap {
			b.WriteByte(' ')
			gap = true
		}
	}
	if !gap {
		b.WriteByte(' ')
	}
	return b.String()
}

// Office says whose duty a report of a category is: the category's office, unless a border rule of the profile finds its
// words in text. Words match whole words in any case, and not where they only tell the place ("depan SMA 1"); the first
// rule that fits decides. A category of the kecamatan goes
// to the office of district (a kecamatan code, "" when the place is not known yet).
//
// agency is "" when no office is known: the coordinator owns the report. why says in Indonesian what decided.
func (p *Profile) Office(category, text, district string) (agency, why string) {
	c, ok := p.Category(category)
	if !ok {
		return "", fmt.Sprintf("kategori %q tidak dikenal", category)
	}
	if len(c.Rules) > 0 {
		if r, word, ok := p.ruled(category, fold(text)); ok {
			office, _ := p.local(r.agency, district)
			return office, ruleWhy(strings.TrimSpace(word), r.why)
		}
	}
	office, known := p.local(c.Agency, district)
	switch {
	case c.Agency == District && !known:
		return "", "kecamatan belum diketahui dari lokasinya"
	case office == "":
		return "", "belum ada perangkat daerah yang dipastikan untuk kategori " + c.Name
	case c.Agency == District:
		return office, "kecamatan dari lokasinya"
	}
	return office, "kategori " + c.Name
}

// OfficeAt is Office for a matter that may lie in another government's area, which whose names ("" for the own): no office of ours has it
// then, unless it is owed to people wherever they are.
func (p *Profile) OfficeAt(category, text, district, whose string) (agency, why string) {
	agency, why = p.Office(category, text, district)
	if a, ok := p.Agency(agency); p.Elsewhere(category, whose) && (!ok || !a.Outside) {
		return "", "tempatnya di wilayah " + whose
	}
	return agency, why
}

// Elsewhere reports whether a matter of a category is another government's because it lies there: whose names that, "" for the own area.
// Papers and aid are owed to who lives here, and violence is looked after wherever it was.
func (p *Profile) Elsewhere(category, whose string) bool {
	c, _ := p.Category(category)
	return whose != "" && !c.Identity && category != Violence
}

// local turns the word KECAMATAN into the office of the district; other codes stay as they are.
func (p *Profile) local(agency, district string) (string, bool) {
	if agency != District {
		return agency, agency != ""
	}
	if p.index.districts != nil {
		code, ok := p.index.districts[district]
		return code, ok
	}
	i := slices.IndexFunc(p.Agencies, func(a Agency) bool { return a.District != "" && a.District == district })
	if i < 0 {
		return "", false
	}
	return p.Agencies[i].Code, true
}

func ruleWhy(word, why string) string {
	if why == "" {
		return fmt.Sprintf("disebut %q", word)
	}
	return fmt.Sprintf("disebut %q: %s", word, why)
}

// subject finds the first of words that a folded text is about.
func subject(said string, words []string) (string, bool) {
	for _, w := range words {
		for at := 0; ; {
			i := strings.Index(said[at:], w)
			if i < 0 {
				break
			}
			if i += at; !beside(said[:i]) {
				return w, true
			}
			at = i + 1
		}
	}
	return "", false
}

// beside reports whether one of the last two words before a phrase says that the phrase is only where something is.
func beside(before string) bool {
	for range 2 {
		before = strings.TrimRight(before, " ")
		i := strings.LastIndexByte(before, ' ') + 1
		switch before[i:] {
		case "depan", "dpn", "dekat", "deket", "dkt", "samping", "sebelah", "sblh", "belakang", "blkg", "seberang", "sebrang", "sekitar", "arah", "menuju", "near":
			return true
		}
		before = before[:i]
	}
	return false
}
