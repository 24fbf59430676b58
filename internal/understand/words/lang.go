package words

import "strings"

// The languages that are told apart. Regional languages count as Indonesian.
const (
	Indonesian = "id"
	English    = "en"
)

// Lang is the language in which the matter of a text is told: the one that more of its words belong to, Indonesian when
// both do equally; "" when it only greets or thanks, or when nothing tells.
func (lx *Lexicon) Lang(c *Text) string {
	english, glue, indonesian, matter := 0, 0, 0, 0
	chat := lx.lists["greeting"] | lx.lists["thanks"] | lx.lists["test"]
	for i := range c.Words {
		w := &c.Words[i]
		if w.Number || i > 0 && w.From == c.Words[i-1].From {
			continue
		}
		said := strings.ToLower(c.Plain[w.From:w.To])
		in := lx.in[said]
		if in&lx.lists["loan"] != 0 {
			continue
		}
		if w.in&chat == 0 && in&chat == 0 {
			matter++
		}
		switch _, foreign := lx.english[said]; {
		case in&lx.lists["english"] != 0:
			english++
			glue++
		case foreign:
			english++
		case said != w.Form, w.in != 0, len(w.Gloss) > 0, native(said):
			indonesian++
		}
	}
	switch {
	case matter == 0:
		return ""
	case english > indonesian && (glue > 0 || indonesian == 0) && english > 1:
		return English
	case indonesian > 0:
		return Indonesian
	}
	return ""
}

// native says that a word is built as Indonesian builds words.
func native(w string) bool {
	if len(w) < 6 {
		return false
	}
	for _, end := range [...]string{"nya", "kan", "lah", "kah", "in"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	for _, begin := range [...]string{"di", "ber", "ter", "meng", "men", "mem", "ny", "ng", "peng", "pem"} {
		if strings.HasPrefix(w, begin) {
			return true
		}
	}
	return false
}
