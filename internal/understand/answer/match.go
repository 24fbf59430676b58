// Package answer reads what people type in place of pressing a button: "iya pak kirim aja", "yang kedua", "ga jadi deh". It
// is pure. A menu's choices teach it by their labels and other words (bot.Choice.Also): what means the same as one of them,
// in any of the tongues of lexicon.txt, is that choice. Who tells something in the same breath gives no answer: the words are
// for the flow then.
package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Verdict is what an answer makes of a menu.
type Verdict struct {
	// Choice is the one that is meant, where OK.
	Choice bot.Choice
	OK     bool
	// Rest are words that were said beside it, as typed and in lower case: a reason, or more of the story.
	Rest string
	// Either are the ids of the choices between which the answer does not decide, at least two: it has to be asked back.
	Either []string
}

// Asked says how a menu was shown.
type Asked struct {
	// Numbered says that its choices had numbers.
	Numbered bool
	// Free says that the question is answered in free words as well (a place): only what is nothing but an answer chooses.
	Free bool
}

// Match finds the choice that a text means.
func (lx *Lexicon) Match(m bot.Menu, text string, a Asked) Verdict {
	v := lx.match(m, text, a)
	if !v.OK {
		return lx.ordered(m, text, v)
	}
	if ts, _ := lx.tokens(text); lx.option(v.Choice).sends && (lx.held(ts) || missent(ts)) {
		return Verdict{}
	}
	return v
}

// missent reports whether words say that something was sent by mistake ("salah kirim foto, yg bener yg ini"): that orders nothing to be sent.
func missent(ts []token) bool {
	for i := 1; i < len(ts); i++ {
		if ts[i].word == "kirim" && ts[i-1].word == "salah" {
			return true
		}
	}
	return false
}

func (lx *Lexicon) match(m bot.Menu, text string, a Asked) Verdict {
	ts, asks := lx.tokens(text)
	if len(ts) == 0 || len(m.Choices) == 0 {
		return Verdict{}
	}
	if c, ok := lx.byCode(m, text); ok {
		return Verdict{Choice: c, OK: true}
	}
	of := make([]option, len(m.Choices))
	for i, c := range m.Choices {
		of[i] = lx.option(c)
	}
	parts := split(ts)
	whole := lx.read(parts, asks)
	whole.text, whole.against = text, contrasts(ts)
	if v := lx.verdict(m, of, whole, a); v.OK || len(v.Either) > 0 {
		if v.OK && whole.against && !whole.Has(Send) && !whole.Has(Secret) && lx.option(v.Choice).sends {
			return Verdict{} // "iya tapi …"
		}
		return v
	}
	if len(parts) < 2 || asks || whole.words > aside || whole.against || lx.corrects(of, text, parts) {
		return Verdict{}
	}
	if v := lx.beside(m, of, parts[:1], parts[1:], a); v.OK && !tallies(parts[0]) {
		return v
	}
	last := parts[len(parts)-1]
	v := lx.beside(m, of, parts[len(parts)-1:], parts[:len(parts)-1], Asked{})
	if o := lx.option(v.Choice); v.OK && o.ends && !o.sends && !lx.read(parts[len(parts)-1:], false).Has(Cancel) {
		return Verdict{} // "banyu wis mlebu umah, stop"
	}
	if v.OK && lx.option(v.Choice).sends && !slices.ContainsFunc(last, func(t token) bool { return t.word == "kirim" }) {
		return Verdict{} // "awake biru kabeh, wedi lapor" tells something
	}
	return v
}

// tallies reports whether a number says how many matters are told ("2 masalah nih: lampu mati, trus …", "ada dua hal"): it chooses none.
func tallies(ts []token) bool {
	for i := 1; i < len(ts); i++ {
		n := ts[i-1]
		if !n.digits && counted(n.word) == 0 || i > 1 && (ts[i-2].word == "nomor" || ts[i-2].word == "yang" || ts[i-2].word == "ke") {
			continue
		}
		switch ts[i].raw {
		case "masalah", "hal", "laporan", "keluhan", "aduan", "pengaduan", "urusan", "perkara", "problem", "problems", "thing", "things", "issue", "issues", "report", "reports",
			"complaint", "complaints":
			return true
		}
	}
	return false
}

// contrasts reports whether something is said against the answer itself ("iya, tapi …").
func contrasts(ts []token) bool {
	return slices.ContainsFunc(ts, func(t token) bool {
		switch t.raw {
		case "tapi", "tp", "tpi", "tetapi", "but", "ning", "nanging", "namun", "asal", "kecuali", "asalkan", "cuman", "except", "awas":
			return true
		}
		return false
	})
}

// aside is how many words an answer may have that also gives its reason.
const aside = 22

