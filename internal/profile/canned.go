package profile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Canned is an answer that lies ready for officers: its words, with blanks that the facts of a report fill in.
type Canned struct {
	Code  string `yaml:"code"`
	Title string `yaml:"title"` // for officers, on a button
	Words string `yaml:"words"`
	// WordsEN go to citizens who write English; "" where there are none: then they get Words.
	WordsEN string `yaml:"words_en"`
	// Categories are those it is for; empty: all.
	Categories []string `yaml:"categories"`
	// Question says that it asks the citizen for something: the clock does not take it for an answer.
	Question bool `yaml:"question"`
	// Retired says that it is offered no more: a city takes a shared one away by it.
	Retired bool `yaml:"retired"`
}

// Bounds on a canned answer: letters of its title, UTF-16 units of its words, and how many one category may offer.
const (
	CannedTitle = 40
	CannedWords = 900
	CannedMost  = 12
)

// Blanks are the named places of canned answers, each written in braces ("{nomor}").
func Blanks() []string {
	return []string{"nomor", "kategori", "kantor", "tempat", "batas", "masuk", "kota"}
}

var blank = regexp.MustCompile(`\{[^{}]*\}|[{}]`)

// FillBlanks puts what fact gives for each name in place of the blanks.
func FillBlanks(words string, fact func(name string) string) string {
	return blank.ReplaceAllStringFunc(words, func(s string) string { return fact(strings.Trim(s, "{}")) })
}

// BadBlank finds the first blank that no fact fills, as it is written: an unknown name, or a brace alone. "" where all is well.
func BadBlank(words string) string {
	for _, s := range blank.FindAllString(words, -1) {
		if len(s) == 1 || !slices.Contains(Blanks(), strings.Trim(s, "{}")) {
			return s
		}
	}
	return ""
}

// CannedFor are the canned answers for a category: its own first, then those for all. Nobody is offered more than CannedMost.
func (p *Profile) CannedFor(category string) []Canned {
	var own, general []Canned
	for _, c := range p.Canned {
		switch {
		case c.Retired:
		case len(c.Categories) == 0:
			general = append(general, c)
		case slices.Contains(c.Categories, category):
			own = append(own, c)
		}
	}
	return append(own, general...)
}

func (l *loader) checkCanned(p *Profile) {
	const like = "- {code: dijadwalkan, title: Sudah dijadwalkan, words: Laporan {nomor} sudah kami jadwalkan.}"
	code := regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)
	titles := map[string]string{}
	for _, c := range p.Canned {
		at := "canned[" + c.Code + "]"
		if !code.MatchString(c.Code) {
			l.wrong(fmt.Sprintf("a canned answer's code is small letters, digits and underscores, not %q", c.Code), "code: dijadwalkan", at+".code", at)
		} else {
			l.checkCode(c.Code, at)
		}
		switch n := utf8.RuneCountInString(c.Title); {
		case n < 3 || strings.Trim(c.Title, "0123456789 ") == "":
			l.wrong(fmt.Sprintf("the canned answer %s needs a title in words", c.Code), "title: Sudah dijadwalkan", at+".title", at)
		case n > CannedTitle:
			l.wrong(fmt.Sprintf("%q is too long for a title: at most %d letters", c.Title, CannedTitle), "title: Sudah dijadwalkan", at+".title", at)
		case titles[fold(c.Title)] != "" && !c.Retired:
			l.wrong(fmt.Sprintf("%q is the title of %s and of %s", c.Title, titles[fold(c.Title)], c.Code), "every title once", at+".title", at)
		}
		if !c.Retired {
			titles[fold(c.Title)] = c.Code
		}
		if c.Words == "" {
			l.wrong(fmt.Sprintf("the canned answer %s has no words", c.Code), "words: Laporan {nomor} sudah kami jadwalkan.", at+".words", at)
		}
		l.checkBlanks(c.Words, at+".words", at)
		l.checkBlanks(c.WordsEN, at+".words_en", at)
		for i, k := range c.Categories {
			if !slices.ContainsFunc(p.Categories, func(x Category) bool { return x.Code == k }) {
				l.wrong(fmt.Sprintf("the canned answer %s names the category %q, which there is not%s", c.Code, k, mean(k, codes(p.Categories))),
					"categories: [penerangan_jalan]", fmt.Sprintf("%s.categories[%d]", at, i), at+".categories", at)
			}
		}
	}
	for _, c := range p.Categories {
		if n := len(p.CannedFor(c.Code)); n > CannedMost {
			l.wrong(fmt.Sprintf("officers choose from at most %d canned answers, not from %d as for %s", CannedMost, n, c.Code), like, "canned")
			return // the general ones alone may be too many: once is enough
		}
	}
}

func (l *loader) checkBlanks(words string, paths ...string) {
	if n := len(utf16.Encode([]rune(words))); n > CannedWords {
		l.wrong(fmt.Sprintf("the words of a canned answer are too long: %d, at most %d", n, CannedWords), "words: Laporan {nomor} sudah kami jadwalkan.", paths...)
	}
	bad := BadBlank(words)
	known := "{" + strings.Join(Blanks(), "}, {") + "}"
	switch {
	case len(bad) == 1:
		l.wrong(fmt.Sprintf("a brace %q stands alone in a canned answer; blanks are %s", bad, known), "words: Laporan {nomor} sudah kami jadwalkan.", paths...)
	case bad != "":
		l.wrong(fmt.Sprintf("a canned answer has the blank %s, which nothing fills%s; there are %s", bad, mean(strings.Trim(bad, "{}"), Blanks()), known),
			"words: Laporan {nomor} sudah kami jadwalkan.", paths...)
	}
}

func codes(list []Category) []string {
	out := make([]string, 0, len(list))
	for _, c := range list {
		out = append(out, c.Code)
	}
	return out
}
