package words

import (
	"slices"
	"strings"
)

// Places returns the words that name a place, as written: what follows jalan, gang, kelurahan, kampung, perumahan,
// depan … up to four words, most specific (most words, streets first) first. Who knows the places judges them.
func Places(c *Text) []string {
	var out []string
	w := c.Words
	for i := 0; i < len(w); i++ {
		if !placeCue(w[i].Form) && !foreignCue(w[i].Form) || i+1 >= len(w) {
			continue
		}
		from, j := i, i+1
		if foreignCue(w[i].Form) {
			for j < len(w) && (w[j].Form == "the" || w[j].Form == "of" || w[j].Form == "to") {
				j++
			}
			if w[i].Form != "near" && w[i].Form != "behind" { // these belong to the place
				from = j
			}
			i = j - 1
			if j >= len(w) {
				break
			}
		}
		for j < len(w) && j <= i+4 && !placeStop(w[j].Form) && !deed(w[j].Form) && !(j > i+1 && ofIt(c, w[j])) && !broken(c, w[j-1], w[j]) {
			j++
		}
		if j == i+1 {
			continue
		}
		if p := c.Plain[w[from].From:w[j-1].To]; !slices.Contains(out, p) && len(out) < 6 {
			out = append(out, p)
		}
		if !placeCue(w[j-1].Form) {
			i = j - 1
		}
	}
	return out
}

// broken says whether a sentence or a line ends between two words. Two standard words may come from one written word.
func broken(c *Text, a, b Word) bool {
	return a.To < b.From && strings.ContainsAny(c.Plain[a.To:b.From], ",;!?\n()")
}

// ofIt tells what is said of something there ("di loket 3 orangnya namanya …") from the name of the place: it is somebody's or something's own.
// A side is a part of the place ("di gang mawar ujungnya").
func ofIt(c *Text, w Word) bool {
	own, ok := strings.CutSuffix(strings.ToLower(c.Plain[w.From:w.To]), "nya")
	return ok && len(own) > 2 && !placeCue(own) && own != "ujung" && own != "pojok"
}

func placeCue(form string) bool {
	switch form {
	case "jalan", "gang", "kelurahan", "kecamatan", "desa", "kampung", "perumahan", "komplek", "blok", "depan", "dekat",
		"sebelah", "belakang", "samping", "pasar", "stadion", "terminal", "simpang", "perempatan", "pertigaan",
		"lingkungan", "rt", "rw", "masjid", "jembatan", "alun", "di", "puskesmas", "sd", "smp", "sma",
		"kantor", "lapangan", "ruas", "taman", "seberang", "pinggir", "sekitar", "daerah", "halte", "stasiun", "mushola",
		// Jawa Serang, Sunda, English
		"ning", "neng", "parek", "sebelahe", "pinggire", "arepe", "ngarepe", "mburi", "deukeut", "payuneun", "hareupeun", "gigireun",
		"tukangeun", "caket", "near", "behind", "opposite", "beside":
		return true
	}
	return false
}

// deed tells a verb, by what it begins with, from the name of a place: "di Kragilan buang limbah", "di cipare menumpuk".
func deed(form string) bool {
	if len(form) < 6 {
		return false
	}
	for _, p := range [...]string{"meng", "meny", "memb", "memp", "menu", "meni", "mena", "ber", "ter", "nge", "nga"} {
		if strings.HasPrefix(form, p) && (p != "ter" && p != "ber" || len(form) > 8) {
			return true
		}
	}
	switch form {
	case "dibuang", "dibiarkan", "diperbaiki", "diangkut", "dibangun", "ditutup", "dibakar":
		return true
	}
	return false
}

// foreignCue is an English word before a place; the place is what follows it.
func foreignCue(form string) bool {
	switch form {
	case "near", "behind", "opposite", "beside", "in", "at", "on", "front", "next":
		return true
	}
	return false
}

func placeStop(form string) bool {
	switch form {
	case "rusak", "mati", "padam", "banjir", "macet", "berlubang", "lubang", "yang", "dan", "sudah", "belum", "tidak",
		"mohon", "tolong", "karena", "ada", "itu", "ini", "sangat", "sekali", "sampai", "dari", "untuk", "dengan",
		"saya", "kami", "kita", "agar", "supaya", "terima", "kasih", "gelap", "kotor", "bau", "sampah", "pju", "sejak",
		"sekarang", "kemarin", "minggu", "bulan", "hari", "bocor", "mampet", "lampu", "pohon", "tumbang", "oleh",
		"buang", "limbah", "bakar", "parkir", "jualan", "numpuk", "menumpuk", "roboh", "rawan", "ambruk", "amblas", "longsor", "rusuh", "bikin",
		"minta", "mau", "bisa", "parah", "terus", "lagi", "kalau", "kalo", "pas", "tiap", "setiap", "pak", "bu", "min", "nih", "dong",
		"lho", "loh", "butut", "ning", "payuneun", "deukeut", "near", "behind", "opposite", "is", "are", "has", "was", "and", "since", "with", "please", "broken", "the", "a", "for",
		"have", "not", "dead", "off", "front", "my",
		"katanya", "kata", "ngakunya", "konon", "bilangnya", "bayar", "disuruh", "suruh", "diminta", "dimintai", "dipungut", "harus", "dikenakan", "ditawari",
		"sering", "selalu", "jadi", "atau", "mana", "dekat", "depan", "di", "ke":
		return true
	}
	return false
}
