package desk

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// What officers write so that the citizen does not read it: "jangan dikirim ke warga dulu ya, …", "info buat tim: …". However long it is, it
// is for the room.

// withheld reports whether words say of themselves that they are not for the citizen.
func withheld(text string) bool {
	words := strings.Fields(bot.Fold(text))
	return forbids(words) || labelled(words)
}

// forbids reports whether words forbid to tell somebody something: a word for "do not", and within a few words one for telling.
func forbids(words []string) bool {
	const reach = 4
	for i := range words {
		n := forbidding(words[i:])
		if n == 0 {
			continue
		}
		for j := i + n; j < min(i+n+reach, len(words)); j++ {
			if telling(words[j]) && (!giving(words[j]) || saysWhat(words[j+1:])) {
				return true
			}
		}
	}
	return false
}

// giving reports whether a word that may mean telling means as well that something is handed over: "kalau diminta uang jangan dikasih".
func giving(w string) bool {
	switch w {
	case "dikasih", "dikasi", "dikasihkan", "diberi", "diberikan":
		return true
	}
	return false
}

// saysWhat reports whether words begin with what is told, or to whom, so that it is no money that is not to be given.
func saysWhat(words []string) bool {
	const near = 3
	return slices.ContainsFunc(words[:min(near, len(words))], func(w string) bool {
		switch w {
		case "tau", "tahu", "info", "infonya", "kabar", "kabarnya", "jawaban", "jawabannya", "jawab", "balasan", "penjelasan", "respon", "ke", "kepada", "kpd", "warga", "warganya", "pelapor", "pelapornya", "orangnya", "dulu", "dl":
			return true
		}
		return false
	})
}

// forbidding is how many words stand at the beginning that say "do not", 0 for none.
func forbidding(words []string) int {
	next := ""
	if len(words) > 1 {
		next = words[1]
	}
	switch words[0] {
	case "jangan", "jgn", "jngn", "jng", "jangn", "jgan", "janganlah", "gausah", "gosah", "ojo", "tahan", "ditahan", "tunda", "ditunda", "stop", "hold", "ulah", "dilarang":
		return 1
	case "ga", "gak", "gk", "g", "nggak", "ngga", "enggak", "tidak", "tdk", "tak", "teu", "ora", "belum", "blm":
		switch next {
		case "usah", "perlu", "boleh", "bole", "kudu", "keudah", "dulu":
			return 2
		}
	}
	return 0
}

// telling reports whether a word means that somebody gets to know something, in whichever form it is written.
func telling(w string) bool {
	for _, lead := range [...]string{"di", "ke", "me", "nge", "ng", "n", ""} {
		stem, ok := strings.CutPrefix(w, lead)
		if !ok {
			continue
		}
		for _, end := range [...]string{"kan", "in", "i", "an", "nya", "lah", "keun", ""} {
			base, ok := strings.CutSuffix(stem, end)
			if !ok {
				continue
			}
			switch base {
			case "kirim", "krm", "krim", "balas", "bales", "bls", "jawab", "jwb", "jawap", "bilang", "blg", "omong", "kasihtau", "kasitau", "kasih", "kasi", "kabar", "sampai", "sampe", "info", "share", "teruskan",
				"beritahu", "beritau", "beri", "respon", "tanggap", "ngomong", "cerita", "bocor", "sebar", "publish", "umum", "ungkap", "sebut", "lapor", "reply", "send", "tell":
				return base != "sampai" && base != "sampe" || end == "kan" || end == "in" || end == "keun"
			}
		}
	}
	return false
}

// labelled reports whether words are marked as the office's own: at their beginning, or wherever the mark stands.
func labelled(words []string) bool {
	at := 0
	for at < len(words) && polite(words[at]) {
		at++
	}
	lead := strings.Join(words[at:], " ") + " "
	for _, l := range [...]string{"info buat tim", "info untuk tim", "info utk tim", "info tim", "info bt tim", "info internal", "info buat internal", "info untuk internal", "info ke tim", "buat tim", "untuk tim", "utk tim", "internal", "intern",
		"buat internal", "untuk internal", "khusus internal", "khusus tim", "khusus petugas", "catatan internal", "sekedar info buat kita", "info buat kita", "info untuk kita", "info buat rekan", "info untuk rekan", "buat rekan", "untuk rekan",
		"info buat petugas", "info untuk petugas", "info sesama", "fyi", "off the record"} {
		if strings.HasPrefix(lead, l+" ") {
			return true
		}
	}
	said := " " + strings.Join(words, " ") + " "
	for _, cue := range [...]string{" rahasia internal ", " rahasia kantor ", " rahasia kita ", " rahasia dinas ", " internal aja ", " internal saja ", " internal dulu ", " untuk internal ", " buat internal ", " utk internal ", " buat kita aja ", " buat kita saja ",
		" untuk kita aja ", " untuk kita saja ", " utk kita aja ", " antar kita aja ", " antara kita aja ", " antara kita saja ", " cukup kita aja ", " cukup kita saja ", " cukup kita yang tau ", " cukup kita yang tahu ", " bukan buat warga ",
		" bukan untuk warga ", " bukan utk warga ", " bkn buat warga ", " bkn untuk warga ", " bukan buat pelapor ", " bukan untuk pelapor ", " bukan konsumsi warga ", " bukan konsumsi publik ", " bukan buat dia ", " bukan untuk dia ",
		" warga ga perlu tau ", " warga gak perlu tau ", " warga tidak perlu tahu ", " warga jangan tau ", " warga jangan sampai tau ", " warga jangan sampai tahu ", " jangan sampe warga tau ", " jangan sampai warga tau ",
		" jangan sampai warga tahu ", " jangan sampai pelapor tau ", " jangan sampai pelapor tahu ", " jangan sampai bocor ", " off record "} {
		if strings.Contains(said, cue) {
			return true
		}
	}
	return false
}

// noted reports whether words speak of a note, and hold what is to be noted: "ini rahasia internal, teknisi kita salah pasang".
func noted(text string) bool {
	if hints(text) != Note {
		return false
	}
	left := 0
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		if !polite(w) && !ofNoting(w) {
			left++
		}
	}
	return left > 1
}

// ofNoting reports whether a word only says that something be noted, or for whom.
func ofNoting(w string) bool {
	switch w {
	case "dicatat", "catat", "catet", "dicatet", "catatan", "catatannya", "note", "intern", "internal", "buat", "untuk", "utk", "bikin", "tambah", "tambahkan", "kasih", "jadikan", "simpan", "masukkan", "masukin", "sebagai", "di", "ke",
		"kita", "kami", "tim", "petugas", "rekan":
		return true
	}
	return false
}

// reads reports whether the citizen reads what is written with a verb.
func reads(v Verb) bool {
	switch v {
	case Reply, Ask, Resolve, Reject, Plan, Warn, Mute, Block, Unblock, KeepOn:
		return true
	}
	return false
}
