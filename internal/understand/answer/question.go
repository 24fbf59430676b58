package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Topic is what a question about the bot itself is about.
type Topic int

// The topics. NoTopic is every other text.
const (
	NoTopic   Topic = iota
	AskedWhat       // what "anonim" and "rahasia" are
	AskedWho        // who reads it, whether it is safe
	AskedHow        // how and where to report, what it costs
	AskedThen       // what happens afterwards, and when
	AskedBot        // whether a machine or a person answers
	AskedFear       // what if the one who is reported finds out
	AskedCome       // whether one has to come to an office
)

// asked is how many words a question about the bot may have.
const asked = 14

// Question tells a question about the bot itself ("ini aman ga sih?", "bedanya anonim sama rahasia apa?") from the story and
// from a wish: it belongs into no report. Whatever else a text tells, makes it none.
func (lx *Lexicon) Question(text string) Topic {
	if len(text) > 160 {
		return NoTopic
	}
	return lx.memo.asked.of(lx.memo, text, func(text string) Topic {
		ts, _ := lx.tokens(text)
		if lx.fears(text, slices.DeleteFunc(ts, func(t token) bool { return t.stop })) {
			return AskedFear
		}
		return lx.asks(text, true)
	})
}

// marks are the words of a text, and whether a mark asks, or a "kan" where tags says that it does.
func (lx *Lexicon) marks(text string, tags bool) (ts []token, mark bool) {
	ts, mark = lx.tokens(text)
	return ts, mark || tags && lx.tagged(ts)
}

// question is Question without the fears, and without what asks by a "kan" alone: neither is a cue that was learnt.
func (lx *Lexicon) question(text string) Topic { return lx.asks(text, false) }

// asks is Question without the fears; tags says that a "kan" behind all asks.
func (lx *Lexicon) asks(text string, tags bool) Topic {
	ts, mark := lx.marks(text, tags)
	ts = slices.DeleteFunc(ts, func(t token) bool { return t.stop })
	if len(ts) > asked {
		return NoTopic
	}
	has := func(words ...string) bool {
		return slices.ContainsFunc(ts, func(t token) bool { return slices.Contains(words, t.word) || slices.Contains(words, t.raw) })
	}
	if lx.ofMachine(ts, mark) {
		return AskedBot
	}
	if asksWhatFor(text) {
		return AskedHow
	}
	if plain := lx.asksWhether(ts, tags && mark, tags); plain != NoTopic {
		return plain
	}
	if (mark || has("apa", "apakah", "kah", "do")) && has("harus", "perlu", "mesti", "kudu", "hrs", "need", "have", "must") &&
		has("kantor", "kantornya", "dinas", "dinasnya", "kelurahan", "kecamatan", "balaikota", "sana", "datang", "dateng", "office", "come") && !has("bawa", "syarat", "daftar", "ktp", "kk", "bring") {
		return AskedCome
	}
	who := has("anonim", "rahasia", "aman", "ketahuan", "bocor", "baca", "dibaca", "kebaca", "lihat", "dilihat", "read", "see", "visible", "privasi", "privacy", "nama", "data", "tersebar", "disebar")
	how := has("cara", "caranya", "bayar", "gratis", "biaya", "free", "cost") || has("lapor", "laporan") && has("mana", "kemana", "siapa", "gimana", "where")
	then := slices.ContainsFunc(ts, func(t token) bool { return treats(t.raw) }) || has("sampai", "arrive") && has("dinas", "dinasnya", "kantor", "pemkot", "pemda", "petugas") || has("kapan", "when", "iraha") && has("selesai", "jawab", "kabar", "kabarnya") ||
		has("berapa", "how") && has("lama", "long") || ofNumber(ts) && has("berapa", "apa", "mana", "dapat", "dapet", "kok", "what", "where")
	switch {
	case !who && !how && !then, slices.ContainsFunc(ts, func(t token) bool { return lx.Tells(t.word) && !ofBot(t.raw) }):
		return NoTopic
	case has("bedanya", "beda", "perbedaan", "bedana", "bedane", "difference", "artinya", "arti", "hartina") && has("anonim", "rahasia"):
		return AskedWhat
	case ofNumber(ts) && then && (mark || has("mana", "berapa")):
		return AskedThen
	case !mark && !(has("sih") && has("tidak")) && !has("apa", "gimana", "siapa", "kemana", "kapan", "berapa", "emangnya", "kah", "what", "who", "how", "where", "when", "will", "iraha"):
		return NoTopic
	case lx.wishes(text, ts), has("bisa", "boleh") && !who:
		return NoTopic
	case who && has("anonim", "rahasia") && has("apa", "what") && !has("siapa"):
		return AskedWhat
	case who:
		return AskedWho
	case how:
		return AskedHow
	}
	return AskedThen
}

