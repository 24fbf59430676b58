package place

import (
	"strings"
)

// maxNote bounds a note, in bytes.
const maxNote = 120

// piece is a stretch of words that helps to find a place and is none itself: "depan SD 3", "RT 02/05", "gang mawar".
type piece struct {
	from, to int // tokens
	text     string
}

// pieces collects the notes of a text around the stretches already used. A cue of nearness whose place was found stays
// as its word alone: "depan".
// areas are the words of the names of kelurahan and kecamatan, by which what stands right before them is called.
func (x *names) pieces(text string, ts []token, used, areas []bool) []piece {
	var out []piece
	for i := 0; i < len(ts); i++ {
		if end := x.numbered(ts, used, i); end > 0 {
			out = append(out, piece{from: i, to: end, text: written(text, ts, i, end)})
			i = end - 1
			continue
		}
		if used[i] {
			continue
		}
		switch c := ts[i].cue; {
		case c == plain && (landmarkNoun(ts[i].text) || selfCue(ts[i].text)) && i+1 < len(ts) && used[i+1] && !ts[i+1].brk:
			end := calledSo(ts, areas, i+1)
			out = append(out, piece{from: i, to: end, text: ts[i].text}) // "puskesmas Unyur"
			if end > i+1 {
				out[len(out)-1].text = written(text, ts, i, end)
			}
			i = end - 1
			continue
		case c == cueRT, c == cueNear, c == cueStreet, c == cueKampung, c == cueEstate:
		default:
			continue
		}
		next := i + 1
		for next < len(ts) && (ts[next].text == "of" || ts[next].text == "the" || ts[next].text == "to" || ts[next].text == "from") {
			next++
		}
		if ts[i].cue == cueNear && next < len(ts) && used[next] && !ts[next].brk && x.numbered(ts, used, next) == 0 {
			out = append(out, piece{from: i, to: i + 1, text: ts[i].text})
			continue
		}
		end := x.pieceEnd(ts, used, i, next)
		if end > next {
			if to := x.numbered(ts, used, end-1); to > 0 {
				end = to
			}
			if last := ts[end-1].text; landmarkNoun(last) || selfCue(last) || officeOf(last) {
				end = calledSo(ts, areas, end)
			}
			out = append(out, piece{from: i, to: end, text: written(text, ts, i, end)})
			i = end - 1
		}
	}
	return out
}

// calledSo says how far the name of a kelurahan goes that begins at i, by which what stands before it is called: "SDN Sumur Pecung", "kantor
// kelurahan Unyur". A lamp or a house only stands there ("depan rumah kel Cipare").
func calledSo(ts []token, areas []bool, i int) int {
	noun := ts[i-1].text
	if noun == "lampu" || noun == "rumah" || i < len(ts) && ts[i].cue.strong() && noun != "kantor" {
		return i
	}
	end := i
	for end < len(ts) && areas[end] && !ts[end].brk {
		end++
	}
	return end
}

// written are the words from one token to another as they stand in the text.
func written(text string, ts []token, from, to int) string {
	return strings.Join(strings.Fields(text[ts[from].from:ts[to-1].to]), " ")
}

// numbered says how far the name of one of several of its kind goes that begins at i, 0 where none does: the school or the estate that is
// called as a place that is known, with its number ("SD Drangong 1", "Persada Banten 3").
func (x *names) numbered(ts []token, used []bool, i int) int {
	k := i
	if !used[i] {
		k++
	}
	if ts[i].cue == cueEstate && used[i] {
		k++
	}
	for k < len(ts) && used[k] && (k == i || !ts[k].brk) {
		k++
	}
	if k <= i+1 || k >= len(ts) || !number(ts[k].text) || ts[k].brk || len(ts[k].text) > 2 || used[i] && i > 0 && used[i-1] && !ts[i].brk {
		return 0
	}
	last := k+1 == len(ts) || ts[k+1].brk
	switch {
	case counted(ts[i].text) && ts[i].cue != cueStreet && (last || !measure(ts[k+1].text)):
		return k + 1
	case (ts[i].cue == cueEstate || used[i] && estateTail(ts[k-1].text)) && (last || ts[k+1].cue != plain):
		return k + 1
	}
	return 0
}

// measure knows what is counted that is no school.
func measure(w string) bool {
	switch w {
	case "hari", "jam", "menit", "minggu", "bulan", "tahun", "tahunan", "mingguan", "bulanan", "kali", "orang", "titik", "meter", "mtr", "m", "km", "unit", "buah", "batang", "pohon", "lubang", "lobang", "tiang", "lampu", "rumah",
		"anak", "siswa", "murid", "kelas", "guru", "days", "hours", "weeks", "months", "years", "times", "people", "meters":
		return true
	}
	return false
}

// pieceEnd says how far a note goes that begins at i, its words at next: to the next comma, place or word of everyday.
func (x *names) pieceEnd(ts []token, used []bool, i, next int) int {
	most := 4
	if ts[i].cue == cueRT {
		most = 2
	}
	k := next
	for k < len(ts) && k <= next-1+most && !used[k] && !ts[k].brk {
		t := ts[k]
		if t.cue == cueRT && ts[i].cue == cueRT && (t.text == "rw" || t.text == "no" || t.text == "nomor" || t.text == "nomer") {
			i, next, most, k = k, k+1, 2, k+1 // RT 02 RW 05, blok C no 5
			continue
		}
		if t.text == "d" && k == i+1 && (ts[i].text == "blok" || ts[i].text == "blk") { // a block, and no short "di"
			k++
			continue
		}
		if t.cue != plain || x.common[t.text] && !landmarkNoun(t.text) {
			break
		}
		if ts[i].cue == cueRT && k > i+1 && !number(t.text) && len(t.text) > 2 {
			break
		}
		k++
	}
	return k
}

func number(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// landmarkNoun knows everyday words that people find their way by.
func landmarkNoun(w string) bool {
	switch w {
	case "kantor", "sekolah", "warung", "rumah", "pos", "jembatan", "lapangan", "puskesmas", "makam", "sungai", "kali":
		return true
	}
	return false
}

// note joins the pieces, RT and RW in capitals.
func note(ps []piece) string {
	var b strings.Builder
	for _, p := range ps {
		s := p.text
		if f := strings.Fields(s); len(f) > 0 {
			for i, w := range f {
				if l := strings.ToLower(w); strings.HasPrefix(l, "rt") || strings.HasPrefix(l, "rw") {
					f[i] = strings.ToUpper(w[:2]) + w[2:]
				}
			}
			s = strings.Join(f, " ")
		}
		if b.Len()+len(s)+2 > maxNote {
			break
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(s)
	}
	return b.String()
}
