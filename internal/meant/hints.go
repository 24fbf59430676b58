package meant

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// told are the categories whose matter stands in a text in so many words. What only says where ("depan puskesmas") does not count.
func (m Mind) told(text string) map[string]bool {
	out := map[string]bool{}
	aside := 0
	for raw := range strings.FieldsSeq(bot.Fold(text)) {
		if cue(raw) {
			aside = 2
			continue
		}
		if aside--; aside >= 0 {
			continue
		}
		for w := range strings.FieldsSeq(m.Answers.Plain(raw)) {
			for _, c := range m.matters[stem(w)] {
				out[c] = true
			}
		}
	}
	return out
}

// Named are the categories whose matter stands in a text in so many words.
func (m Mind) Named(text string) []string {
	var out []string
	for c := range m.told(text) {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// elseTold reports whether a text tells a matter, and none that one of the reports is about.
func (m Mind) elseTold(text string, reports []report.Report) bool {
	told := m.told(text)
	return len(told) > 0 && !slices.ContainsFunc(reports, func(r report.Report) bool { return told[r.Category] })
}

// cue reports whether a word says that a landmark follows.
func cue(w string) bool {
	switch strings.TrimSuffix(strings.TrimSuffix(w, "nya"), "e") {
	case "depan", "dekat", "deket", "dkt", "samping", "sebelah", "sebrang", "seberang", "belakang", "sekitar", "arah", "ngarep", "cedak", "parek", "mburi", "gigir", "gigireun", "hareupeun", "deukeut", "muka",
		"front", "near", "behind", "beside", "opposite", "sd", "sdn", "smp", "sma", "pas":
		return true
	}
	return false
}

// places reports whether a text names a place of the city.
func (m Mind) places(text string) bool {
	folded := " " + bot.Fold(text) + " "
	if slices.ContainsFunc(m.Profile.Areas, func(a profile.Area) bool { return strings.Contains(folded, " "+bot.Fold(a.Name)+" ") }) {
		return true
	}
	spotter, ok := m.Finder.(place.Spotter)
	if !ok {
		return false
	}
	found, named := spotter.In(text)
	return named && len(found.Candidates) > 0 && found.Candidates[0].P >= clearly
}

// refers reports whether a text points back to what was told ("di situ").
func refers(text string) bool {
	f := " " + bot.Fold(text) + " "
	return slices.ContainsFunc([]string{" situ ", " disitu ", " sana ", " disana ", " tersebut ", " tsb ", " ditu ", " dinya ", " there ", " kono ", " kemarin itu ", " laporan saya ", " laporan sy ", " laporanku "},
		func(w string) bool { return strings.Contains(f, w) })
}

// here reports whether a text names the matter of one of the reports and its place as it was told: a word beside the name of an area,
// which many places share.
func (m Mind) here(text string, rd understand.Reading, reports []report.Report) bool {
	said := m.words(text)
	has := func(told string) string {
		for w := range m.words(told) {
			if said[w] && !m.areas[w] {
				return w
			}
		}
		return ""
	}
	return slices.ContainsFunc(reports, func(r report.Report) bool {
		where := has(r.Place.Said)
		if place := bot.Fold(r.Place.Said); where == "" && strings.Contains(place, " ") && strings.Contains(" "+bot.Fold(text)+" ", " "+place+" ") {
			where = place
		}
		if where == "" || Elsewhere(m.Finder, text, rd, r) {
			return false
		}
		what := has(strings.ReplaceAll(bot.Fold(r.Text), where, ""))
		return what != "" && what != where
	})
}

// OneMore reports whether words speak of one more of its kind ("lampu tetangga juga mati"), and not of the same that goes on, or that came
// after all ("akhirnya beres juga").
func OneMore(words string) bool {
	return also(words) && !still(words) && !slices.ContainsFunc(strings.Fields(bot.Fold(words)), func(w string) bool {
		return w == "beres" || w == "selesai" || w == "kelar" || w == "akhirnya" || w == "makasih" || w == "terima"
	})
}

// also reports whether a text says "too". "baru juga nyala" says "just", and "tetangga juga tau" tells of who else knows.
func also(text string) bool {
	said := strings.Fields(bot.Fold(text))
	for i, w := range said {
		switch w {
		case "juga", "jg", "oge", "ugo", "ge":
			if i > 0 && (said[i-1] == "baru" || said[i-1] == "akhirnya" || said[i-1] == "belum" || said[i-1] == "blm") || slices.ContainsFunc(said[i+1:min(i+3, len(said))], func(w string) bool { return knows[w] }) {
				continue
			}
			return w != "ge"
		case "sekalian", "also":
			return true
		}
	}
	return false
}

// knows are the verbs of who saw, knows, or is troubled by the same.
var knows = set("tau tahu taunya lihat liat ngeliat ngelihat ngeluh mengeluh komplen protes bilang ngomong ngerasain merasakan resah takut nanya lapor tahunya weruh ngerti nyaho ningali sarieun")

// street reports whether words name a street or a quarter.
func street(words string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool { return slices.Contains(signs, w) && w != "pasar" })
}

// again reports whether a text says that something is as it was before.
func again(text string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool {
		return w == "lagi" || w == "lg" || w == "maning" || w == "deui" || w == "malih" || w == "again" || w == "kambuh"
	})
}

