package words

import (
	"math/bits"
	"strings"
)

// targets are the words of danger whose misspellings are mended, with what is never taken for one of them.
type targets struct {
	byLength [24][]target
	guard    map[string]bool // real words that are near
	all      map[string]bool
	bare     map[string]string // what a word is whose vowels are left out ("kbkrn"), "" where it may be two
}

// target is a word as it is written, what it is read as (one of another tongue is read as its Indonesian), the set of its letters, and how
// many mistakes are mended.
type target struct {
	form, means string
	letters     uint32
	allowed     int
}

// The shortest words that may have one mistake and two.
const (
	oneMistake  = 5
	twoMistakes = 9
	anyStart    = 8 // and from which length on the first letter may be its neighbour on the keys
	bareFrom    = 4 // and how many letters a word has that is known without its vowels
)

func newTargets(lx *Lexicon, b *book) (*targets, error) {
	t := &targets{guard: map[string]bool{}, all: map[string]bool{}, bare: map[string]string{}}
	err := lines("guard.txt", func(l string) error {
		for w := range strings.FieldsSeq(l) {
			t.guard[w] = true
		}
		return nil
	})
	for _, w := range b.members["@typo"] {
		std := w
		if s := lx.slang[w]; len(s) == 1 {
			std = s[0]
		}
		t.add(w, std)
		t.add(std, std)
	}
	return t, err
}

func (t *targets) add(w, std string) {
	if len(w) < oneMistake || len(w) >= len(t.byLength) || t.all[w] {
		return
	}
	t.all[w] = true
	allowed := 1
	if len(w) >= twoMistakes && !prefixed(w) {
		allowed = 2
	}
	t.byLength[len(w)] = append(t.byLength[len(w)], target{w, std, letterSet(w), allowed})
	if bare := consonants(w); len(bare) >= bareFrom {
		if was, ok := t.bare[bare]; ok && was != std {
			std = ""
		}
		t.bare[bare] = std
	}
}

// consonants are the letters of a word without its vowels.
func consonants(w string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("aeiou", r) {
			return -1
		}
		return r
	}, w)
}

// unvowelled is the word of danger that was written without most of its vowels ("kbkran", "trbkr"), "" when none.
func (t *targets) unvowelled(form string) string {
	bare := consonants(form)
	if len(bare) < bareFrom || len(form)-len(bare) > 1 || t.guard[bare] {
		return ""
	}
	return t.bare[bare]
}

func letterSet(w string) uint32 {
	set := uint32(0)
	for i := range len(w) {
		set |= 1 << ((w[i] | 0x20) - 'a'&31)
	}
	return set
}

// mend returns the word of danger that form misspells, "" when none.
func (t *targets) mend(form string) string {
	n := len(form)
	if n < oneMistake-1 || n > len(t.byLength)-3 {
		return ""
	}
	set := letterSet(form)
	best, fewest := "", 3
	for l := max(oneMistake, n-2); l <= n+2; l++ {
		for _, w := range t.byLength[l] {
			if max(l-n, n-l) > w.allowed || bits.OnesCount32(set^w.letters) > 2*w.allowed || !sameStart(form, w.form) {
				continue
			}
			if d := distance(form, w.form, w.allowed); d <= w.allowed && d < fewest {
				best, fewest = w.means, d
			}
		}
	}
	if best == "" {
		return t.unvowelled(form)
	}
	return best
}

// prefixed says that a word begins as half of all long words do ("penutupan" comes within two letters of "penusukan"): two
// mistakes in it are too many.
func prefixed(w string) bool {
	switch w[:2] {
	case "pe", "me", "di":
		return true
	}
	return strings.HasPrefix(w, "ter")
}

// sameStart says whether two words begin alike: who is in haste hits the first letter, or leaves it out or swaps it with
// the second, or in a long word hits the key beside it.
func sameStart(a, b string) bool {
	return a[0] == b[0] || a[0] == b[1] && (a[1] == b[0] || a[1] == b[2]) || len(a) >= anyStart && len(a) == len(b) && a[1:3] == b[1:3] && beside(a[0], b[0])
}

