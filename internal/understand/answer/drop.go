package answer

// onlyDrops reports whether words that take a photo away tell nothing else: "ada yg buang sampah, itu fotonya" describes what it shows.
func onlyDrops(ps []piece) bool {
	const most = 2 // whose photo it is, or of what
	own := 0
	for _, p := range ps {
		if p.any("sampah") {
			return false
		}
		if !p.any("foto", "hapus", "buang", "salah", "keliru", "jangan", "usah", "pakai", "pake", "masuk", "masukin", "masukkan", "kirim", "tidak", "bukan", "ya", "saya", "anak", "tolong", "maaf",
			"itu", "ini", "tadi", "yang", "sama", "saja", "dong", "deh", "pak", "bu", "min", "kak", "semua", "satu", "the", "please", "mau", "aku") {
			own++
		}
	}
	return own <= most
}

// drops reports whether something is to be taken away, or stands there by mistake; what is to be added or put in its place is more than that.
func drops(ps []piece) bool {
	away := false
	for i, p := range ps {
		switch {
		case p.any("tambah", "nambah", "ubah", "ketukar", "ketuker", "tertukar", "ulang", "lagi", "kurang"):
			return false
		case p.any("hapus", "buang"):
			if i > 0 && ps[i-1].any("jangan", "usah", "tidak", "belum", "jadi") {
				return false
			}
			away = true
		case p.any("salah", "keliru") && (i == 0 || !ps[i-1].any("tidak", "bukan")),
			p.any("jangan", "usah") && i+1 < len(ps) && ps[i+1].any("pakai", "pake", "foto", "masuk", "masukin", "masukkan"):
			away = true
		}
	}
	return away
}