// asksWhether reads a question that is asked by a "not" behind its word and by no mark: "bayar ga min kalo lapor", "data saya aman ga disini".
// Or by a "kan" behind all, which tag says. It holds nothing else: what is free, or safe, in the town is asked of others.
func (lx *Lexicon) asksWhether(ts []token, tag, more bool) (of Topic) {
	if len(ts) > 9 {
		return NoTopic
	}
	for i, t := range ts {
		whether := tag || more && t.raw == "aman" && i+1 < len(ts) && (ts[i+1].raw == "ya" || ts[i+1].raw == "yah") || i+1 < len(ts) && (ts[i+1].word == "tidak" || ts[i+1].word == "kah") || i > 0 && ts[i-1].word == "apakah"
		switch topic := costOrSafety(t); {
		case topic != NoTopic && whether:
			of = topic
		case topic != NoTopic, t.word == "tidak", t.word == "kah", lx.filler[t.word], besideAsked(t), more && (t.raw == "ya" || t.raw == "yah" || t.raw == "bakal" || t.raw == "akan" || t.raw == "nanti" || t.raw == "nantinya"):
		default:
			return NoTopic
		}
	}
	return of
}

// OfService reports whether a text asks what can be reported, what it costs or whether its writer is safe, by a "not" behind the word, and
// tells nothing else.
func (lx *Lexicon) OfService(text string) bool {
	if len(text) > 80 {
		return false
	}
	if asksWhatFor(text) {
		return true
	}
	ts, _ := lx.tokens(text)
	tag := lx.tagged(ts)
	return lx.asksWhether(slices.DeleteFunc(ts, func(t token) bool { return t.stop }), tag, false) != NoTopic
}

// costOrSafety knows the words by which it is asked what a report costs, and whether its writer is safe.
func costOrSafety(t token) Topic {
	switch t.raw {
	case "bayar", "mbayar", "mayar", "dibayar", "berbayar", "gratis", "gratisan", "biaya", "dipungut", "free":
		return AskedHow
	case "aman", "amankah", "bocor", "kesebar", "tersebar", "disebar", "ketahuan", "dijamin", "safe":
		return AskedWho
	}
	return NoTopic
}

// besideAsked knows what may stand beside these words in such a question.
func besideAsked(t token) bool {
	switch t.word {
	case "lapor", "laporan", "kalau", "di", "ini", "itu", "saya", "apa", "apakah":
		return true
	}
	switch t.raw {
	case "data", "datanya", "data2", "nama", "identitas", "nomor", "nomer", "hp", "wa", "pribadi", "sini", "disini", "dimari", "ngelapor", "melapor", "ngadu", "chat", "bot", "kalo", "kl", "klo", "pake", "pakai", "layanan", "layanannya",
		"biayanya", "laporannya", "gue", "gw", "aku", "nya", "uang", "duit", "emang", "emangnya":
		return true
	}
	return false
}

// asksWhatFor reports whether it is asked what can be reported here: "bisa lapor soal apa aja disini".
func asksWhatFor(text string) bool {
	words := strings.Fields(bot.Fold(text))
	near := func(at int, some ...string) bool {
		return at >= 0 && at < len(words) && slices.Contains(some, words[at])
	}
	tells, what := false, false
	for i, w := range words {
		switch w {
		case "lapor", "ngelapor", "melapor", "laporin", "laporkan", "dilaporkan", "dilaporin", "ngadu", "mengadu", "diaduin", "diadukan", "report", "lapur", "ngalapor":
			tells = true
		case "apa", "apaan", "naon":
			what = what || near(i+1, "aja", "saja", "bae", "wae") || near(i-1, "soal", "tentang")
		case "what":
			what = what || near(i+1, "can", "may", "things")
		case "tidak", "ga", "gak", "nggak", "ngga", "gk", "tdk", "belum", "blm", "pernah", "teu", "ora", "never", "not": // "lapor apa aja ga pernah ditanggapi"
			return false
		}
	}
	return tells && what && len(words) <= 9
}

