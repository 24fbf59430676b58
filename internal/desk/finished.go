package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// An officer who tells the citizen that the work is done has said all that he or she knows of it; that the report is then still called "in
// progress", and that its citizen is not asked whether it is true, only whoever made the desk would see. So it is asked.

// saysDone reports whether words tell that what was reported has been put right: a part of them says so, and none takes it back or leaves
// something for later.
func saysDone(text string) bool {
	if strings.HasSuffix(strings.TrimSpace(text), "?") {
		return false
	}
	done := false
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",.;:!\n()", r) }) {
		words := strings.Fields(bot.Fold(part))
		if len(words) > 0 && words[0] == "kalau" { // what to do if it breaks again
			continue
		}
		if leavesOpen(words) {
			return false
		}
		done = done || tellsEnd(words)
	}
	return done
}

// leavesOpen reports whether words tell of what is not done yet, or is still to come.
func leavesOpen(words []string) bool {
	for i, w := range words {
		switch w {
		case "sebagian", "setengah", "separo", "separuh", "sisanya", "sementara", "kecuali", "menyusul", "nyusul", "besok", "bsk", "lusa", "akan", "bade", "badhe", "ajeng", "arek", "rek", "meh", "arep", "nanti", "engke", "mengko", "benjing", "isuk",
			"rencana", "rencananya", "dijadwalkan", "jadwal", "menunggu", "nunggu", "ngantosan", "tunggu", "lagi2", "sedang", "sdg", "masih", "msh", "baru", "jika", "kalo", "klo", "apabila", "bila", "asal", "lamun", "kapan":
			return true
		case "depan":
			if i > 0 && slices.Contains([]string{"minggu", "pekan", "bulan", "tahun", "mgg", "bln"}, words[i-1]) {
				return true
			}
		}
		if unendedWord(w) || w == "dereng" || w == "teu" || w == "jangan" || w == "harus" || w == "hrs" || w == "mohon" && i == 0 {
			return true
		}
	}
	return false
}

// tellsEnd reports whether words say that work has come to its end: "sudah kami tambal", "lampune wis murub", "beres".
func tellsEnd(words []string) bool {
	const reach = 4 // "sudah selesai kami ganti", "sampun dugi didandani"
	for i, w := range words {
		switch {
		case i == 0 && (ofEnd(w) || stands(w) && len(words) > 1 && words[1] == "lagi"), strings.HasPrefix(w, "hasil") && i+1 < len(words) && worked(words[i+1]),
			(w == "setelah" || w == "sesudah" || w == "pasca" || w == "kembali") && i+1 < len(words) && (worked(words[i+1]) || stands(words[i+1])):
			return true
		case !cameTo(w) && !come(w):
			continue
		}
		for _, next := range words[i+1 : min(len(words), i+1+reach)] {
			if ofEnd(next) || stands(next) || worked(next) {
				return true
			}
			if !workers(next) { // the word behind it is what was done: looked at, written down, passed on
				break
			}
		}
	}
	return false
}

// come are words of other tongues for "already".
func come(w string) bool {
	return slices.Contains([]string{"tos", "atos", "ges", "wes", "uwis", "sampun", "pun", "parantos", "tlh", "done", "alhamdulillah"}, w)
}

// workers are words that stand between "already" and what was done: who did it, and when.
func workers(w string) bool {
	switch w {
	case "kami", "kita", "kite", "tim", "petugas", "regu", "tukang", "teknisi", "anggota", "anak2", "dari", "oleh", "sama", "ku", "dening", "pihak", "uptd", "upt", "bidang", "langsung", "pada", "semua", "semuanya", "full", "total", "tuntas", "dugi",
		"saya", "sy", "rampung", "juga", "lgsg", "bisa", "deui", "malih", "di", "maning":
		return true
	}
	return particle(w)
}

// stands are words for something that is as it should be.
func stands(w string) bool {
	for _, tail := range []string{"", "nya", "na", "e", "ne"} {
		switch strings.TrimSuffix(w, tail) {
		case "nyala", "menyala", "hidup", "murub", "hurung", "urip", "terang", "lancar", "bersih", "jadi", "dadi", "janten", "normal", "aman", "kering", "surut", "asat", "rata", "mulus", "bener", "betul", "bagus", "alus", "apik", "ngalir", "mengalir",
			"terbit", "cair", "rapi", "baik", "pulih", "berfungsi", "oke", "terpasang", "aktif", "ngocor", "beresih", "caang", "padang":
			return true
		}
	}
	return false
}

