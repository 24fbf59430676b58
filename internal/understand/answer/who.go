package answer

import (
	"slices"
	"strings"
)

// The visibilities, by report's words for them.
const (
	anonymous    = "anonim"
	confidential = "rahasia"
	normal       = "biasa"
)

// who reads the wish that the name or the whole report be hidden, or shown after all. pure says that the text holds little
// else. In a longer text the wish has to speak of the writer ("nama saya"), for complaints speak of names and secrets, too.
func (lx *Lexicon) who(ps []piece) (visibility string, pure bool) {
	w := make([]string, 0, len(ps))
	for _, p := range ps {
		w = append(w, p.is...)
	}
	w = unworried(w)
	rest := 0
	for _, p := range unreasoned(ps) {
		for _, x := range p.is {
			if !lx.filler[x] && !ofHiding(x) && !weak(lx.phrases[x][x]) {
				rest++
			}
		}
	}
	pure = rest <= 1 && len(w) <= 20
	if strings.Contains(" "+strings.Join(w, " ")+" ", " hamba allah ") && pure {
		return anonymous, true
	}
	switch {
	case pure && shown(w):
		return normal, true
	case hidden(w, confidential, pure), pure && (unseen(w) || untold(w)):
		return confidential, pure
	case hidden(w, anonymous, pure), nameless(w, pure), pure && lx.unmentioned(w):
		return anonymous, pure
	case unheard(w):
		return anonymous, pure
	}
	return "", false
}

// unheard reads "awas jangan sampai kedengaran pak lurah": that one is not to hear of it. What he is not to learn too late, or of what
// else, is told in more words.
func unheard(w []string) bool {
	const most = 8
	for i, x := range w {
		jawa := i == 1 && (w[0] == "aja" || w[0] == "saja") // "aja" forbids there, and only behind other words is it "just"
		// "ga sampai kelihatan" tells how it is.
		if x != "sampai" || i == 0 || w[i-1] != "jangan" && !jawa || len(w) > most {
			continue
		}
		for j := i + 1; j < len(w) && j <= i+3; j++ {
			if j+1 < len(w) && w[j] == w[j+1] { // "tahu-tahu" is all of a sudden
				break
			}
			if (isKnown(w[j]) && w[j] != "bilang" || isHeard(w[j])) && !slices.Contains(w, "baru") {
				return true
			}
		}
	}
	return false
}

func isHeard(x string) bool {
	switch x {
	case "kedengaran", "kedengeran", "kedengeranan", "dengar", "denger", "didengar", "didenger", "kadenge", "kadangu", "krungu", "konangan", "kanyahoan":
		return true
	}
	return false
}

// unreasoned leaves out why ("…, takut sama tetangga"): it adds nothing to the report.
func unreasoned(ps []piece) []piece {
	var out []piece
	reason := false
	for _, p := range ps {
		reason = reason || p.any("takut", "takutnya", "malu", "isin", "sieun", "wedi", "isuk", "soalnya", "soale", "karena", "krn", "karna", "nanti", "biar", "supaya",
			"khawatir", "enak", "gaenak", "segan", "sungkan", "rikuh", "because", "afraid", "scared", "nek", "mbokan", "bisi")
		if !reason {
			out = append(out, p)
		}
		if p.ends {
			reason = false
		}
	}
	return out
}

// unworried leaves out "tidak apa-apa", "ga takut", "ga enak", "no problem": their "not" denies nothing else.
func unworried(w []string) []string {
	var out []string
	for i := 0; i < len(w); i++ {
		if w[i] == "tidak" && i+1 < len(w) {
			switch w[i+1] {
			case "apa", "papa", "masalah", "problem", "takut", "nanaon", "napa", "wedi", "sieun", "malu", "enak", "afraid", "scared":
				i++
				continue
			}
		}
		out = append(out, w[i])
	}
	return out
}

// unseen reads "jangan sampai orang lain bisa lihat", "cuma petugas yang boleh lihat".
func unseen(w []string) bool {
	for i, x := range w {
		if x != "lihat" && x != "tahu" && x != "baca" && x != "dibaca" && x != "dilihat" && x != "waos" && x != "diketahui" {
			continue
		}
		others := near(w, i, 5, func(x string) bool {
			return x == "orang" || x == "tetangga" || x == "warga" || x == "publik" || x == "semua" || x == "umum"
		})
		if others && near(w, i, 6, isNot) || officersAlone(w, i) {
			return true
		}
	}
	return false
}

