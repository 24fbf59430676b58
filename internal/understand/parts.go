package understand

import (
	"regexp"
	"strings"
)

// Part is one matter of a message, in the citizen's own words.
type Part struct {
	Text    string
	Reading Reading
}

// Category is what the part is most probably about, "" where nothing speaks for any.
func (p Part) Category() string {
	if len(p.Reading.Guesses) == 0 {
		return ""
	}
	return p.Reading.Guesses[0].Category
}

func (p Part) sure() float64 {
	if p.Reading.NoReport || len(p.Reading.Guesses) == 0 {
		return 0
	}
	return p.Reading.Guesses[0].P
}

// seam is what stands between two pieces of a message: how much it says that another matter begins.
type seam int

const (
	stop   seam = iota // the end of a sentence
	joint              // "dan": nearly always more of the same
	turn               // "sekalian", "selain itu": mostly another matter
	number             // the next line of a list
)

// What a piece must be for a seam to hold: the reader's probability of both sides' categories.
const (
	stopFrom, jointFrom, turnFrom, numberFrom = 0.85, 0.6, 0.35, 0.3
	leastWords                                = 2 // of a matter; "terima kasih." is none
)

var (
	numbered = regexp.MustCompile(`(?i)(?:^|[\s,:;.])(?:\(?[1-9][.)]\s*|[-•*]\s+|(?:pertama|kedua|ketiga|keempat|first|second|third)(?:nya)?\s*[,:]\s*)`)
	turns    = regexp.MustCompile(`(?i)(?:[,.;!?]\s*|^)(?:terus|trus)\s+|(?:^|[\s,.;!?]+)(?:sekalian(?: itu| pak| juga| lapor| mau)*|selain itu|selain tu|oh iya|oiya|satu lagi|1 lagi|tambahan(?: pak| lagi)?|masalah lain(?:nya)?|udah gitu|` +
		`sudah gitu|(?:sama|dan) (?:mau )?lapor|plus|sebagai tambahan|di ?samping itu|begitu juga|also|besides|another thing)[\s,:]+`)
	joints = regexp.MustCompile(`(?i),?\s+(?:dan|dan juga|and)\s+`)
	stops  = regexp.MustCompile(`[.!?;]+\s+|\n+`)
	placed = regexp.MustCompile(`(?i)\b(?:di|didepan|depan|dekat|deket|ujung|jl|jln|jalan raya|on|near|in|at)\s+\w`)
	// ill is what is wrong with something, or that it be put right: a sentence without it tells on.
	ill = regexp.MustCompile(`(?i)\b(?:mati|padam|rusak|bolong|(?:ber)?lubang|lobang|mampet|tersumbat|(?:me)?numpuk|berserakan|diangkut|bau|retak|pecah\w*|bocor|(?:h?ancur)|liar|` +
		`patah|tumbang|fall\w*|roboh|ambruk|macet|keruh|mohon|tolong|per?baik\w*|broken|potholes?|collected|out|please)\b`)
	// effect is what tells what came of it.
	effect = regexp.MustCompile(`(?i)\b(?:jadi\w*|sampai|bikin|akibat\w*|sehingga|karena|krn|gara\W?gara|because|so that)\b`)
	// field is how a line of a form begins that tells a circumstance, and pleads how one that only asks.
	field = regexp.MustCompile(`(?i)^(?:lokasi|tempat|alamat|nama|pelapor|waktu|sejak|dari|tanggal|hari|jam|keterangan|patokan|titik|foto|no|nomor|kontak|hp|rt|rw|akibat|dampak|penyebab|harapan|solusi|` +
		`permintaan|sudah|udah|where|when|since|name|address)\w*\s*[:=]?(?:\s|$)`)
	pleads = regexp.MustCompile(`(?i)^(?:mohon|tolong|minta|harap|please)\s+(?:\w+\s+){0,2}(?:di\w+|bantu\w*|segera\w*|help)\s*(?:\w+\s*)?$`)
	// back is how what speaks of the same thing begins: its cause, its effect, a part of it.
	back = regexp.MustCompile(`(?i)^(?:sekarang|kemarin|akhirnya|di sana|disana|di situ|akibat\w*|sehingga|jadi\w*|karena|krn|karna|makanya|padahal|tapi|tetapi|sampai|supaya|agar|baunya|it|this|so|because|\w+nya)\b`)
)

// Parts are the matters of a message, each in its own words and in their order; one alone where it is about one. It rather leaves
// two matters together than takes one apart: two pieces are two matters only where the reader hears two categories in them and the
// seam between them does not say that one is the cause, the effect or a part of the other.
func Parts(r Reader, text string) []Part {
	text = strings.TrimSpace(text)
	whole := []Part{{Text: text, Reading: r.Read(text)}}
	if p := listed(r, text); len(p) > 1 {
		return p
	}
	for _, how := range []struct {
		at   *regexp.Regexp
		kind seam
	}{{turns, turn}, {stops, stop}, {joints, joint}} {
		var out []Part
		for _, p := range whole {
			out = append(out, parted(r, p, how.at, how.kind)...)
		}
		whole = merged(r, out)
	}
	return whole
}

// breaths are seams in the middle of a sentence, for who knows that there are several matters. "terus" is also "all the time", so both sides
// must tell what is wrong.
var breaths = regexp.MustCompile(`(?i)[\s,]+(?:terus|trus|trs|lalu|kemudian|abis itu|habis itu|juga ada|ada juga|serta|sama)\s+`)

