package answer

import (
	"slices"
	"strconv"
)

// part reads the words between two stops.
func (lx *Lexicon) part(ts []token, s *Said) {
	negated := false // a "not" that waits for what it denies
	var not Meaning
	add := func(m Meaning) {
		if negated {
			negated = false
			other, ok := lx.nots[m]
			switch {
			case !ok:
				s.add(not)
			case other == nothing:
				return
			default:
				m = other
			}
		}
		s.add(m)
	}
	for i := 0; i < len(ts); {
		m, used := lx.longestAt(ts, i)
		if n, took := number(ts, i); took > 0 && took >= used {
			if n == Last && used > 0 { // "yang terakhir" may mean a photo
				add(m)
				s.last = true
			} else {
				s.count(n, ts[i].word)
				if i+took < len(ts) && measures(ts[i+took].raw) {
					s.Rest = append(s.Rest, ts[i+took].raw) // "sudah tiga malam" counts nights
				}
				s.plainly = s.plainly || took > 1
			}
			i += took
			continue
		}
		switch {
		case m == needless, ts[i].raw == "masa" && used == 0:
			negated, not = true, Cancel
			if m != needless {
				not = No
			}
			i += max(1, used)
		case used <= 1 && m == Yes && i > 0 && ts[i].raw == "ya" && !s.has(negated):
			i++ // "makasih ya": a particle
		case s.Asks && i == len(ts)-1 && i > 0 && m == No:
			i += used // "boleh diubah ga?"
		case used == 0 && (lx.filler[ts[i].word] || negated && ts[i].word == "ada"):
			i++
		case used == 0:
			s.restFirst = s.restFirst || len(s.Means) == 0 && !negated
			s.Rest = append(s.Rest, ts[i].word)
			i++
		case m == No || m == Dont:
			if negated { // "tidak, bukan"
				s.add(not)
			}
			negated, not = true, m
			i += used
		case m == passing:
			i += used
		default:
			add(m)
			i += used
		}
	}
	if negated {
		s.add(not)
	}
}

// has reports whether something that counts was said before.
func (s *Said) has(negated bool) bool { return negated || len(s.Means) > 0 || s.Number != 0 }

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

// longestAt finds the longest phrase that begins at i. Words said in passing may stand between its words ("tidak usah deh
// dikirim"), and a phrase may hold such a word itself.
func (lx *Lexicon) longestAt(ts []token, i int) (m Meaning, used int) {
	of := lx.phrases[ts[i].word]
	if of == nil {
		return "", 0
	}
	best := 0
	var try func(at, n int, key string)
	try = func(at, n int, key string) {
		if got, ok := of[key]; ok && at-i > best {
			m, best = got, at-i
		}
		if n >= lx.longest {
			return
		}
		for j := at; j < len(ts) && j <= at+2; j++ {
			try(j+1, n+1, key+" "+ts[j].word)
			if !lx.filler[ts[j].word] {
				return
			}
		}
	}
	try(i+1, 1, ts[i].word)
	return m, best
}

// number reads a number at i ("2", "dua", "nomor dua", "yang kedua", "ke 2") and says how many words it took. A number
// word before another word may count something ("dua tiang"): that shows in the rest.
func number(ts []token, i int) (n, used int) {
	at := i
	for at < len(ts) && (ts[at].word == "nomor" || ts[at].word == "yang" || ts[at].word == "ke" || ts[at].raw == "no") {
		at++
	}
	if at == len(ts) {
		return 0, 0
	}
	w := ts[at].word
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
	case at == i:
	case w == "atas":
		return 1, at + 1 - i
	case w == "bawah", w == "terakhir", w == "akhir":
		return Last, at + 1 - i
	}
	return 0, 0
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
