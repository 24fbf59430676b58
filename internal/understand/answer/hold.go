package answer

import "slices"

// What stands before an order to send and takes it back, also in tongues whose words else tell nothing. To be asked once more is cheap; a
// report that was sent against the will is not called back.
var (
	holdWord   = ListOf("hold")
	holdBeside = ListOf("hold-beside")
	ajaForms   = ListOf("aja-forms")
	ajaBefore  = ListOf("aja-before")
	outcryWord = ListOf("outcry")
	loathWord  = ListOf("loath")
	loathFor   = ListOf("loath-for")
	loathWhy   = ListOf("loath-why")
	loathSpur  = ListOf("loath-spur")
	loathJust  = ListOf("loath-just")
)

// held reports whether what would send is denied or put off: "belum mau dikirim", "ore usah dikirim", "can bener", "never send this".
func (lx *Lexicon) held(ts []token) bool {
	if lx.loath(ts) {
		return true
	}
	for i, t := range ts {
		if t.stop || !holdWord[t.raw] && !holdWord[t.word] {
			continue
		}
		j := i + 1
		needed := false
		for ; j < len(ts) && !ts[j].stop && (holdBeside[ts[j].word] || lx.filler[ts[j].word]); j++ {
			needed = needed || ts[j].word == "usah"
		}
		if j == len(ts) || ts[j].stop {
			continue
		}
		m, _ := lx.longestAt(ts, j)
		switch {
		case t.raw == "sing" && !needed, t.raw == "can" && (m == Send && sendForms[ts[j].raw] || m != Send && m != Good): // "sing bener", "can send"
		case m == Send, m == Secret, m == Plain, m == Go, m == Good && t.raw == "can":
			return true
		}
	}
	return false
}

// loath reports whether somebody says that he or she would rather not send, or sees no use in it: "percuma dikirim", "buat apa dikirim",
// "mau ngirim takut". What stands behind an order is its reason ("kirim aja, males nunggu"), but for what ends it ("dikirim juga percuma").
func (lx *Lexicon) loath(ts []token) bool {
	for i, t := range ts {
		why := loathWhy[t.raw] || t.word == "apa" && i > 0 && loathFor[ts[i-1].raw]
		if !why && !loathWord[t.raw] || denies(ts[:i]) {
			continue
		}
		end := i + 1
		for end < len(ts) && lx.aside(ts[end]) {
			end++
		}
		switch {
		case end < len(ts) && !ts[end].stop:
			m, _ := lx.longestAt(ts, end)
			if m == Go || m == Send && (ts[end].word == "kirim" || !sending(ts[end+1:])) { // "percuma lapor, tapi kirim aja"
				return true
			}
		case !why && lx.behindSend(ts[:i]):
			return true
		}
	}
	return false
}

// mereLoath reports whether a line only says that somebody is loath, and how one is treated: "males ah, percuma, paling ga digubris".
func (lx *Lexicon) mereLoath(ts []token) bool {
	loath := false
	for _, t := range ts {
		switch {
		case loathWord[t.raw]:
			loath = true
		case !t.stop && !lx.filler[t.word] && !treated(t.raw) && t.word != "tidak" && t.word != "bakal" && t.word != "paling":
			return false
		}
	}
	return loath
}

// denies reports whether words end with a "not": "ga usah takut" fears nothing.
func denies(before []token) bool {
	const near = 2
	for n, t := range slices.Backward(before) {
		if t.stop || n < len(before)-near {
			return false
		}
		if t.word == "tidak" || t.word == "jangan" {
			return true
		}
	}
	return false
}

// aside reports whether a word may stand between an order to send and what holds it.
func (lx *Lexicon) aside(t token) bool {
	return !t.stop && !loathSpur[t.raw] && (holdBeside[t.word] || lx.filler[t.word])
}

// behindSend reports whether words end with sending, and not with the plain order to: "kirim aja".
func (lx *Lexicon) behindSend(before []token) bool {
	for _, t := range slices.Backward(before) {
		switch {
		case t.word == "kirim":
			return true
		case !lx.aside(t), loathJust[t.raw]:
			return false
		}
	}
	return false
}

// sending reports whether it is said in some words that something be sent.
func sending(ts []token) bool {
	return slices.ContainsFunc(ts, func(t token) bool { return t.word == "kirim" })
}

// sendForms are the English forms of "to send" before which "can" is no Sundanese "not yet".
var sendForms = map[string]bool{"send": true, "snd": true, "sent": true, "submit": true}

// addressed reports whether only somebody is spoken to in what stands before a word, since the last stop.
func addressed(before []token) bool {
	for _, t := range slices.Backward(before) {
		switch {
		case t.stop:
			return true
		case !ajaBefore[t.raw]:
			return false
		}
	}
	return true
}

// withoutOutcry leaves out the "ampun" that only cries out ("ya ampun kirim aja"); said to somebody, it begs that something not be done.
func withoutOutcry(ts []token) []token {
	before := ""
	return slices.DeleteFunc(ts, func(t token) bool {
		cries := t.raw == "ampun" && outcryWord[before]
		before = t.raw
		return cries
	})
}
