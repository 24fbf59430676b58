package flows

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// What says that somebody wants to report and not yet what, and what stands beside it.
var (
	wantsReport = []string{"komplen", "komplain", "complain", "complaint", "complaints", "ngadu", "mengadu", "ngaduin", "lapor", "melapor", "ngelapor", "ngelaporin", "laporkeun", "lapuran", "laporan", "keluhan", "aduan", "pengaduan", "curhat", "report"}
	wishesTo    = []string{"mau", "ingin", "pengen", "pengin", "pingin", "mo", "bade", "hayang", "arep", "pan", "pen", "want", "would", "like", "need", "wanna", "nak", "boleh", "bisa", "can"}
	besideWish  = []string{"saya", "sy", "aku", "gua", "gue", "gw", "kula", "kule", "abdi", "kita", "ada", "nih", "dong", "pak", "bu", "min", "admin", "kak", "mas", "mbak", "punten", "permisi", "halo", "hallo", "assalamualaikum", "selamat", "pagi", "siang", "sore", "malam",
		"i", "to", "make", "a", "an", "something", "file", "have", "sesuatu", "soal", "ya", "ka", "dulu", "numpang", "izin", "ijin", "hi", "hello", "please", "buat", "bikin", "kirim", "satu", "baru", "di", "sini", "disini", "kang", "teh", "d"}
	inEnglish = []string{"english", "inggris", "inggres"}
	speaking  = []string{"speak", "please", "pls", "use", "bisa", "can", "pakai", "pake", "bahasa", "language", "understand", "only", "talk", "write", "in"}
)

// announced is the word that a text is which says in whatever words that somebody wants to report, or to be spoken to in English, and
// nothing else; NoWord for all others.
func announced(text string) Word {
	words := strings.Fields(bot.Fold(strings.ReplaceAll(text, "'", " ")))
	if len(words) < 2 || len(words) > 9 {
		return NoWord
	}
	has := func(list []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	if has(inEnglish) && has(speaking) && len(words) <= 7 {
		return WordEnglish
	}
	if !has(wantsReport) || !has(wishesTo) {
		return NoWord
	}
	for _, w := range words {
		if !slices.Contains(wantsReport, w) && !slices.Contains(wishesTo, w) && !slices.Contains(besideWish, w) {
			return NoWord
		}
	}
	return WordReport
}
