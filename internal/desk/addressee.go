package desk

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Words around a verb that belong to it and are nothing for the citizen: whom it is said to, and what only softens it.

// particle reports whether a word only softens or stresses what stands before it, or calls somebody: behind a verb or its object it says nothing.
func particle(w string) bool {
	switch w {
	case "nih", "ni", "nich", "aja", "aj", "saja", "dong", "donk", "dung", "deh", "dh", "ya", "yaa", "y", "yah", "sih", "kok", "lah", "lagi", "dulu", "dl", "tuh", "loh", "lho", "toh", "atuh", "mah", "kak", "ka", "bang", "pak", "bu", "min", "mas", "mbak",
		"kang", "teh", "gan", "bos", "bro", "sis", "":
		return true
	}
	return false
}

// unparticled is a text without the particles at its beginning.
func unparticled(text string) string {
	words := strings.Fields(text)
	for len(words) > 0 && particle(bot.Fold(words[0])) {
		words = words[1:]
	}
	return strings.TrimLeft(strings.Join(words, " "), ":;-–—,. ")
}

// offAddressee takes off the front of a text whom it is said to; ok is false where that is nobody, or a colleague.
func offAddressee(text string) (rest string, ok bool) {
	words := strings.Fields(text)
	at := 0
	for at < len(words) && (particle(bot.Fold(words[at])) || slices.Contains([]string{"ke", "sama", "kepada", "pada", "ama", "kpd", "maring", "ning", "kanggo", "si", "buat", "untuk"}, bot.Fold(words[at]))) {
		at++
	}
	if at == len(words) || !isCitizen(words[at:]) {
		return text, false
	}
	at++
	if f := bot.Fold(words[at-1]); (f == "yang" || f == "yg") && at < len(words) {
		at++ // "yang lapor"
	}
	for at < len(words) && (particle(bot.Fold(words[at])) || slices.Contains([]string{"itu", "ini", "tsb", "tersebut"}, bot.Fold(words[at]))) {
		at++
	}
	return strings.TrimLeft(strings.Join(words[at:], " "), ":;-–—,. "), true
}

// isCitizen reports whether words begin with what officers call the citizen.
func isCitizen(words []string) bool {
	switch bot.Fold(words[0]) {
	case "warga", "warganya", "wargane", "pelapor", "pelapornya", "pelapore", "orangnya", "beliau", "dia", "dianya", "bapaknya", "ibunya", "bpknya", "masyarakat", "masyarakatnya", "pengadu", "pengadunya", "wargana", "anjeunna", "lapor", "melapor":
		return true
	case "yang", "yg":
		return len(words) > 1 && slices.Contains([]string{"lapor", "melapor", "ngadu", "laporan"}, bot.Fold(words[1]))
	}
	return false
}

// namesCitizen reports whether words name the citizen anywhere.
func namesCitizen(text string) bool {
	for w := range strings.FieldsSeq(text) {
		if isCitizen([]string{w}) {
			return true
		}
	}
	return false
}

// passesOn reads what is to be told to the citizen behind a word for telling and whom: "bilang ke warga kalau besok kami cek".
func passesOn(text string) (words string, ok bool) {
	rest, answers, ok := toldTo(text)
	if !ok {
		return "", false
	}
	if first, _, _ := strings.Cut(rest, " "); answers && !slices.Contains([]string{"ke", "kepada", "sama", "kpd"}, bot.Fold(first)) {
		return "", false // "balas warganya minta ditolak" says what the citizen wants
	}
	if strings.HasPrefix(bot.Fold(rest), "ke warganya ") && strings.HasPrefix(bot.Fold(text), "kirim") {
		return "", false // nor does "kirim ke warganya minta ditolak"
	}
	if rest, ok = offAddressee(rest); !ok {
		return "", false
	}
	that := strings.Fields(rest)
	for len(that) > 0 && slices.Contains([]string{"kalau", "kalo", "klo", "kl", "klw", "bahwa", "bahwasanya", "bhw", "jika", "lamun", "yen", "nek"}, bot.Fold(that[0])) {
		that = that[1:]
	}
	return strings.Join(that, " "), true
}

// tellsColleague reports whether words want a colleague to be told something.
func tellsColleague(text string) bool {
	rest, answers, ok := toldTo(text)
	words := strings.Fields(rest)
	return ok && !answers && len(words) > 0 && forColleague(strings.Join(words[:min(3, len(words))], " "))
}

