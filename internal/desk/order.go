package desk

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// dropsTale reports whether a verb would leave out words that stand with it and tell something: they may be an answer, which must not
// vanish. What shows what is kept from the room, or ends what is kept of a person, is asked for by nothing but itself.
func dropsTale(v row, rest string) bool {
	switch v.name {
	case Open, Identity, LetGo:
		for w := range strings.FieldsSeq(bot.Fold(rest)) {
			if !polite(w) && !ofOpening(w) {
				return true
			}
		}
	case Take, Find, Unmerge, Admit, Undo:
		return tells(rest)
	}
	return false
}

// ofOpening are words that people put beside "buka": what is to be opened, and for whom.
func ofOpening(w string) bool {
	switch w {
	case "isi", "isinya", "rahasia", "rahasianya", "nomor", "nomornya", "kartu", "kartunya", "lengkap", "lengkapnya", "semua", "semuanya", "untuk", "utk", "buat", "saya", "sy", "aku",
		"kami", "apa", "nya", "buka", "bukain", "bukakan", "dibuka", "baca", "bacakan", "lihat", "liat", "minta", "tampilkan", "kirim", "coba", "open", "read", "identitas", "identitasnya",
		"siapa", "nama", "namanya", "hapus", "hapuskan", "data", "datanya", "boleh", "dihapus":
		return true
	}
	return false
}

// opened makes a command of a verb and the words behind it.
func (p parser) opened(c Command, v row, rest string) Command {
	if dropsTale(v, rest) {
		c.Verb = Unsure
		return c
	}
	if v.name == Dispose && p.toOffice(rest) {
		v = p.verbs.row(Forward)
	}
	if v.name == NotOurs && rejects(c.Words) >= 0 && notOurs(strings.Fields(bot.Fold(c.Words))) { // "bukan kewenangan kota, tolak aja"
		v, rest = p.verbs.row(Reject), withoutRejecting(c.Words)
	}
	if (v.name == Reply && rest != "" && aside(p.lexicon, rest) || v.name == Reply && amongColleagues(rest) || v.name == Ask && forColleague(rest)) && (!c.media() || withheld(rest)) {
		c.Verb, c.Words = Unsure, rest // "tanya kabid dulu" asks no citizen
		return c
	}
	out := Command{Verb: v.name, Said: rest, Photos: c.Photos, Files: c.Files, Album: c.Album}
	switch {
	case v.whole:
		out.Words = c.Words
	case v.takes != 0, v.heard != nil:
		out.Arg, out.Words = v.parts(p.profile, rest, true)
	}
	out.Bare = out.Words == "" && out.Arg == "" && !out.media()
	return out
}

// forColleague reports whether what follows "tanya" or "balas" names somebody of the office.
func forColleague(rest string) bool {
	words := strings.Fields(bot.Fold(rest))
	for len(words) > 0 && (calls(words[0]) || words[0] == "ke") {
		words = words[1:]
	}
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "kabid", "kadis", "kasi", "kepala", "pimpinan", "atasan", "lurah", "camat", "sekda", "tim", "bidang", "seksi", "staf", "staff", "koordinator", "kordinator", "admin", "rekan", "teman":
		return len(words) <= 4
	}
	return false
}

// rejects finds the word by which a text refuses a report, wherever it stands; -1 for none.
func rejects(text string) int {
	for i, w := range strings.Fields(bot.Fold(text)) {
		switch w {
		case "tolak", "ditolak", "tolakkan", "reject", "rejected", "ditolakkan":
			return i
		}
	}
	return -1
}

