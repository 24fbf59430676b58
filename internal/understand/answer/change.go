package answer

import (
	"slices"
	"strings"
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
	// At says that Words stand behind "di": they name a place.
	At bool
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

func (lx *Lexicon) pieces(text string) []piece {
	var out []piece
	for w := range strings.FieldsSeq(strings.NewReplacer(",", ", ", ":", ": ", ";", "; ").Replace(text)) {
		ts, _ := lx.tokens(w)
		p := piece{raw: w, ends: strings.ContainsAny(w[len(w)-1:], ",.;:!?")}
		for _, t := range ts {
			if !t.stop {
				p.is = append(p.is, t.word)
			}
		}
		if len(p.is) > 0 || len(out) == 0 {
			out = append(out, p)
			continue
		}
		out[len(out)-1].ends = out[len(out)-1].ends || p.ends
	}
	return out
}

// Changes reads a wish to change who may see the report, wherever in a text it stands, and corrections of the other fields,
// where the text is nothing else. ok is false for everything else.
func (lx *Lexicon) Changes(text string) (c Change, ok bool) {
	if len(text) > 4000 {
		return Change{}, false
	}
	ps := lx.pieces(text)
	if who, pure := lx.who(ps); who != "" {
		return Change{Field: Who, Who: who, Pure: pure}, true
	}
	if len(ps) > corrections {
		return Change{}, false
	}
	c = lx.correction(text, ps)
	return c, c.Field != NoField
}

// correction reads which field a short text corrects.
func (lx *Lexicon) correction(text string, ps []piece) Change {
	c := Change{Pure: true}
	has := func(words ...string) bool {
		return slices.ContainsFunc(ps, func(p piece) bool { return p.any(words...) })
	}
	amends := has("salah", "ubah", "bukan", "ralat", "harusnya", "seharusnya", "mestinya", "maksud", "maksudnya", "maksudku", "benarnya",
		"pindah", "keliru", "hapus", "jangan", "buang", "ketukar", "ketuker", "tertukar", "kok", "loh", "lho", "kurang", "usah", "masih", "lain")
	first := lx.firstWord(ps)
	switch {
	case first >= 0 && ps[first].any("tambah", "tambahan", "tambahkan", "tambahannya", "nambah", "catatan", "ditambah"):
		from := first + 1
		for from < len(ps) && !ps[from-1].ends && ps[from].any("lagi", "ya", "dong", "min", "pak", "juga", "keterangan", "info", "ini", "sedikit", "dikit") {
			from++
		}
		c.Field, c.Words = More, strings.TrimSpace(rawFrom(ps, from))
		if c.Words == "" {
			c.Field = Text
		}
	case has("foto") && (amends || has("ulang")) && !has("tempat", "kategori"):
		c.Field = Pictures
	case amends && has("kelurahannya", "kecamatannya", "desanya", "kampungnya", "daerahnya", "jalannya di", "wilayahnya"):
		c.Field = Where
		c.Words, c.Not = lx.right(ps, "kelurahannya", "kecamatannya", "desanya", "kampungnya", "daerahnya", "wilayahnya")
	case has("kategori", "kategorinya", "topik", "topiknya", "bidang", "category", "topic"):
		c.Field = Matter
		c.Words, c.Not = lx.right(ps, "kategori", "kategorinya", "topik", "topiknya", "bidang", "category", "topic")
	case has("tempat") && (amends || lx.names(ps, "tempat")):
		c.Field = Where
		c.Words, c.Not = lx.right(ps, "tempat")
	case has("isi", "isinya", "teks", "tulisan", "tulisannya", "kalimat", "kalimatnya", "ceritanya", "deskripsi") && amends:
		c.Field = Text
		c.Words, c.Not = lx.right(ps, "isi", "isinya", "teks", "tulisan", "tulisannya", "kalimat", "kalimatnya", "ceritanya", "deskripsi")
	case has("jenis", "jenisnya") && amends:
		c.Field = Sort
	case first >= 0 && amends && begins(ps, first):
		c.Field = Something
		c.Words, c.Not = lx.right(ps)
		c.At = c.Words != "" && behindIn(ps, c.Words)
		if c.Words == "" && (c.Not == "" || ps[first].any("jangan")) {
			c.Field = NoField
		}
	}
	return c
}

// begins reports whether a text begins with a word of correcting, or sets what is right against what is wrong
// ("lampu bukan jalan").
func begins(ps []piece, first int) bool {
	if first > 0 && ps[first-1].any("kok", "loh", "lho") || ps[first].any("kok", "loh", "lho") {
		return slices.ContainsFunc(ps[first:], func(p piece) bool {
			return p.any("ini", "bilang", "harusnya", "seharusnya", "mestinya", "mah", "bukan", "padahal", "salah")
		})
	}
	if first+1 < len(ps) && ps[first].any("lain") && ps[first+1].any("didinya", "dinya", "kitu", "itu") {
		return true
	}
	for _, p := range ps[first:min(len(ps), first+3)] {
		if p.any("salah") {
			return true
		}
	}
	if ps[first].any("salah", "bukan", "jangan", "ralat", "ubah", "maksud", "maksudnya", "maksudku", "harusnya", "seharusnya", "mestinya", "pindah") {
		return true
	}
	if ps[first].any("yang") && len(ps) > first+1 && ps[first+1].any("benar") {
		return true
	}
	at := slices.IndexFunc(ps, func(p piece) bool { return p.any("bukan") })
	return at > 0 && at+1 < len(ps) && len(ps) <= 8
}

// firstWord is the first word that is not said in passing, -1 for none.
func (lx *Lexicon) firstWord(ps []piece) int {
	return slices.IndexFunc(ps, func(p piece) bool {
		return slices.ContainsFunc(p.is, func(w string) bool { return !lx.filler[w] && w != "ya" && w != "eh" })
	})
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
	for i, p := range ps {
		switch {
		case p.any("bukan", "jangan"), p.any("lain") && i+1 < len(ps) && ps[i+1].any("didinya", "dinya", "kitu", "itu", "di"), p.any("tidak") && i+1 < len(ps) && ps[i+1].any("di"):
			denied = true
		case p.any("tapi", "tp", "tetapi", "melainkan", "maksud", "maksudnya", "maksudku", "harusnya", "seharusnya", "mestinya", "benarnya",
			"but", "jadi", "yang", "ubah", "pindah", "padahal", "ini", "mah", "bilang"):
			denied = false
			if len(yes) > 0 && !p.any("jadi", "yang", "ubah", "pindah") { // what stood before is what is wrong
				no, yes = append(no, yes...), nil
			}
		case p.any(field...), p.any("salah", "ralat", "eh", "benar", "ya", "oh", "masuk", "kirim", "soal", "tentang", "masalah", "urusan", "kok", "loh", "lho"):
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
