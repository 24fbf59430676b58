package inquiry

import (
	"slices"
	"strings"

	"rabeg/internal/profile"
)

// Common finds the profile's answer to a text: of the ways to ask that stand in it with all their words, the one with the most.
func (lx *Lexicon) Common(text string) (profile.Question, bool) {
	said := words(text)
	best, found := 0, profile.Question{}
	for _, q := range lx.profile.Questions {
		if q.Retired {
			continue
		}
		for _, way := range q.Ask {
			ws := words(way)
			whole := !slices.ContainsFunc(ws, func(w string) bool { return !slices.Contains(said, w) })
			if whole && len(ws) > best {
				best, found = len(ws), q
			}
		}
	}
	return found, best > 0
}

const (
	// ofAnswered and ofSaid are how much of the words of a question that was answered, and of those that are asked now, must be the same.
	ofAnswered, ofSaid = 0.6, 0.5
)

// Nearest finds which of some questions that were answered before a text asks, by the words that tell them apart; -1 for none. A text
// that asks when is not answered by who was told where.
func Nearest(text string, answered []string) int {
	said, w := content(text), wants(words(text), true)
	best, at := 0.0, -1
	for i, q := range answered {
		theirs, want := content(q), wants(words(q), true)
		if len(theirs) == 0 || len(said) == 0 || w != 0 && want != 0 && !w.Has(want) {
			continue
		}
		n := 0
		for _, x := range theirs {
			if slices.ContainsFunc(said, func(y string) bool { return kin(x, y) }) {
				n++
			}
		}
		a, b := float64(n)/float64(len(theirs)), float64(n)/float64(len(said))
		if a >= ofAnswered && b >= ofSaid && a+b > best {
			best, at = a+b, i
		}
	}
	return at
}

// kin reports whether two words are forms of one.
func kin(a, b string) bool {
	const least = 5
	return a == b || len(a) >= least && len(b) >= least && (strings.HasSuffix(a, b) || strings.HasSuffix(b, a) || strings.HasPrefix(a, b) || strings.HasPrefix(b, a))
}

// In are the offices, and those outside the government, that a text names, each once and in no order.
func (lx *Lexicon) In(text string) (agencies, owners []string) {
	ws := words(text)
	for n := min(lx.longest, len(ws)); n > 0; n-- {
		for i := 0; i+n <= len(ws); i++ {
			key := strings.Join(ws[i:i+n], " ")
			if code := lx.agencies[key]; code != "" && !slices.Contains(agencies, code) {
				agencies = append(agencies, code)
			}
			if code := lx.owners[key]; code != "" && !slices.Contains(owners, code) {
				owners = append(owners, code)
			}
		}
	}
	return agencies, owners
}

// Office reports whether a text speaks of an office without its name.
func (*Lexicon) Office(text string) bool {
	return slices.ContainsFunc(words(text), func(w string) bool { return w == "kantor" || w == "dinas" || w == "instansi" || w == "office" })
}
