package answer

import (
	"slices"
	"strings"
)

// vocabulary is a list of words.
type vocabulary map[string]bool

func list(s string) vocabulary {
	v := vocabulary{}
	for w := range strings.FieldsSeq(s) {
		v[w] = true
	}
	return v
}

// spellings are those under which a list may have a word, each once: said with what the lexicon makes of it, typed without, which
// may be another's. Some twenty lists are asked about each word of a message, so they are worked out once.
type spellings struct{ said, typed []string }

func spellingsOf(word, raw string) *spellings {
	f := &spellings{}
	once := func(to *[]string, w string) {
		if w != "" && !slices.Contains(*to, w) {
			*to = append(*to, w)
		}
	}
	once(&f.said, word)
	once(&f.said, raw)
	once(&f.said, strings.TrimRight(raw, "2"))
	for _, end := range [...]string{"nya", "ne", "na"} {
		if base, cut := strings.CutSuffix(raw, end); cut {
			once(&f.said, base)
		}
	}
	single := squeeze(raw, 1)
	once(&f.typed, raw)
	once(&f.typed, single)
	for _, end := range [...]string{"nya", "ne", "na", "lah", "kah", "e"} {
		if base, cut := strings.CutSuffix(single, end); cut && len(base) > 3 {
			once(&f.typed, base)
		}
	}
	return f
}

// is reports whether a list has the word, as the lexicon has it or as it was typed, with or without an ending.
func (t token) is(of vocabulary) bool {
	if t.spellings == nil {
		return of[t.word]
	}
	return slices.ContainsFunc(t.spellings.said, func(w string) bool { return of[w] })
}

// typed reports whether a list has the word as it was typed, with or without an ending; what the lexicon makes of it may be another's.
func (t token) typed(of vocabulary) bool {
	return t.spellings != nil && slices.ContainsFunc(t.spellings.typed, func(w string) bool { return of[w] })
}
