package answer

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestLexiconIsClean keeps rubbish out of lexicon.txt: words that never match, and words that are two things at once.
func TestLexiconIsClean(t *testing.T) {
	t.Parallel()
	lx, err := New()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for l := range strings.Lines(lexiconFile) {
		l = strings.TrimSpace(l)
		if l == "" || l[0] == '#' {
			continue
		}
		switch {
		case l[0] == '~' || l[0] == '!':
			for w := range strings.FieldsSeq(l[1:]) {
				if lx.same[w] != "" && l[0] == '~' {
					t.Errorf("%q is said in passing, but it is a spelling of %q", w, lx.same[w])
				}
				if was := seen[w]; was != "" {
					t.Errorf("%q stands twice: %q and %q", w, was, l[:1])
				}
				seen[w] = l[:1]
			}
		case l[0] == '=':
			to, of, _ := strings.Cut(l[1:], ":")
			ws := strings.Fields(of)
			for i, w := range ws {
				if slices.Contains(ws[:i], w) || w == strings.TrimSpace(to) {
					t.Errorf("%q stands twice under %q", w, to)
				}
			}
		case strings.HasPrefix(l, "not "):
		default:
			m, of, _ := strings.Cut(l, ":")
			for p := range strings.SplitSeq(of, "|") {
				if p = strings.TrimSpace(p); p == "" {
					continue
				}
				if why := unread(lx, Meaning(m), p); why != "" {
					t.Errorf("%s: %q %s", m, p, why)
				}
			}
		}
	}
}

// unread says why a phrase never means what it stands for, "" where it does.
func unread(lx *Lexicon, m Meaning, phrase string) string {
	ts, _ := lx.tokens(phrase)
	key := strings.Join(words(ts), " ")
	if was := lx.phrases[ts[0].word][key]; was != m {
		return fmt.Sprintf("is %q", was)
	}
	return ""
}
