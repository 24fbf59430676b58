package answer

import (
	"strings"

	"rabeg/bot"
)

// callsOff reports whether a message about an erasing asks that it not be done. A word such as "jangan" or "tidak" belongs to what
// follows it: "tidak mau data saya disimpan, tolong hapus" wants the erasing. A wrong yes takes somebody's right away, a wrong no only
// asks again, so a question or a complaint is not a yes.
func callsOff(text string) bool {
	off, asked := false, strings.Contains(text, "?")
	for clause := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(".,;:!?\n–—", r) }) {
		words := strings.Fields(bot.Fold(clause))
		not := false // what follows in this clause is not wanted
		for i, w := range words {
			switch sort := ownWords[w]; {
			case sort&ownWhy != 0:
				return false
			case sort&ownErase != 0:
				off = not
			case sort&ownKeep != 0: // what is not wanted is the keeping
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

// asksWhether reports whether a "tidak" asks or complains instead of forbidding: "bisa gak hapus data saya", "tidak bisa dihapus".
func asksWhether(w string, before, after []string, asked bool) bool {
	if ownWords[w]&ownNot == 0 || so(after) {
		return false
	}
	if asked || len(before) > 0 && ownWords[before[len(before)-1]]&ownCan != 0 {
		return true
	}
	return len(after) > 0 && (strings.HasPrefix(after[0], "bisa") || after[0] == "bs" || after[0] == "can" || after[0] == "dapat")
}

// takesBack reports whether an off-word belongs to the erasing named before it: "hapus data saya, batal", "… gak jadi", "… jangan".
func takesBack(w string, after []string) bool {
	if ownWords[w]&ownNot != 0 {
		return so(after) && onlyGlue(after[1:])
	}
	return w != "stop" && onlyGlue(after)
}

// so reports whether a "tidak" is a "tidak jadi": not after all.
func so(after []string) bool { return len(after) > 0 && ownWords[after[0]]&ownSo != 0 }

// ownRest is what follows an off-word, without more of the same: "jangan, tidak".
func ownRest(words []string) []string {
	for len(words) > 0 && ownWords[words[0]]&ownOff != 0 {
		words = words[1:]
	}
	return words
}

// onlyGlue reports whether words say nothing of their own.
func onlyGlue(words []string) bool {
	for _, w := range words {
		if ownWords[w]&ownGlue == 0 {
			return false
		}
	}
	return true
}