// beside reads an answer that stands between commas, with a reason beside it ("batal aja, udah dibenerin pak rt").
func (lx *Lexicon) beside(m bot.Menu, of []option, said, rest [][]token, a Asked) Verdict {
	s := lx.read(said, false)
	if !strong(s) && s.Number == 0 && !(len(m.Choices) <= 2 && s.Has(No)) {
		return Verdict{}
	}
	if a.Free && !s.Has(Nowhere) && !s.Has(keep) { // "ga tau, deket masjid kali" names a place
		return Verdict{}
	}
	v := lx.verdict(m, of, s, a)
	if !v.OK || v.Rest != "" {
		return Verdict{}
	}
	more := lx.read(rest, false)
	if more.Has(doubt) || more.Number != 0 && s.Number != 0 {
		return Verdict{}
	}
	at := slices.IndexFunc(m.Choices, func(c bot.Choice) bool { return c.ID == v.Choice.ID })
	if of[at].ends && (len(s.Means) == 0 || more.Long) && !lx.idle(more.Rest) {
		return Verdict{} // "1. jalan rusak, 2. lampu mati" counts what is told
	}
	if of[at].sends && !s.Has(Send) && !s.Has(Secret) && !s.Has(Plain) && len(more.Rest) > 0 {
		return Verdict{} // "terus, namanya juga pungli" goes on with the story
	}
	if of[at].ends && len(s.Means) == 0 && len(more.Rest) > 0 && s.Number > 2 {
		return Verdict{} // "3. kapan tidurnya kita"
	}
	for i, o := range of {
		if i != at && slices.ContainsFunc(more.Means, func(x Meaning) bool {
			return !weak(x) && slices.Contains(o.means, x) && !slices.Contains(of[at].means, x)
		}) {
			return Verdict{}
		}
	}
	if len(more.Rest) > 1 {
		v.Rest = raws(rest)
	}
	return v
}

func raws(parts [][]token) string {
	var out []string
	for _, p := range parts {
		for i, t := range p {
			if i == 0 || t.at != p[i-1].at {
				out = append(out, t.raw)
			}
		}
	}
	return strings.Join(out, " ")
}

// verdict judges an answer as a whole.
func (lx *Lexicon) verdict(m bot.Menu, of []option, s Said, a Asked) Verdict {
	if s.Long || s.Empty {
		return Verdict{}
	}
	s.Means = presumed(of, s.Means)
	n := s.Number
	switch {
	case n == Last || s.last && len(lx.fitting(of, s)) == 0:
		n, s.Means = proper(of, none, Nowhere, Dunno, back), nil
	case n == Middle && proper(of, none, Nowhere, Dunno, back, other)%2 == 1:
		n = (proper(of, none, Nowhere, Dunno, back, other) + 1) / 2
	case n == Middle:
		n = 0
	}
	if !a.Numbered || n > len(of) {
		n = 0
	}
	if s.Number != 0 && n == 0 {
		return Verdict{}
	}
	if n > 0 && s.plainly && len(s.Rest) > 0 && len(s.Rest) <= 2 && !s.restFirst && !of[n-1].ends {
		return lx.sure(m, n-1, s)
	}
	fits := lx.fitting(of, s)
	switch {
	case n > 0 && len(s.Rest) == 0 && !decisive(s):
		return lx.sure(m, n-1, s)
	case n > 0 && slices.Contains(fits, n-1):
		return lx.sure(m, n-1, s)
	case n > 0 && len(fits) > 0:
		return either(m, append([]int{n - 1}, fits...))
	case n > 0 && s.plainly && lx.idle(s.Rest) && !lx.belongs(of, s) && !of[n-1].ends:
		return lx.sure(m, n-1, s)
	case n > 0 && len(s.Rest) == 0 && s.Has(No):
		return Verdict{} // "bukan yang kedua": then which?
	case n > 0:
		return Verdict{}
	case len(fits) == 0:
		return lx.loose(m, of, s, a)
	case len(fits) > 1:
		if i, ok := lx.literal(m, fits, s); ok {
			return lx.sure(m, i, s)
		}
		return either(m, fits)
	}
	return lx.sure(m, fits[0], s)
}

// literal is the only one of options that an answer fits alike whose own words hold all of the answer's: "hapus" and "batal" mean the
// same of a report, and are opposites where it is asked whether to erase. What sends has to be said more plainly.
func (lx *Lexicon) literal(m bot.Menu, fits []int, s Said) (at int, ok bool) {
	if s.Asks || slices.ContainsFunc(fits, func(i int) bool { return lx.option(m.Choices[i]).sends }) {
		return 0, false
	}
	said := lx.telling(s.text)
	for _, i := range fits {
		own := lx.telling(strings.ReplaceAll(m.Choices[i].Label+"|"+m.Choices[i].Also, "|", " "))
		if slices.ContainsFunc(said, func(w string) bool { return !slices.Contains(own, w) }) {
			continue
		}
		if ok {
			return 0, false
		}
		at, ok = i, true
	}
	return at, ok && len(said) > 0
}