// officersAlone reports whether nobody but officers does what the word at i says: "cuma" stands beside them, where "petugas kemarin cuma
// lihat doang" tells what they did.
func officersAlone(w []string, i int) bool {
	for j := max(0, i-5); j < len(w) && j <= i+5; j++ {
		if w[j] == "petugas" && near(w, j, 2, func(x string) bool {
			return x == "cuma" || x == "mawon" || x == "aja" || x == "saja" || x == "doang" || x == "wae" || x == "hanya" || x == "only" || x == "khusus" || x == "mung" || x == "cuman"
		}) {
			return true
		}
	}
	return false
}

// untold reads "jangan kabari tetangga lagi", "ga usah kirim kabar ke warga lain": a wish, where "warga tidak dikabari" is a complaint.
func untold(w []string) bool {
	for i, x := range w {
		if !isTell(x) || slices.Contains(w, "lupa") {
			continue
		}
		forbids := func(x string) bool { return x == "jangan" || x == "usah" || x == "stop" || x == "berhenti" }
		if near(w, i, 4, forbids) && near(w, i, 5, func(x string) bool {
			return x == "tetangga" || x == "warga" || x == "orang" || strings.HasPrefix(x, "pengikut")
		}) {
			return true
		}
	}
	return false
}

func isTell(x string) bool {
	switch strings.TrimPrefix(x, "di") {
	case "kabar", "kabari", "kabarin", "ngabarin", "kabarkan", "info", "infoin", "infokan", "beritahu", "beritahukan", "beri", "ceritain", "ceritakan":
		return true
	}
	return false
}

// shown reads "ga usah anonim", "biasa aja, boleh pakai nama saya".
func shown(w []string) bool {
	for i, x := range w {
		switch x {
		case anonymous, confidential, "rahasiain":
			if denied(w, i) {
				return true
			}
		case "nama":
			if len(w) > 1 && (!near(w, i, 4, isNot) || near(w, i, 1, func(x string) bool { return x == "pakai" }) && !denied(w, i)) &&
				near(w, i, 3, func(x string) bool { return isShow(x) || x == "boleh" }) && !near(w, i, 4, isHide) && !keptOut(w, i) {
				return true
			}
		}
		if isHide(x) && denied(w, i) {
			return true
		}
	}
	return false
}

// hidden reads "kirim secara anonim", "mohon identitas saya dirahasiakan".
func hidden(w []string, word string, pure bool) bool {
	at := slices.Index(w, word)
	if at < 0 || denied(w, at) {
		return false
	}
	if pure {
		return true
	}
	asked := near(w, at, 4, func(x string) bool { return x == "nama" || x == "pelapor" }) && near(w, at, 6, isMe)
	return asked || at > 0 && (w[at-1] == "secara" || w[at-1] == "lapor" || w[at-1] == "mau" || w[at-1] == "kirim" || w[at-1] == "laporan") ||
		near(w, at, 3, func(x string) bool {
			return x == "tolong" || x == "mohon" || x == "minta" || x == "please" || x == "jaga"
		})
}

// nameless reads "jangan sebut nama saya", "nama saya jangan ditulis", "jangan sampai ketahuan saya yang lapor".
func nameless(w []string, pure bool) bool {
	for i, x := range w {
		switch {
		case x == "nama" && len(w) <= 5 && strings.HasSuffix(strings.TrimSuffix(strings.Join(w, " "), " ya"), " jangan"):
			return true // "nama saya jangan"
		case x == "nama" && (pure || near(w, i, 3, isMe)):
			if near(w, i, 4, isHide) || keptOut(w, i) || near(w, i, 4, isNot) && (near(w, i, 5, isShow) || i > 0 && w[i-1] == "tanpa") {
				return true
			}
		case x == "tanpa" && i+1 < len(w) && w[i+1] == "nama" && pure:
			return true
		case pure && isShow(x) && near(w, i, 3, isNot) && near(w, i, 4, func(x string) bool { return x == "lapor" || x == "pelapor" || x == "siapa" }):
			return true
		case isKnown(x) && near(w, i, 4, isNot) && (pure || near(w, i, 5, isMe)) && (pure && isSeen(x) || near(w, i, 6, func(x string) bool {
			return x == "lapor" || x == "pelapor" || x == "laporan" || pure && (x == "siapa" || x == "orang" || x == "jangan")
		})):
			return true
		}
	}
	return false
}

