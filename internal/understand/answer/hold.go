package answer

import "slices"

// What stands before an order to send and takes it back, also in tongues whose words else tell nothing. To be asked once more is cheap; a
// report that was sent against the will is not called back.
var (
	holdWord   = ListOf("hold")
	holdBeside = ListOf("hold-beside")
	ajaBefore  = ListOf("aja-before")
	outcryWord = ListOf("outcry")
)

// held reports whether what would send is denied or put off: "belum mau dikirim", "ore usah dikirim", "can bener", "never send this".
func (lx *Lexicon) held(ts []token) bool {
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