// withoutRejecting is a text without that word and what softens it: why a report is refused.
func withoutRejecting(text string) string {
	words := strings.Fields(text)
	from := slices.IndexFunc(words, func(w string) bool { return rejects(w) >= 0 })
	if from < 0 {
		return text
	}
	to := from + 1
	soft := func(w string) bool {
		switch f := bot.Fold(w); f {
		case "jadi", "maka", "karena", "krn", "kami", "kita", "harus", "bisa", "sebaiknya", "mending":
			return true
		default:
			return calls(f)
		}
	}
	for to < len(words) && soft(words[to]) {
		to++
	}
	for from > 0 && soft(words[from-1]) {
		from--
	}
	return strings.Trim(strings.Join(slices.Concat(words[:from], words[to:]), " "), ",.;:-–— ")
}

// withoutTo takes "ka", "ning", "dateng" off the front: FindOffice knows "ke" alone.
func withoutTo(text string) string {
	first, rest, _ := strings.Cut(text, " ")
	switch bot.Fold(first) {
	case "ka", "ning", "dateng", "teng", "maring", "mawon":
		return withoutTo(rest)
	}
	return text
}

// opens finds the verb that a text begins with, after politeness, and gives what follows. What stands behind a verb is its reason, whatever
// other verb's words it holds: "tolak, bukan kewenangan kota" refuses.
func (t table) opens(text string) (Verb, string) {
	words := strings.Fields(text)
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = bot.Fold(w)
	}
	at := 0
	for at < len(words) && (polite(folded[at]) || at == 0 && len(words) > 1 && len(folded[0]) == 1 && folded[0] >= "1" && folded[0] <= "9") { // "1. Ambil"
		at++
	}
	disowns := notOurs(folded[at:min(len(words), at+6)])
	for n := min(3, len(words)-at); n > 0; n-- {
		said := strings.Join(folded[at:at+n], " ")
		v := t.meant(said)
		if v == Silent || disowns && said == "sama" { // "sama, ini bukan tupoksi kami" joins nothing
			continue
		}
		rest := at + n
		for rest < len(words) && (calls(folded[rest]) || particle(folded[rest]) || folded[rest] == "laporan" || folded[rest] == "laporannya") {
			rest++
		}
		return v, strings.TrimLeft(strings.Join(words[rest:], " "), ":,.;-–— ")
	}
	if disowns {
		return NotOurs, text
	}
	return Silent, ""
}

// notOurs reports whether words say that something is nobody's duty here.
func notOurs(folded []string) bool {
	lead := strings.Join(folded, " ")
	for _, wonder := range [...]string{"kok ke kami", "kok ke kita", "kenapa ke kami", "kenapa ke kita", "ngapain ke kami", "ngapain ke kita", "salah alamat"} {
		if strings.HasPrefix(lead, wonder) {
			return true
		}
	}
	i := strings.Index(lead, "bukan")
	if i < 0 {
		return false
	}
	for _, duty := range [...]string{"kewenangan", "wewenang", "ranah", "tupoksi", "urusan", "tugas", "bagian", "bidang", "wilayah kami", "punya kita", "aset kita", "wilayah kita", "punya kami", "aset kami",
		"dinas kami", "dinas kita", "kantor kami", "kantor kita", "opd kami", "opd kita", "instansi kami", "instansi kita", "lingkup kami", "lingkup kita", "domain kami", "porsi kami"} {
		if strings.Contains(lead[i:], duty) {
			return true
		}
	}
	return false
}

// calls reports whether a word only calls somebody, softens what is said, or nods: around a verb it says nothing.
func calls(w string) bool {
	switch w {
	case "pak", "bu", "min", "kak", "bang", "mas", "mbak", "ndan", "komandan", "siap", "ok", "oke", "izin", "ijin", "mohon", "tolong", "tlg", "baik", "ya", "yg", "yang", "ini", "itu",
		"aja", "saja", "dulu", "dong", "donk", "deh", "kang", "teh", "bos", "boss", "punten", "maaf", "":
		return true
	}
	return false
}

// polite are words before a verb that say nothing: whom they call, and what it is about.
func polite(w string) bool {
	switch w {
	case "lapor", "laporan", "laporannya", "warganya", "pelapornya":
		return true
	}
	return calls(w)
}
