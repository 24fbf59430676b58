package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Field is what a person wants changed in the report in the making.
type Field int

// The fields. Something is a correction that does not say of what.
const (
	NoField   Field = iota
	Who             // who may see it: Change.Who
	Where           // the place: Change.Words
	Matter          // what it is about: Change.Words
	Pictures        // the photos
	Text            // the text, anew: Change.Words
	More            // the text, with Change.Words added
	Sort            // complaint, wish or question
	Something       // Change.Words is what is right, Change.Not what is wrong
)

// Change is a wish to change one field, in words.
type Change struct {
	Field Field
	// Who is "anonim", "rahasia" or "biasa".
	Who string
	// Words are what is right, as typed and without the words of correcting; "" when they say only that something is wrong.
	Words string
	// Not are the words of what is wrong ("bukan di situ").
	Not string
	// Says says that Words were set against something ("maksudnya", "harusnya", "tapi").
	Says bool
	// At says that Words stand behind "di": they name a place.
	At bool
	// Drops says that pictures are not to go with it ("hapus fotonya", "fotonya salah").
	Drops bool
	// Pure says that the text holds nothing else.
	Pure bool
}

// corrections is how many words a correction may have: who writes more tells the story again.
const corrections = 18

// piece is a word as it was typed, with what the lexicon makes of it.
type piece struct {
	raw  string
	is   []string
	ends bool // a stop follows
}

func (p piece) any(words ...string) bool {
	return slices.ContainsFunc(p.is, func(w string) bool { return slices.Contains(words, w) })
}

// apart sets a space behind stops.
func apart(text string) string {
	if !strings.ContainsAny(text, ",:;") {
		return text
	}
	for _, stop := range [...]string{",", ":", ";"} {
		text = strings.ReplaceAll(text, stop, stop+" ")
	}
	return text
}

func (lx *Lexicon) pieces(text string) []piece {
	var out []piece
	for w := range strings.FieldsSeq(apart(text)) {
		ts, _ := lx.tokens(w)
		p := piece{raw: w, ends: strings.ContainsAny(w[len(w)-1:], ",.;:!?")}
		for _, t := range ts {
			if !t.stop {
				p.is = append(p.is, t.word)
			}
		}
		p.is = append(p.is, english(out, w)...)
		if len(p.is) > 0 || len(out) == 0 {
			out = append(out, p)
			continue
		}
		out[len(out)-1].ends = out[len(out)-1].ends || p.ends
	}
	return out
}

// english is what English sets right and wrong with: "it should be in …", "it is not …".
func english(before []piece, raw string) []string {
	last := ""
	if len(before) > 0 {
		last = strings.ToLower(before[len(before)-1].raw)
	}
	switch bot.Fold(raw) {
	case "be":
		if last == "should" || last == "must" {
			return []string{"harusnya"}
		}
	case "not", "isnt", "isn t", "wasnt":
		return []string{"bukan"}
	}
	return nil
}

// doubts reports whether what is denied is English ("I am not sure").
func doubts(ps []piece) bool {
	return slices.ContainsFunc(ps, func(p piece) bool { return strings.EqualFold(p.raw, "not") })
}

// Changes reads a wish to change who may see the report, wherever in a text it stands, and corrections of the other fields,
// where the text is nothing else. ok is false for everything else.
func (lx *Lexicon) Changes(text string) (c Change, ok bool) {
	if len(text) > 4000 || strings.Contains(text, "://") {
		return Change{}, false
	}
	was := lx.memo.changes.of(lx.memo, text, func(text string) changes {
		c, ok := lx.changes(text)
		return changes{change: c, ok: ok}
	})
	return was.change, was.ok
}

func (lx *Lexicon) changes(text string) (c Change, ok bool) {
	ps := lx.pieces(text)
	if who, pure := lx.who(ps); who != "" {
		return Change{Field: Who, Who: who, Pure: pure}, true
	}
	if len(ps) > corrections || agrees(ps) {
		return Change{}, false
	}
	c = lx.correction(text, ps)
	return c, c.Field != NoField
}

// textWords name the report's text.
var textWords = [...]string{"isi", "isinya", "teks", "text", "tulisan", "tulisannya", "kalimat", "kalimatnya", "cerita", "ceritanya", "deskripsi", "redaksi"}

