package desk

import (
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Why a report is passed on or refused is said with the verb, in people's own words. Where a menu asks for the rest, it keeps what was said.

// reasonLead begins what is kept behind a verb in the intent of a menu's letter.
const reasonLead = "="

// withReason is the intent of a menu that keeps a reason.
func withReason(v Verb, words string) string {
	if words == "" {
		return string(v)
	}
	return string(v) + ":" + reasonLead + say.Clip(words, disposeWords)
}

// reasonIn is the reason that a menu kept, by what stands behind its verb.
func reasonIn(page string) string {
	words, _ := strings.CutPrefix(page, reasonLead)
	if words == page {
		return ""
	}
	return words
}

// reasonShown tells what was kept, unless the group must not read it again.
func (h *handling) reasonShown(lead, words string, r report.Report) string {
	switch {
	case words == "":
		return ""
	case h.secret(r):
		return " " + lead + ": tulisan Anda."
	}
	return " " + lead + ": “" + say.Clip(words, 200) + "”."
}

// splitReason reads a reason for rejecting at the beginning of a text, by number, code, name, or as people say it.
func splitReason(p *profile.Profile, text string) (code, rest string) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return "", ""
	}
	if n, err := strconv.Atoi(strings.TrimRight(words[0], ".)")); err == nil && n >= 1 && n <= len(p.Reasons()) {
		return p.Reasons()[n-1].Code, after(text, words[0])
	}
	at := 0
	for at < len(words) && because(bot.Fold(words[at])) {
		at++
	}
	for n := min(len(words)-at, 10); n > 0; n-- {
		said := bot.Fold(strings.Join(words[at:at+n], " "))
		for _, r := range p.Reasons() {
			named := said == bot.Fold(r.Code) || said == bot.Fold(strings.ReplaceAll(r.Code, "_", " ")) || said == bot.Fold(r.Name)
			if said == "" || !named && !slices.ContainsFunc(otherwise(r), func(a string) bool { return bot.Fold(a) == said }) {
				continue
			}
			end := at + n
			if r.Outside && !ends(words[end-1]) {
				end += whoseDuty(p.City, words[end:])
			}
			if named || end > at+n || ends(words[end-1]) || end == len(words) {
				return r.Code, behindReason(words[end:])
			}
			return r.Code, strings.Join(words, " ") // the reason is part of a sentence
		}
	}
	return "", text
}

// otherwise are other words for a reason: the profile's, and for the one that it is nobody's duty here those that all officers have.
func otherwise(r profile.Rejection) []string {
	if !r.Outside {
		return r.Also
	}
	return append([]string{"bukan kewenangan", "bukan wewenang", "bukan tupoksi", "bukan ranah", "bukan urusan", "bukan tugas", "bukan aset"}, r.Also...)
}

func behindReason(words []string) string { return unparticled(strings.Join(words, " ")) }

// ends reports whether a word ends a part of a sentence.
func ends(word string) bool { return strings.ContainsAny(word[len(word)-1:], ",.:;") }

// because are words that stand between a verb and its reason.
func because(w string) bool {
	switch w {
	case "karena", "krn", "karna", "soalnya", "sebab", "alasan", "alasannya", "sebagai", "lantaran", "gara", "dengan":
		return true
	}
	return calls(w)
}

// whoseDuty is how many words say whose duty something is not, up to the end of the sentence's part; 0 for none.
func whoseDuty(city string, words []string) int {
	const most = 4
	here := strings.Fields(bot.Fold(city))
	for i, w := range words[:min(len(words), most)] {
		switch f := bot.Fold(w); f {
		case "kami", "kita", "kite", "kota", "pemkot", "pemda", "pemerintah", "dinas", "kantor", "daerah", "ini", "sini", "saya", "kabupaten", "di":
		default:
			if !slices.Contains(here, f) {
				return 0
			}
		}
		if ends(w) || i+1 == len(words) {
			return i + 1
		}
	}
	return 0
}

// disowns reports whether words say that a report is not the duty of the officer's own office: that gives it back, and refuses nobody.
func disowns(said string) bool {
	words := strings.Fields(bot.Fold(said))
	if !notOurs(words) {
		return false
	}
	own := false
	for _, w := range words {
		switch w {
		case "kota", "pemkot", "pemda", "pemkab", "pemerintah", "kabupaten":
			return false
		case "kami", "kita", "kite", "urang", "kuring", "kula", "saya", "kantor", "dinas", "bidang":
			own = true
		}
	}
	return own
}
