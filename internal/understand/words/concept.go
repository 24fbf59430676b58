package words

import (
	"fmt"
	"strings"
)

// concept takes a line "meaning: words" of turn.txt.
func (lx *Lexicon) concept(l string) error {
	name, right, ok := strings.Cut(l, ":")
	if !ok || name == "" {
		return fmt.Errorf("%q is not \"meaning: words\"", l)
	}
	for w := range strings.FieldsSeq(right) {
		if first, twice := lx.concepts[w]; twice && first != name {
			return fmt.Errorf("%q stands under %s and under %s", w, first, name)
		}
		lx.concepts[w] = name
	}
	return nil
}

// means is the meaning of a word in turn.txt, or its stem where it has none there.
func (lx *Lexicon) means(w *Word) string {
	if k, ok := lx.concepts[w.Form]; ok {
		return k
	}
	standard := w.meaning()
	if k, ok := lx.concepts[standard]; ok {
		return k
	}
	s := stem(standard)
	if k, ok := lx.concepts[s]; ok {
		return k
	}
	return s
}

// The endings of a word, by what they are for, and how much of the word they must leave.
var (
	particles  = [...]string{"lah", "kah", "pun", "deh"}
	possessive = [...]string{"nya", "ku", "mu", "na", "ne"}
	verbal     = [...]string{"keun", "kan", "ken", "aken", "in", "an", "no"}
)

// longStem is from how many letters on a word may have a prefix.
const longStem = 6

// stem takes off what Indonesian, Jawa and Sunda hang on a word: roughly, for it need only be the same for words that are alike.
func stem(w string) string {
	w = without(w, 3, particles[:])
	w = without(w, 3, possessive[:])
	w = without(w, 4, verbal[:])
	if len(w) < longStem {
		return w
	}
	for _, p := range [...]string{"di", "meng", "peng", "meny", "peny", "mem", "men", "ber", "ter", "per", "ng", "ny", "ke"} {
		if base, cut := strings.CutPrefix(w, p); cut {
			return base
		}
	}
	return w
}

func without(w string, least int, endings []string) string {
	for _, e := range endings {
		if base, cut := strings.CutSuffix(w, e); cut && len(base) >= least {
			return base
		}
	}
	return w
}

// edge is how many words of the beginning of a text are told apart from the rest; of the end two are.
const edge = 2

// meanings calls f with what a text says in meanings: each, those next to each other, those one apart, three in a row, and the first and
// last ones.
func (c *Text) meanings(lx *Lexicon, f func(hash uint32, at int)) {
	before, last, lastAt, beforeAt, n := "", "", -1, -1, 0
	for i := range c.Words {
		if c.Words[i].Number {
			continue
		}
		m := lx.means(&c.Words[i])
		f(tuple('C', m, ""), i)
		if n < edge {
			f(tuple('A'+byte(n), m, ""), i)
		}
		if n > 0 {
			f(tuple('P', last, m), i)
		}
		if n > 1 {
			f(tuple('S', before, m), i)
			f(triple(before, last, m), i)
		}
		before, beforeAt, last, lastAt = last, lastAt, m, i
		n++
	}
	if n > 0 {
		f(tuple('Y', last, ""), lastAt)
	}
	if n > 1 {
		f(tuple('Z', before, ""), beforeAt)
	}
}

// triple is the hash of three meanings in a row.
func triple(a, b, c string) uint32 {
	h := addString(add(add(add(offset, ofAbout), '~'), 'T'), a)
	h = addString(add(h, '_'), b)
	return fold32(addString(add(h, '_'), c))
}