// still reports whether a text says that something goes on as before: it speaks of what was told already.
func still(text string) bool {
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch w {
		case "belum", "blm", "blum", "belom", "masih", "msh", "masi", "ttp", "ttep", "tetep", "tetap", "durung", "acan", "tacan", "still", "keneh":
			return true
		}
	}
	return false
}

// detail reports whether words tell where or which one exactly, as somebody does who goes on telling.
func detail(text string) bool {
	n := 0
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch w {
		case "sebelah", "seberang", "sebrang", "depan", "depannya", "belakang", "samping", "sampingnya", "deket", "dekat", "dkt", "pas", "patokan", "patokannya", "tiang", "tiangnya", "nomor", "nomer", "no", "rt", "rw",
			"gang", "gg", "blok", "pojok", "pojokan", "ujung", "antara", "persis", "persisnya", "tepatnya", "arah", "kiri", "kanan", "warna", "warnanya", "jumlahnya", "yang", "yg", "nu", "sing", "maksudnya", "maksud",
			"tambahan", "oh", "oiya", "near", "behind", "beside", "between", "next", "ngarep", "mburi", "gigireun", "hareupeun", "parapatan", "lokasi", "hubungi", "kontak", "nomernya", "nomornya", "perempatan", "pertigaan", "prapatan", "itu", "lho", "loh":
			n++
		}
	}
	return n > 0 && len(strings.Fields(text)) >= 2
}

// akin reports whether the reading of a text fits one of the reports.
func (m Mind) akin(rd understand.Reading, reports []report.Report) bool {
	return slices.ContainsFunc(reports, func(r report.Report) bool {
		return slices.ContainsFunc(rd.Guesses, func(g report.Guess) bool { return g.Category == r.Category && g.P >= understand.Faint })
	})
}

// named are the reports whose matter stands in a text in so many words, where it does not stand for all of them.
func (m Mind) named(text string, live []report.Report) []report.Report {
	said := m.words(text)
	var out []report.Report
	best := 0
	for _, r := range live {
		own := m.words(r.Text + " " + r.Place.Said)
		if c, ok := m.Profile.Category(r.Category); ok {
			for w := range m.words(c.Short + " " + strings.Join(c.Keywords, " ")) {
				own[w] = true
			}
		}
		n := 0
		for w := range said {
			if own[w] {
				n++
			}
		}
		switch {
		case n == 0 || n < best:
		case n > best:
			out, best = []report.Report{r}, n
		default:
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		out = thing(text, live)
	}
	if len(out) == len(live) && len(live) > 1 {
		return nil
	}
	return out
}

// thing are the reports whose words hold a thing that is common among reports, where one of them alone does: "surat pindahnya".
func thing(text string, live []report.Report) (out []report.Report) {
	for _, w := range [...]string{"surat", "jalan", "data"} {
		if !slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(said string) bool { return stem(said) == w }) {
			continue
		}
		of := only(live, func(r report.Report) bool {
			return slices.ContainsFunc(strings.Fields(bot.Fold(r.Text)), func(told string) bool { return stem(told) == w })
		})
		if len(of) == 1 {
			return of
		}
	}
	return nil
}

// words are the words of a text that tell something, in the lexicon's own spelling.
func (m Mind) words(text string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(m.Answers.Plain(text)) {
		if w = stem(w); (len(w) >= 4 || short[w]) && !common4[w] {
			out[w] = true
		}
	}
	return out
}

