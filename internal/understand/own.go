package understand

import (
	"slices"
	"strings"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/words"
)

// ownWords speak for what a city has of its own: categories that the model has never seen, and key words that the city added
// to those it knows.
type ownWords struct {
	keys    *keyReader
	strange map[string]bool   // categories that the model has not learnt
	names   map[string]string // what every category is called
	forms   map[string]bool   // every word of the own key words
}

// newOwnWords is nil for a city that has nothing of its own.
func newOwnWords(p *profile.Profile, learnt []string) *ownWords {
	o := &ownWords{strange: map[string]bool{}, names: map[string]string{}, forms: map[string]bool{}}
	own := false
	for _, c := range p.Categories {
		if c.Hidden {
			continue
		}
		o.names[c.Code] = c.Name
		o.strange[c.Code] = !slices.Contains(learnt, c.Code)
		own = own || o.strange[c.Code] || len(c.Added) > 0
	}
	if !own {
		return nil
	}
	o.keys = newKeys(p)
	for _, ks := range o.keys.keys {
		for _, k := range ks {
			if o.strange[k.category] || k.added {
				for _, form := range k.words {
					o.forms[form] = true
				}
			}
		}
	}
	return o
}

// unclear is the probability below which the model is not sure enough to outvote a word that the city added for this very matter.
const unclear = 0.5

// said is what the own words say of one text.
type said struct {
	strange bool // words of a category that the model has not learnt stand in it
	guesses []report.Guess
	by      map[string][]string // the words, by category
}

// read looks for the own words in a text. What only tells the place is left out where the text says something besides.
func (o *ownWords) read(c *words.Text) said {
	if o == nil {
		return said{}
	}
	c = o.bareForms(c)
	out := said{by: map[string][]string{}}
	score, total, aside := map[string]float64{}, 0.0, 0
	speak := func(beside bool) {
		o.keys.match(c, func(k key, at int) {
			if !beside && o.keys.lx.Beside(c, at) {
				aside++
				return
			}
			total += k.weight
			if !o.strange[k.category] && !k.added {
				return
			}
			score[k.category] += k.weight
			out.strange = out.strange || o.strange[k.category]
			out.by[k.category] = append(out.by[k.category], strings.Join(k.words, " "))
		})
	}
	if speak(false); total == 0 && aside > 0 && o.bare(c) {
		speak(true)
	}
	for category, s := range score {
		out.guesses = append(out.guesses, report.Guess{Category: category, P: s / (total + unsaid)})
	}
	sortGuesses(out.guesses)
	return out
}

// bareForms undoes what people hang on a word: "dermaganya". The product's lists do it for the words they know.
func (o *ownWords) bareForms(c *words.Text) *words.Text {
	copied := false
	for i := range c.Words {
		form := c.Words[i].Form
		stem, hung := strings.CutSuffix(form, "nya")
		if !hung || o.forms[form] || !o.forms[stem] {
			continue
		}
		if !copied {
			other := *c
			other.Words = slices.Clone(c.Words)
			c, copied = &other, true
		}
		c.Words[i].Form = stem
	}
	return c
}

// bare says that a text tells nothing but a place.
func (o *ownWords) bare(c *words.Text) bool {
	for i := range c.Words {
		if w := &c.Words[i]; !w.Weak && !w.Number && !o.keys.lx.Filler(w) && !o.keys.lx.Beside(c, i) && !o.keys.lx.Beside(c, i-1) {
			return false
		}
	}
	return true
}

// add lets the own words take their share from what the model guesses. Words added to a category that the model knows speak
// only where it is not sure: it has read them among others, and knows better what a whole sentence is about.
func (o *ownWords) add(s said, out *Reading) {
	sure := len(out.All) > 0 && bent(out.All[0].P) >= unclear
	for _, g := range s.guesses {
		if sure && !o.strange[g.Category] {
			continue
		}
		for i := range out.All {
			out.All[i].P *= 1 - g.P
		}
		if i := slices.IndexFunc(out.All, func(a report.Guess) bool { return a.Category == g.Category }); i >= 0 {
			out.All[i].P += g.P
			continue
		}
		out.All = append(out.All, g)
	}
	sortGuesses(out.All)
}

// because names a category and the city's own words that spoke for it; none where the model's do.
func (o *ownWords) because(s said, category string) (name string, by []string) {
	if o == nil || !slices.ContainsFunc(s.guesses, func(g report.Guess) bool { return g.Category == category }) {
		return "", nil
	}
	return o.names[category], s.by[category]
}
