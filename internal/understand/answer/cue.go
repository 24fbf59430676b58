package answer

import (
	"fmt"
	"strings"
)

// kinds of words.
var cueKinds = []struct {
	name  string
	words vocabulary
}{
	{"when", newsWords}, {"about", aboutWords}, {"slow", slowWords}, {"wait", waitWords}, {"span", spanWords}, {"mute", muteWords}, {"come", comeWords},
	{"haste", hasteWords}, {"why", whyWords}, {"vow", vowWords}, {"back", backVerbs}, {"report", theReport}, {"things", backThings}, {"name", ownName},
	{"cover", coverWord}, {"tell", tellWord}, {"asked", askedOf}, {"fear", fearWord}, {"known", knownWord}, {"talk", talkWord}, {"somebody", somebody},
	{"on", onWords}, {"angry", angryWords}, {"place", placeWord}, {"put", seriousPut},
	{"fixed", fixedWords}, {"broken", brokenWords}, {"part", partWords}, {"lie", lieWords}, {"scorn", scornWords}, {"beg", askedWords}, {"then", thenWords},
	{"again", againWord}, {"still", stillWord}, {"gone", goneWords}, {"look", lookWords}, {"only", onlyWords}, {"if", ifWords}, {"not", notMore},
	{"unfair", unfair}, {"refused", refused}, {"doer", doers}, {"lost", lostWords}, {"thank", thankWord}, {"turn", turnWords}, {"god", plainDone},
}

// Cues are names of what the word lists see in a text, for a machine that weighs them.
func (lx *Lexicon) Cues(text string) []string {
	var out []string
	a := lx.After(text)
	if a.Sequel != NoSequel {
		out = append(out, fmt.Sprint("after", a.Sequel))
	}
	j, sure := lx.Judges(text)
	if j != NoJudgement {
		out = append(out, fmt.Sprint("judges", j), fmt.Sprint("judges", j, sure))
	}
	if q := lx.Question(text); q != NoTopic {
		out = append(out, fmt.Sprint("question", q))
	}
	if c, ok := lx.Changes(text); ok {
		out = append(out, fmt.Sprint("changes", c.Field))
	}
	if m, ok := lx.Read(text).Only(); ok {
		out = append(out, "only "+string(m))
	}
	ts, _ := lx.tokens(text)
	c := clause(ts)
	var tags []string
	last := ""
	seen := map[string]bool{}
	denied := 0
	for i := range c {
		if c[i].stop {
			denied = 0
			if last != "." && last != "" {
				last = "."
			}
			continue
		}
		if last != "" {
			out = append(out, "t:"+last+" "+c[i].word)
		}
		last = c[i].word
		out = append(out, "t:"+c[i].word)
		denied--
		var here []string
		switch c[i].word {
		case "tidak", "belum", "jangan", "sudah", "saya", "mau", "apa", "mana", "siapa", "gimana", "berapa", "bisa", "masih", "ada", "lagi", "salah", "bukan", "jadi", "usah":
			here = append(here, "="+c[i].word)
		}
		for _, k := range cueKinds {
			if c.is(i, k.words) {
				here = append(here, k.name)
				if denied > 0 {
					here = append(here, "-"+k.name)
				}
			}
		}
		if c[i].word == "tidak" || c[i].word == "belum" || c[i].word == "bukan" || c[i].word == "jangan" {
			denied = 4
		}
		for _, h := range here {
			for _, t := range tags {
				if p := t + ">" + h; !seen[p] && t != h {
					seen[p] = true
					out = append(out, p)
				}
			}
		}
		for _, h := range here {
			if !seen[h] {
				seen[h] = true
				out = append(out, "has "+h)
				tags = append(tags, h)
			}
		}
	}
	_ = strings.Join
	return out
}
