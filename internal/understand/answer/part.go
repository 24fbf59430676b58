package answer

import (
	"slices"
	"strconv"
	"strings"
)

// part reads the words between two stops.
func (lx *Lexicon) part(ts []token, s *Said) {
	if rhetoric(ts, s) {
		for _, t := range ts[1:] {
			if !lx.filler[t.word] {
				s.Against = append(s.Against, t.word)
			}
		}
		return
	}
	r := &reading{lx: lx, s: s}
	for i := 0; i < len(ts); {
		if i > 0 && rhetoric(ts[i:], s) {
			lx.part(ts[i:], s)
			break
		}
		i += r.at(ts, i)
	}
	if r.negated {
		s.add(r.not)
	}
}

// rhetoric reports whether words ask back what nobody means, after something that was said ("got lah, masa lampu").
func rhetoric(ts []token, s *Said) bool {
	switch ts[0].raw {
	case "masa", "masak", "mosok", "moso", "ngapain", "ngapa", "ngapaen", "piraku", "maenya", "apaan":
		return len(s.Means)+len(s.Rest) > 0 || s.Number != 0
	}
	return false
}

// reading goes through the words between two stops.
type reading struct {
	lx *Lexicon
	s  *Said
	// negated says that a "not" waits for what it denies; not is what it is when it denies nothing.
	negated bool
	not     Meaning
	last    Meaning // what was said last, and where that ended
	end     int
}

// at reads what begins at i and says how many words it took.
func (r *reading) at(ts []token, i int) int {
	s, t := r.s, ts[i]
	m, used := r.lx.longestAt(ts, i)
	if n, took := number(ts, i); took > 0 && took >= used {
		r.number(ts, i, n, took, m, used)
		return took
	}
	switch {
	case used <= 1 && i > 0 && t.word == ts[i-1].word: // "rahasia rahasiaan"
		return 1
	case m == Needless, t.raw == "masa" && used == 0:
		r.negated, r.not = true, Needless
		if m != Needless {
			r.not = No
		}
		return max(1, used)
	case used <= 1 && m == Yes && i > 0 && (t.raw == "ya" || can(t.raw)): // "makasih ya": a particle
	case s.Asks && i == len(ts)-1 && i > 0 && m == No: // "boleh diubah ga?"
	case used == 0 && (r.lx.filler[t.word] || r.negated && t.word == "ada" || afterwards(ts, i)):
	case used == 0:
		s.restFirst = s.restFirst || len(s.Means) == 0 && s.Number == 0 && !r.negated
		s.Rest = append(s.Rest, t.word)
		s.object = s.object || r.last == Send || r.last == Cancel && r.end == i
		if r.negated {
			s.Against = append(s.Against, t.word)
		}
	case m == No && t.word == "belum" && i+1 < len(ts) && !r.rights(ts, i+1): // "belum diperbaiki" tells something
		s.Rest = append(s.Rest, t.word)
		s.restFirst = s.restFirst || len(s.Means) == 0 && s.Number == 0
		return 1
	case m == No || m == Dont:
		if r.negated { // "tidak, bukan"
			s.add(r.not)
		}
		r.negated, r.not = true, m
	case m == passing:
	default:
		r.add(m)
		r.end = i + used
		s.firm = s.firm || m == Good && (t.word == "benar" || t.word == "betul" || t.word == "correct")
	}
	return max(1, used)
}

// counts reports whether a number behind a word is an amount ("fotonya 2", "sudah 3"), no choice.
func counts(w string) bool {
	switch w {
	case "foto", "sudah", "ada", "dari", "selama", "hampir", "sekitar", "lebih", "di", "untuk", "umur", "usia", "jam", "tgl", "tanggal":
		return true
	}
	return false
}

// rights reports whether what follows "not yet" is about being right ("belum bener", "belum pas nih").
func (r *reading) rights(ts []token, i int) bool {
	for ; i < len(ts); i++ {
		m, used := r.lx.longestAt(ts, i)
		switch {
		case m == Good, m == Later, m == Dunno:
			return true
		case used == 0 && r.lx.filler[ts[i].word]:
		default:
			return false
		}
	}
	return true
}

// can reports whether a word asks for leave, or gives it where it stands first.
func can(raw string) bool {
	switch raw {
	case "boleh", "bisa", "bs", "blh", "can", "may", "could", "saged", "tiasa", "let", "bisakah", "bolehkah", "bisane", "bole":
		return true
	}
	return false
}

// number takes a number in. "Yang terakhir" may mean a photo; "sudah tiga malam" and "fotonya 2" count something.
func (r *reading) number(ts []token, i, n, took int, m Meaning, used int) {
	s := r.s
	switch {
	case n == Last && used > 0:
		r.add(m)
		s.last = true
		return
	case took == 1 && i > 0 && counts(ts[i-1].word):
		s.Rest = append(s.Rest, ts[i].word)
		return
	}
	s.count(n, ts[i].word)
	if i+took < len(ts) && measures(ts[i+took].raw) {
		s.Rest = append(s.Rest, ts[i+took].raw)
	}
	s.plainly = s.plainly || took > 1 || strings.HasPrefix(ts[i].word, "ke") || ts[i].word == "pertama"
}

func (r *reading) add(m Meaning) {
	if r.negated {
		r.negated = false
		switch other, ok := r.lx.nots[m]; {
		case !ok:
			r.s.add(r.not)
		case other == nothing:
			return
		default:
			m = other
		}
	}
	r.s.add(m)
	r.last = m
}

