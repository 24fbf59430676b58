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
			i, from = j-1, j
			if from >= len(w) {
				break
			}
		}
		for j < len(w) && j <= i+4 && !placeStop(w[j].Form) && !broken(c, w[j-1], w[j]) {
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

func placeCue(form string) bool {
	switch form {
	case "jalan", "gang", "kelurahan", "kecamatan", "desa", "kampung", "perumahan", "komplek", "blok", "depan", "dekat",
		"sebelah", "belakang", "samping", "pasar", "stadion", "terminal", "simpang", "perempatan", "pertigaan",
		"lingkungan", "rt", "rw", "masjid", "jembatan", "alun", "di", "puskesmas", "sd", "smp", "sma",
		"kantor", "lapangan", "ruas", "taman":
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
		"sekarang", "kemarin", "minggu", "bulan", "hari", "bocor", "is", "are", "has", "have", "was", "with", "and", "not", "broken", "dead", "off", "since", "for", "please", "front", "my", "mampet", "lampu", "pohon", "tumbang", "oleh",
		"sering", "selalu", "jadi", "atau", "mana", "dekat", "depan", "di", "ke":
		return true
	}
	return false
}