// correction reads which field a short text corrects.
func (lx *Lexicon) correction(text string, ps []piece) Change {
	c := Change{Pure: true}
	has := func(words ...string) bool {
		return slices.ContainsFunc(ps, func(p piece) bool { return p.any(words...) })
	}
	amends := slices.ContainsFunc(ps, func(p piece) bool {
		return p.any("ubah", "bukan", "ralat", "harusnya", "maksudnya", "benarnya", "pindah", "keliru", "hapus", "jangan", "buang", "ketukar", "ketuker", "tertukar",
			"kok", "loh", "lho", "kurang", "usah", "masih", "lain")
	}) || mistakes(ps) || len(ps) > 2 && ps[0].any("yang") && ps[1].any("benar") && ps[0].raw != "the"
	first := lx.firstWord(ps)
	switch {
	case has("foto") && !has("tempat", "kategori") && (amends || has("ulang") || has("tambah") && lx.adds(ps)):
		c.Field, c.Drops = Pictures, drops(ps) && onlyDrops(ps)
	case first >= 0 && ps[first].any("tambah", "tambahan", "tambahkan", "tambahannya", "nambah", "catatan", "ditambah"):
		c.Field, c.Words = More, lx.after(ps, first+1)
		if c.Words == "" {
			c.Field = Text
		}
	case amends && has("kelurahannya", "kecamatannya", "desanya", "kampungnya", "daerahnya", "jalannya di", "wilayahnya"):
		lx.set(&c, Where, ps, "kelurahannya", "kecamatannya", "desanya", "kampungnya", "daerahnya", "wilayahnya")
	case first >= 0 && first+1 < len(ps) && addressWord[bot.Fold(ps[first].raw)] && putsRight(ps, first):
		lx.set(&c, Where, ps[first+1:])
		c.Words = withNoun(bot.Fold(ps[first].raw), c.Words)
	case affirms(ps) && has("tempat", "kategori", "kategorinya", "topik", "topiknya", "bidang"):
		// "lokasinya sudah benar" changes nothing
	case has("kategori", "kategorinya", "topik", "topiknya", "bidang", "category", "topic"):
		lx.set(&c, Matter, ps, "kategori", "kategorinya", "topik", "topiknya", "bidang", "category", "topic")
	case has("tempat") && (amends || lx.names(ps, "tempat")):
		lx.set(&c, Where, ps, "tempat")
	case amends && (has(textWords[:]...) || first >= 0 && ps[first].any("kata")):
		lx.set(&c, Text, ps, append(textWords[:], "kata")...)
		if !c.Says && !has("jadi") && !strings.Contains(text, ":") { // "…, rasanya kurang sopan" is why, not what
			c.Words = ""
		}
	case has("jenis", "jenisnya") && amends:
		c.Field = Sort
	case ofOthers(ps): // "yang buang bukan orang kaligandu, orang penancangan"
	case first >= 0 && (amends && begins(ps, first) || slips(ps)):
		lx.set(&c, Something, ps)
		if c.Words == "" && (c.Not == "" || ps[first].any("jangan") || doubts(ps)) { // "I am not sure" sets nothing right
			c.Field = NoField
		}
	}
	return c
}

// agrees reports whether words begin with saying that something is what was meant: "nah itu maksud saya, tolong cepet".
func agrees(ps []piece) bool {
	for i, p := range ps {
		switch {
		case i > 0 && p.any("maksudnya") && ps[i-1].any("itu", "ini"):
			return p.ends || i+1 == len(ps) || isMe(bot.Fold(ps[i+1].raw)) && (ps[i+1].ends || i+2 == len(ps))
		case !p.any("nah", "ya", "iya", "benar", "betul", "itu", "ini", "eh", "oh"):
			return false
		}
	}
	return false
}

// affirms reports whether words only say that something is right, and whose it is.
func affirms(ps []piece) bool {
	right := false
	for _, p := range ps {
		switch {
		case p.any("benar", "betul", "tepat", "cocok", "sesuai", "pas"):
			right = true
		case p.any("tempat", "kategori", "kategorinya", "topik", "topiknya", "bidang", "sudah", "kirim", "semua", "ya", "iya", "itu", "ini", "lanjut", "ok", "oke", "siap", "pak", "bu", "min", "kak", "saja", "aja", "kok", "dan", "terima", "kasih", "makasih", "tolong"):
		default:
			return false
		}
	}
	return right
}

