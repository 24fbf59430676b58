package place

import "strings"

// Sider is what a Finder may be able to do as well: tell words that say what a place is beside from words that tell more.
type Sider interface {
	// Side gives what words say a place to be beside ("depan toko emas"), without the small words before it; false where they tell
	// anything else, or point to where their writer lives.
	Side(words string) (side string, ok bool)
}

var _ Sider = (*Gazetteer)(nil)

// mostBeside is how many words may call what a place is beside, which no list has.
const mostBeside = 4

// Side implements Sider.
func (g *Gazetteer) Side(words string) (side string, ok bool) {
	x := g.index
	ts := x.unglue(tokens(words))
	from, called := -1, 0
	for i, t := range ts {
		switch {
		case own(t.text):
			return "", false
		case (t.cue == cueNear || t.cue == cueRT) && from < 0:
			from = i
		case from < 0 && t.cue != cueIn && (t.cue != plain || number(t.text) || !empty(t)):
			return "", false
		case t.cue != plain, number(t.text), empty(t):
		case everywhere(t.text), officeOf(t.text), single(t.text), whatItIs(t.text), descriptor(t.text), honours(t.text), len(x.exact[t.text]) > 0:
		case x.strange(t.text) && called < mostBeside:
			called++
		default:
			return "", false
		}
	}
	if from < 0 || from+1 >= len(ts) {
		return "", false
	}
	return strings.TrimRight(strings.TrimSpace(words[ts[from].from:]), " .,!"), true
}

// Leads reports whether a word only leads to a place ("di", "jalan", "kel").
func Leads(w string) bool {
	_, c := cueOf(w)
	return c == cueIn || c.strong()
}

// Faces reports whether a word is one for the side of something, and gives it written out: "sebrang" is "seberang".
func Faces(w string) (canon string, ok bool) { return facing(w) }

// OfArea reports whether a word is what a kelurahan is called: "kel", "kelurahannya".
func OfArea(w string) bool {
	_, c := cueOf(strings.TrimSuffix(w, "nya"))
	return c == cueArea
}

// Pointed is what points in words that do nothing else but insist: "depan rumah saya" of "ya depan rumah saya itu pak!!"; all others come back
// as they are.
func Pointed(words string) string {
	from, to := -1, 0
	for _, t := range tokens(words) {
		switch points := t.cue == cueNear || t.cue == cueIn || own(t.text) || t.text == "of" || t.text == "the"; {
		case points && from < 0:
			from, to = t.from, t.to
		case points && strings.TrimSpace(words[to:t.from]) == "":
			to = t.to
		case !points && !empty(t) && !honours(t.text), points && t.cue != cueNear && t.cue != cueIn && !own(t.text):
			return words
		}
	}
	if from < 0 {
		return words
	}
	return words[from:to]
}
