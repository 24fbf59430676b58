package answer

import (
	_ "embed" // the lists of words
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed lists.txt
var listsFile string

// List is a kind of words by which texts are told apart; nothing changes it.
type List map[string]bool

// ListOf is the kind of words that stands under a name in lists.txt. It panics where there is none: the product's own words are broken, which
// every test shows that is run at all.
func ListOf(name string) List {
	of, ok := lists()[name]
	if !ok {
		panic(fmt.Sprintf("lists.txt has no %q", name))
	}
	return of
}

// lists are read once, and by whoever asks first.
//
//nolint:gochecknoglobals // a constant that takes a while to read
var lists = sync.OnceValue(func() map[string]List { return readLists(listsFile) })

func readLists(file string) map[string]List {
	out := map[string]List{}
	for l := range strings.Lines(file) {
		name, words, ok := strings.Cut(l, ":")
		if !ok || l[0] == '#' {
			continue
		}
		if out[name] == nil {
			out[name] = List{}
		}
		for w := range strings.FieldsSeq(words) {
			out[name][w] = true
		}
	}
	return out
}

// Any reports whether one of some words is in the list.
func (l List) Any(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return l[w] })
}

// Begins reports whether a word begins with one of the list.
func (l List) Begins(word string) bool {
	for i := range word {
		if l[word[:i]] {
			return true
		}
	}
	return l[word]
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
func (t token) is(of List) bool {
	if t.spellings == nil {
		return of[t.word]
	}
	return slices.ContainsFunc(t.spellings.said, func(w string) bool { return of[w] })
}

// typed reports whether a list has the word as it was typed, with or without an ending; what the lexicon makes of it may be another's.
func (t token) typed(of List) bool {
	return t.spellings != nil && slices.ContainsFunc(t.spellings.typed, func(w string) bool { return of[w] })
}