// set fills a change with what is right and what is wrong.
func (lx *Lexicon) set(c *Change, f Field, ps []piece, field ...string) {
	c.Field = f
	c.Words, c.Not = lx.right(ps, field...)
	c.At = c.Words != "" && behindIn(ps, c.Words)
	c.Says = slices.ContainsFunc(ps, func(p piece) bool {
		return p.any("maksudnya", "harusnya", "benarnya", "tapi", "melainkan")
	})
}

// after is what follows "tambahkan", without the words that only ask for it.
func (lx *Lexicon) after(ps []piece, from int) string {
	for from < len(ps) && (!ps[from-1].ends || from < len(ps)-1 && ps[from].ends && len(ps[from].raw) <= 5) &&
		ps[from].any("lagi", "ya", "dong", "min", "pak", "kak", "bu", "juga", "keterangan", "info", "ini", "sedikit", "dikit", "atuh", "nak") {
		from++
	}
	return strings.TrimSpace(rawFrom(ps, from))
}

// mistakes reports whether something is called wrong that stands in the report: a wrong key or a wrong room does not.
func mistakes(ps []piece) bool {
	for i, p := range ps {
		if !p.any("salah") {
			continue
		}
		if i+1 == len(ps) || !ps[i+1].any("pencet", "klik", "tekan", "kamar", "sambung", "ngomong", "omong", "ucap", "pijit", "orang", "chat", "grup") &&
			(!ps[i+1].any("kirim") || i+2 < len(ps) && ps[i+2].any("foto", "tempat")) {
			return true
		}
	}
	return false
}

// adds reports whether words only speak of adding pictures ("mau nambah foto dulu").
func (lx *Lexicon) adds(ps []piece) bool {
	other := 0
	for _, p := range ps {
		if !p.any("foto", "tambah", "mau", "dulu", "lagi", "satu", "dua", "kurang", "nanti", "tunggu", "sabar", "more", "pertama", "another") && slices.ContainsFunc(p.is, func(w string) bool { return !lx.filler[w] }) {
			other++
		}
	}
	return other <= 1
}

// slips reports whether somebody takes back what he or she wrote a moment ago ("eh jalan deng").
func slips(ps []piece) bool {
	if len(ps) > 6 || len(ps) < 2 {
		return false
	}
	last := len(ps) - 1
	switch bot.Fold(ps[last].raw) {
	case "deng", "ding", "dink", "deing", "ketang", "ketangan":
		return true
	}
	if last > 1 && isMe(bot.Fold(ps[last].raw)) { // "gang melati maksud saya"
		last--
	}
	if ps[last].any("maksudnya") && !slices.ContainsFunc(ps, func(p piece) bool { return p.any("apa", "gimana", "tidak", "mana") }) {
		return true
	}
	return bot.Fold(ps[0].raw) == "ralat"
}

// begins reports whether a text begins with a word of correcting, or sets what is right against what is wrong
// ("lampu bukan jalan").
func begins(ps []piece, first int) bool {
	if slices.ContainsFunc(ps[:first+1], func(p piece) bool { return p.any("kok", "loh", "lho") }) {
		return slices.ContainsFunc(ps[first:], func(p piece) bool {
			return p.any("ini", "bilang", "harusnya", "mah", "bukan", "padahal", "salah")
		})
	}
	if first+1 < len(ps) && ps[first].any("lain") && ps[first+1].any("situ", "kitu", "itu", "di") {
		return true
	}
	for _, p := range ps[first:min(len(ps), first+3)] {
		if p.any("salah") {
			return true
		}
	}
	if ps[first].any("salah", "bukan", "jangan", "ralat", "ubah", "maksudnya", "harusnya", "pindah") {
		return true
	}
	if ps[first].any("yang") && len(ps) > first+1 && ps[first+1].any("benar") || first == 1 && ps[0].any("yang") && ps[1].any("benar") {
		return true
	}
	at := slices.IndexFunc(ps, func(p piece) bool { return p.any("bukan") })
	if lain := slices.IndexFunc(ps, func(p piece) bool { return p.any("lain") }); at < 0 && lain > 0 && slices.ContainsFunc(ps, func(p piece) bool { return p.any("tapi") }) {
		at = lain
	}
	return at > 0 && at+1 < len(ps) && len(ps) <= 10
}

