package place

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// strangers are names that no landmark of the city has: what is called by one of them is none of those on the list.
var strangers = []string{"cendrawasih", "kutilang", "bougenville", "samudera", "pelangi", "wijayakusuma", "arjuna", "sriwijaya", "rajawali", "nirwana", "royal", "mawar", "delima", "kartini", "anggrek"}

// TestALandmarkIsKnownByItsOwnName: "Royal mall" is not the Mall of Serang. A name with the generic word of a landmark ("mall", "pasar",
// "sdn") and another distinguishing one, before or behind it, never becomes that landmark.
func TestALandmarkIsKnownByItsOwnName(t *testing.T) {
	t.Parallel()
	g, p := gazetteer(t, "serang")
	n := 0
	for i, m := range p.Landmarks {
		var all []string
		for _, name := range append([]string{m.Name}, m.Also...) {
			for k := range 2 {
				all = append(all, renamed(name, strangers[(i+3*k)%len(strangers)])...)
			}
		}
		for _, said := range all {
			n++
			for _, text := range []string{said, "depan " + said, said + " serang"} {
				for _, c := range g.Find(text) {
					if c.Name == m.Name {
						t.Errorf("%q is taken for %q (%.2f)", text, c.Name, c.P)
					}
				}
			}
			text := "lampu jalan mati di depan " + said + " sudah seminggu"
			if mention, ok := g.In(text); ok && slices.ContainsFunc(mention.Candidates, func(c Candidate) bool { return c.Name == m.Name }) {
				t.Errorf("%q is taken for %q", text, m.Name)
			}
		}
	}
	if n < 600 {
		t.Errorf("only %d names were tried", n)
	}
}

// renamed are names of the same generic word with a strange one.
func renamed(name, strange string) []string {
	name, _, _ = strings.Cut(name, "(")
	name, _, _ = strings.Cut(name, ",")
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '-' })
	var kinds []string
	for _, w := range words {
		if kindWord(w) {
			kinds = append(kinds, w)
			continue
		}
		break
	}
	if len(kinds) == 0 || len(kinds) == len(words) {
		return nil
	}
	kind := strings.Join(kinds, " ")
	return []string{kind + " " + strange, strange + " " + kind}
}

func kindWord(w string) bool {
	f := folded(w)
	return len(f) == 1 && (selfCue(f[0]) || everywhere(f[0]))
}
