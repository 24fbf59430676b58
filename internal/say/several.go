package say

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Line is one of several matters as it is shown before it is sent. Agency is its office, "" where officers find it; Secret says that it
// goes confidentially and the others do not.
type Line struct {
	Draft  report.Draft
	Agency string
	Secret bool
}

// Numbered is one of several reports that were filed together. Waits says that it waits for a look of the coordinator's.
type Numbered struct {
	ID       report.ID   `json:"id"`
	Code     report.Code `json:"code"`
	Category string      `json:"category,omitempty"`
	Agency   string      `json:"agency,omitempty"`
	Owner    string      `json:"owner,omitempty"`
	Due      time.Time   `json:"due,omitzero"`
	Waits    bool        `json:"waits,omitempty"`
	Secret   bool        `json:"secret,omitempty"`
}

// lineText is how many runes of a matter's words are shown.
const lineText = 120

// Several shows the matters that were heard in what somebody wrote.
func (v Voice) Several(lines []Line) string {
	var b strings.Builder
	b.WriteString(v.f("Saya lihat %s:", "I see %s:", bot.Bold(v.f("%d masalah", "%d problems", len(lines)))))
	for i, l := range lines {
		b.WriteString("\n" + strconv.Itoa(i+1) + ". " + v.topic(l.Draft))
		if where := v.Where(l.Draft.Place); where != "" {
			b.WriteString(" · 📍 " + Clip(where, 100))
		}
		b.WriteString(v.goesTo(l.Draft, l.Agency))
		if n := len(l.Draft.Photos); n > 0 {
			b.WriteString(" · 📷 " + v.photos(n))
		}
		if n := len(l.Draft.Files); n > 0 {
			b.WriteString(" · 📎 " + v.files(n))
		}
		b.WriteString("\n" + quote(l.Draft.Text, lineText))
		if l.Secret {
			b.WriteString(v.pick(" · 🔒 dikirim rahasia", " · 🔒 sent confidentially"))
		}
	}
	return b.String()
}

// SendSeveral is the choice that makes a report of each.
func (v Voice) SendSeveral(n int) string {
	return v.f("Kirim jadi %d laporan", "Send as %d reports", n)
}

// TopicOf is the choice that changes what one matter is about.
func (v Voice) TopicOf(nth int, category string) string {
	return v.f("No. %d: %s", "No. %d: %s", nth, v.Topic(category))
}

// AskPlaceOfAll asks once where all of them are.
func (v Voice) AskPlaceOfAll() string {
	return v.f("Semuanya di tempat yang sama? Kirim lokasinya, atau tulis nama jalan atau kampungnya, cukup sekali. Kalau tempatnya berbeda, tulis %s.",
		"All in the same place? Send the location, or write the street or kampung, once. If the places differ, write %s.", bot.Bold(v.pick("beda tempat", "different places")))
}

// AskPlaceOf asks where one of them is.
func (v Voice) AskPlaceOf(nth int, text string) string {
	return v.f("Nomor %d, %s: di mana tempatnya? Kirim lokasi, atau tulis nama jalan atau kampungnya, dan dekat apa.",
		"Number %d, %s: where is it? Send a location, or write the street or kampung, and what it is near.", nth, quote(text, 80))
}

// Together says that it stays one report.
func (v Voice) Together() string {
	return v.pick("Baik, jadi satu laporan saja.", "All right, one report it is.")
}

// SeveralReceipt is the receipt of several reports: each with its number, its office and the day of its answer.
func (v Voice) SeveralReceipt(all []Numbered) string {
	var b strings.Builder
	b.WriteString(v.f("Terima kasih! 🙏 %d laporan diterima:", "Thank you! 🙏 %d reports are filed:", len(all)))
	for i, r := range all {
		b.WriteString("\n" + strconv.Itoa(i+1) + ". " + bot.Bold(string(r.Code)) + " " + v.Topic(r.Category) + ": ")
		o, outside := v.Profile.Owner(r.Owner)
		switch {
		case r.Waits:
			b.WriteString(v.f("dilihat dulu oleh petugas %s", "officers of %s look at it first", v.Profile.Coordinator))
		case outside:
			b.WriteString(v.f("petugas menyampaikannya ke %s", "officers pass it on to %s", o.Short))
		case r.Agency == "":
			b.WriteString(v.pick("petugas mencarikan kantornya", "officers find the right office"))
		default:
			b.WriteString(v.Office(r.Agency))
		}
		if !r.Due.IsZero() && !r.Waits {
			b.WriteString(v.f(", paling lambat %s", ", by %s", bot.Bold(v.Due(r.Due))))
		}
		if r.Secret {
			b.WriteString(" 🔒")
		}
	}
	return b.String() + v.f("\n\nKabar semuanya datang ke chat ini. Mau menambah? Tulis nomornya. Mau melihat laporan Anda? Tulis %s.",
		"\n\nNews of all comes to this chat. To add something, write the number. To see your reports, write %s.", bot.Bold("status"))
}