// firstWord is the first word that is not said in passing, -1 for none.
func (lx *Lexicon) firstWord(ps []piece) int {
	return slices.IndexFunc(ps, func(p piece) bool {
		return slices.ContainsFunc(p.is, func(w string) bool { return !lx.filler[w] && w != "ya" && w != "eh" && !holds(w) })
	})
}

// holds reports whether a word only asks to wait ("tunggu, ganti ke unyur").
func holds(w string) bool {
	return w == "tunggu" || w == "sebentar" || w == "bentar" || w == "bntr" || w == "sabar" || w == "wait"
}

// names reports whether words follow the name of a field ("lokasinya di kaligandu").
func (lx *Lexicon) names(ps []piece, field string) bool {
	at := slices.IndexFunc(ps, func(p piece) bool { return p.any(field) })
	return at >= 0 && at <= 1 && lx.firstWord(ps[at+1:]) >= 0
}

// right sets apart what is right and what is wrong, without the words of correcting, of politeness and of the field.
func (lx *Lexicon) right(ps []piece, field ...string) (right, wrong string) {
	var yes, no []string
	denied := false
	against := slices.ContainsFunc(ps, func(p piece) bool { return p.any("tapi", "tetapi") }) // then the Sundanese "lain" denies
	for i, p := range ps {
		switch {
		case i > 0 && unfit(ps[i-1], p), i+1 < len(ps) && unfit(p, ps[i+1]): // "lokasinya kurang tepat"
		case p.any("bukan", "jangan"), p.any("lain") && i+1 < len(ps) && (against || ps[i+1].any("situ", "kitu", "itu", "di")), p.any("tidak") && i+1 < len(ps) && ps[i+1].any("di"):
			denied = true
		case p.any("tapi", "tp", "tetapi", "melainkan", "maksudnya", "harusnya", "benarnya",
			"but", "jadi", "yang", "ubah", "pindah", "padahal", "ini", "mah", "bilang"):
			denied = false
			if len(yes) > 0 && !p.any("jadi", "yang", "ubah", "pindah") && lx.firstWord(ps[i+1:]) >= 0 { // what stood before is what is wrong
				no, yes = append(no, yes...), nil
			}
		case p.any(field...), p.any("salah", "ralat", "eh", "benar", "ya", "oh", "masuk", "kirim", "soal", "tentang", "masalah", "urusan", "kok", "loh", "lho", "deng", "ding", "tunggu", "sebentar", "bentar", "bntr", "sabar"):
		case slices.ContainsFunc(p.is, func(w string) bool { return !lx.filler[w] || w == "di" || w == "ke" }):
			if denied {
				no = append(no, p.raw)
			} else {
				yes = append(yes, p.raw)
			}
		}
		if p.ends {
			denied = false
		}
	}
	return trimmed(yes), trimmed(no)
}

// unfit reports whether two words say that something is not right, and not what it is to be.
func unfit(not, right piece) bool {
	return not.any("belum", "kurang", "tidak") && right.any("benar", "betul", "tepat", "pas", "cocok", "sesuai")
}

// behindIn reports whether the first of words stands behind "di", "in" or one of their like.
func behindIn(ps []piece, words string) bool {
	first, _, _ := strings.Cut(words, " ")
	for i := 1; i < len(ps); i++ {
		if strings.Trim(ps[i].raw, ",.;:!?") == strings.Trim(first, ",.;:!?") {
			switch strings.ToLower(ps[i-1].raw) {
			case "di", "d", "in", "at", "teng", "ning", "nang", "ka", "ke", "ing":
				return true
			}
		}
	}
	return false
}

// trimmed joins words; "di" and "ke" alone, and pointing words, name nothing.
func trimmed(words []string) string {
	for len(words) > 0 {
		switch strings.Trim(strings.ToLower(words[0]), ",.;:!?") {
		case "di", "ke", "situ", "sana", "sini", "the", "at":
			words = words[1:]
			continue
		}
		break
	}
	return strings.Trim(strings.Join(words, " "), " ,.;:!?")
}

func rawFrom(ps []piece, at int) string {
	var words []string
	for ; at < len(ps); at++ {
		words = append(words, ps[at].raw)
	}
	return strings.Trim(strings.Join(words, " "), " ,.;:-")
}
