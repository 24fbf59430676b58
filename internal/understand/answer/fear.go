package answer

import "slices"

// fears reports whether words only tell of the fear to be found out ("ntar kalo ketauan saya gimana", "tapi saya takut pak lurah baca"). A
// wish to be hidden is carried out, and what is told of the matter besides belongs to the report.
func (lx *Lexicon) fears(text string, ts []token) bool {
	if c, ok := lx.Changes(text); ok && c.Field == Who {
		return false
	}
	has := func(words ...string) bool {
		return slices.ContainsFunc(ts, func(t token) bool { return slices.Contains(words, t.word) || slices.Contains(words, t.raw) })
	}
	found := has("ketahuan", "ketauan", "konangan", "kebaca", "dibaca", "baca", "tahu", "tau", "dendam", "balas", "bales", "dibales", "dibalas", "diapa", "diapain", "diapaapain", "dimarahin", "dimarahi", "diancam", "dicari", "bocor", "revenge", "find", "finds")
	afraid := has("takut", "takutnya", "wedi", "sieun", "khawatir", "kuatir", "cemas", "was", "waswas", "ngeri", "afraid", "scared", "worried")
	ifs := has("kalau", "kalo", "klo", "kl", "nek", "lamun", "if") && has("gimana", "gmn", "bagaimana", "kumaha", "piye", "kepriben", "what")
	if !found || !afraid && !ifs || len(ts) > 10 {
		return false
	}
	return !slices.ContainsFunc(ts, func(t token) bool { return !t.stop && lx.Tells(t.word) && !ofFear(t.raw) })
}

// ofFear are words that tell something elsewhere, but not where somebody fears to be found out.
func ofFear(raw string) bool {
	switch raw {
	case "lurah", "lurahnya", "camat", "rt", "rw", "kades", "kepala", "kepsek", "guru", "gurunya", "tetangga", "tetangganya", "dia", "mereka", "orang", "orangnya", "orangya", "bos", "atasan", "pegawai", "pegawainya", "petugas", "petugasnya", "preman", "ketua",
		"baca", "dibaca", "kebaca", "nanti", "ntar", "malah", "laporan", "lapor", "dendam", "dimarahin", "dimarahi", "diancam", "boss", "neighbour", "neighbor", "officer":
		return true
	}
	return ofBot(raw)
}
