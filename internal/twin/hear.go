package twin

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/understand/words"
)

// heard is a text as it is compared. What only few comparisons come to is made when one does.
type heard struct {
	lx    *words.Lexicon
	place report.Place
	// tokens are its words in their standard form, numbers as they are written.
	tokens []string
	text   string // as written
	gloss  string // what words of other tongues in it mean
	// numbers tell one pole, house or school from the next.
	numbers map[string]map[string]bool

	trigrams map[[3]rune]bool
	places   *spots
}

// seam parts what must not be read as one phrase.
const seam = " zzz "

// hear reads a text that is told of a place; without a lexicon the words are taken as they are written.
func hear(lx *words.Lexicon, text string, place report.Place) *heard {
	tokens, gloss := standard(lx, text)
	return &heard{lx: lx, place: place, tokens: tokens, text: text, gloss: gloss, numbers: numbers(tokens)}
}

// plain are its words as one text.
func (h *heard) plain() string { return strings.Join(h.tokens, " ") }

// all is the text as written, then in standard words, then in what words of other tongues mean: a matter is found in any.
func (h *heard) all() string {
	return h.text + seam + h.plain() + seam + bare(h.tokens) + seam + h.gloss
}

// grams are the trigrams of its words.
func (h *heard) grams() map[[3]rune]bool {
	if h.trigrams == nil {
		h.trigrams = trigrams(h.plain())
	}
	return h.trigrams
}

// spots are the places that it names, and what its own was called.
func (h *heard) spots() spots {
	if h.places != nil {
		return *h.places
	}
	named := spotsIn(h.tokens)
	said, _ := standard(h.lx, h.place.Said)
	own := spotsIn(said)
	named.take(own)
	for _, w := range said {
		named.all[other(w)] = true
		if len(own.named)+len(own.marks) == 0 && len(w) > 3 && !nameEnds[w] && !generic[w] {
			named.bare = append(named.bare, w)
		}
	}
	for w := range strings.FieldsSeq(bot.Fold(h.place.AreaName + " " + h.place.DistrictName + " " + h.place.Area)) { // all around is called so
		delete(named.all, w)
	}
	h.places = &named
	return named
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
