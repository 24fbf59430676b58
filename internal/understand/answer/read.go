package answer

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// token is one word of an answer, or a stop between words (",", "." or a line break), which no phrase crosses.
type token struct {
	word string
	// raw is how it was typed, at the how manieth written word it was.
	raw  string
	at   int
	stop bool
	// digits says that it was typed as a number.
	digits bool
}

// longest is how many words an answer may have: who writes more tells something.
const longest = 16

// Said is an answer as it was understood.
type Said struct {
	// Means are the meanings in it, each once, in the order in which they were said.
	Means []Meaning
	// Rest are the words that are neither meanings nor said in passing: names, or more of the story.
	Rest []string
	// Number is the choice it counts ("2", "yang kedua"), 0 for none, Last for the last.
	Number int
	// Asks says that a question mark stands in it.
	Asks bool
	// restFirst says that the first word that counts is one of Rest; words is how many there were in all.
	restFirst bool
	// plainly says that the number was named as one ("nomor dua"), last that "the last one" was said, begs that it asks for
	// leave ("boleh diubah dulu?").
	plainly, last, begs bool
	text                string
	words               int
	// Empty says that there was no word in it at all, and Long that it had too many for an answer.
	Empty, Long bool
}

// Last is the Number of "the last one".
const Last = -1

// Has reports whether a meaning was said.
func (s Said) Has(m Meaning) bool {
	for _, x := range s.Means {
		if x == m {
			return true
		}
	}
	return false
}

// Only gives the one meaning that was said, with no other words and no number; a "yes" beside it does not count ("iya batal
// aja"). ok is false when there is none or more than one.
func (s Said) Only() (m Meaning, ok bool) {
	if len(s.Rest) > 0 || s.Number != 0 || s.Long || s.Asks {
		return "", false
	}
	for _, x := range s.Means {
		switch {
		case x == Yes:
		case m != "" && m != x:
			return "", false
		default:
			m = x
		}
	}
	if m == "" && s.Has(Yes) {
		m = Yes
	}
	return m, m != ""
}

// Read takes an answer apart: politeness goes, spellings and tongues become one, and what is left are meanings, a number,
// and other words.
func (lx *Lexicon) Read(text string) Said {
	ts, asks := lx.tokens(text)
	return lx.read(split(ts), asks)
}

func (lx *Lexicon) read(parts [][]token, asks bool) Said {
	s := Said{Asks: asks, Empty: len(parts) == 0}
	for _, p := range parts {
		s.words += len(p)
	}
	if s.words > longest {
		s.Long = true
		return s
	}
	for _, p := range parts {
		switch p[0].raw {
		case "boleh", "bisa", "bs", "blh", "can", "may", "could", "saged", "tiasa", "let":
			s.begs = true
		}
		lx.part(p, &s)
	}
	return s
}

// tokens splits a text into words of the lexicon.
func (lx *Lexicon) tokens(text string) (ts []token, asks bool) {
	if len(text) > 400 {
		text = text[:400]
	}
	var b strings.Builder
	at := 0
	flush := func() {
		if b.Len() == 0 {
			return
		}
		w := b.String()
		b.Reset()
		for _, t := range lx.words(w) {
			t.raw, t.at = w, at
			ts = append(ts, t)
		}
		at++
	}
	for _, r := range norm.NFKD.String(text) {
		switch {
		case r == '2' && len(b.String()) >= 3 && !anyDigit(b.String()): // "baik2": said twice
		case unicode.IsDigit(r):
			if s := b.String(); s != "" && !strings.ContainsAny(s[len(s)-1:], "0123456789") && !anyDigit(s) {
				flush()
			}
			b.WriteByte(digit(r))
		case unicode.IsLetter(r):
			if s := b.String(); s != "" && anyDigit(s) {
				flush()
			}
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r), unicode.Is(unicode.Cf, r), r == '\'', r == '’':
		case strings.ContainsRune("👍👌✅🆗☑✔", r):
			flush()
			ts = append(ts, token{word: "ya"})
		case strings.ContainsRune("👎❌🚫✖", r):
			flush()
			ts = append(ts, token{word: "tidak"})
		default:
			flush()
			asks = asks || r == '?'
			if strings.ContainsRune(",.;:!?\n", r) && len(ts) > 0 && !ts[len(ts)-1].stop {
				ts = append(ts, token{stop: true})
			}
		}
	}
	flush()
	return ts, asks
}

func anyDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// digit is the decimal digit that a digit of any script is.
func digit(r rune) byte {
	if r < 0x80 {
		return byte(r)
	}
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return byte('0' + (r-zero)%10)
}

// words gives the lexicon's words for one written word: repeated letters, endings and slips of the finger are mended.
func (lx *Lexicon) words(w string) []token {
	if anyDigit(w) {
		return []token{{word: w, digits: true}}
	}
	for _, form := range [...]string{w, squeeze(w, 2), squeeze(w, 1)} {
		if to, ok := lx.form(form); ok {
			return fields(to)
		}
	}
	form := squeeze(w, 1)
	if to, ok := lx.slip(form); ok {
		return fields(to)
	}
	if to, ok := lx.short(form); ok {
		return fields(to)
	}
	return []token{{word: squeeze(w, 2)}}
}

