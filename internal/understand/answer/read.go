package answer

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rabeg/bot"
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
	// spellings are those under which the lists of words may have it; nil for what was no word.
	spellings *spellings
}

// longest is how many words an answer may have: who writes more tells something.
const longest = 16

// Said is an answer as it was understood.
type Said struct {
	// Means are the meanings in it, each once, in the order in which they were said.
	Means []Meaning
	// Rest are the words that are neither meanings nor said in passing: names, or more of the story.
	Rest []string
	// Number is the choice it counts ("2", "yang kedua"), 0 for none, Last for the last, Middle for the one between.
	Number int
	// Asks says that a question mark stands in it.
	Asks bool
	// Against are those of Rest that are denied ("bukan lampu"), and what was asked back for show ("masa lampu").
	Against []string
	// restFirst says that the first word that counts is one of Rest; words is how many there were in all.
	restFirst bool
	// firm says that it says "right" in the plainest word for it.
	firm bool
	// plainly says that the number was named as one ("nomor dua"), last that "the last one" was said, begs that it asks for
	// leave ("boleh diubah dulu?").
	plainly, last, begs bool
	// against says that something is said against the answer itself ("iya, tapi …"), object that a word stands right behind
	// "send", which tells what is to be sent.
	against, object bool
	text            string
	words           int
	// Empty says that there was no word in it at all, and Long that it had too many for an answer.
	Empty, Long bool
}

// Last is the Number of "the last one", Middle that of "the one in the middle".
const (
	Last   = -1
	Middle = -2
)

// Has reports whether a meaning was said.
func (s Said) Has(m Meaning) bool {
	return slices.Contains(s.Means, m)
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

// Misdirected reports whether it says that what was sent before was for somebody else, and nothing besides: "maaf salah kirim".
func (s Said) Misdirected() bool {
	m, ok := s.Only()
	return ok && m == oops
}

// Mutes reports whether it asks that no news be sent, which calls nothing off.
func (s Said) Mutes() bool { return s.Has(mute) && !s.Has(Send) && !s.Has(Cancel) }

// Read takes an answer apart: politeness goes, spellings and tongues become one, and what is left are meanings, a number,
// and other words.
func (lx *Lexicon) Read(text string) Said {
	return lx.memo.said.of(lx.memo, text, func(text string) Said {
		ts, asks := lx.tokens(text)
		return lx.read(split(ts), asks)
	})
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
		s.begs = s.begs || can(p[0].raw)
		s.Asks = s.Asks || questions(p)
		lx.part(p, &s)
	}
	return s
}

// Plain words a text anew in the lexicon's own words, without those said in passing ("runtah numpuk atuh" → "sampah numpuk").
func (lx *Lexicon) Plain(text string) string {
	ts, _ := lx.tokens(text)
	var out []string
	for _, t := range ts {
		if !t.stop && !lx.filler[t.word] {
			out = append(out, t.word)
		}
	}
	return strings.Join(out, " ")
}

// questions reports whether words ask, though no mark says so ("dikirim ke mana").
func questions(p []token) bool {
	for i, t := range p {
		switch t.raw {
		case "kemana", "kapan", "berapa", "where", "when", "why", "iraha":
			return true
		case "kenapa", "knp":
			if i+1 == len(p) || p[i+1].raw != "napa" && p[i+1].raw != "kenapa" { // "takut kenapa-napa"
				return true
			}
		case "mana":
			if i > 0 && p[i-1].word != "yang" {
				return true
			}
		}
	}
	return false
}

// tokens splits a text into words of the lexicon. They are the caller's own.
func (lx *Lexicon) tokens(text string) (ts []token, asks bool) {
	if !strings.Contains(text, " ") {
		return lx.tokenise(text) // one word is kept by itself
	}
	was := lx.memo.tokens.of(lx.memo, text, func(text string) tokens {
		ts, asks := lx.tokenise(text)
		return tokens{ts: ts, asks: asks}
	})
	return slices.Clone(was.ts), was.asks
}

func (lx *Lexicon) tokenise(text string) (ts []token, asks bool) {
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
		for _, t := range lx.memo.words.of(lx.memo, w, lx.written) {
			t.at = at
			ts = append(ts, t)
		}
		at++
	}
	text = norm.NFKD.String(text)
	for i, r := range text {
		switch {
		case r == '2' && b.Len() >= 3 && !anyDigit(b.String()): // "baik2", "dua2nya": said twice
			said := b.String()
			flush()
			at--
			b.WriteString(said)
		case unicode.IsDigit(r):
			if s := b.String(); s != "" && !strings.ContainsAny(s[len(s)-1:], "0123456789") && !anyDigit(s) {
				flush()
			}
			d, _ := bot.Digit(r)
			b.WriteByte('0' + d)
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
		case r == '.' && b.String() == "no" && strings.IndexFunc(strings.TrimLeft(text[i+1:], " "), unicode.IsDigit) == 0: // "no. 2"
			flush()
		default:
			flush()
			asks = asks || r == '?'
			if strings.ContainsRune(",.;:!?\n", r) && len(ts) > 0 && !ts[len(ts)-1].stop {
				ts = append(ts, token{stop: true})
			}
		}
	}
	flush()
	return lx.mended(ts), asks
}

// mended makes one word of one that was torn apart ("ki rim"), and reads the "aja" of Serang's Javanese, which forbids what follows it
// where it comes first, be it behind whom it is said to ("pak aja dikirim"). The "ampun" of an outcry ("ya ampun") forbids nothing.
func (lx *Lexicon) mended(ts []token) []token {
	ts = withoutOutcry(ts)
	for i := 0; i+1 < len(ts); i++ {
		a, b := ts[i], ts[i+1]
		if a.stop || b.stop || a.digits || b.digits {
			continue
		}
		if ajaForms[a.raw] && addressed(ts[:i]) && (lx.phrases[b.word] != nil && !lx.filler[b.word] || len(ts) == i+2 && b.word == "kirim") {
			ts[i].word = "jangan"
			continue
		}
		if len(a.raw) > 4 || len(b.raw) > 4 || lx.known(a.raw) && lx.known(b.raw) || lx.Tells(a.raw) || lx.Tells(b.raw) {
			continue
		}
		if to, ok := lx.exact(a.raw + b.raw); ok && len(a.raw)+len(b.raw) >= 5 {
			if whole := fields(to); len(whole) == 1 {
				whole[0].raw, whole[0].at, whole[0].spellings = a.raw+b.raw, a.at, spellingsOf(whole[0].word, a.raw+b.raw)
				ts = slices.Replace(ts, i, i+2, whole[0])
			}
		}
	}
	return ts
}

func anyDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

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
