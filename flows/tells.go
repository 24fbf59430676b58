package flows

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
)

// told are the words that tell something in this government's city, whatever stands around them: the names of its places and
// offices, and the words of the matters it takes in. Who types one of them beside an answer tells more than the answer.
func told(p *profile.Profile) map[string]bool {
	out := map[string]bool{}
	take := func(phrases ...string) {
		for _, phrase := range phrases {
			for w := range strings.FieldsSeq(bot.Fold(phrase)) {
				if len(w) >= 3 {
					out[w] = true
				}
			}
		}
	}
	for _, a := range p.Areas {
		take(a.Name, a.DistrictName)
		out[strings.ReplaceAll(bot.Fold(a.Name), " ", "")] = true // "sumurpecung"
	}
	for _, n := range p.Neighbours {
		take(n.Names...)
	}
	for _, a := range p.Agencies {
		take(a.Short)
		take(a.Aliases...)
	}
	for _, g := range p.Groups {
		take(g.Words...)
	}
	for _, c := range p.Offered() {
		take(c.Short, c.ShortEN)
		take(c.Keywords...)
	}
	for _, w := range [...]string{"dan", "and", "the", "orang", "kota"} { // they join names
		delete(out, w)
	}
	return out
}
