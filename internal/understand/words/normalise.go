package words

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of what is read: nobody describes one matter in more words, and a text of 10,000 characters must cost little.
const (
	maxBytes = 8000
	maxWords = 160
)

// Word is one token of a text: its standard form, and where it stood in Text.Plain.
type Word struct {
	Form     string
	From, To int
	// Number marks a run of digits (form "#"); Weak marks names of other cities, honorifics, greetings and addresses,
	// which say nothing about the matter.
	Number, Weak bool
	// Gloss is what a word of another tongue means, nothing for most.
	Gloss  []string
	argued bool   // Weak because it only argues
	in     uint32 // the lists of rules.txt it stands in
	entry  *entry // what it may be in the phrases of danger, harm …; nil for most words
	clause int    // which clause of the text it stands in
}

// Text is a text after normalising.
type Text struct {
	Plain string // without tricks of Unicode, letter case kept
	Words []Word
	// Links counts addresses of web pages, Foreign the letters of scripts other than Latin, Upper and Letters the
	// Latin ones (shouting).
	Links, Foreign, Upper, Letters int
	// Alarms are the phrases of danger in it; Past says that it tells of the past.
	Alarms []Alarm
	Past   bool
	// Argued says that words of it are Weak because they only argue (argued.txt).
	Argued bool
	called bool // a word of haste or help stands in it
	over   bool // what it tells of is over
	// Question says that a question mark stands in it.
	Question bool

	marks []mark // the phrases that stand in it
}

// Read folds Unicode tricks (styled letters, invisible and stacked marks, look-alikes), splits into words, undoes
// repeated letters, abbreviations, slang and local words. Negations are never dropped.
func (lx *Lexicon) Read(text string) Text {
	c := Text{Plain: fold(text)}
	c.Words = make([]Word, 0, min(maxWords, len(c.Plain)/5+2))
	s := c.Plain
	for i := 0; i < len(s) && len(c.Words) < maxWords; {
		if b := s[i]; isLetter(b) || isDigit(b) {
			if end, ok := lx.leet(&c, i); ok {
				i = end
				continue
			}
		}
		switch b := s[i]; {
		case b == '?':
			c.Question = true
			i++
		case b == '@' || b == '[':
			i = skipMention(s, i)
		case isDigit(b):
			j := i
			for j < len(s) && isDigit(s[j]) {
				j++
			}
			c.Words = append(c.Words, Word{Form: "#", From: i, To: j, Number: true, Weak: true})
			i = j
		case isLetter(b):
			if end, ok := link(s, i); ok {
				c.Links++
				i = end
				continue
			}
			i = lx.take(&c, i)
		default:
			i = c.sign(i)
		}
	}
	lx.joinLetters(&c)
	lx.phrases(&c)
	for i := range c.Words {
		w := &c.Words[i]
		w.in, w.Gloss = lx.in[w.Form], lx.english[w.Form]
		if w.Gloss == nil {
			w.Gloss = lx.local[w.Form]
		}
		for _, g := range w.Gloss {
			w.in |= lx.in[g]
		}
	}
	lx.aside(&c)
	lx.senses(&c)
	clauses(&c)
	lx.told(&c)
	return c
}

// take reads the word that begins at i and returns where the next begins.
func (lx *Lexicon) take(c *Text, i int) int {
	s := c.Plain
	var buf [40]byte
	b := buf[:0]
	j := i
	for ; j < len(s); j++ {
		ch := s[j]
		if ch == '\'' || ch == '`' {
			if j+1 < len(s) && isLetter(s[j+1]) {
				continue
			}
			break
		}
		if !isLetter(ch) {
			break
		}
		c.Letters++
		if ch < 'a' {
			c.Upper++
			ch += 'a' - 'A'
		}
		if len(b) < 40 {
			b = append(b, ch)
		}
	}
	// p3k is one word; letters right after a digit otherwise stand alone.
	if len(b) == 1 && b[0] == 'p' && j+1 < len(s) && s[j] == '3' && (s[j+1]|0x20) == 'k' &&
		(j+2 == len(s) || !isLetter(s[j+2])) {
		c.Words = append(c.Words, Word{Form: "pppk", From: i, To: j + 2})
		return j + 2
	}
	// A 2 after a word doubles it (alun2): the doubled form adds nothing, the digit goes.
	end := j
	if j < len(s) && s[j] == '2' && len(b) > 2 && (j+1 == len(s) || !isDigit(s[j+1])) {
		j++
	}
	b = squeeze(b)
	std, ok := lx.slang[string(b)]
	if !ok {
		std, ok = lx.particle(b)
	}
	if !ok {
		b = lx.drawn(b)
		std, ok = lx.slang[string(b)]
	}
	if !ok {
		w := Word{Form: string(b), From: i, To: end}
		w.Weak = lx.weak[w.Form]
		c.Words = append(c.Words, w)
		return j
	}
	for _, f := range std {
		c.Words = append(c.Words, Word{Form: f, From: i, To: end, Weak: lx.weak[f]})
	}
	return j
}

// drawn takes the second of two equal letters off the end of a word that is none with both ("tulungg", "ularr"): who calls holds the
// last key down.
func (lx *Lexicon) drawn(b []byte) []byte {
	n := len(b) - 1
	if n < 3 || b[n] != b[n-1] || lx.knows(string(b)) || !lx.knows(string(b[:n])) {
		return b
	}
	return b[:n]
}

// particle takes -nya, -lah, -kah, -pun off when slang stands before it.
func (lx *Lexicon) particle(b []byte) ([]string, bool) {
	if len(b) < 5 {
		return nil, false
	}
	switch string(b[len(b)-3:]) {
	case "nya", "lah", "kah", "pun":
		std, ok := lx.slang[string(b[:len(b)-3])]
		return std, ok
	}
	return nil, false
}

