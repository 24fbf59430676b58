package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// option is what a choice is called: meanings where its label or its other words are phrases of the lexicon, names else.
type option struct {
	means []Meaning
	names [][]string
	// sends and ends say that the choice sends the report, or puts it away: that is chosen with more care.
	sends, ends bool
}

// option is what a choice is called. A menu has some dozen phrases, the same for everybody: read each time, they would take the places of what
// people write in what is kept.
func (lx *Lexicon) option(c bot.Choice) option {
	return lx.memo.options.of(lx.memo, c.Label+"\x00"+c.Also, func(string) option { return lx.called(c) })
}

// called reads the label and the other words of a choice.
func (lx *Lexicon) called(c bot.Choice) option {
	var o option
	take := func(phrase string) {
		if m, ok := lx.whole(phrase); ok {
			if !slices.Contains(o.means, m) {
				o.means = append(o.means, m)
			}
			return
		}
		if words := lx.telling(phrase); len(words) > 0 {
			o.names = append(o.names, words)
		}
	}
	take(c.Label)
	o.sends = len(o.means) > 0 && (o.means[0] == Send || o.means[0] == Secret || o.means[0] == Plain)
	o.ends = o.sends || len(o.means) > 0 && o.means[0] == Cancel
	for also := range strings.SplitSeq(c.Also, "|") {
		if also != "" {
			take(also)
		}
	}
	return o
}

// whole gives the one meaning that a label stands for.
func (lx *Lexicon) whole(phrase string) (Meaning, bool) {
	ts, _ := lx.tokens(phrase)
	ts = slices.DeleteFunc(ts, func(t token) bool { return t.stop })
	if len(ts) == 0 {
		return "", false
	}
	if m, used := lx.longestAt(ts, 0); used == len(ts) {
		return m, true
	}
	s := lx.Read(phrase)
	if len(s.Means) == 1 && len(s.Rest) == 0 && s.Number == 0 {
		return s.Means[0], true
	}
	return "", false
}

// fit says how well an answer fits an option, 0 for not at all. Every meaning and every other word has to be one of the
// option's own; "yes", "no" and "right" may stand beside a stronger one.
func (lx *Lexicon) fit(o option, s Said) int {
	score, strong := 0, 0
	for _, m := range s.Means {
		switch {
		case slices.Contains(o.means, m):
			if !weak(m) {
				strong++
			}
			score++
		case m == Later && len(s.Means) > 1 && !slices.Contains(o.means, Send):
		case m == praise && (s.Has(Send) || !o.sends):
		case m == Dont && s.Has(Edit) && slices.Contains(o.means, Edit): // "tahan dulu, mau saya ubah"
		case !weak(m):
			return 0
		}
	}
	if len(s.Rest) > 0 {
		for _, w := range s.Against {
			if o.named([]string{w}) > 0 {
				return 0
			}
		}
		rest := slices.DeleteFunc(slices.Clone(s.Rest), func(w string) bool { return slices.Contains(s.Against, w) })
		named := o.named(rest)
		if named == 0 || (s.Has(No) || s.Has(Dont)) && len(rest) == len(s.Rest) {
			return 0
		}
		return 2*strong + named + 10
	}
	switch {
	case score == 0:
		return 0
	case o.sends && s.Has(No): // "kirim, enggak"
		return 0
	case strong > 0:
		return 10 + strong
	case s.Has(No) && !slices.Contains(o.means, No):
		return 0 // "iya enggak": what then?
	case s.Has(Yes) && s.Has(No):
		return 1 // only the no counts, and it is one of this option's
	}
	return score
}

// generic are words that go with any name of a place.
func generic(w string) bool {
	switch w {
	case "kota", "kelurahan", "kel", "kecamatan", "kec", "desa", "daerah", "wilayah", "situ", "sana":
		return true
	}
	return false
}

// named says how well words name an option: all of them are words of one of its names; 2 where they begin it or are all of it.
func (o option) named(rest []string) int {
	best := 0
	if len(rest) == 0 {
		return 0
	}
	for _, name := range o.names {
		all := true
		for _, w := range rest {
			if !generic(w) && !slices.ContainsFunc(name, func(n string) bool { return n == w || len(w) >= 5 && oneApart(n, w) }) {
				all = false
				break
			}
		}
		switch {
		case !all:
		case len(rest) == len(name):
			best = max(best, 4)
		case name[0] == rest[0]:
			best = max(best, 2)
		default:
			best = max(best, 1)
		}
	}
	return best
}
