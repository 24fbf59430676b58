package answer

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rabeg/bot"
)

// bondHyphens are the signs that stand between the halves of a code.
const bondHyphens = "-–‑—"

// bondCode is a code as people type it: with a hyphen, a space or nothing between its halves. A code has digits and letters.
var bondCode = regexp.MustCompile(`(?i)^([2-9a-hjkmnp-z]{4})[ \-–‑—]?([2-9a-hjkmnp-z]{4})$`)

// bondAfter finds a code behind a word for tying, also in our own sentence that somebody has passed on.
var bondAfter = regexp.MustCompile(`(?i)\b(?:hubungkan|sambungkan|tautkan|kaitkan|link|connect)[\s:*_]+(?:(?:kode|code|wa|telegram|dengan|with)[\s:*_]+)*([2-9a-hjkmnp-z]{4}[ \-–‑—]?[2-9a-hjkmnp-z]{4})\b`)

// Bond reads a wish about the writer's other chats; the zero Bond where any word of it tells something else, as in "hubungkan saya
// dengan petugas".
func (lx *Lexicon) Bond(text string) Bond {
	trimmed := strings.Trim(strings.TrimSpace(text), "*_.,!\"“”")
	if code, ok := codeOf(trimmed); ok && strings.ContainsAny(trimmed, bondHyphens) && !slices.ContainsFunc(bondFields(text), lane) {
		return Bond{Want: Claim, Code: code}
	}
	for _, m := range bondAfter.FindAllStringSubmatch(text, -1) {
		if code, ok := codeOf(m[1]); ok {
			return Bond{Want: Claim, Code: code}
		}
	}
	if code, ok := lx.given(text); ok {
		return Bond{Want: Claim, Code: code}
	}
	return lx.bondWant(text)
}

// phoneShape is a number of a phone as people write it apart.
var phoneShape = regexp.MustCompile(`(?:\+?62|\b0)[ \-.]?8[0-9 \-.]{7,16}[0-9]\b`)

// bondFields are the words of a text, folded; the number of a phone is one.
func bondFields(text string) []string {
	text = phoneShape.ReplaceAllStringFunc(text, func(n string) string { return strings.NewReplacer(" ", "", "-", "", ".", "", "+", "").Replace(n) })
	return strings.Fields(bot.Fold(strings.TrimPrefix(strings.TrimSpace(text), "/")))
}

// given finds a code beside words that are about nothing else, however it is written apart: "kodenya k7mq 3xpd", "k 7 m q - 3 x p d ini
// kodenya". Where such words stand and what is with them can be no code of ours ("kodenya 4821-77"), ok is true and the code "".
func (lx *Lexicon) given(text string) (code string, ok bool) {
	words := bondFields(text)
	const bits = 8 // of a code that is spelt out
	if len(words) > bondLong+bits {
		return "", false
	}
	for i := range words {
		joined := ""
		for j := i; j < len(words) && len(joined) < bits; j++ {
			if lane(words[j]) {
				break
			}
			joined += words[j]
			found, is := codeOf(joined)
			if !is || !spelt(words[i:j+1]) {
				continue
			}
			has, only := lx.aroundCode(words, words[i:j+1])
			if only && (has&(bondTie|bondLink|bondKey) != 0 || has == 0 && deliberate(text, words) && drawn(joined)) {
				return found, true
			}
		}
	}
	return "", lx.garbled(text)
}

// spelt reports whether words can be the pieces of a code: one, two halves, or single signs.
func spelt(words []string) bool {
	single := func(w string) bool { return len(w) != 1 }
	return len(words) == 1 || len(words) == 2 && len(words[0]) == 4 || !slices.ContainsFunc(words, single)
}

// aroundCode is what stands beside a code in a message; only is false where any word of it tells something else.
func (lx *Lexicon) aroundCode(words, code []string) (has bondSort, only bool) {
	for _, w := range words {
		sort := bondWords[w]
		switch {
		case slices.Contains(code, w): // also said twice
		case sort == 0 && !lx.filler[w]:
			return 0, false
		default:
			has |= sort | bondGlue
		}
	}
	return has, true
}

// garbled reports whether something is given as a code that can be none: too short, too long, with other signs. What names a thing
// ("kode tiang A12") is no such message.
func (lx *Lexicon) garbled(text string) bool {
	const least, most = 4, 12
	var has bondSort
	joined, hyphen := "", false
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(":*/,!?.\"“”()", r) }) {
		sort := bondWords[w]
		switch {
		case sort != 0:
			has |= sort
		case lx.filler[w] && len(w) > 1:
		case !strings.ContainsAny(w, "0123456789") || !garbledShape.MatchString(w):
			return false
		default:
			hyphen = hyphen || strings.ContainsAny(w, bondHyphens)
			joined += strings.Join(bondFields(w), "")
		}
	}
	switch {
	case len(joined) < least || len(joined) > most || lane(joined) || reportShape.MatchString(joined) || dialable(joined):
		return false
	case has&(bondTie|bondLink) != 0 && has&bondMe == 0: // "hubungkan saya …" wants a person
		return hyphen || has&bondKey != 0
	case has&bondKey == 0:
		return false
	}
	return hyphen || strings.Trim(joined, "0123456789") != "" // digits in one are a number of another system
}

// garbledShape is what may be meant for a code: one piece, or two with a hyphen.
var garbledShape = regexp.MustCompile(`^[0-9a-z]{1,12}(?:[-–‑—_][0-9a-z]{1,8})?$`)

// reportShape is a report's number, without its hyphens.
var reportShape = regexp.MustCompile(`^[a-z]{3,4}[2-9a-z]{6}$`)

// lane reports whether a word names a neighbourhood: rt25.
func lane(w string) bool {
	rest, rt := strings.CutPrefix(w, "rt")
	if !rt {
		rest, rt = strings.CutPrefix(w, "rw")
	}
	return rt && strings.Trim(rest, "0123456789") == ""
}

// dialable reports whether a word is a number of a phone.
func dialable(w string) bool {
	return len(w) >= 9 && len(w) <= 15 && strings.Trim(w, "0123456789") == "" && (w[0] == '0' || w[0] == '6' || w[0] == '8')
}

// deliberate reports whether a code that stands alone is written as only a code is: in capitals, with a hyphen, or spelt out.
func deliberate(text string, words []string) bool {
	return strings.ToUpper(text) == text || strings.ContainsAny(text, bondHyphens) || len(words) > 2
}

// drawn reports whether signs look drawn by lot: letters and digits change places more often than on a number plate or a house.
func drawn(joined string) bool {
	changes := 0
	for i := 1; i < len(joined); i++ {
		if (joined[i] <= '9') != (joined[i-1] <= '9') {
			changes++
		}
	}
	return changes > 2
}

func codeOf(s string) (string, bool) {
	m := bondCode.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	code := strings.ToUpper(m[1] + m[2])
	letters := strings.Trim(code, "23456789") != ""
	return code, letters && strings.ContainsAny(code, "23456789")
}
