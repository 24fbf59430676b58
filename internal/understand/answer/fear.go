package answer

import "slices"

// The words of a fear, and those that tell something elsewhere, but not beside one.
var fearFound, fearAfraid, fearIf, fearWhat, fearOf = ListOf("fear-found"), ListOf("fear-afraid"), ListOf("fear-if"), ListOf("fear-what"), ListOf("fear-of")

// tagged reports whether words ask by a "kan" behind them: "nama saya aman kan pak".
func (lx *Lexicon) tagged(ts []token) bool {
	for _, t := range slices.Backward(ts) {
		if t.raw == "kan" || t.raw == "khan" {
			return true
		}
		if !t.stop && !lx.filler[t.word] && !vocative[t.raw] {
			break
		}
	}
	return false
}

// vocative are the words by which people speak to somebody.
var vocative = ListOf("vocative")

// fears reports whether words only tell of the fear to be found out ("ntar kalo ketauan saya gimana", "tapi saya takut pak lurah baca"). A
// wish to be hidden is carried out, and what is told of the matter besides belongs to the report.
func (lx *Lexicon) fears(text string, ts []token) bool {
	if c, ok := lx.Changes(text); ok && c.Field == Who {
		return false
	}
	has := func(of List) bool {
		return slices.ContainsFunc(ts, func(t token) bool { return of[t.word] || of[t.raw] })
	}
	found, afraid := has(fearFound), has(fearAfraid)
	ifs := has(fearIf) && has(fearWhat)
	if !found || !afraid && !ifs || len(ts) > 10 {
		return false
	}
	return !slices.ContainsFunc(ts, func(t token) bool { return !t.stop && lx.Tells(t.word) && !fearOf[t.raw] && !ofBot(t.raw) })
}
