package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// An answer in a tongue that nobody here speaks well holds words that are in no list. They do not stand in its way where its
// meaning is clear and none of them tells anything: it is no name of a place, no word of a matter, no word of a story.

// passed is how many words that nobody knows an answer may have.
const passed = 3

// idle reports whether words tell nothing, as far as is known.
func (lx *Lexicon) idle(words []string) bool {
	return !slices.ContainsFunc(words, lx.Tells)
}

// belongs reports whether one of the strong meanings of an answer is one of the menu's.
func (lx *Lexicon) belongs(of []option, s Said) bool {
	return slices.ContainsFunc(s.Means, func(m Meaning) bool {
		return !weak(m) && slices.ContainsFunc(of, func(o option) bool { return slices.Contains(o.means, m) })
	})
}

// loose takes an answer in spite of a word or two beside its meaning ("ubah ya kurang jelas tulisannya", "iyo kirim bae
// lanang"). What sends is only taken so when it says so, or begins with yes; "kirim petugas" tells something.
func (lx *Lexicon) loose(m bot.Menu, of []option, s Said, a Asked) Verdict {
	if lx.corrects(of, s.text, nil) {
		return Verdict{}
	}
	if v := lx.torn(m, of, s); len(v.Either) > 0 {
		return v
	}
	rest := s.Rest
	s.Rest = nil
	for _, w := range rest {
		if lx.Tells(w) {
			s.Rest = append(s.Rest, w)
		}
	}
	switch {
	case a.Free && (len(rest) > 1 || len(s.Rest) > 0 || !s.Has(Nowhere) && !s.Has(keep)):
		return Verdict{}
	case lx.knows != nil && len(rest)-len(s.Rest) <= passed && s.words <= longest/2:
		if at, ok := lx.passing(of, s, rest); ok {
			v := lx.sure(m, at, s)
			v.Rest = strings.Join(s.Rest, " ")
			return v
		}
	}
	if len(rest) > 2 || s.restFirst || !strong(s) || s.Has(No) || s.Has(Dont) {
		return Verdict{}
	}
	s.Rest = nil
	fits := lx.fitting(of, s)
	if len(fits) != 1 || of[fits[0]].ends {
		return Verdict{}
	}
	v := lx.sure(m, fits[0], s)
	v.Rest = strings.Join(rest, " ")
	return v
}

// passing finds the one option that fits when the words that tell nothing are passed over; rest are all words beside the
// meanings.
func (lx *Lexicon) passing(of []option, s Said, rest []string) (at int, ok bool) {
	fits := lx.fitting(of, s)
	if len(fits) != 1 || len(rest) == 0 {
		return 0, false
	}
	sends := of[fits[0]].sends
	switch {
	case len(s.Rest) > 0: // it is called by its name
		return fits[0], !sends && len(rest)-len(s.Rest) < passed && len(s.Means) == 0
	case len(s.Against) > 0: // "jangan disebut": what is denied is not the report
		return 0, false
	case strong(s) && !sends:
		return fits[0], (!of[fits[0]].ends || !s.object && !s.restFirst) && (!s.restFirst || len(rest) == 1)
	case s.against:
		return 0, false
	case s.Has(Send) || s.Has(Secret) || s.Has(Plain):
		return fits[0], (!s.object || s.Has(Yes) || s.Has(Good)) && len(rest) < passed
	case s.restFirst:
		return 0, false
	case s.Has(Good):
		return fits[0], s.firm && len(rest) < passed
	}
	return fits[0], len(rest) == 1 && s.Has(Yes) && !s.begs && (s.words <= 3 || !sends)
}

// torn asks back between the options of an answer that names several ("tanya, sama ngadu juga").
func (lx *Lexicon) torn(m bot.Menu, of []option, s Said) Verdict {
	if !lx.idle(s.Rest) || s.Asks {
		return Verdict{}
	}
	var at []int
	for _, x := range s.Means {
		if weak(x) {
			continue
		}
		i := slices.IndexFunc(of, func(o option) bool { return slices.Contains(o.means, x) })
		if i < 0 {
			return Verdict{}
		}
		at = append(at, i)
	}
	return either(m, at)
}

// corrects reports whether a text corrects a field of the report, so that it answers nothing else. parts are its words
// between stops, nil where that does not matter.
func (lx *Lexicon) corrects(of []option, text string, parts [][]token) bool {
	c, ok := lx.Changes(text)
	switch {
	case !ok:
		return false
	case c.Field == Who:
		return !offers(of, c.Who)
	case c.Field == More && slices.ContainsFunc(of, func(o option) bool { return slices.Contains(o.means, add) }):
		return false
	case c.Field == Text && c.Words != "" && parts == nil, c.Field == Something && c.Words == "":
		return false
	case c.Field != Something:
		return true
	}
	if c.Says {
		return true
	}
	if len(parts) > 1 && slices.ContainsFunc(parts[1:], reasons) && lx.idle(words(parts[0])) {
		return false
	}
	ts, _ := lx.tokens(c.Words)
	return slices.ContainsFunc(ts, func(t token) bool {
		return !lx.filler[t.word] && !t.stop && lx.phrases[t.word] == nil && lx.Tells(t.word)
	}) ||
		c.At && c.Words != "" || lx.knows == nil
}

// offers reports whether a menu has a choice for a visibility.
func offers(of []option, visibility string) bool {
	means := map[string]Meaning{anonymous: Anonymous, confidential: Secret, normal: Normal}[visibility]
	return slices.ContainsFunc(of, func(o option) bool { return slices.Contains(o.means, means) })
}

// reasons reports whether words tell why, or speak of the writer ("saya mau tanya anak saya dulu").
func reasons(part []token) bool {
	for _, t := range part {
		switch {
		case isMe(t.raw), t.raw == "soalnya", t.raw == "karena", t.raw == "takut", t.raw == "sudah", t.raw == "udah", t.raw == "nanti", t.raw == "biar", t.raw == "soale":
			return true
		case t.word == "ya", t.raw == "nak", t.raw == "pak":
		default:
			return false
		}
	}
	return false
}

func words(ts []token) []string {
	var out []string
	for _, t := range ts {
		out = append(out, t.word)
	}
	return out
}
