package profile

import (
	"fmt"
	"slices"
	"strings"
)

// Matter is what two reports may both be about: narrower than a category, for a flood and a blocked drain share one.
type Matter struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"` // for operators
	// Categories are those whose reports may be about it.
	Categories []string `yaml:"categories"`
	// Words are what people call it, in any language; the matter without words is the rest of its categories.
	Words []string `yaml:"words"`
	// Radius is how far apart two reports of it may lie, in metres; 0: none is shown by its place. Days is how many days may lie
	// between them.
	Radius int `yaml:"radius"`
	Days   int `yaml:"days"`
	// By is what brings two reports together.
	By Bond `yaml:"by"`

	folded []string // Words as they are looked for, once Load has read them
}

// Bond is what brings two reports of a matter together.
type Bond string

// The bonds. ByPlace is "" in a file.
const (
	ByPlace  Bond = ""
	ByName   Bond = "name"   // the same school, clinic, office
	ByPerson Bond = "person" // who wrote both; somebody else's is never shown
)

// MaxRadius is the widest that a matter may reach, in metres: what is farther away is another trouble.
const MaxRadius = 1000

// Matter is what a text of a category is about. A category that no matter names is a person's own. told says that the text names
// the matter by one of its words.
func (p *Profile) Matter(category, text string) (m Matter, told bool) {
	said := fold(text)
	rest := Matter{Code: category, Categories: []string{category}, By: ByPerson, Days: 30}
	found := false
	for _, m := range p.Matters {
		if !slices.Contains(m.Categories, category) {
			continue
		}
		if len(m.Words) == 0 {
			if !found {
				rest, found = m, true
			}
			continue
		}
		if m.in(said) {
			return m, true
		}
	}
	return rest, false
}

// Told reports whether a text of a category names the matter, too, whatever else it names first.
func (m Matter) Told(category, text string) bool {
	return slices.Contains(m.Categories, category) && m.in(fold(text))
}

// in reports whether one of the matter's words stands in a text that was folded.
func (m Matter) in(said string) bool {
	words := m.folded
	if words == nil {
		words = folds(m.Words)
	}
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, w) })
}

// checkMatters judges the list of matters.
func (l *loader) checkMatters(p *Profile) {
	rest := map[string]string{}
	for _, m := range p.Matters {
		at := "matters[" + m.Code + "]"
		if m.Name == "" {
			l.wrong(fmt.Sprintf("matter %s needs a name", m.Code), "name: Banjir", at+".name", at)
		}
		if m.By != ByPlace && m.By != ByName && m.By != ByPerson {
			l.wrong(fmt.Sprintf(`matter %s: by must be name or person, or left out for the place, not %q`, m.Code, m.By), "by: name", at+".by", at)
		}
		if m.Radius < 0 || m.Radius > MaxRadius {
			l.wrong(fmt.Sprintf("matter %s: radius must be 0 to %d metres, not %d", m.Code, MaxRadius, m.Radius), "radius: 50", at+".radius", at)
		}
		if m.Days < 1 || m.Days > 366 {
			l.wrong(fmt.Sprintf("matter %s: days must be 1 to 366, not %d", m.Code, m.Days), "days: 60", at+".days", at)
		}
		if len(m.Categories) == 0 {
			l.wrong(fmt.Sprintf("matter %s names no category", m.Code), "categories: [drainase_banjir]", at+".categories", at)
		}
		for i, c := range m.Categories {
			if _, ok := find(p.Categories, c); !ok {
				l.wrong(fmt.Sprintf("matter %s: there is no category %q", m.Code, c), "categories: [drainase_banjir]", fmt.Sprintf("%s.categories[%d]", at, i), at)
			}
			if other := rest[c]; len(m.Words) == 0 && other != "" {
				l.wrong(fmt.Sprintf("matters %s and %s are both the rest of category %s: give one of them words", other, m.Code, c), "words: [banjir]", at)
			} else if len(m.Words) == 0 {
				rest[c] = m.Code
			}
		}
	}
}