func fields(words string) []token {
	ts := make([]token, 0, 2)
	for w := range strings.FieldsSeq(strings.ReplaceAll(words, "_", " ")) {
		ts = append(ts, token{word: w})
	}
	return ts
}

// form finds a word as it stands, or without what Indonesian hangs on words ("dikirimin", "batalkan", "ubahlah").
func (lx *Lexicon) form(w string) (string, bool) {
	if to, ok := lx.same[w]; ok {
		return to, true
	}
	if lx.known(w) {
		return w, true
	}
	for _, end := range [...]string{"nya", "lah", "kan", "aken", "nipun", "anah", "kana", "in", "deh", "dong", "kah", "pun", "keun", "ken", "no", "en", "ne", "na", "e", "an", "i", "ya"} {
		base, cut := strings.CutSuffix(w, end)
		if !cut || len(base) < 3 {
			continue
		}
		if to, ok := lx.bare(base); ok {
			return to, true
		}
		for _, more := range [...]string{"in", "kan"} { // kirimkanlah, batalinnya
			if b, cut := strings.CutSuffix(base, more); cut && len(b) >= 3 {
				if to, ok := lx.bare(b); ok {
					return to, true
				}
			}
		}
	}
	return lx.bare(w)
}

// bare finds a word without "di-", "ku-", "tak-", which say who does it.
func (lx *Lexicon) bare(w string) (string, bool) {
	for _, head := range [...]string{"", "di", "d", "ku", "tak", "ng", "me"} {
		base, cut := strings.CutPrefix(w, head)
		if !cut || len(base) < 3 {
			continue
		}
		if to, ok := lx.same[base]; ok && (head == "" || len(base) >= 4) {
			return to, true
		}
		if lx.phrases[base] != nil && (head == "" || len(base) >= 4) {
			return base, true
		}
	}
	return "", false
}

// slip finds the one word of five letters and more that is one slip of the finger away, and begins alike.
func (lx *Lexicon) slip(w string) (string, bool) {
	if len(w) < 5 || guard(w) {
		return "", false
	}
	found := ""
	for _, k := range lx.near {
		if len(k) < 5 || k[0] != w[0] || !oneApart(w, k) || min(len(k), len(w)) < 6 && !exchanged(w, k) {
			continue
		}
		to := k
		if s, ok := lx.same[k]; ok {
			to = s
		}
		if found != "" && found != to {
			return "", false
		}
		found = to
	}
	return found, found != ""
}

// short finds the one word of which some vowels were left out ("ubh", "btal", "lnjut").
func (lx *Lexicon) short(w string) (string, bool) {
	if len(w) < 3 || guard(w) {
		return "", false
	}
	found := ""
	for _, k := range lx.near {
		if k[0] != w[0] || len(k) <= len(w) || !vowelsOut(k, w) {
			continue
		}
		to := k
		if s, ok := lx.same[k]; ok {
			to = s
		}
		if found != "" && found != to {
			return "", false
		}
		found = to
	}
	return found, found != ""
}

// vowelsOut reports whether short is long with nothing but vowels left out.
func vowelsOut(long, short string) bool {
	j := 0
	for i := range len(long) {
		switch {
		case j < len(short) && long[i] == short[j]:
			j++
		case !strings.ContainsRune("aiueo", rune(long[i])):
			return false
		}
	}
	return j == len(short)
}

// guard names words of their own that lie one letter beside a word of the lexicon.
func guard(w string) bool {
	switch w {
	case "bakal", "bantal", "bulan", "bukit", "bukas", "bekas", "buku", "sawah", "susah", "sekali", "lapar", "belut", "belah", "banjir",
		"lembar", "tampak", "tambak", "tempel", "salak", "salat", "sholat", "rumah", "rusak", "rusa", "lampu", "jalan", "jelan", "mampet",
		"bocor", "kotor", "pasar", "parkir", "pagar", "pinggir", "selokan", "gelap", "malam", "kali", "lalu", "kurang", "bentar", "benang",
		"gambut", "tangan", "tinggi", "tengah", "terang", "terlalu", "keluar", "warga", "tiang", "siapa", "balai", "bayar", "barang",
		"batas", "batang", "bagian", "pintu", "sampah", "sampai", "samping", "sampe", "mobil", "lubang", "lebar", "lebat", "lawan", "laut",
		"lepas", "lewah", "umbul", "kamar", "kamera", "salam", "tembok", "toko", "anak", "antar", "kabel", "kampung", "kantor", "kecil", "seratus", "ratus", "ribuan", "ribut", "beras", "lancar":
		return true
	}
	return false
}

// oneApart reports whether two words differ by one letter changed, added, left out, or by two neighbours exchanged.
func oneApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return a == b
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// exchanged reports whether two words of the same length have the same letters: one slip of fast fingers.
func exchanged(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
}

// squeeze leaves at most n equal letters in a row.
func squeeze(w string, n int) string {
	var b strings.Builder
	var last rune
	run := 0
	for _, r := range w {
		if r == last {
			run++
		} else {
			last, run = r, 1
		}
		if run <= n {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// split cuts the words at stops.
func split(ts []token) [][]token {
	var out [][]token
	from := 0
	for i, t := range ts {
		if t.stop {
			if i > from {
				out = append(out, ts[from:i])
			}
			from = i + 1
		}
	}
	if from < len(ts) {
		out = append(out, ts[from:])
	}
	return out
}