// ofMachine reports whether it is asked if a machine answers: "ini bot atau orang?", "kamu robot ya".
func (lx *Lexicon) ofMachine(ts []token, mark bool) bool {
	is := func(words ...string) bool {
		return slices.ContainsFunc(ts, func(t token) bool { return slices.Contains(words, t.word) || slices.Contains(words, t.raw) })
	}
	machine, person := is("bot", "robot", "mesin", "ai", "komputer", "chatbot", "otomatis"), is("orang", "manusia", "admin", "pegawai", "pegawe", "jelema", "wong", "human", "person", "asli", "beneran", "petugas")
	switch {
	case len(ts) > 11:
		return false
	case machine && person:
		return mark || is("apa", "atau", "sih", "or", "ya")
	case machine:
		return mark || is("sih", "kah", "apakah") || len(ts) <= 4 && is("ini", "kamu", "anda", "ya", "you", "this")
	}
	if person && len(ts) <= 6 && is("bales", "balas", "bls", "jawab", "ngebales", "ngejawab") && is("bukan", "kah") { // "ini yang bales orang bukan"
		return true
	}
	return person && is("asli", "beneran", "manusia", "human", "real") && (mark || is("sih", "kah", "apa", "minta", "mau", "asli"))
}

// ofNumber reports whether a question is about the number of the report, as "mana nomornya".
func ofNumber(ts []token) bool {
	return len(ts) <= 6 && slices.ContainsFunc(ts, func(t token) bool {
		switch t.raw {
		case "nomor", "nomer", "nomornya", "nomernya", "nomorna", "nomore", "number", "noreg":
			return true
		}
		return t.raw == "no" && len(ts) > 2
	})
}

// treats reports whether a word speaks of what is done with a report.
func treats(raw string) bool {
	for _, stem := range [...]string{"ditindak", "tindaklanjut", "diproses", "proses", "ditanggap", "ditanggep", "direspon", "respon", "dijawab", "dibalas", "dibales", "dikerja", "ditangani",
		"process", "reply", "answered"} {
		if strings.HasPrefix(raw, stem) {
			return true
		}
	}
	return false
}

// wishes reports whether a question about who reads it asks for something ("bisa tanpa nama ga?").
func (lx *Lexicon) wishes(text string, ts []token) bool {
	if c, ok := lx.Changes(text); !ok || c.Field != Who {
		return false
	}
	return slices.ContainsFunc(ts, func(t token) bool {
		switch t.word {
		case "bisa", "boleh", "usah", "hapus", "can", "could", "may", "tolong", "mau", "minta", "mohon", "jangan", "tanpa", "please", "kirim":
			return true
		}
		return false
	})
}

// ofBot are words that tell something elsewhere, but not in a question about the bot.
func ofBot(raw string) bool {
	if treats(raw) {
		return true
	}
	switch raw {
	case "petugas", "petugasnya", "kantor", "dinas", "dinasnya", "bayar", "mbayar", "mayar", "dibayar", "orang", "tetangga", "data", "ditindak", "ditanggapi", "ditanggepin",
		"ditangani", "lurah", "pegawai", "warga", "gratis", "hari", "minggu", "bulan", "jam", "pay", "officer", "officers", "days", "week":
		return true
	}
	return false
}

// AsksAfter reports whether a few words ask how it stands with a report that is filed: "kapan diberesin?", "udah kekirim blm?",
// "sampai mana pak?". Whoever names a matter or a place asks of something else.
func (lx *Lexicon) AsksAfter(text string) bool {
	if len(text) > 80 {
		return false
	}
	ts, mark := lx.tokens(text)
	ts = slices.DeleteFunc(ts, func(t token) bool { return t.stop })
	if len(ts) == 0 || len(ts) > 8 {
		return false
	}
	has := func(words ...string) bool {
		return slices.ContainsFunc(ts, func(t token) bool { return slices.Contains(words, t.word) || slices.Contains(words, t.raw) })
	}
	if slices.ContainsFunc(ts, func(t token) bool { return lx.Tells(t.word) && !strings.HasPrefix(t.raw, "di") }) {
		return false
	}
	asks := mark || has("belum", "kah", "mana", "gimana", "berapa", "apa")
	switch {
	case has("kapan", "iraha", "when"), has("sampai") && has("mana"), ofNumber(ts) && asks, has("berapa") && has("lama"):
		return true
	case has("kabar", "kabarnya", "kabare", "kelanjutannya", "kelanjutan", "perkembangannya", "perkembangan", "progres", "progress", "progresnya", "update", "updatenya", "statusnya"):
		return asks || len(ts) <= 3
	}
	return asks && has("kekirim", "terkirim", "masuk", "diterima", "diproses", "ditindak", "ditindaklanjuti", "direspon", "dibaca")
}
