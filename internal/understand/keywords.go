package understand

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/words"
)

// keyReader reads by the profile's key words alone: simple and honest, and what stays when there is no model.
type keyReader struct {
	lx    *words.Lexicon
	keys  map[string][]key  // by first word
	names map[string]string // of the categories
}

type key struct {
	words    []string
	category string
	weight   float64
	added    bool // the city added it to a category of the shared lists
}

// Keywords is a Reader over the key words of a profile's categories: whole words after normalising, a longer key word
// counts more, and a key word that several categories claim is shared among them. It panics only when the product's own
// word lists are broken, which a test rules out.
func Keywords(p *profile.Profile) Reader { return newKeys(p) }

func newKeys(p *profile.Profile) *keyReader {
	lx, err := words.New()
	if err != nil {
		panic(fmt.Errorf("word lists of the product: %w", err))
	}
	r := &keyReader{lx: lx, keys: map[string][]key{}, names: map[string]string{}}
	claims := map[string]int{}
	for pass := range 2 {
		for _, cat := range p.Categories {
			if cat.Hidden {
				continue
			}
			r.names[cat.Code] = cat.Name
			for _, k := range cat.Keywords {
				c := lx.Read(k)
				var said []string
				for i := range c.Words {
					if !c.Words[i].Number {
						said = append(said, c.Words[i].Form)
					}
				}
				if len(said) == 0 {
					continue
				}
				id := strings.Join(said, " ")
				if pass == 0 {
					claims[id]++
					continue
				}
				w := float64(2*len(said)-1) / float64(claims[id])
				r.keys[said[0]] = append(r.keys[said[0]], key{words: said, category: cat.Code, weight: w, added: slices.Contains(cat.Added, k)})
			}
		}
	}
	for _, ks := range r.keys {
		slices.SortStableFunc(ks, func(a, b key) int { return len(b.words) - len(a.words) })
	}
	return r
}

// Read implements Reader.
func (r *keyReader) Read(text string) Reading {
	c := r.lx.Read(text)
	out := r.readMatter(c)
	signal(r.lx, &c, r.lx.Signals(&c), &out)
	return out
}

func (r *keyReader) readMatter(c words.Text) Reading {
	out := Reading{Kind: r.lx.Kind(&c), Places: words.Places(&c), Lang: r.lx.Lang(&c)}
	if group, by, ok := r.lx.Emergency(&c); ok {
		out.Emergency = true
		out.Why = append(out.Why, fmt.Sprintf("kata '%s' → mungkin darurat (%s)", by, group))
	} else if small, ok := r.lx.SmallTalk(&c); ok {
		return Reading{Kind: report.Complaint, NoReport: true, Small: small, Lang: out.Lang}
	}
	score, seen, total := map[string]float64{}, map[string][]string{}, 0.0
	r.match(&c, func(k key, _ int) {
		score[k.category] += k.weight
		total += k.weight
		seen[k.category] = append(seen[k.category], strings.Join(k.words, " "))
	})
	out.Guesses = rank(score, total)
	if len(out.Guesses) > 0 {
		best := out.Guesses[0].Category
		out.Why = append(out.Why, fmt.Sprintf("kata %s → %s", quoted(seen[best]), r.names[best]))
	}
	return out
}

// match calls f with each key word that stands in a text and the place of its first word; of key words that begin at one
// place with the longest ones.
func (r *keyReader) match(c *words.Text, f func(k key, at int)) {
	said, at := make([]words.Word, 0, len(c.Words)), make([]int, 0, len(c.Words))
	for i, w := range c.Words {
		if !w.Number {
			said, at = append(said, w), append(at, i)
		}
	}
	for i := 0; i < len(said); i++ {
		longest := 0
		for _, k := range r.keys[said[i].Form] {
			if len(k.words) < longest || !hasWords(said[i:], k.words) {
				continue
			}
			longest = len(k.words)
			f(k, at[i])
		}
		i += max(0, longest-1)
	}
}

// unsaid is the doubt that is always left: a single short key word is just sure, and a tie never is.
const unsaid = 0.4

// rank turns key-word scores into at most three guesses.
func rank(score map[string]float64, total float64) []report.Guess {
	var gs []report.Guess
	for cat, s := range score {
		gs = append(gs, report.Guess{Category: cat, P: s / (total + unsaid)})
	}
	slices.SortFunc(gs, func(a, b report.Guess) int {
		switch {
		case a.P > b.P:
			return -1
		case a.P < b.P:
			return 1
		}
		return strings.Compare(a.Category, b.Category)
	})
	return gs[:min(3, len(gs))]
}

func hasWords(w []words.Word, want []string) bool {
	if len(w) < len(want) {
		return false
	}
	for i, f := range want {
		if w[i].Form != f {
			return false
		}
	}
	return true
}

// quoted lists words in quotation marks, each once, at most three.
func quoted(ws []string) string {
	var out []string
	for _, w := range ws {
		if q := "'" + w + "'"; !slices.Contains(out, q) && len(out) < 3 {
			out = append(out, q)
		}
	}
	return strings.Join(out, ", ")
}