// beside says whether two letters lie beside each other on a keyboard.
func beside(a, b byte) bool {
	const rows = "qwertyuiop asdfghjkl zxcvbnm"
	i, j := strings.IndexByte(rows, a), strings.IndexByte(rows, b)
	return i >= 0 && j >= 0 && (i-j == 1 || j-i == 1)
}

// distance counts the letters to add, drop, change or swap with a neighbour to make b of a; more than limit is told as
// limit+1. Both are shorter than 24 letters.
func distance(a, b string, limit int) int {
	var rows [3][25]int
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := range len(a) {
		now[0] = i + 1
		least := now[0]
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			d := min(last[j]+cost, last[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, before[j-1]+1)
			}
			now[j+1] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}

// senses finds what each word may be in the phrases: as it stands, without its ending, joined with a prefix that was
// written apart, or mended.
func (lx *Lexicon) senses(c *Text) {
	for i := range c.Words {
		w := &c.Words[i]
		w.entry = lx.book.entries[w.Form]
		switch {
		case w.Number && w.To-w.From > 2 && c.Plain[w.To-3:w.To] == "000":
			w.entry = lx.book.entries["#000"] // thousands: most likely money
		case w.entry == nil && !w.Number:
			w.entry = lx.sense(w)
		case w.Weak && (w.Form == "rt" || w.Form == "rw"):
			w.entry = nil // an address, no person
		case w.Form == "kasih" && i > 0 && c.Words[i-1].Form == "terima":
			w.entry = lx.book.entries["#kasih"] // thanks, no gift
		}
		if i == 0 || len(c.Words[i-1].Form) > 3 || len(w.Form) < 4 || w.Number {
			continue
		}
		switch p := c.Words[i-1].Form; p {
		case "di", "ke", "ter", "ke-", "me", "pe", "ka":
			if e := lx.book.entries[p+w.Form]; e != nil {
				w.entry = e
			}
		}
	}
}

// sense is senses for a word that the phrases do not know as it stands.
func (lx *Lexicon) sense(w *Word) *entry {
	f := w.Form
	if lx.book.targets.guard[f] {
		return nil
	}
	for _, end := range [...]string{"nya", "ku", "mu", "lah", "kah", "pun", "ne", "na", "e", "in", "kan", "i"} {
		if bare, ok := strings.CutSuffix(f, end); ok && len(bare) >= 4 {
			if e := lx.book.entries[bare]; e != nil {
				return e
			}
		}
	}
	if e := lx.book.spoken(f); e != nil {
		return e
	}
	if len(w.Gloss) == 1 {
		return lx.book.entries[w.Gloss[0]]
	}
	if w.Weak || w.in != 0 || lx.common[f] || lx.book.targets.guarded(f) {
		return nil
	}
	if m := lx.book.targets.mend(f); m != "" {
		return lx.book.entries[m]
	}
	if rest, ok := strings.CutPrefix(f, "t"); ok && lx.book.targets.all["ter"+rest] { // "tbakar", "tjebak"
		return lx.book.entries["ter"+rest]
	}
	if single := undouble(f); len(single) < len(f)-1 {
		return lx.book.entries[single]
	}
	return nil
}

// spoken is a verb by the ending it has in writing, where it has that of speech or of another tongue: "dilecehin", "dilecehkeun" is
// "dilecehkan".
func (b *book) spoken(f string) *entry {
	const least = 5
	for _, end := range [...]string{"keun", "aken", "ake", "ken", "kn", "in"} {
		stem, ok := strings.CutSuffix(f, end)
		if !ok || len(stem) < least {
			continue
		}
		for _, written := range [...]string{"kan", "i"} {
			if e := b.entries[stem+written]; e != nil {
				return e
			}
		}
	}
	return nil
}

// guarded says that a word, maybe with an ending, is real.
func (t *targets) guarded(f string) bool {
	if t.guard[f] {
		return true
	}
	for _, end := range [...]string{"nya", "kan", "an", "i"} {
		if bare, ok := strings.CutSuffix(f, end); ok && t.guard[bare] {
			return true
		}
	}
	return false
}

// undouble turns two equal letters into one.
func undouble(f string) string {
	var b [40]byte
	n := 0
	for i := range min(len(f), len(b)) {
		if i == 0 || f[i] != f[i-1] {
			b[n] = f[i]
			n++
		}
	}
	return string(b[:n])
}