// telling are the words of a text that are not said in passing.
func (lx *Lexicon) telling(text string) []string {
	var out []string
	ts, _ := lx.tokens(text)
	for _, t := range ts {
		if !t.stop && !lx.filler[t.word] {
			out = append(out, t.word)
		}
	}
	return out
}

// proper is how many choices of a menu are left without those at its end that only lead away from the others.
func proper(of []option, away ...Meaning) int {
	n := len(of)
	for n > 1 && len(of[n-1].means) > 0 && slices.Contains(away, of[n-1].means[0]) {
		n--
	}
	return n
}

// presumed leaves out what a menu takes for granted: that it is about a report, or that something is to be changed, where no
// choice means just that ("alamatnya yang salah" where it is asked what to change).
func presumed(of []option, means []Meaning) []Meaning {
	offered := func(m Meaning) bool {
		return slices.ContainsFunc(of, func(o option) bool { return slices.Contains(o.means, m) })
	}
	for _, as := range [...][]Meaning{{Needless, Cancel, Skip, No}, {notGo, Anew, Cancel, No}, {placed, keep, Good}} {
		at := slices.Index(means, as[0])
		if i := slices.IndexFunc(as, offered); at >= 0 && i > 0 {
			means = slices.Clone(means)
			means[at] = as[i]
		}
	}
	if len(means) == 1 && means[0] == oops && !offered(oops) && offered(Cancel) { // "maaf, salah chat"
		return []Meaning{Cancel}
	}
	if len(means) < 2 {
		return means
	}
	fine := slices.Contains(means, Good) // "isinya sudah benar"
	return slices.DeleteFunc(slices.Clone(means), func(m Meaning) bool {
		return (m == complaint || m == bless && (fine || slices.Contains(means, Send)) || m == Edit || m == Wrong || m == oops || m == checked ||
			fine && (m == Category || m == Place || m == Words || m == Photos || m == AllPhotos)) && !offered(m)
	})
}

func strong(s Said) bool {
	return slices.ContainsFunc(s.Means, func(m Meaning) bool { return !weak(m) })
}

// byCode finds the one choice whose label is a code of which a good part was typed ("7k3mq").
func (lx *Lexicon) byCode(m bot.Menu, text string) (bot.Choice, bool) {
	if !strings.ContainsAny(text, "0123456789") || len(text) > 40 {
		return bot.Choice{}, false
	}
	var typed strings.Builder
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		if to, ok := lx.exact(w); !ok || !lx.filler[to] && to != "laporan" && to != "nomor" {
			typed.WriteString(w)
		}
	}
	if typed.Len() < 3 || !anyDigit(typed.String()) {
		return bot.Choice{}, false
	}
	found, n := bot.Choice{}, 0
	for _, c := range m.Choices {
		if strings.Contains(strings.ReplaceAll(bot.Fold(c.Label), " ", ""), typed.String()) {
			found, n = c, n+1
		}
	}
	return found, n == 1
}

// sure is a choice that is meant, unless the answer is a question ("sudah dikirim?").
func (lx *Lexicon) sure(m bot.Menu, i int, s Said) Verdict {
	if s.Asks && !s.begs && lx.option(m.Choices[i]).ends {
		return Verdict{}
	}
	if s.Asks && !s.begs && len(m.Choices) > 1 && len(s.Means)+len(s.Rest) > 1 {
		return Verdict{}
	}
	return Verdict{Choice: m.Choices[i], OK: true}
}

func either(m bot.Menu, at []int) Verdict {
	slices.Sort(at)
	at = slices.Compact(at)
	if len(at) < 2 {
		return Verdict{}
	}
	v := Verdict{}
	for _, i := range at {
		v.Either = append(v.Either, m.Choices[i].ID)
	}
	return v
}

// weak are the meanings that go along with any other: "iya batal aja" cancels.
func weak(m Meaning) bool { return m == Yes || m == No || m == Good || m == Enough }

// decisive reports whether an answer says more than yes.
func decisive(s Said) bool {
	return slices.ContainsFunc(s.Means, func(m Meaning) bool { return m != Yes })
}

// fitting are the options that an answer fits, the best alone where one is.
func (lx *Lexicon) fitting(of []option, s Said) []int {
	best, fits := 0, []int(nil)
	for i, o := range of {
		score := lx.fit(o, s)
		switch {
		case score == 0 || score < best:
		case score > best:
			best, fits = score, []int{i}
		default:
			fits = append(fits, i)
		}
	}
	return fits
}