// stem is a word without the endings that point to it ("tiangnya").
func stem(w string) string {
	w = strings.Trim(w, ",.;:!?()\"")
	for _, end := range [...]string{"nya", "na", "ne"} {
		if base, cut := strings.CutSuffix(w, end); cut && len(base) >= 4 {
			return base
		}
	}
	return w
}

// short are matters of three letters and less.
var short = map[string]bool{"ktp": true, "kk": true, "got": true, "air": true, "pju": true, "tpu": true, "pkl": true, "pbb": true, "spp": true, "kis": true, "kip": true, "pkh": true}

// words counts the words of a text.
func words(text string) int { return len(strings.Fields(text)) }

// common4 are words of stories in general: they name no matter.
var common4 = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq("jangan pakai nama kami saya sekarang ubah ralat pemkot dinas kantor data surat warga biasa informasi pengaduan aduan aplikasi admin depan belakang samping sebelah dekat deket pinggir jalan jalanan gang kampung desa rumah warga masih sudah belum lagi tidak bukan yang dengan untuk kalau karena sampai dari pada hari minggu bulan kemarin tadi malam siang pagi sore besok tolong mohon segera laporan lapor petugas dinas orang anak banyak sekali kapan gimana rusak mati beres selesai bagus sama juga tempat kota serang kenapa dimana berapa") {
		out[w] = true
	}
	return out
}()

// small reports whether a message is small talk and nothing else.
func small(rd understand.Reading, said Said) bool {
	if detail(said.Text) && rd.Small != "thanks" {
		return false
	}
	return rd.NoReport && !said.Media && !said.Pin && (rd.Small == "thanks" || rd.Small == "greeting" || rd.Small == "test" || rd.Small == "spam")
}

// praises reports whether a word of praise stands in a text.
func praises(text string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool { return praise[w] })
}

var praise = set("jempol jempolan mantap mantep hebat keren top salut bagus joss jos terbaik")

// hails reports whether a word of greeting stands in a text.
func hails(text string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool { return greeting[w] })
}

var greeting = set("selamat assalamualaikum assalamu halo hallo hai hello hi permisi punten sampurasun mengganggu ganggu pagi siang sore malam misi kulonuwun")

// bides reports whether a nod says that somebody waits, or has understood: it answers no question.
func bides(text string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool { return patient[w] })
}

var patient = set("tunggu nunggu ditunggu nungguin menunggu tunggui sabar paham ngerti mengerti maklum siap mangga monggo sumangga antos diantos ngantosan enteni dienteni ngenteni tungguan ditungguan wait waiting noted understand")

// spoken are those of some reports whose own matter or place is named: what the words have in common with the key words of a category
// alone takes nothing back.
func (m Mind) spoken(text string, named []report.Report) []report.Report {
	said := m.words(text)
	return only(named, func(r report.Report) bool {
		own := r.Text + " " + r.Place.Said
		if c, ok := m.Profile.Category(r.Category); ok {
			own += " " + c.Short + " " + c.ShortEN
		}
		for w := range m.words(own) {
			if said[w] && w != "lama" && w != "lewat" { // as "tadi" and "skip" are read
				return true
			}
		}
		return false
	})
}

// takenBack is the clause of several in which one thing of several is taken back ("yang sampah dibatalin, yang lampu tetap").
func (m Mind) takenBack(text string) (string, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '.' || r == ';' || r == '!' || r == '\n' })
	if len(parts) < 2 {
		return "", false
	}
	back := slices.DeleteFunc(parts, func(p string) bool {
		first, _, _ := strings.Cut(bot.Fold(p), " ")
		return first != "yang" && first != "yg" && first != "sing" && first != "nu" || m.Answers.After("laporan "+p).Sequel != answer.TakesBack
	})
	if len(back) != 1 {
		return "", false
	}
	return back[0], true
}

// yesOrNo reports whether a nod says yes or no, as to a question.
func yesOrNo(text string) bool {
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch w {
		case "ya", "iya", "iyah", "y", "betul", "bener", "benar", "yes", "inggih", "nggih", "enya", "muhun", "sumuhun", "leres", "iye", "yup", "yoi":
			return true
		}
	}
	return false
}