// unmentioned reads "jangan sebut saya": who says what he or she is not to be called ("jangan sebut saya pembohong") does not hide.
func (lx *Lexicon) unmentioned(w []string) bool {
	for i, x := range w {
		if !mentions(x) || !near(w[:i+1], i, 3, isNot) || i+1 == len(w) || !isMe(w[i+1]) {
			continue
		}
		return !slices.ContainsFunc(w[i+2:], func(x string) bool { return !lx.filler[x] && !ofHiding(x) })
	}
	return false
}

// mentions reports whether a word says that somebody is spoken of.
func mentions(x string) bool {
	for _, stem := range [...]string{"sebut", "disebut", "nyebut", "sebat", "disebat", "sambat", "disambat", "mention"} {
		if strings.HasPrefix(x, stem) {
			return true
		}
	}
	return false
}

// keptOut reads "keep my name out of it", "leave my name out".
func keptOut(w []string, i int) bool {
	return near(w, i, 4, func(x string) bool { return x == "keep" || x == "leave" || x == "left" }) &&
		slices.Contains(w[i:], "out")
}

func denied(w []string, i int) bool {
	for j := max(0, i-3); j < i; j++ {
		if isNot(w[j]) {
			return true
		}
	}
	return false
}

func near(w []string, i, reach int, is func(string) bool) bool {
	for j := max(0, i-reach); j < len(w) && j <= i+reach; j++ {
		if j != i && is(w[j]) {
			return true
		}
	}
	return false
}

func isNot(x string) bool {
	return x == "tidak" || x == "jangan" || x == "tanpa" || x == "bukan" || x == "without"
}

func isMe(x string) bool {
	switch x {
	case "saya", "sy", "aku", "ak", "gw", "gue", "gua", "kami", "my", "me", "i", "abdi", "kule", "kula", "kulo", "isun", "ku", "ane", "pelapor", "kita":
		return true
	}
	return false
}

func isHide(x string) bool {
	for _, stem := range [...]string{"sembunyi", "disembunyi", "umpet", "diumpet", "samar", "disamar", "tutupi", "ditutupi", "hide", "hidden", "sensor", "disensor", "hapus",
		"lindung", "dilindung"} {
		if strings.HasPrefix(x, stem) {
			return true
		}
	}
	return false
}

func isShow(x string) bool {
	for _, stem := range [...]string{"pakai", "sebut", "disebut", "sebat", "disebat", "sambat", "disambat", "mawa", "mawi", "nyebut", "nyebat", "nulis", "muncul", "ditingali", "tulis", "ditulis", "cantum", "dicantum", "kasih", "dikasih", "tampil", "ditampil", "muncul", "dimuncul",
		"bawa", "dibawa", "lihat", "dilihat", "kelihatan", "keliatan", "keliat", "bocor", "dibocor", "sebar", "disebar", "umum", "diumum", "ekspos", "expose", "show", "mention",
		"reveal", "share", "publish", "kirim", "dikirim", "masuk", "dimasuk", "ketahuan", "tahu", "diketahui", "publik", "dipublik", "ikut", "usah", "out", "perlu", "buka", "dibuka", "sampai", "ada"} {
		if strings.HasPrefix(x, stem) {
			return true
		}
	}
	return false
}

func isKnown(x string) bool {
	switch x {
	case "ketahuan", "ketauan", "kawruhan", "tahu", "diketahui", "kelihatan", "keliatan", "bilang", "bilangin", "dibilang", "ngaku", "know":
		return true
	}
	return false
}

// isSeen are words of isKnown that speak of being found out: "tidak tahu" says something else.
func isSeen(x string) bool {
	return strings.HasPrefix(x, "ket") || strings.HasPrefix(x, "kel") || strings.HasPrefix(x, "kaw") || x == "diketahui"
}

// ofHiding reports whether a word may stand in a wish about who sees the report without saying anything else.
func ofHiding(x string) bool {
	switch x {
	case anonymous, confidential, "lihat", "baca", "hanya", "khusus", "tetangga", "warga", "lain", "lainnya", "bisa", "nama", "secara", "lapor", "laporan", "pelapor", "kirim", "ya", "boleh", "normal", normal, "identitas", "orang",
		"siapa", "petugas", "sampai", "ada", "jaga", "mohon", "tulis", "bot", "minta", "takut", "keep", "leave", "left", "out", "bikin", "buat", "grup", "group", "banyak", "nenek", "kakek", "ibu", "bapak", "hamba", "allah", "maunya", "jadi", "dijadikan", "jadikan", "mode", "cukup", "publik", "mereka", "dia", "dinas", "oke", "ok":
		return true
	}
	return isMe(x) || isNot(x) || isHide(x) || isShow(x) || isKnown(x) || isTell(x) || strings.HasPrefix(x, "pengikut")
}
