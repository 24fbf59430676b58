package place

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cue is what a word says about the words beside it.
type cue uint8

const (
	plain      cue = iota
	cueArea        // kelurahan, desa
	cueKec         // kecamatan
	cueStreet      // jalan
	cueKampung     // kampung, lingkungan
	cueEstate      // perumahan, komplek
	cueNear        // depan, dekat, pertigaan: a note, and a place follows
	cueIn          // di, daerah: a place may follow
	cueRT          // RT, RW, no, blok, km, gang: a note with a number or name after it
	cueRegency     // kabupaten, kota: what follows is a whole government
)

// strong cues are followed by a place's name and hardly by anything else.
func (c cue) strong() bool { return c >= cueArea && c <= cueEstate }

// cueOf knows the words before a place and how people shorten them. canon is the word written out.
func cueOf(w string) (canon string, c cue) {
	switch w {
	case "kel", "kelurahan", "klurahan", "kelurhan", "kelrahan", "desa", "ds", "dsa", "klrhn":
		return "kelurahan", cueArea
	case "kec", "kecamatan", "kcmtn", "kecmtn", "kecamtan", "kcm", "district", "subdistrict":
		return "kecamatan", cueKec
	case "jl", "jln", "jalan", "jlan", "jlanan", "jaln", "jlm", "street", "road", "rd", "ruas":
		return "jalan", cueStreet
	case "kp", "kampung", "kmp", "kpg", "kmpg", "kampong", "kmpung", "link", "lingk", "lingkungan", "lingkngan", "lk", "ling", "dusun", "village":
		return "kampung", cueKampung
	case "perum", "perumahan", "prm", "prum", "perumhan", "komp", "komplek", "kompleks", "komplex", "kplk", "kmplk", "kmplek", "cluster", "perumnas", "prumahan", "residence", "estate", "housing":
		return "perumahan", cueEstate
	case "rt", "rw", "no", "nomor", "nomer", "blok", "blk", "km", "gang", "gg":
		return w, cueRT
	case "kab", "kabupaten", "kota", "kodya", "prov", "provinsi", "propinsi":
		return w, cueRegency
	}
	if canon, ok := nearness(w); ok {
		return canon, cueNear
	}
	if within(w) {
		return w, cueIn
	}
	return canonical(w), plain
}

// nearness knows the words that stand between a place and what is told of it, in the tongues that are written here: they
// are kept as a note.
func nearness(w string) (canon string, ok bool) {
	if canon, ok := facing(w); ok {
		return canon, true
	}
	switch w {
	case "pertigaan", "prtgn", "pertgaan", "pertelon", "pertigaannya":
		return "pertigaan", true
	case "perempatan", "prapatan", "prempatan", "prptn", "parapatan":
		return "perempatan", true
	case "simpang", "simp":
		return "simpang", true
	case "pinggir", "pinggire", "pinggiran", "pgr":
		return "pinggir", true
	case "pengkolan", "bunderan", "bundaran", "arah", "pojok", "pojokan", "ujung", "antara", "tikungan", "belokan", "sisi":
		return w, true
	}
	return "", false
}

// facing knows the words that say on which side of something a place is, or how near.
func facing(w string) (canon string, ok bool) {
	switch w {
	case "depan", "dpn", "dpan", "depannya", "dpnnya", "depane", "muka":
		return "depan", true
	case "dekat", "dkt", "deket", "dket", "deketnya", "dekatnya", "deketan", "dket2", "dkat":
		return "dekat", true
	case "belakang", "blkg", "blkng", "blakang", "belakangnya", "blkangnya":
		return "belakang", true
	case "samping", "smping", "smpg", "smpng", "sampingnya", "sampinge":
		return "samping", true
	case "sebelah", "sblh", "sebela", "sebelahnya", "sebelahan", "sebelahe", "sblah", "seblah":
		return "sebelah", true
	case "seberang", "sebrang", "sbrg", "sbrang", "seberangnya", "sebrange":
		return "seberang", true
	case "sekitar", "sktr", "sekitaran", "sekitarnya":
		return "sekitar", true
	// Jawa Serang, Sunda, Banjar, English
	case "arep", "arepe", "arepan", "arepane", "ngarep", "ngarepe", "ngarepane", "ngarepan", "mburi", "mburine", "buri", "burine",
		"guri", "gurine", "parek", "perek", "cedak", "cedek", "wetan", "kulon", "lor", "kidul", "wetane", "kulone", "lore", "kidule",
		"deukeut", "caket", "payuneun", "hareupeun", "hareup", "gigireun", "gigir", "tukangeun", "peuntaseun", "sisieun",
		"handapeun", "luhureun", "parak", "higa", "subalah",
		"near", "nearby", "behind", "beside", "opposite", "across", "around", "along", "front", "next", "close":
		return w, true
	}
	return "", false
}

// within knows the words that a place may follow.
func within(w string) bool {
	switch w {
	case "di", "d", "ke", "dari", "daerah", "daerahnya", "drh", "wilayah", "wilayahnya", "wil", "area", "kawasan", "sepanjang",
		"lokasi", "lokasinya", "lok", "tempat", "tempatnya", "tepatnya", "dalam", "warga", "alamat", "alamatnya", "masuknya",
		"ning", "neng", "nang", "ring", "palih", "at", "in", "on", "inside", "outside":
		return true
	}
	return false
}

