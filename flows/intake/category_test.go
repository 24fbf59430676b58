package intake

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Every page of every profile's menu fits a small screen, no two of its choices are meant by the same words, and every
// category is reached in two steps.
func TestMenuOfCategories(t *testing.T) {
	t.Parallel()
	for _, name := range profile.Names() {
		p, err := profile.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		asker, _ := New(flows.Options{Profile: p}).(flows.Asker)
		for _, lang := range []string{"id", "en"} {
			reached := map[string]bool{}
			for page := range len(p.Groups) + 1 {
				for _, settled := range []bool{false, true} {
					s := flows.State{Lang: lang, Ask: &flows.Ask{ID: "q", Flow: Name, Kind: askCategory, Page: page}}
					s = s.With(Name, &Notes{Form: &Form{Draft: report.Draft{Text: "x"}, Picked: settled}})
					m, ok := asker.Question(s)
					if !ok {
						t.Fatalf("%s: page %d is not asked", name, page)
					}
					fitsScreen(t, fmt.Sprintf("%s %s page %d %v", name, lang, page, settled), m)
					for _, c := range m.Menu.Choices {
						reached[c.ID] = true
					}
				}
			}
			for _, c := range p.Offered() {
				if !reached[c.Code] {
					t.Errorf("%s: %s cannot be chosen", name, c.Code)
				}
			}
		}
	}
}

// fitsScreen judges one page.
func fitsScreen(t *testing.T, where string, m bot.Message) {
	t.Helper()
	if n := len(m.Menu.Choices); n < 3 || n > 10 {
		t.Errorf("%s has %d choices", where, n)
	}
	seen := map[string]string{}
	for _, c := range m.Menu.Choices {
		if n := utf8.RuneCountInString(c.Label); n > 34 {
			t.Errorf("%s: %q has %d letters", where, c.Label, n)
		}
		for w := range strings.SplitSeq(c.Label+"|"+c.Also, "|") {
			if w = bot.Fold(w); w == "" {
				continue
			}
			if other, ok := seen[w]; ok && other != c.ID {
				t.Errorf("%s: %q means %s and %s", where, w, other, c.ID)
			}
			seen[w] = c.ID
		}
	}
}
