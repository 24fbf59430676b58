package understand

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed words/*.txt
var wordFiles embed.FS

// lexicon holds the word lists that normalising and the rules stand on. It never changes after newLexicon.
type lexicon struct {
	slang map[string][]string
	weak  map[string]bool
	lists map[string]map[string]bool // the lists of words/rules.txt by name
}

func newLexicon() (*lexicon, error) {
	lx := &lexicon{slang: map[string][]string{}, weak: map[string]bool{}, lists: map[string]map[string]bool{}}
	err := lines("words/slang.txt", func(l string) error {
		left, right, ok := strings.Cut(l, "=")
		std := strings.Fields(right)
		if !ok || len(std) == 0 {
			return fmt.Errorf("%q is not \"variants = words\"", l)
		}
		for _, v := range strings.Fields(left) {
			if _, twice := lx.slang[v]; twice {
				return fmt.Errorf("%q stands twice", v)
			}
			lx.slang[v] = std
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = lines("words/names.txt", func(l string) error {
		for _, n := range strings.Fields(l) {
			lx.weak[n] = true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = lines("words/rules.txt", func(l string) error {
		name, right, ok := strings.Cut(l, ":")
		if !ok {
			return fmt.Errorf("%q is not \"name: words\"", l)
		}
		list := lx.lists[name]
		if list == nil {
			list = map[string]bool{}
			lx.lists[name] = list
		}
		for _, w := range strings.Fields(right) {
			list[w] = true
		}
		return nil
	})
	return lx, err
}

// has says whether the word stands in the named list of words/rules.txt.
func (lx *lexicon) has(list, form string) bool { return lx.lists[list][form] }

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
