package meant

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// The words by which it is told which report is meant: that a landmark follows, which one exactly, that it is so still or again, the names of
// matters that are short, and what names no matter.
var (
	whereCue, details     = answer.ListOf("where-cue"), answer.ListOf("detail")
	stillSo, onceMore     = answer.ListOf("still-so"), answer.ListOf("once-more")
	shortMatter, noMatter = answer.ListOf("short-matter"), answer.ListOf("no-matter")
	yesNo, tooJust, quite = answer.ListOf("yes-or-no"), answer.ListOf("too-just"), answer.ListOf("quite")
)

// told are the categories whose matter stands in a text in so many words. What only says where ("depan puskesmas") does not count.
func (m Mind) told(text string) map[string]bool {
	out := map[string]bool{}
	aside := 0
	for raw := range strings.FieldsSeq(bot.Fold(text)) {
		if cue(raw) {
			aside = 2
			continue
		}
		if aside--; aside >= 0 {
			continue
		}
		for w := range strings.FieldsSeq(m.Answers.Plain(raw)) {
			for _, c := range m.matters[stem(w)] {
				out[c] = true
			}
		}
	}
	return out
}

// Named are the categories whose matter stands in a text in so many words.
func (m Mind) Named(text string) []string {
	var out []string
	for c := range m.told(text) {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// elseTold reports whether a text tells a matter, and none that one of the reports is about.
func (m Mind) elseTold(text string, reports []report.Report) bool {
	told := m.told(text)
	return len(told) > 0 && !slices.ContainsFunc(reports, func(r report.Report) bool { return told[r.Category] })
}

// cue reports whether a word says that a landmark follows.
func cue(w string) bool {
	return whereCue[strings.TrimSuffix(strings.TrimSuffix(w, "nya"), "e")]
}

// places reports whether a text names a place of the city.
func (m Mind) places(text string) bool {
	folded := " " + bot.Fold(text) + " "
	if slices.ContainsFunc(m.Profile.Areas, func(a profile.Area) bool { return strings.Contains(folded, " "+bot.Fold(a.Name)+" ") }) {
		return true
	}
	spotter, ok := m.Finder.(place.Spotter)
	if !ok {
		return false
	}
	found, named := spotter.In(text)
	return named && len(found.Candidates) > 0 && found.Candidates[0].P >= clearly
}

// refers reports whether a text points back to what was told ("di situ").
func refers(text string) bool {
	f := " " + bot.Fold(text) + " "
	return slices.ContainsFunc([]string{" situ ", " disitu ", " sana ", " disana ", " tersebut ", " tsb ", " ditu ", " dinya ", " there ", " kono ", " kemarin itu ", " laporan saya ", " laporan sy ", " laporanku "},
		func(w string) bool { return strings.Contains(f, w) })
}

// here reports whether a text names the matter of one of the reports and its place as it was told: a word beside the name of an area,
// which many places share.
func (m Mind) here(text string, rd understand.Reading, reports []report.Report) bool {
	said := m.words(text)
	has := func(told string) string {
		for w := range m.words(told) {
			if said[w] && !m.areas[w] {
				return w
			}
		}
		return ""
	}
	return slices.ContainsFunc(reports, func(r report.Report) bool {
		where := has(r.Place.Said)
		if place := bot.Fold(r.Place.Said); where == "" && strings.Contains(place, " ") && strings.Contains(" "+bot.Fold(text)+" ", " "+place+" ") {
			where = place
		}
		if where == "" || Elsewhere(m.Finder, text, rd, r) {
			return false
		}
		what := has(strings.ReplaceAll(bot.Fold(r.Text), where, ""))
		return what != "" && what != where
	})
}

// OneMore reports whether words speak of one more of its kind ("lampu tetangga juga mati"), and not of the same that goes on, or that came
// after all ("akhirnya beres juga").
func OneMore(words string) bool {
	return also(words) && !still(words) && !slices.ContainsFunc(strings.Fields(bot.Fold(words)), func(w string) bool {
		return w == "beres" || w == "selesai" || w == "kelar" || w == "akhirnya" || w == "makasih" || w == "terima"
	})
}

// also reports whether a text says "too". "baru juga nyala" says "just", and "tetangga juga tau" tells of who else knows.
func also(text string) bool {
	said := strings.Fields(bot.Fold(text))
	for i, w := range said {
		switch w {
		case "juga", "jg", "oge", "ugo", "ge":
			if i > 0 && (tooJust[said[i-1]] || quite[said[i-1]] || ofThat(said[i-1])) || knows.Any(said[i+1:min(i+3, len(said))]) {
				continue
			}
			return w != "ge"
		case "sekalian", "also":
			return true
		}
	}
	return false
}

// ofThat reports whether a word names a part of what is talked of ("tiangnya juga miring"), and not what lies beside it.
func ofThat(w string) bool { return strings.HasSuffix(w, "nya") && len(w) > 5 && !cue(w) }

// knows are the verbs of who saw, knows, or is troubled by the same.
var knows = answer.ListOf("knows")

// street reports whether words name a street or a quarter.
func street(words string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool { return signs[w] && w != "pasar" })
}

// again reports whether a text says that something is as it was before.
func again(text string) bool {
	return onceMore.Any(strings.Fields(bot.Fold(text)))
}

// still reports whether a text says that something goes on as before: it speaks of what was told already.
func still(text string) bool {
	return stillSo.Any(strings.Fields(bot.Fold(text)))
}

// detail reports whether words tell where or which one exactly, as somebody does who goes on telling.
func detail(text string) bool {
	return len(strings.Fields(text)) >= 2 && details.Any(strings.Fields(bot.Fold(text)))
}

// akin reports whether the reading of a text fits one of the reports.
func (m Mind) akin(rd understand.Reading, reports []report.Report) bool {
	return slices.ContainsFunc(reports, func(r report.Report) bool {
		return slices.ContainsFunc(rd.Guesses, func(g report.Guess) bool { return g.Category == r.Category && g.P >= understand.Faint })
	})
}

// named are the reports whose matter stands in a text in so many words, where it does not stand for all of them.
func (m Mind) named(text string, live []report.Report) []report.Report {
	said := m.words(text)
	var out []report.Report
	best := 0
	for _, r := range live {
		own := m.words(r.Text + " " + r.Place.Said)
		if c, ok := m.Profile.Category(r.Category); ok {
			for w := range m.words(c.Short + " " + strings.Join(c.Keywords, " ")) {
				own[w] = true
			}
		}
		n := 0
		for w := range said {
			if own[w] || slices.Contains(m.matters[w], r.Category) {
				n++
			}
		}
		switch {
		case n == 0 || n < best:
		case n > best:
			out, best = []report.Report{r}, n
		default:
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		out = thing(text, live)
	}
	if len(out) == len(live) && len(live) > 1 {
		return nil
	}
	return out
}

// thing are the reports whose words hold a thing that is common among reports, where one of them alone does: "surat pindahnya".
func thing(text string, live []report.Report) (out []report.Report) {
	for _, w := range [...]string{"surat", "jalan", "data"} {
		if !slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(said string) bool { return stem(said) == w }) {
			continue
		}
		of := only(live, func(r report.Report) bool {
			return slices.ContainsFunc(strings.Fields(bot.Fold(r.Text)), func(told string) bool { return stem(told) == w })
		})
		if len(of) == 1 {
			return of
		}
	}
	return nil
}

// words are the words of a text that tell something, in the lexicon's own spelling.
func (m Mind) words(text string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(m.Answers.Plain(text)) {
		if w = stem(w); (len(w) >= 4 || shortMatter[w]) && !noMatter[w] {
			out[w] = true
		}
	}
	return out
}

// stem is a word without the endings that point to it ("tiangnya").
func stem(w string) string {
	w = strings.Trim(w, ",.;:!?()\"")
	for _, end := range [...]string{"nya", "na", "ne"} {
		if base, cut := strings.CutSuffix(w, end); cut && len(base) >= 4 {
			return base
		}
	}
	return w
}

// words counts the words of a text.
func words(text string) int { return len(strings.Fields(text)) }

// small reports whether a message is small talk and nothing else.
func small(rd understand.Reading, said Said) bool {
	if detail(said.Text) && rd.Small != "thanks" {
		return false
	}
	return rd.NoReport && !said.Media && !said.Pin && (rd.Small == "thanks" || rd.Small == "greeting" || rd.Small == "test" || rd.Small == "spam")
}

// praises reports whether a word of praise stands in a text.
func praises(text string) bool {
	return praise.Any(strings.Fields(bot.Fold(text)))
}

var praise = answer.ListOf("praise")

// hails reports whether a word of greeting stands in a text.
func hails(text string) bool {
	return greeting.Any(strings.Fields(bot.Fold(text)))
}

var greeting = answer.ListOf("greeting")

// bides reports whether a nod says that somebody waits, or has understood: it answers no question.
func bides(text string) bool {
	return patient.Any(strings.Fields(bot.Fold(text)))
}

var patient = answer.ListOf("patient")

// spoken are those of some reports whose own matter or place is named: what the words have in common with the key words of a category
// alone takes nothing back.
func (m Mind) spoken(text string, named []report.Report) []report.Report {
	said := m.words(text)
	return only(named, func(r report.Report) bool {
		own := r.Text + " " + r.Place.Said
		if c, ok := m.Profile.Category(r.Category); ok {
			own += " " + c.Short + " " + c.ShortEN
		}
		for w := range m.words(own) {
			if said[w] && w != "lama" && w != "lewat" { // as "tadi" and "skip" are read
				return true
			}
		}
		return false
	})
}

// takenBack is the clause of several in which one thing of several is taken back ("yang sampah dibatalin, yang lampu tetap").
func (m Mind) takenBack(text string) (string, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '.' || r == ';' || r == '!' || r == '\n' })
	if len(parts) < 2 {
		return "", false
	}
	back := slices.DeleteFunc(parts, func(p string) bool {
		first, _, _ := strings.Cut(bot.Fold(p), " ")
		return first != "yang" && first != "yg" && first != "sing" && first != "nu" || m.Answers.After("laporan "+p).Sequel != answer.TakesBack
	})
	if len(back) != 1 {
		return "", false
	}
	return back[0], true
}

// yesOrNo reports whether a nod says yes or no, as to a question.
func yesOrNo(text string) bool { return yesNo.Any(strings.Fields(bot.Fold(text))) }
