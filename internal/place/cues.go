package place

import (
	"slices"
	"strings"
	"unicode"

	"rabeg/bot"
)

// What words say of a place without naming one, told by the same cues that the finder goes by.

// Cued reports whether words sound like a place: who is asked where and writes on about the matter uses none of these.
func Cued(words string) bool {
	all := strings.Fields(bot.Fold(words))
	for i, w := range all {
		canon, c := cueOf(w)
		switch {
		case w == "rt" || w == "rw": // "pak RT" is a person
			if i+1 < len(all) && strings.IndexFunc(all[i+1], unicode.IsDigit) == 0 {
				return true
			}
		case w == "di" || w == "in" || w == "at", w == "ujung" || w == "arah", c.strong(), c == cueRT, landmark(canon), crossing(canon):
			return true
		default:
			if _, beside := facing(w); beside {
				return true
			}
		}
	}
	return false
}

// Beside reports whether words tell what a place is beside, though not what it is called.
func Beside(words string) bool {
	for w := range strings.FieldsSeq(bot.Fold(words)) {
		canon, _ := cueOf(w)
		if _, beside := facing(w); beside || landmark(canon) || w == "di" || w == "ning" {
			return true
		}
	}
	return false
}

// Points reports whether words only point ("di sini", "depan rumah"): they name no place to anybody else.
func Points(words string) bool {
	for w := range strings.FieldsSeq(bot.Fold(words)) {
		switch canon, _ := cueOf(w); canon {
		case "di", "d", "sini", "situ", "sana", "sekitar", "depan", "dekat", "rumah", "saya", "kami", "kita", "tempat", "wilayah", "lokasi", "badan", "jalan",
			"halaman", "daerah", "ini", "itu", "here", "there":
		default:
			return false
		}
	}
	return true
}

// Named tells words that surely name a place, though nobody knows it, from words about a place ("jalan bolong", "depan
// rumah"). "Jalan" is a common noun: a capital after it makes it a name, or a word that says nothing about a street.
func Named(words string) bool {
	all := strings.Fields(words)
	if len(all) < 2 {
		return false
	}
	w := strings.Trim(strings.ToLower(all[0]), ".,")
	canon, c := cueOf(w)
	_, beside := facing(w)
	switch {
	case slices.Contains([]string{"jalan", "gang", "lingkungan", "pasar", "jembatan", "terminal", "stadion", "masjid", "simpang", "taman"}, w):
		return proper(all[1])
	case c.strong(), w == "gg", w == "blok", w == "blk":
		return true
	case w == "rt" || w == "rw":
		return strings.ContainsAny(words, "0123456789") && len(all) >= 4
	case estateNamed(all):
		return true
	case (beside || w == "di" || w == "kantor") && namesOffice(all):
		return true
	case beside, w == "di", canon == "simpang":
		return slices.ContainsFunc(all[1:], func(w string) bool {
			return strings.ContainsAny(w, "0123456789") || unicode.IsUpper([]rune(w)[0])
		})
	}
	return false
}

// namesOffice reports whether the office that a city has once stands in some words: "depan kantor pos".
func namesOffice(all []string) bool {
	for i, w := range all[:len(all)-1] {
		if strings.EqualFold(w, "kantor") && officeOf(strings.ToLower(strings.Trim(all[i+1], ".,!?"))) {
			return true
		}
	}
	return false
}

// Addressed reports whether words begin with a street, a lane, a block or a settlement and its name: "gang melati", "kp cibogo". It is no
// matter, though a matter is called alike ("jalan rusak").
func Addressed(words string) bool {
	return Named(words) && addressCue(words) != plain
}

// Sided reports whether words begin with the side of something ("di depan indomaret", "sebelah bengkel").
func Sided(words string) bool {
	all := strings.Fields(bot.Fold(words))
	for len(all) > 1 && within(all[0]) {
		all = all[1:]
	}
	if len(all) < 2 {
		return false
	}
	_, sided := facing(all[0])
	return sided
}

// SameSort reports whether two sayings of a place begin with the same sort of street, lane or settlement, or the first with a lane or a
// block, which lie within any of those.
func SameSort(words, other string) bool {
	c, was := addressCue(words), addressCue(other)
	return c != plain && was != plain && (c == was || c == cueRT)
}

// addressCue is the first word's cue, where it is that of an address.
func addressCue(words string) cue {
	first, _, _ := strings.Cut(strings.TrimSpace(words), " ")
	if _, c := cueOf(strings.Trim(strings.ToLower(first), ".,")); c.strong() && c != cueArea && c != cueKec || c == cueRT {
		return c
	}
	return plain
}

// landmark knows what a place is told by, in general: each is many.
func landmark(canon string) bool {
	switch canon {
	case "pasar", "masjid", "mushola", "musholla", "sekolah", "sdn", "smpn", "sman", "kantor", "toko", "warung", "terminal", "jembatan", "stadion", "alun", "alunalun", "pos":
		return true
	}
	return false
}

// crossing knows where roads meet.
func crossing(canon string) bool {
	return canon == "simpang" || canon == "perempatan" || canon == "pertigaan"
}

// proper reports whether a word behind "jalan" may be its name: it has a capital, or is none of the words that tell of streets.
func proper(w string) bool {
	if unicode.IsUpper([]rune(w)[0]) {
		return true
	}
	w = strings.Trim(w, ".,;:!?")
	for _, head := range [...]string{"ber", "ter", "men", "mem", "meng", "di"} {
		if strings.HasPrefix(w, head) && len(w) > 6 {
			return false
		}
	}
	return len(w) >= 5 && !strings.Contains(streetWords, " "+w+" ")
}

// streetWords are what is said of streets, markets and bridges, besides their names.
const streetWords = " rusak bolong hancur parah gelap macet becek licin sempit utama umum kecil besar tanah aspal paving buntu menuju masuk keluar tersebut " +
	"depan samping kami saya warga lingkungan kampung nasional provinsi kota kabupaten lama sekarang sudah belum tidak terus pintas alternatif " +
	"penghubung longsor ambles amblas retak jelek butut banyak sangat sekali antara dengan untuk karena rumah pasar sekolah masjid jembatan " +
	"banjir lubang lobang berlubang kotor sampah lampu malam siang cepat lambat kaki setapak protokol arteri layang perumahan komplek " +
	"menjadi sampai sering selalu masih mohon tolong padat penuh ramai sepi rapuh putus miring roboh ambruk tersumbat mampet gorong " +
	"sebelah dekat belakang bagian sendiri orang truk mobil motor pohon kabel tiang batas ujung pinggir tengah berdebu mulus halus baru " +
	"tradisional modern induk malamnya subuh tumpah kaget minggu senin selasa rabu kamis jumat sabtu "
