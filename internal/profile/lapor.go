package profile

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Lapor is what the national channel, SP4N LAPOR!, calls things, and how they are called here.
type Lapor struct {
	Statuses   []LaporStatus   `yaml:"statuses"`
	Categories []LaporCategory `yaml:"categories"`
	Sources    []LaporSource   `yaml:"sources"`
}

// LaporStatus is one of its words for how a report stands.
type LaporStatus struct {
	Code string `yaml:"code"`
	// Word is the status as an export spells it; case, spaces and one slip in a long word do not matter. Begins says that more may
	// follow it ("Terdisposisi ke Dinas …").
	Word   string `yaml:"word"`
	Begins bool   `yaml:"begins"`
	// Means is one of Meanings.
	Means string `yaml:"means"`
}

// What a status of LAPOR! can mean, in the order of a report's life there: of two that are told of one day the later one holds.
const (
	LaporWaiting    = "waiting"    // nobody has looked
	LaporForwarded  = "forwarded"  // an office has it
	LaporIncomplete = "incomplete" // the reporter has to add something
	LaporAnswered   = "answered"   // its office has answered
	LaporSpoken     = "spoken"     // the reporter has said something to that
	LaporLapsed     = "lapsed"     // closed because the reporter said nothing
	LaporConfirmed  = "confirmed"  // closed by the reporter
	LaporClosed     = "closed"     // closed by the office
	LaporRefused    = "refused"
	LaporExpired    = "expired"   // given up: what was asked was never added
	LaporWithdrawn  = "withdrawn" // the reporter took it back
)

// LaporMeanings are all of them, in that order.
func LaporMeanings() []string {
	return []string{LaporWaiting, LaporForwarded, LaporIncomplete, LaporAnswered, LaporSpoken, LaporLapsed, LaporConfirmed, LaporClosed,
		LaporRefused, LaporExpired, LaporWithdrawn}
}

// LaporCategory is one of its categories. Code is its number there; names stand for two numbers now and then.
type LaporCategory struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"`
	// For are our categories that are handed over under it, the first number that names one; From is ours that reports under it are
	// taken for, "" where the text has to tell.
	For  []string `yaml:"for"`
	From string   `yaml:"from"`
}

// LaporSource is how a report reached LAPOR!, by the word of the export, and the channel it counts as here (report.Channel).
type LaporSource struct {
	Code    string `yaml:"code"`
	Word    string `yaml:"word"`
	Channel string `yaml:"channel"`
}

// LaporStatus finds what a word of LAPOR! for a report's standing means; ok is false where nobody has said.
func (p *Profile) LaporStatus(word string) (LaporStatus, bool) {
	said := strings.Fields(fold(word))
	if len(said) == 0 {
		return LaporStatus{}, false
	}
	best, most, found := LaporStatus{}, 2, 0 // of slips: two are too many
	for _, s := range p.Lapor.Statuses {
		n, ok := slips(said, strings.Fields(fold(s.Word)), s.Begins)
		switch {
		case !ok || n > most:
		case n < most || found == 0:
			best, most, found = s, n, 1
		case s.Means != best.Means:
			found++
		}
	}
	return best, found == 1 && most < 2
}

// LaporWord is the word of LAPOR! for a meaning, the first in the list.
func (p *Profile) LaporWord(means string) string {
	i := slices.IndexFunc(p.Lapor.Statuses, func(s LaporStatus) bool { return s.Means == means })
	if i < 0 {
		return ""
	}
	return p.Lapor.Statuses[i].Word
}

// LaporCategory is the category that a report of ours is handed over under; ok is false where none is known.
func (p *Profile) LaporCategory(category string) (LaporCategory, bool) {
	i := slices.IndexFunc(p.Lapor.Categories, func(c LaporCategory) bool { return slices.Contains(c.For, category) })
	if i < 0 || category == "" {
		return LaporCategory{}, false
	}
	return p.Lapor.Categories[i], true
}