// What somebody answers who was shown several matters.
const (
	SeveralAll   = "all"   // a report of each
	SeveralOne   = "one"   // one report of all
	SeveralApart = "apart" // the places differ
	SeveralOnly  = "only"  // one of them, the others later
	SeveralDrop  = "drop"  // all but one
	SeveralSome  = "some"  // more than one of them, and not all: see BothOf
)

var (
	sevNo    = []string{"jangan", "jgn", "tidak", "tdk", "gak", "ga", "gk", "nggak", "ngga", "engga", "enggak", "usah", "no", "not", "dont", "hapus", "buang", "tanpa", "without", "drop", "kecuali", "except"}
	sevOff   = []string{"batal", "batalin", "batalkan", "dibatalin", "dibatalkan", "batalno", "gajadi", "gakjadi", "gajd", "gajadiin", "tidakjadi", "tdkjadi", "nggajadi", "coret", "dicoret", "cabut", "dicabut", "cancel"}
	sevSplit = []string{"pisah", "pisahkan", "pisahin", "dipisah", "dipisahkan", "dipisahin", "pecah", "dipecah", "split", "separate", "separately", "sendiri", "masing", "satu2", "satusatu"}
	sevAll   = []string{"semua", "semuanya", "semuany", "smua", "smuanya", "kabeh", "sadayana", "all", "both", "keduanya", "dua2nya", "duanya", "ketiganya", "tiganya"}
	sevYes   = []string{"ya", "iya", "iyaa", "y", "yes", "ok", "oke", "okay", "siap", "betul", "benar", "bener", "setuju", "kirim", "kirimkan", "kirimin", "send", "lanjut", "gas", "sip", "boleh", "sure", "nggih", "muhun"}
	sevOne   = []string{"gabung", "gabungkan", "gabungin", "digabung", "satukan", "satuin", "disatukan", "disatuin", "together", "barengan", "sekaligus"}
	sevOnly  = []string{"aja", "saja", "doang", "dulu", "dl", "cuma", "hanya", "only", "just", "first", "wae", "tok"}
	sevApart = []string{"beda", "berbeda", "bedo", "different", "differ", "lain", "berlainan"}
	sevFill  = []string{"pak", "bu", "min", "kak", "mas", "mbak", "tolong", "mohon", "deh", "dong", "ya", "yg", "yang", "the", "please", "itu", "ini", "nya", "juga", "laporan", "laporannya", "report", "reports",
		"jadi", "jadikan", "as", "into", "tempat", "tempatnya", "lokasi", "lokasinya", "places", "place", "them", "of", "are", "in", "di", "nomor", "no", "nmr", "number", "num", "nomer", "nmer", "masalah", "it", "me", "beres", "aku", "saya", "mau", "pilih", "masing2", "dua", "tiga", "one", "siji", "hiji", "2", "3", "4", "5"}
	sevNumbers = []string{"satu", "dua", "tiga", "empat", "lima"}
	sevNth     = []string{"pertama", "kedua", "ketiga", "keempat", "kelima", "first", "second", "third", "fourth", "fifth"}
)

// sevAfterOff are words behind "ga jadi" with which nobody tells what did not come about ("ga jadi diaspal").
var sevAfterOff = []string{"deh", "dah", "yg", "yang", "lapor", "laporin", "aja", "saja", "pak", "bu", "min", "ya", "soalnya", "karena", "krn", "udah", "sudah", "nomor", "nomer", "no"}

// severalShort is how many words one has that takes a matter back by what may tell of the matter itself: "pohonnya udah dicabut dinas".
const severalShort = 4

// severalLong is how many words an answer has at most, severalOff one that takes a matter back and may say why.
const severalLong, severalOff = 8, 12

// SeveralAnswer reads what somebody answers who was shown several matters, in free words: "iya kirim semua", "satu aja", "yang lampu aja
// dulu", "sampahnya ga usah". matters are their words and topics; nth is the one that is meant, from 1. said is "" where it is no answer.
func SeveralAnswer(text string, matters []string) (said string, nth int) {
	words := strings.Fields(bot.Fold(strings.ReplaceAll(text, "'", "")))
	switch nth = takenBack(words, matters); {
	case nth > 0:
		return SeveralDrop, nth
	case nth < 0:
		return "", 0
	}
	return severalOf(text, words, matters)
}

