package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Order is what a line at the review card orders, when more stands in it than an answer.
type Order int

// The orders. NoOrder is every line that tells something.
const (
	NoOrder Order = iota
	Sends         // it is to be sent: what stands beside the order is a wish, a threat, thanks or anger, and no part of the report
	Waits         // not yet: the writer has something else to do first
	Wavers        // it speaks of sending, but orders it not surely: it has to be asked back
)

// The words by which what stands beside an order is judged.
var (
	wishWord   = ListOf("order-wish")
	threatWord = ListOf("order-threat")
	ifWord     = ListOf("order-if")
	treatWord  = ListOf("order-treat")
	stemWord   = ListOf("order-treat-stems")
	selfWord   = ListOf("order-self")
	sureNot    = ListOf("order-unsure")
	doWord     = ListOf("order-do")
	strayWord  = ListOf("order-stray")
	mereWord   = ListOf("order-mere")
)

// orderMost is how many words such a line has at most: who writes more tells something.
const orderMost = 22

// Orders splits a line into an order and its rest, and judges what the rest is. It is for lines that are no answer by themselves.
func (lx *Lexicon) Orders(text string) Order {
	ts, asks := lx.tokens(text)
	if len(ts) == 0 || len(ts) > orderMost {
		return NoOrder
	}
	if lx.held(ts) && lx.idle(lx.untreated(lx.read([][]token{ts}, asks).Rest, ts)) { // what tells something ("belum lanjut dari bulan lalu") is no word about sending
		return Wavers
	}
	if lx.mereLoath(ts) {
		return Wavers
	}
	segs := segments(ts)
	if o, ok := lx.unready(segs, asks); ok {
		return o
	}
	ordered, agreed, other := false, false, false
	for i, seg := range segs {
		switch s := lx.read([][]token{seg}, false); {
		case beside(seg):
		case lx.ordering(s), lx.handing(seg):
			ordered = true
		case i == 0 && s.firm && s.Has(Good) && lx.mere(s):
			agreed = true
		case lx.mere(s), lx.photoless(seg, s):
		default:
			other = true
		}
	}
	switch {
	case !other && (ordered || agreed):
		return Sends
	case other && ordered && lx.idleBut(segs):
		return Wavers
	}
	return NoOrder
}

// unready reads lines that speak of sending and do not want it now, or do not know.
func (lx *Lexicon) unready(segs [][]token, asks bool) (Order, bool) {
	segs = slices.DeleteFunc(slices.Clone(segs), beside)
	whole := slices.Concat(segs...)
	if len(whole) == 0 {
		return NoOrder, false
	}
	s := lx.read(segs, asks)
	first := slices.IndexFunc(whole, func(t token) bool { return !lx.filler[t.word] })
	self := slices.ContainsFunc(whole, func(t token) bool { return selfWord[t.raw] })
	switch {
	case len(s.Means) == 0 || first < 0:
		return NoOrder, false
	case lx.strays(whole, s):
		return Wavers, true
	case s.Means[0] == Later && !s.Has(Send) && !s.Has(Edit) && !s.Has(Cancel) && !s.restFirst && (self || lx.idle(s.Rest)) && len(whole) <= longest/2+2:
		return Waits, true
	case s.Has(Cancel) && len(s.Against) == 0 && lx.idle(s.Rest), s.Has(mute):
		return Wavers, true
	case s.Has(doubt) && wavers(whole) && lx.idle(s.Rest):
		return Wavers, true
	case !s.Has(Send) && !s.Has(Cancel):
		return NoOrder, false
	case asks, s.Has(doubt), s.Has(Later), s.Has(cannot), wavers(whole):
		if s.object && !lx.idle(s.Rest) && !wavers(whole) {
			return NoOrder, true // "kapan petugas dikirim?"
		}
		return Wavers, true
	}
	return NoOrder, false
}