// Remapped is the profile with other categories of LAPOR! for some categories of ours (of each its number and name there). A number
// that the profile did not know is taken for ours where it is the only one under it.
func (p *Profile) Remapped(to map[string]LaporCategory) *Profile {
	if len(to) == 0 {
		return p
	}
	q := *p
	q.Lapor.Categories = slices.Clone(p.Lapor.Categories)
	for i := range q.Lapor.Categories {
		c := &q.Lapor.Categories[i]
		c.For = slices.DeleteFunc(slices.Clone(c.For), func(k string) bool { _, moved := to[k]; return moved })
	}
	for _, k := range slices.Sorted(maps.Keys(to)) {
		n := to[k]
		i := slices.IndexFunc(q.Lapor.Categories, func(c LaporCategory) bool { return c.Code == n.Code })
		if i < 0 {
			q.Lapor.Categories = append(q.Lapor.Categories, LaporCategory{Code: n.Code, Name: n.Name, For: []string{k}, From: k})
			continue
		}
		c := &q.Lapor.Categories[i]
		if _, known := p.LaporNumbered(n.Code); !known { // two of ours under it: its words have to tell
			c.From = ""
		}
		c.For, c.Name = append(c.For, k), n.Name
	}
	return &q
}

// LaporNumbered finds a category of LAPOR! by its number.
func (p *Profile) LaporNumbered(code string) (LaporCategory, bool) {
	i := slices.IndexFunc(p.Lapor.Categories, func(c LaporCategory) bool { return c.Code == code })
	if i < 0 || code == "" {
		return LaporCategory{}, false
	}
	return p.Lapor.Categories[i], true
}

// slips counts what is misspelt: at most one letter in a word of five or more, words for words.
func slips(said, known []string, begins bool) (n int, ok bool) {
	if len(said) < len(known) || len(said) > len(known) && !begins || len(known) == 0 {
		return 0, false
	}
	for i, w := range known {
		switch {
		case said[i] == w:
		case min(len(w), len(said[i])) >= 5 && nearWord(said[i], w):
			n++
		default:
			return 0, false
		}
	}
	return n, true
}

// nearWord reports whether one letter was left out, put in, changed, or changed places with its neighbour.
func nearWord(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	if len(a) < len(b) {
		return a[at:] == b[at+1:]
	}
	rest := func(i int) string { return a[min(i, len(a)):] }
	if rest(at+1) == b[min(at+1, len(b)):] {
		return true
	}
	return at+1 < len(a) && a[at] == b[at+1] && a[at+1] == b[at] && rest(at+2) == b[at+2:]
}

func (l *loader) checkLapor(p *Profile) {
	words := map[string]string{}
	for _, s := range p.Lapor.Statuses {
		at := "lapor.statuses[" + s.Code + "]"
		if !slices.Contains(LaporMeanings(), s.Means) {
			l.wrong(fmt.Sprintf("a status of LAPOR! means one of %s, not %q", strings.Join(LaporMeanings(), ", "), s.Means), "means: answered", at+".means", at)
		}
		switch key := fold(s.Word); {
		case len(key) < 3:
			l.wrong("a status of LAPOR! has no word", "word: Ditutup oleh Sistem", at+".word", at)
		case words[key] != "":
			l.wrong(fmt.Sprintf("the status %q of LAPOR! stands under %s and under %s", s.Word, words[key], s.Code), "every word once", at+".word", at)
		default:
			words[key] = s.Code
		}
	}
	number, given := regexp.MustCompile(`^[0-9]{1,6}$`), map[string]string{}
	for _, c := range p.Lapor.Categories {
		at := "lapor.categories[" + c.Code + "]"
		if !number.MatchString(c.Code) {
			l.wrong(fmt.Sprintf("a category of LAPOR! has a number for a code, not %q", c.Code), `code: "1398"`, at+".code", at)
		}
		if c.Name == "" {
			l.wrong(fmt.Sprintf("the category %s of LAPOR! has no name", c.Code), "name: Penerangan Jalan", at+".name", at)
		}
		for _, k := range append(slices.Clone(c.For), c.From) {
			if k != "" && !slices.ContainsFunc(p.Categories, func(x Category) bool { return x.Code == k }) {
				l.wrong(fmt.Sprintf("the category %s of LAPOR! names the category %q, which there is not%s", c.Code, k, mean(k, codes(p.Categories))),
					"for: [penerangan_jalan]", at+".for", at+".from", at)
			}
		}
		for _, k := range c.For {
			if given[k] != "" {
				l.wrong(fmt.Sprintf("%s is handed over to LAPOR! under %s and under %s", k, given[k], c.Code), "every category under one number", at+".for", at)
			}
			given[k] = cmp.Or(given[k], c.Code)
		}
	}
	for _, s := range p.Lapor.Sources {
		if s.Word == "" || s.Channel == "" {
			l.wrong(fmt.Sprintf("the source %s of LAPOR! needs a word and a channel", s.Code), "{code: tatap_muka, word: Tatap Muka, channel: counter}", "lapor.sources["+s.Code+"]")
		}
	}
}
