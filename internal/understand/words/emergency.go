package words

import (
	"fmt"
	"strings"
)

// alarm is one group of emergency.txt.
type alarm struct {
	name    string
	plain   bool
	phrases [][]part
}

// part is one word of a phrase: any of its alternatives.
type part struct {
	forms  []string
	prefix bool
}

func newAlarms() ([]alarm, error) {
	var out []alarm
	err := lines("emergency.txt", func(l string) error {
		f := strings.SplitN(l, ";", 3)
		if len(f) != 3 {
			return fmt.Errorf("%q is not \"group; need; phrases\"", l)
		}
		a := alarm{name: strings.TrimSpace(f[0]), plain: strings.TrimSpace(f[1]) == "plain"}
		for p := range strings.SplitSeq(f[2], ",") {
			var ph []part
			for w := range strings.FieldsSeq(p) {
				bare := strings.TrimSuffix(w, "*")
				ph = append(ph, part{forms: strings.Split(bare, "|"), prefix: bare != w})
			}
			if len(ph) > 0 {
				a.phrases = append(a.phrases, ph)
			}
		}
		out = append(out, a)
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

// Emergency says whether the rules see danger to life or property now, which group of them, and the words that made
// them.
func (lx *Lexicon) Emergency(c *Text) (group, words string, ok bool) {
	w := c.Words
	if len(w) > 60 {
		return "", "", false
	}
	now, past := len(w) <= 12, false
	for i := range w {
		now = now || lx.has("now", w[i].Form)
		past = past || lx.has("past", w[i].Form)
	}
	if past {
		return "", "", false
	}
	for _, a := range lx.alarms {
		if !now && !a.plain {
			continue
		}
		for _, ph := range a.phrases {
			for i := range w {
				last, found := matchAt(w, i, ph)
				if found && !lx.feared(w, i) {
					return a.name, phraseText(w[i : last+1]), true
				}
			}
		}
	}
	return "", "", false
}

// feared says whether fear, habit, prevention or a negation stands within five words before i.
func (lx *Lexicon) feared(w []Word, i int) bool {
	for j := max(0, i-5); j < i; j++ {
		if lx.has("fear", w[j].Form) {
			return true
		}
	}
	if i == 0 {
		return false
	}
	switch w[i-1].Form {
	case "pemadam", "anti", "tidak", "bukan", "alat", "mobil", "bebas", "belum":
		return true
	}
	return false
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