// wavers reports whether it is weighed whether to send: "kirim ga ya", "dikirim apa jangan", "aku bingung mau kirim".
func wavers(ts []token) bool {
	for i, t := range ts {
		switch {
		case sureNot[t.raw]:
			return true
		case t.word == "kirim" && i+1 < len(ts):
			next := ts[i+1:]
			for len(next) > 1 && (next[0].raw == "aja" || next[0].raw == "apa" || next[0].raw == "atau" || next[0].raw == "or" || next[0].raw == "kah") {
				next = next[1:]
			}
			if (next[0].word == "tidak" || next[0].word == "jangan" && len(next) <= 2) && len(next) <= 3 {
				return true
			}
		}
	}
	return false
}

// Strays reports whether words say that they were, or that a message was, for somebody else: they tell nothing here.
func (lx *Lexicon) Strays(text string) bool {
	ts, asks := lx.tokens(text)
	ts = slices.DeleteFunc(ts, func(t token) bool { return t.stop })
	return len(ts) > 0 && len(ts) <= orderMost && lx.strays(ts, lx.read([][]token{ts}, asks))
}

func (lx *Lexicon) strays(ts []token, s Said) bool {
	if len(s.Means) == 0 || s.Means[0] != oops || s.restFirst || wrongField(ts) {
		return false
	}
	return len(s.Rest) == 0 || slices.ContainsFunc(ts, func(t token) bool { return strayWord[t.raw] })
}

// Wishes reports whether words begin with thanks or a wish, and name nothing before it: "makasih ya semoga cepet, tapi jujur kecewa".
func (lx *Lexicon) Wishes(text string) bool {
	ts, _ := lx.tokens(text)
	at := slices.IndexFunc(ts, func(t token) bool { return t.stop || wishWord[t.raw] || !lx.filler[t.word] && t.word != "ya" })
	return at >= 0 && wishWord[ts[at].raw]
}

// Curses reports whether words are anger, and nothing else.
func (lx *Lexicon) Curses(text string) bool {
	ts, asks := lx.tokens(text)
	if asks || len(ts) == 0 || len(ts) > longest {
		return false
	}
	angry := false
	for _, t := range ts {
		foul := angryWords[t.raw] || angryWords[t.word]
		angry = angry || foul
		if !t.stop && !foul && !lx.filler[t.word] && !lx.merely(t.word) && t.word != "lama" {
			return false
		}
	}
	return angry
}

// wrongField reports whether what is called wrong is a part of the report.
func wrongField(ts []token) bool {
	return slices.ContainsFunc(ts, func(t token) bool {
		return t.word == "tempat" || t.word == "harusnya" || t.word == "maksudnya" || t.word == "bukan" || t.word == "foto"
	})
}

// segments cut a line at its stops and before the words that begin a wish, a threat or a condition.
func segments(ts []token) (out [][]token) {
	for _, part := range split(ts) {
		from := 0
		for i := 1; i < len(part); i++ {
			if begins := wishWord[part[i].raw] || threatWord[part[i].raw] || ifWord[part[i].raw] || threatens(part[i:]) || photoAhead(part[i:]); begins && !threatens(part[from:i]) {
				out, from = append(out, part[from:i]), i
			}
		}
		out = append(out, part[from:])
	}
	return out
}

// photoAhead reports whether it is about to be said that no photo is needed.
func photoAhead(ts []token) bool {
	no := ts[0].word == "tidak" || ts[0].word == "tanpa"
	return no && slices.ContainsFunc(ts[1:min(len(ts), 5)], func(t token) bool { return t.word == "foto" })
}

// beside reports whether a piece of a line is a wish or a threat.
func beside(seg []token) bool {
	switch w := seg[0]; {
	case slices.ContainsFunc(seg, func(t token) bool { return t.word == "kirim" }): // "awas jangan dikirim"
		return false
	case wishWord[w.raw], threatWord[w.raw], threatens(seg):
		return true
	case !ifWord[w.raw]:
		return false
	}
	return len(seg) == 2 && seg[1].word == "tidak" && seg[0].raw != "atau" && seg[0].raw != "or" || slices.ContainsFunc(seg[1:], func(t token) bool { return treated(t.raw) })
}

