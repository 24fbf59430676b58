package desk

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// placeWord is what people call a place in an office. A section has a name behind it: "kabid lalu lintas".
type placeWord struct {
	title   string
	section bool
}

// placeWords are how people write such places; the longest is tried first.
func placeWords() map[string]placeWord {
	words := map[string]placeWord{}
	for title, said := range map[string]string{
		ledger.TitleHead: "kepala|kepala dinas|kepala badan|kepala kantor|kepala opd|kepala satuan|kadis|kadin|kaban|kakan|kasat|kadishub|pimpinan|pimpinan opd|ketua|direktur|camat|lurah|head",
		"sekretaris":     "sekretaris|sekretaris dinas|sekretaris badan|sekdis|sekban|sekcam|sekretaris camat|sekretaris kecamatan",
	} {
		for s := range strings.SplitSeq(said, "|") {
			words[s] = placeWord{title: title}
		}
	}
	for title, said := range map[string]string{
		"kabid":       "kabid|ka bid|kepala bidang|bidang",
		"kasi":        "kasi|kasie|ka sie|ka si|kepala seksi|seksi",
		"kabag":       "kabag|kepala bagian|bagian",
		"kasubag":     "kasubag|kasubbag|kepala subbagian|kepala sub bagian|subbag|subbagian|sub bagian",
		"kasubid":     "kasubid|kasubbid|kepala subbidang|kepala sub bidang",
		"kepala uptd": "kepala uptd|kepala upt|ka uptd|ka upt|kauptd|uptd|upt",
	} {
		for s := range strings.SplitSeq(said, "|") {
			words[s] = placeWord{title: title, section: true}
		}
	}
	return words
}

// placeAt reads a place at the beginning of folded words; n is how many words it took, 0 for none.
func placeAt(folded []string) (p placeWord, n int) {
	known := placeWords()
	for n := min(3, len(folded)); n > 0; n-- {
		if p, ok := known[strings.Join(folded[:n], " ")]; ok {
			return p, n
		}
	}
	return placeWord{}, 0
}

// courteous are words before a person or a place that name nobody.
func courteous(w string) bool {
	switch w {
	case "ke", "kepada", "untuk", "utk", "pak", "bu", "bapak", "ibu", "bpk", "yth", "sebagai", "sbg", "selaku", "jadi", "saya", "tolong", "mohon", "":
		return true
	}
	return false
}

// foldedWords are the words of a text with what each is when names are compared, without the courteous ones in front.
func foldedWords(text string) (words, folded []string) {
	words = strings.Fields(text)
	for len(words) > 0 && courteous(bot.Fold(words[0])) {
		words = words[1:]
	}
	for _, w := range words {
		folded = append(folded, bot.Fold(w))
	}
	return words, folded
}

const (
	titleWords = 6  // of a section's name
	titleLong  = 50 // letters of a title
)

// readTitle reads the place in an office that somebody asks for: "kepala dinas", "kabid lalu lintas". "" for none.
func readTitle(text string) string {
	_, folded := foldedWords(text)
	p, n := placeAt(folded)
	if n == 0 || !p.section {
		return p.title
	}
	title := p.title
	for i, w := range folded[n:] {
		if i == titleWords || w == "pindah" || w == "pak" || w == "bu" || len(title)+len(w) > titleLong {
			break
		}
		title += " " + w
	}
	return strings.TrimSpace(title)
}

// findReceiver finds who is meant at the beginning of a text: by the place in the office, the section, or the name. rest is what follows;
// place says that a place was named, whoever has it; sure that it is all that was said of one.
func findReceiver(heads []ledger.Operator, text string) (near []ledger.Operator, rest string, place, sure bool) {
	words, folded := foldedWords(text)
	p, n := placeAt(folded)
	if n > 0 {
		most := 0
		for _, op := range heads {
			section, of := strings.CutPrefix(op.Title, p.title)
			if !of || section != "" && section[0] != ' ' {
				continue
			}
			fits := alikeWords(strings.Fields(section), folded[n:])
			switch {
			case fits > most:
				most, near = fits, []ledger.Operator{op}
			case fits == most:
				near = append(near, op)
			}
		}
		// behind a section there may be its name, or words for whoever has it: of a section that has another name nobody knows
		return near, joinedWords(words[n+most:]), true, !p.section || most > 0 || len(folded) == n || len(near) == 1 && near[0].Title == p.title
	}
	for n := min(4, len(folded)); n > 0; n-- {
		for _, op := range heads {
			if wholeWords(strings.Fields(bot.Fold(op.Name)), folded[:n]) || strings.HasSuffix(op.Title, " "+strings.Join(folded[:n], " ")) {
				near = append(near, op)
			}
		}
		if len(near) > 0 {
			return near, joinedWords(words[n:]), false, true
		}
	}
	return nil, text, false, true
}

// alikeWords is how many words of a section's name stand at the beginning of what was said.
func alikeWords(section, said []string) int {
	n := 0
	for n < len(section) && n < len(said) && section[n] == said[n] {
		n++
	}
	return n
}

func wholeWords(name, said []string) bool {
	return len(said) > 0 && !slices.ContainsFunc(said, func(w string) bool { return !slices.Contains(name, w) })
}

// joinedWords are the words for a receiver, without the sign between.
func joinedWords(words []string) string {
	return strings.TrimLeft(strings.Join(words, " "), ":,.- ")
}

// titleFirst reads an office behind a place in it: "kepala dishub", "kabid lalu lintas dishub".
func (h *handling) titleFirst(said string) (agency, title string, ok bool) {
	words, folded := foldedWords(said)
	if _, n := placeAt(folded); n > 0 {
		for i := n; i < len(words); i++ {
			codes, rest := FindOffice(h.office.Profile, strings.Join(words[i:], " "))
			if len(codes) == 1 && codes[0] != "" && (rest == "" || bot.Fold(rest) == "pindah") {
				return codes[0], readTitle(strings.Join(words[:i], " ")), true
			}
		}
	}
	return "", "", false
}

// toOffice reports whether what is said behind a word for a disposition names an office, and no place in one: then the report is to go
// there.
func (p parser) toOffice(said string) bool {
	if _, folded := foldedWords(said); len(folded) > 0 {
		if _, n := placeAt(folded); n == 0 {
			codes, _ := FindOffice(p.profile, withoutTo(said))
			return len(codes) > 0
		}
	}
	return false
}