// begsWork reports whether words beg somebody to do what only people of an office do: "laporan ini mohon diprioritaskan bu Nia". A citizen is begged to
// wait, to send, to bring. Who is called by a name is a colleague, for the desk does not read those of citizens.
func begsWork(text string) bool {
	const most, reach = 14, 4
	raw := strings.Fields(text)
	if len(raw) > most || speaks(text) || strings.Contains(" "+bot.Fold(text)+" ", " anda ") {
		return false
	}
	called := false
	for i := range len(raw) - 1 {
		called = called || honours(bot.Fold(raw[i])) && named(raw[i+1])
	}
	for i, w := range raw {
		switch bot.Fold(w) {
		case "tolong", "tlg", "mohon", "mhn", "minta", "tulung", "coba", "harap":
		case "segera", "ayo", "hayu", "jangan", "lupa", "punten", "nyuwun":
			if !called {
				continue
			}
		default:
			continue
		}
		for _, next := range raw[i+1 : min(len(raw), i+1+reach)] {
			f := strings.Trim(bot.Fold(next), " ")
			if cameTo(f) || come(f) || slices.Contains([]string{"sedang", "sdg", "lagi", "nuju", "keur", "masih", "akan", "bade", "badhe", "besok", "bsk", "lusa"}, f) { // it tells how it stands
				break
			}
			switch {
			case !strings.HasPrefix(f, "di") || len(f) < 5:
			case forCitizen(f):
				if called && slices.Contains([]string{"dicek", "dicekin", "dilihat", "diliat", "dibaca"}, f) {
					return true
				}
			case called || !looks(f[2:]) || begun(f[2:]):
				return true
			}
		}
	}
	return false
}

func honours(w string) bool {
	return slices.Contains([]string{"pak", "pa", "bu", "bapak", "ibu", "mas", "mbak", "kang", "bang", "teh", "mang", "bro", "a", "kak"}, w)
}

// begun reports whether a word is of what an office does with a report before the work on it.
func begun(stem string) bool {
	return slices.ContainsFunc([]string{"proses", "tindak", "tangani", "koordinasi", "follow", "disposisi", "agenda", "jadwal", "anggar", "lanjut", "survei", "survey", "tinjau", "urus", "bantu"}, func(s string) bool { return strings.HasPrefix(stem, s) })
}

// forCitizen reports whether a word is of what a citizen is begged to do.
func forCitizen(w string) bool {
	return slices.ContainsFunc([]string{"ditunggu", "dikirim", "dibawa", "dilampir", "disertakan", "dicantumkan", "diisi", "dihubungi", "dimaklum", "dimaaf", "dijaga", "diperhatikan", "dicoba", "dijelas", "diinfo", "dibalas", "dishare", "disebut", "disiapkan", "diambil", "dipaham",
		"dimengerti", "disimak", "didownload", "diunggah", "diupload", "dilengkapi", "difoto", "diketahui", "dipastikan", "disampai", "dibayar", "diingat", "dihindari", "ditulis", "dinanti", "diantos", "dientosan", "dimana", "dinas", "dishub", "disini", "disana", "dijawab", "dicek", "dilihat", "dibaca", "dibuka", "ditelepon", "ditelpon", "didoakan"},
		func(s string) bool { return strings.HasPrefix(w, s) })
}

// toldTo is what stands behind a word for telling at the beginning of a text. answers says that the word is one for answering.
func toldTo(text string) (rest string, answers, ok bool) {
	said := strings.Fields(text)
	at := 0
	for at < len(said) && polite(bot.Fold(said[at])) {
		at++
	}
	if at == len(said) {
		return "", false, false
	}
	two := ""
	if at+1 < len(said) {
		two = bot.Fold(said[at]) + " " + bot.Fold(said[at+1])
	}
	switch first := bot.Fold(said[at]); {
	case slices.Contains([]string{"kasih tau", "kasih tahu", "kasi tau", "kasi tahu", "beri tahu", "beri tau", "kasih kabar", "kasih info", "beri kabar", "kasih penjelasan"}, two):
		at += 2
	case slices.Contains([]string{"jawab", "jawabin", "balas", "balesin", "bales", "kirim", "kirimkan", "kirimin"}, first):
		answers = true
		at++
	case slices.Contains([]string{"bilang", "bilangin", "bilangkan", "kasihtau", "kasitau", "kasihtahu", "beritahu", "beritau", "beritahukan", "kabari", "kabarin", "kabarkan", "sampaikan", "sampein", "sampaiin", "infokan", "infoin", "info", "informasikan",
		"jelaskan", "jelasin", "omongin", "umumkan"}, first):
		at++
	default:
		return "", false, false
	}
	if strings.ContainsAny(lastOfTrimmed(said[at-1]), ",.;") {
		return "", false, false
	}
	return strings.Join(said[at:], " "), answers, true
}

// lastOfTrimmed is the last sign of a text, "" for none.
func lastOfTrimmed(text string) string {
	text = strings.TrimSpace(text)
	return text[max(0, len(text)-1):]
}