// severalOf is SeveralAnswer of words that take nothing back.
func severalOf(text string, words, matters []string) (said string, nth int) {
	if len(words) == 0 || len(words) > severalLong {
		return "", 0
	}
	has := func(list []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	if which, ok := BothOf(text, len(matters)); ok {
		switch len(which) {
		case 0, len(matters):
			return SeveralAll, 0
		default:
			return SeveralSome, 0
		}
	}
	nth = meantOf(words, matters)
	meant := ""
	for i, m := range matters {
		if i+1 == nth {
			meant = m
		}
	}
	rest := 0 // words that are of no answer
	before := ""
	for _, w := range words {
		known := slices.Contains(sevNth, w) || numeral(w) > 0 || names(meant, w)
		for _, list := range [...][]string{sevNo, sevSplit, sevAll, sevYes, sevOne, sevOnly, sevApart, sevFill} {
			known = known || slices.Contains(list, w)
		}
		if !known && before != "yang" {
			rest++
		}
		before = w
	}
	denied := false
	for i, w := range words {
		number := w == "no" && i+1 < len(words) && numeral(words[i+1]) > 0 // "no 3": number three
		denied = denied || slices.Contains(sevNo, w) && !number
	}
	one := strings.Contains(" "+strings.Join(words, " ")+" ", " satu ") || has([]string{"1", "one", "siji", "hiji"})
	switch {
	case rest > 1 || rest > 0 && nth == 0:
		return "", 0
	case nth > 0 && denied:
		return SeveralDrop, nth
	case nth > 0 && has(sevOnly):
		return SeveralOnly, nth
	case nth > 0:
		return "", 0
	case has(sevSplit) && denied, has(sevOne), one:
		return SeveralOne, 0
	case has(sevApart):
		return SeveralApart, 0
	case denied:
		return "", 0
	case has(sevSplit), has(sevAll), has(sevYes):
		return SeveralAll, 0
	}
	return "", 0
}

// OfAll reports whether a word stands for all matters.
func OfAll(w string) bool { return slices.Contains(sevAll, w) }

// MatterDropped says that one of several matters was taken off.
func (v Voice) MatterDropped(nth int, category string) string {
	return v.f("Nomor %d (%s) saya hapus. 👍", "I took number %d (%s) off. 👍", nth, v.Topic(category))
}

// takenBack is the matter that words take back, with whatever reason behind ("yg nomer 3 batalin aja udah nyala barusan"); 0 for none,
// below 0 where nothing is to be taken back ("jangan dibatalin").
func takenBack(words, matters []string) int {
	if len(words) > severalOff {
		return 0
	}
	for i, w := range words {
		denied := i > 0 && slices.Contains(sevNo, words[i-1])
		switch {
		case slices.ContainsFunc(words, OfAll):
			return 0
		case slices.Contains(sevOff, w) && denied:
			return -1
		case slices.Contains(sevOff, w) && (len(words) <= severalShort || i > 0 && numeral(words[i-1]) > 0 || !strings.HasPrefix(w, "di") && !strings.HasPrefix(w, "c")),
			w == "jadi" && denied && (i+1 == len(words) || slices.Contains(sevAfterOff, words[i+1])):
			return meantOf(words, matters)
		}
	}
	return 0
}

// meantOf is the matter that words name, by its place in the list or by a word that is in it alone; 0 for none.
func meantOf(words, matters []string) int {
	for i, w := range words {
		pointed := i > 0 && slices.Contains([]string{"no", "nomor", "nomer", "nmer", "nmr", "number", "num", "yang", "yg", "the", "ke"}, words[i-1])
		n := 0
		switch at := slices.Index(sevNth, w); {
		case w == "first" && !pointed: // "just the lamp first"
		case at >= 0:
			n = at%5 + 1 // in either language
		case pointed:
			n = numeral(w)
		}
		if n >= 1 && n <= len(matters) {
			return n
		}
	}
	found := 0
	for _, w := range words {
		if slices.Contains(sevFill, w) || slices.Contains(sevOnly, w) || slices.Contains(sevAll, w) || slices.Contains(sevNo, w) {
			continue
		}
		in := 0
		for i, m := range matters {
			if !names(m, w) {
				continue
			}
			if in != 0 && in != i+1 {
				in = -1
				break
			}
			in = i + 1
		}
		if in > 0 {
			if found != 0 && found != in {
				return 0
			}
			found = in
		}
	}
	return found
}

// names reports whether a word is one of a matter's.
func names(matter, w string) bool {
	w = strings.TrimSuffix(w, "nya")
	if len(w) < 3 {
		return false
	}
	return slices.ContainsFunc(strings.Fields(bot.Fold(matter)), func(m string) bool {
		m = strings.TrimSuffix(m, "nya")
		return m == w || len(w) >= 4 && strings.HasPrefix(m, w) || len(m) >= 4 && strings.HasPrefix(w, m)
	})
}

// numeral is the number that a word is, 0 for others.
func numeral(w string) int {
	if n, err := strconv.Atoi(w); err == nil && n > 0 && n <= len(sevNumbers) {
		return n
	}
	return slices.Index(sevNumbers, w) + 1
}
