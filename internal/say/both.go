package say

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// What somebody says who wants more than one of what is offered, and what is said beside it.
var (
	bothAll  = []string{"semua", "semuanya", "smua", "semuany", "kabeh", "kabehe", "sadayana", "all", "both", "keduanya", "duanya", "dua2nya", "duaduanya", "duana", "loro", "lorone", "ketiganya", "tiganya", "tiga2nya"}
	bothJoin = []string{"dan", "sama", "and", "jeung", "karo", "sm", "n", "terus", "trus", "juga", "plus"}
	bothFill = []string{"iya", "ya", "y", "yes", "pak", "bu", "min", "kak", "mas", "mbak", "dong", "deh", "kok", "atuh", "aja", "saja", "nomor", "no", "yang", "yg", "kirim", "kirimkan", "lapor", "laporkan", "mau", "saya",
		"pilih", "tolong", "mohon", "dua", "tiga", "nya", "of", "them", "the", "ones", "please", "kedua", "ketiga", "eta", "itu", "masalah", "masalahnya", "laporan", "laporannya"}
)

// BothOf reads an answer that wants more than one of n things that were offered: "dua-duanya", "semua", "1 dan 2", "yang 1 sama 3". which
// are the numbers, nil for all of them. ok is false for all else.
func BothOf(text string, n int) (which []int, ok bool) {
	if n < 2 || strings.Contains(text, "?") {
		return nil, false
	}
	words := strings.Fields(bot.Fold(strings.NewReplacer("'", "", "&", " dan ", "+", " dan ").Replace(text)))
	if len(words) == 0 || len(words) > severalLong {
		return nil, false
	}
	all, joined := false, strings.ContainsAny(text, ",&+")
	for i, w := range words {
		at := numeral(w)
		switch {
		case slices.Contains(bothAll, w), w == "dua" && i+1 < len(words) && words[i+1] == "dua":
			all = true
		case at > 0 && at <= n && !slices.Contains(which, at) && !(w == "dua" && i+1 < len(words) && slices.Contains(bothAll, words[i+1])):
			which = append(which, at)
		case slices.Contains(bothJoin, w):
			joined = true
		case !slices.Contains(bothFill, w) && at == 0:
			return nil, false
		}
	}
	switch {
	case all:
		return nil, true
	case len(which) > 1 && joined:
		slices.Sort(which)
		return which, true
	}
	return nil, false
}

// numberLeast is how many words at least tell something of what is named by its number; numberWithin among how many the number stands.
const numberLeast, numberWithin = 4, 6

// NumberOf is the one of n things that were numbered of which words tell more, naming it by its number ("oh ya no 4 itu panjangnya 50
// meter"), from 1; 0 for none. The number of a house is none.
func NumberOf(text string, n int) int {
	said := strings.Fields(bot.Fold(text))
	if n < 2 || len(said) < numberLeast {
		return 0
	}
	for i, w := range said[:min(len(said)-1, numberWithin-1)] {
		if !slices.Contains(numbering, w) || w == "ke" && (i == 0 || !slices.Contains([]string{"yang", "yg", "laporan", "masalah", "poin"}, said[i-1])) { // "hari ke 3"
			continue
		}
		if nth := numeral(strings.TrimLeft(said[i+1], "0")); nth > 0 && nth <= n && !slices.ContainsFunc(said[:i], inAddress) {
			return nth
		}
	}
	return 0
}

// numbering are the words before the number of one of several.
var numbering = []string{"no", "nomor", "nomer", "nmr", "nmer", "number", "poin", "point", "ke"}

// inAddress reports whether a word before a number makes it one of an address: "blok c no 4".
func inAddress(w string) bool {
	switch w {
	case "blok", "rt", "rw", "gang", "gg", "jl", "jln", "jalan", "rumah", "di", "perum", "komplek", "depan", "dekat", "deket":
		return true
	}
	return false
}

// AnotherMatter says that what was just told is a report of its own.
func (v Voice) AnotherMatter() string {
	return v.pick("Itu masalah lain, jadi saya buatkan laporan sendiri.", "That is another matter, so it gets its own report.")
}

// AfterDanger says that what was told in a danger is another matter, and waits.
func (v Voice) AfterDanger() string {
	return v.pick("Itu masalah lain; saya catat, dan saya tanyakan sesudah yang darurat ini.", "That is another matter. It is noted, and I will ask about it after this emergency.")
}

// BothChoice is the choice that makes a report of each of some categories.
func (v Voice) BothChoice(codes []string) bot.Choice {
	var names []string
	for _, c := range codes {
		names = append(names, v.Topic(c))
	}
	return bot.Choice{ID: "both", Label: strings.Join(names, " + ")}
}

// NotSentYet says, of a report that is asked after as if it had been sent, that it was not, and how it is. ready says that nothing is missing.
func (v Voice) NotSentYet(words string, ready bool) string {
	s := v.pick("Laporan ini belum terkirim", "This report has not been sent yet")
	if words != "" && !ready { // else the card shows it
		s += " (" + quote(words, 60) + ")"
	}
	s += v.pick(", jadi petugas belum membacanya.", ", so no officer has read it.")
	if ready {
		return s + " " + v.f("Kalau sudah benar, tulis %s.", "If it is right, write %s.", bot.Bold(v.pick("kirim", "send")))
	}
	return s + " " + v.f("Jawab dulu yang ini, lalu tulis %s.", "Answer this first, then write %s.", bot.Bold(v.pick("kirim", "send")))
}

// SentBefore tells how the reports stand that were sent before.
func (v Voice) SentBefore(all []report.Report) string {
	lines := []string{v.pick("Yang sudah Anda kirim sebelumnya:", "What you sent before:")}
	for _, r := range all {
		lines = append(lines, v.line(r))
	}
	return strings.Join(lines, "\n")
}

// SamePlace says that all are taken to be in one place.
func (v Voice) SamePlace() string {
	return v.pick("Baik, semuanya di satu tempat.", "All right, all in one place.")
}
