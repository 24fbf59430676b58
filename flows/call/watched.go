package call

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand/answer"
)

// The words by which somebody says that this chat must not be answered (lists.txt).
var (
	hushNot, hushReply, hushCall = answer.ListOf("hush-not"), answer.ListOf("hush-reply"), answer.ListOf("hush-call")
	hushBetween, hushPast        = answer.ListOf("hush-between"), answer.ListOf("hush-past")
	hushWho, hushNear            = answer.ListOf("hush-who"), answer.ListOf("hush-near")
	hushHolds, hushHeld          = answer.ListOf("hush-holds"), answer.ListOf("hush-held")
	hushAside, phones            = answer.ListOf("hush-aside"), answer.ListOf("phone")
)

// watched reports whether words say that this chat must not be answered: that nobody shall reply, or that the phone is in the hands of somebody
// else. asked says that they answer the question whether it is safe: then also who is there says so. Silence that was not meant is ended by
// a word; an answer that the wrong one reads is not taken back.
func watched(text string, asked bool) bool {
	const few, some = 6, 12
	folded := strings.Fields(bot.Fold(text))
	switch {
	case forbids(folded):
		return true
	case len(folded) == 0 || len(folded) > some || strings.Contains(text, "?"):
		return false
	case inOtherHands(folded):
		return true
	}
	return len(folded) <= few && (notSafe(folded) || asked && hushNear.Any(folded) && hushWho.Any(folded) && !no.Any(folded))
}

// forbids reports whether somebody asks not to be answered: "jangan bales sini", "jgn chat dulu ada suami". Who asks that somebody else not be
// called wants an answer ("jangan hubungi suami saya").
func forbids(words []string) bool {
	const reach = 3
	for i, w := range words {
		if !hushNot[w] || i > 0 && (w == "aja" || w == "aje") { // which is "just" behind other words: "langsung aja telp saya"
			continue
		}
		for j := i + 1; j < len(words) && j <= i+reach; j++ {
			if hushReply[words[j]] {
				other := j+1 < len(words) && (words[j+1] == "dendam" || hushCall[words[j]] && (hushWho[words[j+1]] || !bareAfter(words[j+1])))
				return !other
			}
			if !hushBetween[words[j]] {
				break
			}
		}
	}
	return false
}

// bareAfter reports whether a word behind a call that is not wanted names nobody else.
func bareAfter(w string) bool {
	switch w {
	case "saya", "sy", "aku", "gue", "gw", "kula", "abdi", "ke", "ya", "yah", "pak", "bu", "min", "kak", "me", "now", "here", "kesini", "sekarang", "skrg", "nomor":
		return true
	}
	return hushBetween[w] || hushNear[w]
}

// inOtherHands reports whether the phone is read or held by somebody else: "hp dipegang dia", "dia baca hp saya".
func inOtherHands(words []string) bool {
	if !phones.Any(words) || hushPast.Any(words) {
		return false
	}
	for i, w := range words {
		denied := i > 0 && no[words[i-1]] || i > 1 && no[words[i-2]]
		switch {
		case denied:
		case hushHeld[w] && hushWho.Any(words[min(i+1, len(words)):min(i+3, len(words))]) && (w != "di" || hushWho[words[i+1]]):
			return true
		case hushHolds[w] && by(words[:i]) && (i+1 == len(words) || phones.Any(words[:i]) || phones.Any(words[i+1:min(i+3, len(words))])): // "dia bawa anak saya, tolong telepon" holds a child
			return true
		}
	}
	return false
}

// by reports whether the words before a verb end in somebody who does it.
func by(before []string) bool {
	for i, w := range slices.Backward(before) {
		switch {
		case hushWho[w]:
			return true
		case (w == "saya" || w == "my") && i > 0 && hushWho[before[i-1]]: // "suami saya baca"
			return true
		case !hushAside[w]:
			return false
		}
	}
	return false
}

// notSafe reports whether words say that it is not safe.
func notSafe(words []string) bool {
	for i, w := range words {
		if i > 0 && (w == "aman" || w == "safe") && (no[words[i-1]] || words[i-1] == "not" || words[i-1] == "belum" || words[i-1] == "blm") {
			return true
		}
	}
	return false
}