// threatens reports whether words forbid what one fears of an office: "jangan cuma dibaca", "jangan sampe didiemin", "tapi jangan bohong".
func threatens(seg []token) bool {
	for len(seg) > 1 && (contrasts(seg[:1]) || seg[0].raw == "and" || seg[0].raw == "dan") {
		seg = seg[1:]
	}
	if seg[0].word != "jangan" && seg[0].raw != "dont" && seg[0].raw != "don" {
		return false
	}
	return slices.ContainsFunc(seg[1:], func(t token) bool { return treated(t.raw) })
}

// untreated leaves out how one is treated who reports, where that is why somebody is loath to: "percuma dikirim, ga bakal dibaca".
func (lx *Lexicon) untreated(rest []string, ts []token) []string {
	if !lx.loath(ts) {
		return rest
	}
	return slices.DeleteFunc(slices.Clone(rest), func(w string) bool { return treated(w) || w == "bakal" })
}

// treated reports whether a word says what becomes of a report, or what one does who is not heard.
func treated(raw string) bool { return treatWord[raw] || stemWord.Begins(raw) }

// ordering reports whether words order to send, and nothing that they hold besides tells anything.
func (lx *Lexicon) ordering(s Said) bool {
	if !s.Has(Send) || len(s.Against) > 0 || s.Number > 1 {
		return false
	}
	for _, m := range s.Means {
		if m != Send && m != praise && m != bless && m != Skip && m != Go && m != old && !(weak(m) && m != No) {
			return false
		}
	}
	return !slices.ContainsFunc(s.Rest, func(w string) bool { return !lx.merely(w) })
}

// handing reports whether words ask that it be seen to, which at the card is to send it: "tolong ditindaklanjuti ya".
func (lx *Lexicon) handing(seg []token) bool {
	asked := false
	for _, t := range seg {
		asked = asked || doWord[t.raw] && strings.Contains(t.raw, "lanjut")
		if !doWord[t.raw] && !lx.filler[t.word] && !lx.merely(t.word) && t.word != "ya" {
			return false
		}
	}
	return asked
}

// merely reports whether a word beside an order says no more than how much it is meant, and to whom.
func (lx *Lexicon) merely(w string) bool { return angryWords[w] || hasteWords[w] || mereWord[w] }

// mere reports whether words thank, bless, agree, hurry or curse.
func (lx *Lexicon) mere(s Said) bool {
	for _, m := range s.Means {
		if m != Yes && m != Good && m != Enough && m != praise && m != bless && m != checked && m != Skip && m != old {
			return false
		}
	}
	return s.Number == 0 && !slices.ContainsFunc(s.Rest, func(w string) bool { return !lx.merely(w) })
}

// photoless reports whether words say that there is no photo, or that none is needed.
func (lx *Lexicon) photoless(seg []token, s Said) bool {
	photo, no := false, false
	for _, t := range seg {
		photo = photo || t.word == "foto"
		no = no || t.word == "tidak" || t.word == "tanpa" || t.word == "jangan" || t.word == "without" || t.word == "belum"
	}
	return photo && no && !slices.ContainsFunc(s.Rest, func(w string) bool { return w != "foto" && !mereWord[w] && lx.Tells(w) })
}

// idleBut reports whether nothing in some words tells anything.
func (lx *Lexicon) idleBut(segs [][]token) bool {
	return !slices.ContainsFunc(segs, func(seg []token) bool {
		return !beside(seg) && slices.ContainsFunc(seg, func(t token) bool { return lx.Tells(t.word) && !lx.merely(t.word) })
	})
}

// ordered takes a line as the order to send that it holds, where the menu sends.
func (lx *Lexicon) ordered(m bot.Menu, text string, was Verdict) Verdict {
	of := make([]option, len(m.Choices))
	sends := false
	for i, c := range m.Choices {
		of[i] = lx.option(c)
		sends = sends || of[i].sends
	}
	if !sends || lx.Orders(text) != Sends {
		return was
	}
	order := Said{Means: []Meaning{Send}, words: 1}
	if lx.Read(text).Has(Secret) {
		order.Means = append(order.Means, Secret)
	}
	if v := lx.verdict(m, of, order, Asked{}); v.OK {
		return v
	}
	return was
}
