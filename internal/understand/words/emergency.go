package words

import (
	"fmt"
	"strings"
)

// alarm is one phrase of emergency.txt.
type alarm struct {
	group string
	parts []part
}

// part is one word of a phrase: any of its alternatives.
type part struct {
	forms  []string
	prefix bool
}

// Alarm is a phrase of danger that stands in a text.
type Alarm struct {
	Group       string
	First, Last int // the words it stands in
	// Feared says that fear, habit, prevention or a negation stands before it: the danger is not there now.
	Feared bool
}

// newAlarms reads emergency.txt: the phrases by the first words they may begin with.
func newAlarms() (map[string][]alarm, error) {
	out := map[string][]alarm{}
	err := lines("emergency.txt", func(l string) error {
		group, phrases, ok := strings.Cut(l, ";")
		if !ok {
			return fmt.Errorf("%q is not \"group; phrases\"", l)
		}
		for p := range strings.SplitSeq(phrases, ",") {
			var parts []part
			for w := range strings.FieldsSeq(p) {
				bare := strings.TrimSuffix(w, "*")
				parts = append(parts, part{forms: strings.Split(bare, "|"), prefix: bare != w})
			}
			if len(parts) == 0 || parts[0].prefix {
				return fmt.Errorf("%q: a phrase begins with a whole word", p)
			}
			for _, f := range parts[0].forms {
				out[f] = append(out[f], alarm{group: strings.TrimSpace(group), parts: parts})
			}
		}
		return nil
	})
	return out, err
}

func (p part) is(form string) bool {
	for _, f := range p.forms {
		if f == form || p.prefix && strings.HasPrefix(form, f) {
			return true
		}
	}
	return false
}

// shortText and longText bound the rules of emergency: in a short text the phrase alone is enough, a longer one needs a
// word of time, help or victims, and nobody in danger writes a long one.
const (
	shortText = 20
	longText  = 60
)

// Emergency says whether the rules see danger to life or property now, which group of them, and the words that made
// them.
func (lx *Lexicon) Emergency(c *Text) (group, by string, ok bool) {
	if len(c.Alarms) == 0 || len(c.Words) > longText || c.Past {
		return "", "", false
	}
	if len(c.Words) > shortText && lx.Count(c, "now", len(c.Words)) == 0 {
		return "", "", false
	}
	for _, a := range c.Alarms {
		if !a.Feared {
			return a.Group, phraseText(c.Words[a.First : a.Last+1]), true
		}
	}
	return "", "", false
}

// alarmsIn finds the phrases of danger, and whether the text speaks of the past.
func (lx *Lexicon) alarmsIn(c *Text) {
	w := c.Words
	for i := range w {
		c.Past = c.Past || lx.past(w, i)
		for _, a := range lx.alarms[w[i].Form] {
			if last, found := matchAt(w, i, a.parts); found && len(c.Alarms) < 8 {
				c.Alarms = append(c.Alarms, Alarm{Group: a.group, First: i, Last: last, Feared: lx.feared(w, i)})
			}
		}
	}
}

// past says whether the word at i puts what is told into the past. "lalu lintas" is traffic, "minggu" may be a Sunday.
func (lx *Lexicon) past(w []Word, i int) bool {
	if w[i].Form == "lalu" {
		if i == 0 || i+1 < len(w) && w[i+1].Form == "lintas" {
			return false
		}
		return w[i-1].Number || w[i-1].in&lx.lists["span"] != 0
	}
	return w[i].in&lx.lists["past"] != 0
}

// feared says whether fear, habit, prevention or a negation stands within five words before i.
func (lx *Lexicon) feared(w []Word, i int) bool {
	fear := lx.lists["fear"]
	for j := max(0, i-5); j < i; j++ {
		if w[j].in&fear != 0 {
			return true
		}
	}
	return i > 0 && w[i-1].in&lx.lists["undo"] != 0
}

// matchAt matches a phrase that begins at i, with at most two words between its parts, and returns its last word.
func matchAt(w []Word, i int, ph []part) (int, bool) {
	if !ph[0].is(w[i].Form) {
		return 0, false
	}
	at := i
	for _, p := range ph[1:] {
		next := -1
		for j := at + 1; j < len(w) && j <= at+3; j++ {
			if p.is(w[j].Form) {
				next = j
				break
			}
		}
		if next < 0 {
			return 0, false
		}
		at = next
	}
	return at, true
}

func phraseText(w []Word) string {
	var b strings.Builder
	for i := range w {
		if w[i].Number {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w[i].Form)
	}
	return b.String()
}
