package twin

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/understand/words"
)

// heard is a text as it is compared.
type heard struct {
	// tokens are its words in their standard form, numbers as they are written.
	tokens []string
	// all is the text as written, then in standard words, then in what words of other tongues mean: a matter is found in any.
	all   string
	grams map[[3]rune]bool
	spots spots
}

// seam parts what must not be read as one phrase.
const seam = " zzz "

// hear reads a text and what its place was called; without a lexicon the words are taken as they are written.
func hear(lx *words.Lexicon, text string, place report.Place) heard {
	tokens, gloss := standard(lx, text)
	plain := strings.Join(tokens, " ")
	h := heard{tokens: tokens, grams: trigrams(plain), all: text + seam + plain + seam + bare(tokens) + seam + gloss}
	said, _ := standard(lx, place.Said)
	h.spots = spotsIn(tokens)
	h.spots.take(spotsIn(said))
	for _, w := range said {
		h.spots.all[other(w)] = true
	}
	for w := range strings.FieldsSeq(bot.Fold(place.AreaName + " " + place.DistrictName + " " + place.Area)) { // all around is called so
		delete(h.spots.all, w)
	}
	return h
}

// standard are the words of a text in their standard form, and what those of other tongues mean.
func standard(lx *words.Lexicon, text string) (tokens []string, gloss string) {
	if lx == nil {
		return strings.Fields(bot.Fold(text)), ""
	}
	c := lx.Read(text)
	var meant strings.Builder
	for _, w := range c.Words {
		form := w.Form
		if w.Number {
			form = strings.TrimLeft(c.Plain[w.From:w.To], "0")
			if form == "" {
				form = "0"
			}
		}
		tokens = append(tokens, form)
		meant.WriteByte(' ')
		if len(w.Gloss) == 0 {
			meant.WriteString(form)
		} else {
			meant.WriteString(strings.Join(w.Gloss, " "))
		}
	}
	return tokens, meant.String()
}

// endings are what is said behind a word and changes nothing of what it is: "lampunya", "lampune", "got nya".
var endings = []string{"nya", "ne", "na", "kan", "an", "in"}

// bare are words without such endings.
func bare(tokens []string) string {
	var out strings.Builder
	for _, w := range tokens {
		for _, e := range endings {
			if s, ok := strings.CutSuffix(w, e); ok && len(s) > 2 {
				w = s
				break
			}
		}
		out.WriteByte(' ')
		out.WriteString(w)
	}
	return out.String()
}