// breathed cuts a piece at such seams.
func breathed(piece string) []string {
	cuts := breaths.FindAllStringIndex(piece, -1)
	var out []string
	from := 0
	for _, c := range cuts {
		if ill.MatchString(piece[from:c[0]]) && ill.MatchString(piece[c[1]:]) {
			out = append(out, piece[from:c[0]])
			from = c[1]
		}
	}
	return append(out, piece[from:])
}

// Pieces are the pieces of a message at every seam, whatever they are about: what a person who knows that it is about several
// matters chooses from. nil where it has no seam.
func Pieces(text string) []string {
	var out []string
	all := []string{text}
	for _, at := range [...]*regexp.Regexp{numbered, turns, stops, joints} {
		out = nil
		for _, piece := range all {
			for _, p := range at.Split(piece, -1) {
				if p = tidy(p); len(strings.Fields(p)) >= leastWords {
					out = append(out, p)
				}
			}
		}
		all = out
	}
	out = nil
	for _, piece := range all {
		for _, p := range breathed(piece) {
			if p = tidy(p); len(strings.Fields(p)) >= leastWords {
				out = append(out, p)
			}
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// listed are the lines of a list, where they are of different matters; nil where it is none.
func listed(r Reader, text string) []Part {
	cuts := numbered.FindAllStringIndex(text, -1)
	if len(cuts) < 2 {
		return nil
	}
	var lines []Part
	for i, c := range cuts {
		end := len(text)
		if i+1 < len(cuts) {
			end = cuts[i+1][0]
		}
		line := tidy(text[c[1]:end])
		lines = append(lines, Part{Text: line, Reading: r.Read(line)})
	}
	lines = told(r, lines)
	for _, l := range lines {
		if l.sure() < numberFrom {
			return nil
		}
	}
	return merged(r, lines)
}

// told puts the lines of a list that tell no matter to the one before: where it is, since when, what came of it, what is asked for.
func told(r Reader, lines []Part) []Part {
	var out []Part
	ahead := ""
	for _, l := range lines {
		beside := field.MatchString(l.Text) || back.MatchString(l.Text) || effect.MatchString(l.Text) || pleads.MatchString(l.Text) ||
			!ill.MatchString(l.Text) && l.sure() < Sure
		switch n := len(out); {
		case beside && n > 0:
			text := out[n-1].Text + ". " + l.Text
			out[n-1] = Part{text, r.Read(text)}
		case beside:
			ahead += l.Text + ". "
		case ahead != "":
			text := ahead + l.Text
			out, ahead = append(out, Part{text, r.Read(text)}), ""
		default:
			out = append(out, l)
		}
	}
	return out
}

// parted takes a part apart at each seam of a kind that holds.
func parted(r Reader, p Part, at *regexp.Regexp, kind seam) []Part {
	out, from := []Part{}, 0
	for _, c := range at.FindAllStringIndex(p.Text, -1) {
		if c[0] < from {
			continue
		}
		left, right := tidy(p.Text[from:c[0]]), tidy(p.Text[c[1]:])
		if next := at.FindStringIndex(right); next != nil && next[0] > 0 {
			right = tidy(right[:next[0]])
		}
		a, b := Part{left, r.Read(left)}, Part{right, r.Read(right)}
		if holds(kind, a, b) {
			out, from = append(out, a), c[1]
		}
	}
	if from == 0 {
		return []Part{p}
	}
	rest := tidy(p.Text[from:])
	return append(out, Part{rest, r.Read(rest)})
}

func holds(kind seam, a, b Part) bool {
	if a.Category() == b.Category() || back.MatchString(b.Text) {
		return false
	}
	if len(strings.Fields(a.Text)) < leastWords || len(strings.Fields(b.Text)) < leastWords {
		return false
	}
	least := min(a.sure(), b.sure())
	switch kind {
	case stop:
		return least >= stopFrom && placed.MatchString(b.Text) && ill.MatchString(b.Text) && !effect.MatchString(b.Text) && !kin(a.Category(), b.Category())
	case joint:
		return least >= jointFrom && placed.MatchString(a.Text) && placed.MatchString(b.Text) && ill.MatchString(b.Text) &&
			!effect.MatchString(a.Text) && !effect.MatchString(b.Text) && !kin(a.Category(), b.Category())
	case turn:
		return least >= turnFrom
	default:
		return least >= numberFrom
	}
}

// kin reports whether one matter often brings the other about, so that two sentences about them mostly tell of one.
func kin(a, b string) bool {
	for _, k := range [...][2]string{{"lalu_lintas_angkutan", "jalan_jembatan"}, {"pohon_taman", "penerangan_jalan"}, {"sampah_kebersihan", "pencemaran_lingkungan"},
		{"drainase_banjir", "jalan_jembatan"}, {"drainase_banjir", "sampah_kebersihan"}, {"ketertiban_umum", "parkir"}, {"parkir", "lalu_lintas_angkutan"},
		{"air_bersih", "jalan_jembatan"}, {"ketertiban_umum", "sampah_kebersihan"}} {
		if k == [2]string{a, b} || k == [2]string{b, a} {
			return true
		}
	}
	return false
}

// merged puts neighbours of one matter together again.
func merged(r Reader, all []Part) []Part {
	var out []Part
	for _, p := range all {
		if n := len(out); n > 0 && out[n-1].Category() == p.Category() {
			text := out[n-1].Text + ". " + p.Text
			out[n-1] = Part{text, r.Read(text)}
			continue
		}
		out = append(out, p)
	}
	return out
}

// tidy takes away what stood around a piece.
func tidy(s string) string { return strings.Trim(s, " \t\n,;:-.") }