// canonical writes a shortened word of a place's name out.
func canonical(w string) string {
	switch w {
	case "psr", "ps", "psar", "market":
		return "pasar"
	case "mesjid", "msjd", "masjd", "mosque":
		return "masjid"
	case "sta", "stsn", "stasiun", "station":
		return "stasiun"
	case "term", "trmnl", "trminal":
		return "terminal"
	case "sd", "sdn":
		return "sdn"
	case "smp", "smpn":
		return "smpn"
	case "sma", "sman":
		return "sman"
	case "rs", "rsu", "rsud":
		return "rsud"
	case "pkm", "pusk", "puskes":
		return "puskesmas"
	case "harbour", "harbor", "port", "plabuhan":
		return "pelabuhan"
	case "old":
		return "lama"
	case "tmn", "tman":
		return "taman"
	case "grya", "gria":
		return "griya"
	case "kyai", "kiyai", "kiai", "kiyahi":
		return "ki"
	case "tubagus":
		return "tb"
	case "syekh", "syeh", "syaikh", "sheikh", "syeikh", "seh":
		return "syech"
	case "jend", "jendral", "jenderal", "jendr", "jnd":
		return "jenderal"
	case "ust", "ustadz", "ustaz":
		return "ustad"
	case "brt":
		return "barat"
	case "tmr":
		return "timur"
	case "slt", "sltn":
		return "selatan"
	case "utr":
		return "utara"
	case "keraton", "kraton":
		return "keraton"
	case "i":
		return "1"
	case "ii":
		return "2"
	case "iii":
		return "3"
	case "iv":
		return "4"
	case "alun2":
		return "alunalun"
	}
	return w
}

// token is a word of a text.
type token struct {
	text     string // folded and written out
	from, to int    // bytes of the text
	cue      cue
	brk      bool // a comma, a bracket, a line's or sentence's end stands before it
}

// maxTokens is how many words of a text are looked at: a place named beyond is not worth the time.
const maxTokens = 400

// tokens takes a text apart.
func tokens(text string) []token {
	var out []token
	brk := false
	for i := 0; i < len(text) && len(out) < maxTokens; {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isWord(r) {
			brk = brk || breaks(r, out)
			i += n
			continue
		}
		from, digit := i, unicode.IsDigit(r)
		var b strings.Builder
		for i < len(text) {
			r, n := utf8.DecodeRuneInString(text[i:])
			if (r == '\'' || r == '’' || r == '`') && b.Len() > 0 && i+n < len(text) && isLetter(text[i+n:]) {
				i += n
				continue
			}
			if !isWord(r) || unicode.IsDigit(r) != digit && !alun2(b.String(), text[i:]) {
				break
			}
			b.WriteRune(plainLetter(r))
			i += n
		}
		out = word(out, token{text: squeeze(b.String()), from: from, to: i, brk: brk})
		brk = false
	}
	return out
}

// word adds a word to those before it. "di" is often written in one with the word for where: "didepan", "dijalan".
func word(ts []token, t token) []token {
	canon, c := cueOf(t.text)
	if c == plain && len(t.text) > 5 && t.to-t.from == len(t.text) && strings.HasPrefix(t.text, "di") {
		if rest, k := cueOf(t.text[2:]); k.strong() || k == cueNear || k == cueRT && len(rest) > 3 || selfCue(rest) {
			t.text = t.text[2:]
			ts = append(ts, token{text: "di", from: t.from, to: t.from + 2, cue: cueIn, brk: t.brk})
			t.from, t.brk, canon, c = t.from+2, false, rest, k
		}
	}
	t.text, t.cue = canon, c
	return append(ts, t)
}

// alun2 lets "alun2" be one word: everywhere else a number is a word of its own.
func alun2(word, rest string) bool { return word == "alun" && strings.HasPrefix(rest, "2") }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isLetter(s string) bool { r, _ := utf8.DecodeRuneInString(s); return unicode.IsLetter(r) }

// breaks says whether a sign parts what stands before from what follows. A full stop does only after a whole word:
// "jl. veteran" and "kec.curug" belong together.
func breaks(r rune, before []token) bool {
	switch r {
	case ',', ';', '\n', '(', ')', '!', '?', '|', '"', '[', ']':
		return true
	case '.':
		return len(before) > 0 && before[len(before)-1].cue == plain && len(before[len(before)-1].text) > 3
	}
	return false
}

// plainLetter is the letter in lower case and without accent.
func plainLetter(r rune) rune {
	switch r = unicode.ToLower(r); r {
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'á', 'à', 'â', 'ã', 'å':
		return 'a'
	case 'í', 'ì', 'î':
		return 'i'
	case 'ó', 'ò', 'ô':
		return 'o'
	case 'ú', 'ù', 'û':
		return 'u'
	}
	return r
}

// squeeze makes one letter of three and more: "kaliganduuu".
func squeeze(w string) string {
	run := 0
	var last rune
	for _, r := range w {
		if r == last {
			if run++; run >= 3 {
				break
			}
		} else {
			last, run = r, 1
		}
	}
	if run < 3 || unicode.IsDigit(last) {
		return w
	}
	var b strings.Builder
	runes := []rune(w)
	for i := 0; i < len(runes); {
		k := i
		for k < len(runes) && runes[k] == runes[i] {
			k++
		}
		n := k - i
		if n >= 3 {
			n = 1
		}
		for range n {
			b.WriteRune(runes[i])
		}
		i = k
	}
	return b.String()
}
