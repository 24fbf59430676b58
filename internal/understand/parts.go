package understand

import (
	"regexp"
	"strings"

	"rabeg/internal/report"
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
	turn   seam = iota // "sekalian", "selain itu": mostly another matter
	also               // "terus", "juga": another matter, or more of the same
	stop               // the end of a sentence
	joint              // "dan", "sama": nearly always more of the same
	comma              // a comma, a dash
	number             // the next line of a list
)

// What a piece must be for a seam to hold: the reader's probability of both sides' categories.
const (
	stopFrom, jointFrom, turnFrom, alsoFrom, numberFrom = 0.85, 0.6, 0.35, 0.5, 0.3
	namedFrom                                           = 0.4 // of a few words that say "also"
	leastWords                                          = 2   // of a matter; "terima kasih." is none
)

// Parts are the matters of a message, each in its own words and in their order; one alone where it is about one. It rather leaves
// two matters together than takes one apart: two pieces are two matters only where the reader hears two categories in them and the
// seam between them does not say that one is the cause, the effect or a part of the other. Who says beforehand that there are
// several is believed.
func Parts(r Reader, text string) []Part {
	text = strings.TrimSpace(text)
	if p := announced(r, text); len(p) > 1 {
		return p
	}
	if p := listed(r, text); len(p) > 1 {
		return p
	}
	if p := enumerated(r, text); len(p) > 1 {
		return p
	}
	whole := []Part{{Text: text, Reading: r.Read(text)}}
	for range 2 { // what one seam has parted, another may part that saw too much on its right before
		n := len(whole)
		for _, how := range seams {
			var out []Part
			for _, p := range whole {
				out = append(out, parted(r, p, how.at, how.kind)...)
			}
			whole = merged(r, out)
		}
		if len(whole) == n {
			break
		}
	}
	return whole
}

// Besides reports whether words that are added to a report tell of another matter than it does, as surely as a sentence of one message
// would have to. category is the report's own.
func Besides(r Reader, category, was, added string) bool {
	a, b := Part{was, Reading{Guesses: []report.Guess{{Category: category, P: 1}}}}, Part{added, r.Read(added)}
	return placed.MatchString(added) && !there.MatchString(added) && mayHold(stop, was, added) && holds(stop, a, b)
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
	for _, at := range [...]*regexp.Regexp{numbered, turns, alsos, stops, joints} {
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

// Heading is what stands before a list in numbers, where it tells no matter itself: who writes, and where all of it is. "" for none.
func Heading(text string) string {
	cuts := numbered.FindAllStringIndex(text, -1)
	if len(cuts) < 2 {
		return ""
	}
	if head := tidy(text[:cuts[0][0]]); !ill.MatchString(head) {
		return head
	}
	return ""
}

// listed are the lines of a list, in numbers or in words, where they are of different matters; nil where it is none.
func listed(r Reader, text string) []Part {
	cuts, from := numbered.FindAllStringIndex(text, -1), numberFrom
	if len(cuts) < 2 && first.MatchString(text) { // "pertama" may count how often something was done
		cuts, from = ordinal.FindAllStringIndex(text, -1), alsoFrom
	}
	if len(cuts) < 2 {
		cuts = barely(text)
	}
	if len(cuts) < 2 {
		return nil
	}
	var lines []Part
	head := tidy(text[:cuts[0][0]])
	switch {
	case announces.MatchString(head + ":"):
		head = ""
	case ill.MatchString(head):
		lines, head = append(lines, Part{head, r.Read(head)}), ""
	case !placed.MatchString(head):
		head = ""
	}
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
		if l.sure() < from {
			return nil
		}
	}
	if lines = merged(r, lines); len(lines) > 0 && head != "" { // "di jl veteran: 1. …" is told with the first, which is about what it was about
		lines[0].Text = head + ". " + lines[0].Text
	}
	return lines
}

// told puts the lines of a list that tell no matter to the one before: where it is, since when, what came of it, what is asked for.
func told(r Reader, lines []Part) []Part {
	var out []Part
	ahead := ""
	for _, l := range lines {
		beside := l.Reading.Unheard || field.MatchString(l.Text) || back.MatchString(l.Text) || effects(l.Text) || pleads.MatchString(l.Text) ||
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
		if !mayHold(kind, left, right) {
			continue
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

// mayHold reports whether two pieces may be two matters, as far as their words show it before they are read.
func mayHold(kind seam, a, b string) bool {
	if len(strings.Fields(a)) < leastWords || len(strings.Fields(b)) < leastWords || kind != turn && back.MatchString(b) {
		return false
	}
	switch kind {
	case stop:
		return (ill.MatchString(b) || besides.MatchString(b)) && !effects(b)
	case joint:
		return (ill.MatchString(b) || ill.MatchString(a)) && !effects(a) && (!effects(b) || doer(b))
	case comma:
		return (ill.MatchString(b) || besides.MatchString(b)) && !effects(a) && !effects(b)
	case also:
		return !onward.MatchString(b)
	}
	return true
}

// holds reports whether two pieces, whose words may be two matters, are.
func holds(kind seam, a, b Part) bool {
	if a.Category() == b.Category() || a.Reading.Unheard || b.Reading.Unheard {
		return false
	}
	least := min(a.sure(), b.sure())
	own, wrong := b.located(), ill.MatchString(b.Text)
	both := own && a.located() // each has a place of its own
	apart := both && wrong && ill.MatchString(a.Text)
	one := effects(b.Text) || kin(a.Category(), b.Category()) && !acts.MatchString(b.Text) // cause and effect are one matter
	switch kind {
	case stop:
		more := besides.MatchString(b.Text)
		return least >= stopFrom && !one && (wrong && (own || more) || both && more)
	case joint:
		return (!one || apart) && both && (least >= jointFrom && wrong || least >= stopFrom && ill.MatchString(a.Text))
	case comma:
		more := besides.MatchString(b.Text)
		switch {
		case one:
			return false
		case !wrong: // it is told in words that nobody has written down
			return least >= stopFrom && both && more
		case !ill.MatchString(a.Text):
			return least >= stopFrom && (both || more)
		}
		return least >= stopFrom && (both || more) || least >= jointFrom && both || more && a.sure() >= stopFrom && b.sure() >= namedFrom
	case also:
		return least >= alsoFrom && (apart || !one) && (own && wrong || least >= Sure)
	case turn:
		return least >= turnFrom && !(one && back.MatchString(b.Text))
	default:
		return least >= numberFrom
	}
}

// located reports whether a piece says where: with a word for it, or with a name.
func (p Part) located() bool { return placed.MatchString(p.Text) || len(p.Reading.Places) > 0 }

// doer reports whether a piece says who or what, and where, in one breath with what came of it: then it came of that ("pkl di trotoar
// jl veteran bikin macet"), and not of the piece before.
func doer(text string) bool {
	at := effect.FindStringIndex(text)
	if at == nil || commas.MatchString(text[:at[0]]) || stops.MatchString(text[:at[0]]) {
		return false
	}
	where := placed.FindStringIndex(text[:at[0]])
	return where != nil && tidy(text[:where[0]]) != ""
}

// effects reports whether a piece tells what came of something. That a paper is not ready ("belum jadi") is no effect.
func effects(text string) bool { return effect.MatchString(unready.ReplaceAllString(text, " ")) }

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
