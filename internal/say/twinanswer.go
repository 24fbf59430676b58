package say

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// The words of an answer to "is it this one?", in the tongues that people mix. A no before a word of difference, and a yes beside
// a no, are weighed in TwinAnswer.
var (
	twinNo = []string{"bukan", "bkn", "bukn", "tidak", "tdk", "gak", "ga", "gk", "nggak", "ngga", "engga", "enggak", "kagak", "tak", "ora", "dudu", "sanes", "teu", "henteu",
		"no", "not", "nope", "isnt", "jangan", "jgn", "dont", "belum"}
	twinDiff   = []string{"beda", "bedo", "berbeda", "bedanya", "lain", "lainnya", "sejen", "liyane", "different", "another", "other", "else"}
	twinFollow = []string{"ikut", "ikuti", "ikutin", "ikutan", "ngikut", "ngikutin", "mengikuti", "ngiring", "melu", "follow", "join", "gabung", "gabungin", "gabungkan", "nebeng", "numpang"}
	twinSame   = []string{"sama", "samain", "podo", "padha", "sarua", "sami", "same", "iya", "iyaa", "ya", "yes", "yup", "yap", "yep", "yeah", "y", "betul", "btl", "bener", "benar", "persis",
		"itu", "eta", "iku", "nggih", "inggih", "muhun", "enya", "heeh", "oke", "ok", "okay", "okey", "setuju", "right", "exactly", "sure", "correct", "tuh", "boleh", "mau"}
	twinEnd = []string{"kok", "kan", "sih", "ya", "pak", "bu", "min", "kak", "from"}
	twinNth = map[string]int{"1": 1, "satu": 1, "pertama": 1, "first": 1, "kahiji": 1, "2": 2, "dua": 2, "kedua": 2, "second": 2, "two": 2, "kadua": 2,
		"3": 3, "tiga": 3, "ketiga": 3, "third": 3, "three": 3, "terakhir": 3}
)

// twinLong is how many words an answer has at most that does not begin like one.
const twinLong = 7

// TwinAnswer reads what people write when they are shown a report that may be the same: "iya itu yang sama", "bukan, beda lampu",
// "ikut aja", "the second one". Neither means that it is no answer. nth is the one that is named, 0 for none.
func TwinAnswer(text string) (same, other bool, nth int) {
	words := strings.Fields(strings.ReplaceAll(bot.Fold(strings.ReplaceAll(text, "'", "")), "gapapa", "ya"))
	if len(words) == 0 || len(words) > twinLong && !cue(words[0]) {
		return false, false, 0
	}
	has := func(list []string, from, to int) bool {
		return slices.ContainsFunc(words[max(0, from):min(len(words), to)], func(w string) bool { return slices.Contains(list, w) })
	}
	if i := slices.IndexFunc(words, func(w string) bool { return w == "no" || w == "nomor" || w == "nmr" || w == "number" }); i >= 0 && i+1 < len(words) && twinNth[words[i+1]] > 0 {
		return false, false, twinNth[words[i+1]]
	}
	var yes, no bool
	if parted := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '.' || r == ';' || r == '!' }); len(parted) > 1 {
		if first := strings.Fields(bot.Fold(parted[0])); len(first) == 1 && slices.Contains(twinNo, first[0]) && !has(twinFollow, 1, len(words)) {
			return false, true, 0 // "tidak, …": what follows tells why
		}
	}
	for i, w := range words {
		denied := has(twinNo, i-2, i)
		switch {
		case slices.Contains(twinFollow, w):
			yes, no = yes || !denied, no || denied
		case slices.Contains(twinDiff, w): // "ga ada bedanya" is the same; "bukan, beda lampu" and "tidak beda lampu" are not
			if !has(twinFollow, 0, len(words)) {
				none := denied && words[i-1] != "bukan" && words[0] != "bukan" && (i+1 == len(words) || has(twinEnd, i+1, i+2))
				yes, no = yes || none, no || !none
			}
		case slices.Contains(twinSame, w) && denied:
			no = true
		case slices.Contains(twinSame, w):
			yes = yes || !no
		case twinNth[w] != 0 && len(words) <= 4:
			nth = twinNth[w]
		}
	}
	if !yes && !no {
		no = has(twinNo, 0, 1)
	}
	switch {
	case no && yes && has(twinFollow, 0, len(words)) && !deniedFollow(words):
		return true, false, nth // "ga usah bikin baru, ikut itu aja"
	case no:
		return false, true, nth
	}
	return yes, false, nth
}

// deniedFollow reports whether the following itself is what is not wanted.
func deniedFollow(words []string) bool {
	for i, w := range words {
		if slices.Contains(twinFollow, w) {
			return slices.ContainsFunc(words[max(0, i-2):i], func(w string) bool { return slices.Contains(twinNo, w) })
		}
	}
	return false
}

func cue(w string) bool {
	return slices.Contains(twinNo, w) || slices.Contains(twinDiff, w) || slices.Contains(twinSame, w) || slices.Contains(twinFollow, w)
}

// TwinRest is what an answer tells besides "no": "bukan, lampu saya yang di gang mawar".
func TwinRest(text string) string {
	words := strings.Fields(text)
	for len(words) > 0 {
		w := bot.Fold(words[0])
		if w != "" && w != "pak" && w != "bu" && w != "min" && w != "kak" && !cue(w) {
			break
		}
		words = words[1:]
	}
	if len(words) < 3 {
		return ""
	}
	return strings.Join(words, " ")
}