// phrases mends what only two words together show, and marks greetings and addresses as weak.
func (lx *Lexicon) phrases(c *Text) {
	w := c.Words
	for i := range w {
		follows := func(before ...string) bool { return i > 0 && slices.Contains(before, w[i-1].Form) }
		switch form := w[i].Form; form {
		case "ktp":
			if follows("e") {
				w[i-1].Weak = true
			}
		case "lampu":
			if lx.outage(w, i) {
				w[i].Form = "listrik"
			}
		case "kg":
			if i > 1 && w[i-1].Number && w[i-2].Form == "gas" {
				w[i].Form = "melon"
			}
		case "#":
			if follows("rt", "rw", "no", "km", "blok") {
				w[i-1].Weak = true
			}
		case "pagi", "siang", "sore", "malam":
			if follows("selamat", "met") {
				w[i].Weak, w[i-1].Weak = true, true
			}
		case "wb":
			if follows("wr") {
				w[i].Weak, w[i-1].Weak = true, true
			}
		default:
			w[i].Weak = w[i].Weak || strings.HasPrefix(form, "ass") && (strings.Contains(form, "alam") || len(form) <= 5)
		}
	}
}

// outage says that the lamp at i means electricity: "mati lampu" (but not "mati lampu jalan"), "lampu rumah".
func (lx *Lexicon) outage(w []Word, i int) bool {
	next := ""
	if i+1 < len(w) {
		next = w[i+1].Form
	}
	if next == "rumah" || next == "kamar" || next == "kosan" || next == "kontrakan" {
		return true
	}
	if i == 0 || w[i-1].Form != "mati" && w[i-1].Form != "padam" {
		return false
	}
	for _, lamp := range [...]string{"jalan", "pju", "penerangan", "merah", "taman", "lalu", "stadion", "lapangan", "sorot", "tiang", "gang", "jembatan"} {
		for j := max(0, i-8); j < len(w) && j <= i+2; j++ {
			if strings.HasPrefix(w[j].Form, lamp) {
				return false
			}
		}
	}
	return true
}

// fold makes the text valid, bounds it, and turns styled and look-alike letters into plain ones.
func fold(text string) string {
	if len(text) > maxBytes {
		cut := maxBytes
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	ascii := true
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return text
	}
	text = strings.ToValidUTF8(text, " ")
	var b strings.Builder
	b.Grow(len(text))
	marks := 0
	for _, r := range norm.NFKD.String(text) {
		switch {
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
			marks = 0
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
			// Stacked marks of other scripts are kept up to two: they may be spelling there.
			if marks++; marks <= 2 && !unicode.Is(unicode.Inherited, r) {
				b.WriteRune(r)
			}
		case unicode.Is(unicode.Cf, r):
		case r == '’' || r == '‘':
			b.WriteByte('\'')
		default:
			marks = 0
			if l := lookAlike(r); l != 0 {
				b.WriteByte(l)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// lookAlike returns the Latin letter that a Cyrillic or Greek one is used in place of, 0 for others.
func lookAlike(r rune) byte {
	const from, to = "аеорсухіѕјһԁкмтвАЕОРСУХІКМТВНαοεικντρυ", "aeopcyxisjhdkmtbAEOPCYXIKMTBHaoeikvtpu"
	if r < 0x370 || r > 0x52f {
		return styled(r)
	}
	n := 0
	for _, f := range from {
		if f == r {
			return to[n]
		}
		n++
	}
	return 0
}

// squeeze turns three or more equal letters in a row into one, in place.
func squeeze(b []byte) []byte {
	out := b[:0]
	for i := 0; i < len(b); {
		j := i + 1
		for j < len(b) && b[j] == b[i] {
			j++
		}
		out = append(out, b[i])
		if j-i == 2 {
			out = append(out, b[i])
		}
		i = j
	}
	return out
}

// sign takes in what is no letter of ours and returns where it ends.
func (c *Text) sign(i int) int {
	if c.Plain[i] < utf8.RuneSelf {
		return i + 1
	}
	r, n := utf8.DecodeRuneInString(c.Plain[i:])
	if unicode.IsLetter(r) {
		c.Foreign++
	}
	if form := picture(r); form != "" {
		c.Words = append(c.Words, Word{Form: form, From: i, To: i + n, Weak: true})
	}
	return i + n
}

// picture is the word that a picture of danger says, "" for all other pictures. Fire, an engine and an ambulance say so only beside other
// words: fire is praise as well.
func picture(r rune) string {
	switch r {
	case '🆘':
		return "sos"
	case '🐍':
		return "ular"
	case '🔥', '🚒', '🚑':
		return string(r)
	}
	return ""
}

// link says whether a web address begins at i, and where it ends.
func link(s string, i int) (int, bool) {
	rest := s[i:]
	if !hasFold(rest, "http://") && !hasFold(rest, "https://") && !hasFold(rest, "www.") && !hasFold(rest, "wa.me/") &&
		!hasFold(rest, "t.me/") && !hasFold(rest, "bit.ly/") {
		return i, false
	}
	return i + untilSpace(rest), true
}

// skipMention passes an @account or a [MASK]; both hide a person.
func skipMention(s string, i int) int {
	if s[i] == '@' {
		return i + untilSpace(s[i:])
	}
	end := strings.IndexByte(s[i:min(len(s), i+24)], ']')
	if end < 0 {
		return i + 1
	}
	for _, ch := range []byte(s[i+1 : i+end]) {
		if ch >= 'a' && ch <= 'z' {
			return i + 1
		}
	}
	return i + end + 1
}

func untilSpace(s string) int {
	if n := strings.IndexAny(s, " \n\t\r"); n > 0 {
		return n
	}
	return len(s)
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
