// Package words turns what people write into standard words, and holds the rules that stand on words alone: emergency,
// small talk, kind, place words. It is pure; a Lexicon may be used at once from several goroutines.
package words

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed *.txt
var wordFiles embed.FS

// Lexicon holds the word lists that normalising and the rules stand on. It never changes after New.
type Lexicon struct {
	slang map[string][]string
	// english and local are what words of other tongues mean.
	english, local map[string][]string
	weak           map[string]bool
	lists          map[string]uint32 // bit of each list of rules.txt
	in             map[string]uint32 // the lists a word stands in
	common         map[string]bool   // what slang.txt turns words into: never mended
	book           *book
	concepts       map[string]string // meanings of turn.txt, by word
}

// New reads the word lists. An error means that the product itself is broken.
func New() (*Lexicon, error) { return shared() }

// shared is read once: it is of what the program carries, nothing changes it, and each government of a program needs it.
//
//nolint:gochecknoglobals // a constant that takes a while to read
var shared = sync.OnceValues(read)

func read() (*Lexicon, error) {
	lx := &Lexicon{slang: map[string][]string{}, english: map[string][]string{}, local: map[string][]string{}, weak: map[string]bool{}, lists: map[string]uint32{}, in: map[string]uint32{},
		common: map[string]bool{}, concepts: map[string]string{}}
	for file, to := range map[string]map[string][]string{
		"slang.txt": lx.slang, "gloss_english.txt": lx.english, "gloss_local.txt": lx.local,
	} {
		if err := lines(file, func(l string) error { return pairUp(l, to) }); err != nil {
			return nil, err
		}
	}
	for _, std := range lx.slang {
		for _, w := range std {
			lx.common[w] = true
		}
	}
	err := lines("names.txt", func(l string) error {
		for n := range strings.FieldsSeq(l) {
			lx.weak[n] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, file := range []string{"rules.txt", "matter.txt"} {
		if err := lines(file, lx.list); err != nil {
			return nil, err
		}
	}
	if err := lines("turn.txt", lx.concept); err != nil {
		return nil, err
	}
	lx.book, err = newBook(lx)
	return lx, err
}

// pairUp takes a line "variants = words".
func pairUp(l string, to map[string][]string) error {
	left, right, ok := strings.Cut(l, "=")
	std := strings.Fields(right)
	if !ok || len(std) == 0 {
		return fmt.Errorf("%q is not \"variants = words\"", l)
	}
	for v := range strings.FieldsSeq(left) {
		if _, twice := to[v]; twice {
			return fmt.Errorf("%q stands twice", v)
		}
		to[v] = std
	}
	return nil
}

// list takes a line of a file of word lists.
func (lx *Lexicon) list(l string) error {
	name, right, ok := strings.Cut(l, ":")
	if !ok {
		return fmt.Errorf("%q is not \"name: words\"", l)
	}
	bit := lx.lists[name]
	if bit == 0 {
		bit = 1 << len(lx.lists)
		lx.lists[name] = bit
	}
	if bit == 0 {
		return fmt.Errorf("%q is one list too many", name)
	}
	for w := range strings.FieldsSeq(right) {
		lx.in[w] |= bit
	}
	return nil
}

// Count says how many of the first n words stand in the named list of rules.txt.
func (lx *Lexicon) Count(t *Text, list string, n int) int {
	k, bit := 0, lx.lists[list]
	for i := 0; i < len(t.Words) && i < n; i++ {
		if t.Words[i].in&bit != 0 {
			k++
		}
	}
	return k
}

// Urging says that a text only begs and urges: it says of nothing what is wrong.
func (lx *Lexicon) Urging(t *Text) bool {
	urged := false
	for i := range t.Words {
		w := &t.Words[i]
		urges := w.in&lx.lists["urge"] != 0
		if !urges && !lx.Filler(w) {
			return false
		}
		urged = urged || urges
	}
	return urged
}

// Filler says that a word only greets, begs, asks or thanks.
func (lx *Lexicon) Filler(w *Word) bool {
	return len(w.Form) < 3 || w.in&(lx.lists["greeting"]|lx.lists["thanks"]|lx.lists["plea"]|lx.lists["test"]|lx.lists["glue"]) != 0
}

// lines calls f with every line of an embedded file that is neither empty nor a comment.
func lines(name string, f func(string) error) error {
	b, err := wordFiles.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read word list: %w", err)
	}
	n := 0
	for l := range strings.Lines(string(b)) {
		n++
		l = strings.TrimSpace(l)
		if l == "" || l[0] == '#' {
			continue
		}
		if err := f(l); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}

// Spoken says that the lists know a word (in small letters), as people say it or in its standard form: it is hardly a name. What is
// hung on a word ("tiangnya", "jalanna") is taken off.
func (lx *Lexicon) Spoken(word string) bool {
	if lx.knows(word) {
		return true
	}
	for _, hung := range [...]string{"nya", "lah", "kah", "pun", "an", "na", "ne", "ku", "e"} {
		if stem, ok := strings.CutSuffix(word, hung); ok && len(stem) > 3 && lx.knows(stem) {
			return true
		}
	}
	return false
}

func (lx *Lexicon) knows(word string) bool {
	return !lx.weak[word] && (lx.slang[word] != nil || lx.english[word] != nil || lx.local[word] != nil || lx.common[word] || lx.in[word] != 0 ||
		lx.book.entries[word] != nil)
}
