package answer

import (
	"strings"

	"rabeg/bot"
)

// callsOff reports whether a message about an erasing wants that it be not done. A word such as "jangan" or "tidak" is of what follows
// it: "tidak mau data saya disimpan, tolong hapus" wants the erasing. A wrong yes takes somebody's right away, a wrong no only asks
// again: what is a question or a complaint is no yes.
func callsOff(text string) bool {
	off, asked := false, strings.Contains(text, "?")
	for clause := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(".,;:!?\n–—", r) }) {
		words := strings.Fields(bot.Fold(clause))
		not := false // what comes now is not wanted
		for i, w := range words {
			switch sort := ownWords[w]; {
			case sort&ownWhy != 0:
				return false
			case sort&ownErase != 0:
				off = not
			case sort&ownKeep != 0:
				not = false
			case sort&ownOff != 0:
				after := ownRest(words[i+1:])
				switch {
				case takesBack(w, after):
					off, not = true, true
				case !asksWhether(w, words[:i], after, asked):
					not = true
				}
			}
		}
	}
	return off
}

// asksWhether reports whether a "tidak" asks, or complains, and does not forbid: "bisa gak hapus data saya", "tidak bisa dihapus".
func asksWhether(w string, before, after []string, asked bool) bool {
	if ownWords[w]&ownNot == 0 || so(after) {
		return false
	}
	if asked || len(before) > 0 && ownWords[before[len(before)-1]]&ownCan != 0 {
		return true
	}
	return len(after) > 0 && (strings.HasPrefix(after[0], "bisa") || after[0] == "bs" || after[0] == "can" || after[0] == "dapat")
}

// takesBack reports whether an off-word is of the erasing that was named before it: "hapus data saya, batal", "… gak jadi", "… jangan".
func takesBack(w string, after []string) bool {
	if ownWords[w]&ownNot != 0 {
		return so(after) && onlyGlue(after[1:])
	}
	return w != "stop" && onlyGlue(after)
}

func so(after []string) bool { return len(after) > 0 && ownWords[after[0]]&ownSo != 0 }

// ownRest is what follows an off-word, without more of the same: "jangan, tidak".
func ownRest(words []string) []string {
	for len(words) > 0 && ownWords[words[0]]&ownOff != 0 {
		words = words[1:]
	}
	return words
}

func onlyGlue(words []string) bool {
	for _, w := range words {
		if ownWords[w]&ownGlue == 0 {
			return false
		}
	}
	return true
}