// afterwards reports whether an English "one" or "first" puts nothing in order ("the normal one", "let me fix it first").
func afterwards(ts []token, i int) bool { return ts[i].raw == "one" || ts[i].raw == "first" }

func (s *Said) add(m Meaning) {
	if !slices.Contains(s.Means, m) {
		s.Means = append(s.Means, m)
	}
}

// measures reports whether a word is what a number before it counts, though it may be said in passing elsewhere.
func measures(w string) bool {
	switch w {
	case "pagi", "siang", "sore", "malam", "hari", "malem", "kali", "sekali", "ini", "lagi", "tahun", "bulan", "minggu", "jam", "menit", "orang", "rumah", "titik", "tempat", "foto":
		return true
	}
	return false
}

// count takes a number in; two different ones are words.
func (s *Said) count(n int, word string) {
	if s.Number != 0 && s.Number != n {
		s.Rest = append(s.Rest, word)
		return
	}
	s.Number = n
}

// between is how many words said in passing may stand between two words of a phrase.
const between = 3

// longestAt finds the longest phrase that begins at i. Words said in passing may stand between its words ("tidak usah deh
// dikirim"), and a phrase may hold such a word itself.
func (lx *Lexicon) longestAt(ts []token, i int) (m Meaning, used int) {
	of := lx.phrases[ts[i].word]
	if of == nil {
		return "", 0
	}
	best := 0 // words of the phrase, without those that only stand between
	var try func(at, n int, key string)
	try = func(at, n int, key string) {
		got, begun := of[key]
		switch {
		case !begun:
			return
		case got != "" && (n > best || n == best && at-i < used):
			m, best, used = got, n, at-i
		}
		for j := at; j < len(ts) && j <= at+between; j++ {
			try(j+1, n+1, key+" "+ts[j].word)
			if !lx.filler[ts[j].word] {
				return
			}
		}
	}
	try(i+1, 1, ts[i].word)
	return m, used
}

// number reads a number at i ("2", "dua", "nomor dua", "yang kedua", "ke 2") and says how many words it took. A number
// word before another word may count something ("dua tiang"): that shows in the rest.
func number(ts []token, i int) (n, used int) {
	at := i
	if i+1 < len(ts) && picks(ts[i].raw) && (ts[i+1].digits || counted(ts[i+1].word) > 0) && i+2 == len(ts) { // "tekan 1"
		at++
	}
	for at < len(ts) && (ts[at].word == "nomor" || ts[at].word == "yang" || ts[at].word == "ke" || ts[at].raw == "no") {
		at++
	}
	if at == len(ts) {
		return 0, 0
	}
	w := ts[at].word
	if at == i && !orders(ts, i) {
		return 0, 0
	}
	if ts[at].digits {
		v, err := strconv.Atoi(w)
		if err != nil || len(w) > 2 || v == 0 {
			return 0, 0
		}
		return v, at + 1 - i
	}
	if v := counted(w); v > 0 {
		if at+1 < len(ts) && ts[at+1].raw == "one" {
			at++
		}
		return v, at + 1 - i
	}
	switch {
	case at == i && i+1 < len(ts) && ts[i].raw == "paling":
		if n, used := number(slices.Insert(slices.Clone(ts[i+1:]), 0, token{word: "yang", raw: "yang"}), 0); used > 1 && n != 0 {
			return n, used
		}
	case at == i && (len(ts) > i+1+fillers(ts[i+1:]) || i > 0): // "di atas jembatan", "terakhir saya cek"
	case w == "atas", w == "pangluhurna":
		return 1, at + 1 - i
	case w == "bawah", w == "terakhir", w == "akhir":
		return Last, at + 1 - i
	case w == "tengah":
		return Middle, at + 1 - i
	}
	return 0, 0
}

// fillers counts the particles with which a short answer ends.
func fillers(ts []token) int {
	n := 0
	for n < len(ts) {
		switch ts[n].raw {
		case "aja", "saja", "pak", "bu", "min", "kak", "ya", "deh", "one", "bang", "mas", "kang", "wae", "bae":
			n++
			continue
		}
		break
	}
	return n
}

// picks reports whether a word says how a number is chosen: "balas 1", "tekan 1".
func picks(raw string) bool {
	switch raw {
	case "balas", "bales", "tekan", "pencet", "klik", "ketik", "jawab", "tulis", "press", "reply", "type", "tap", "hit":
		return true
	}
	return false
}

// orders reports whether an English number word stands where it can choose: "one" and "first" mostly do not.
func orders(ts []token, i int) bool {
	before, after := "", ""
	if i > 0 {
		before = ts[i-1].raw
	}
	if i+1 < len(ts) {
		after = ts[i+1].raw
	}
	switch ts[i].raw {
	case "one":
		return (i == 0 || before == "just" || before == "only" || before == "choose" || before == "pick" || before == "yes" || before == "ok") &&
			after != "more" && after != "of"
	case "first":
		return i == 0 && (after == "" || after == "one") || before == "the" || before == "just"
	}
	return true
}

// counted is the number that a word counts or puts in order, 0 for none.
func counted(w string) int {
	switch w {
	case "satu", "pertama":
		return 1
	case "dua", "kedua":
		return 2
	case "tiga", "ketiga":
		return 3
	case "empat", "keempat":
		return 4
	case "lima", "kelima":
		return 5
	case "enam", "keenam":
		return 6
	case "tujuh", "ketujuh":
		return 7
	case "delapan", "kedelapan":
		return 8
	case "sembilan", "kesembilan":
		return 9
	}
	return 0
}