// worked reports whether a word is of work on what was reported, and not of looking at it, writing it down or passing it on: "ditambal",
// "terangkut", "dibenerkeun", "perbaikan".
func worked(w string) bool {
	stem := w
	for _, lead := range []string{"penge", "peng", "pem", "pen", "per", "pe", "di", "ter", "ka", "nge", "ng", "me"} {
		if rest, ok := strings.CutPrefix(w, lead); ok && len(rest) >= 3 {
			stem = rest
			break
		}
	}
	if looks(w) || looks(stem) {
		return false
	}
	return handiwork(stem) || handiwork(w)
}

// handiwork reports whether a word begins like work that is done with hands or at a desk.
func handiwork(w string) bool {
	for _, stem := range []string{"ganti", "baik", "perbaik", "angkut", "angkat", "tambal", "ambal", "keruk", "bersih", "pasang", "asang", "tebang", "ebang", "pangkas", "angkas", "bener", "betul", "etul", "kuras", "cor", "las", "aspal", "cat", "sambung", "ambung",
		"tutup", "utup", "rapi", "tertib", "segel", "bongkar", "cetak", "terbit", "erbit", "salur", "bayar", "dandan", "opén", "open", "garap", "sedot", "urug", "ratakan", "fogging", "kerja", "lesai", "bangun"} {
		if strings.HasPrefix(w, stem) && len(w) <= len(stem)+4 {
			return true
		}
	}
	return false
}

// looks reports whether a word is of what comes before the work, or beside it.
func looks(w string) bool {
	for _, stem := range []string{"cek", "cék", "priksa", "periksa", "survei", "survey", "tinjau", "lihat", "liat", "tingali", "tempo", "datang", "kunjung", "lapor", "sampai", "terus", "koordinasi", "catat", "catet", "terima", "ima", "tarima", "tampi", "proses", "jadwal",
		"rencana", "usul", "anggar", "tindak", "tegur", "panggil", "surat", "hubung", "telpon", "telepon", "tlp", "konfirmasi", "data", "ukur", "foto", "kirim", "tugas", "perintah", "info", "ajukan", "siap", "pesan", "minta", "tanya", "bahas", "rapat", "verifikasi",
		"validasi", "monitor", "pantau", "paham", "jawab", "balas", "imbau", "himbau", "sosialisasi", "tampung", "jelas", "mulai", "turun", "limpah", "alih", "oper", "disposisi", "follow", "agenda", "input", "masuk", "tahu", "tau", "lanjut", "temu", "urus", "baca",
		"dengar", "kabar", "duga", "sedia", "lokasi", "jalan", "pelajari", "kaji", "laksana", "jukeun", "sebut", "tangani", "maksud", "batas", "lambat", "tunda", "tulis", "daftar", "bantu", "kasih", "beri", "kontak", "umumkan", "titip", "bawa",
		"kait", "lalu", "lebih", "hadap", "tentu", "akhir", "paksa", "nyata", "dekat", "dampak", "jadi", "jangkau", "sini", "sana", "situ", "mana", "depan", "bawah", "atas", "dalam", "luar", "rumah", "pasar", "kantor", "shub", "sduk", "nsos", "nkes", "ndik"} {
		if strings.HasPrefix(w, stem) {
			return true
		}
	}
	return false
}

// provesEnd reports whether one photo comes with words that say what it shows: that the work is done. Photos of an album come one by one, and
// those that follow would go out alone.
func provesEnd(c Command) bool {
	return len(c.Photos) == 1 && len(c.Files) == 0 && c.Album == "" && saysDone(c.Words)
}

// asksEnd asks behind an answer that tells of finished work whether the report is done.
func (h *handling) asksEnd(a report.Action, c Command, after report.Report) {
	said, is := a.(report.Reply)
	k, held := keptIn(h.to.Intent)
	if was := c.Held && held && k.For == Resolve; !is || was || !open(after) || h.holds(after) || !saysDone(said.Words) || h.office.Permit(after, h.by, report.Resolve{Words: said.Words}) != nil {
		return
	}
	k = kept{Words: said.Words, For: Resolve, Told: true, Rev: after.Rev}
	text := fmt.Sprintf("Nyatakan %s selesai? Warganya lalu diminta menilai.", after.Code)
	if h.nameOnly(Resolve, after) {
		k.Alone = true
		text = fmt.Sprintf("Nyatakan %s selesai? Balas pesan ini dengan foto hasil pekerjaannya; warganya lalu diminta menilai.", after.Code)
	}
	menu := k.menu(after.Code)
	h.ask(after, k.intent(), text, &menu)
	h.batch.Letters[len(h.batch.Letters)-1].Fold = "end:" + string(after.Code)
}
