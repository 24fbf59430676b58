package intake

import (
	"slices"
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Who sees several matters on one card and sets a place right means all that stand at the place that is wrong: "bukan di kaloran, di
// kaujon", "eh salah, di kaujon", or the right place and no word more. The matters stay as they were told, and the card comes anew.

// placeMost is how many words a place has at most that is told as a correction.
const placeMost = 8

// severalPlaced carries out a correction that is one of the place; false for all others.
func (t *telling) severalPlaced(c answer.Change) bool {
	f := t.n.Form
	if f.Several.At > 0 || len(strings.Fields(c.Words)) > placeMost || c.Words != "" && t.anOffice(c.Words) {
		return false
	}
	named := t.standingAt(c.Not)
	switch {
	case c.Field == answer.Where:
	case c.Field != answer.Something:
		return false
	case c.Words == "" && len(named) == 0:
		return false
	case c.Words != "" && !c.At && len(named) == 0 && !t.aPlace(c.Words):
		return false
	}
	if len(named) == 0 {
		named = t.inOnePlace()
	}
	if len(named) == 0 {
		return false
	}
	t.n.Before = nil
	t.displace(named, c.Words)
	if c.Words != "" {
		t.say(t.v.Changed())
	}
	t.next()
	return true
}

// displace gives some of the matters another place; with no words for it, it is asked where they are.
func (t *telling) displace(which []int, words string) {
	f := t.n.Form
	s := &f.Several
	all := len(which) == len(s.Each)
	if words == "" && all {
		t.replace()
		return
	}
	f.misplaced(which)
	for i := range s.Each {
		if slices.Contains(which, i) {
			s.Each[i].Place = report.Place{}
		} else {
			s.Each[i].Place = clonePlace(f.at(i))
		}
	}
	s.Apart, s.At = false, 0
	if words == "" {
		s.Apart = true
		f.unplace()
		return
	}
	if !t.moveTo(words) {
		f.unplace()
		f.Place, f.Placed = report.Place{Said: words}, true
	}
	if all || f.Where != nil { // what is unsettled is asked, for all that have no place of their own
		return
	}
	for _, i := range which {
		s.Each[i].Place = clonePlace(f.Place)
	}
	s.Apart = true
	f.unplace()
}

// standingAt are the matters whose place some words name.
func (t *telling) standingAt(words string) (which []int) {
	f := t.n.Form
	for i := range f.Several.Each {
		if at := f.at(i); words != "" && at.Known() && akin(t.v.Where(at), words) {
			which = append(which, i)
		}
	}
	return which
}

// inOnePlace are all matters where they are in one place, as far as that is known; none where they are not.
func (t *telling) inOnePlace() (which []int) {
	f := t.n.Form
	for i := range f.Several.Each {
		if i > 0 && elsewhere(f.at(0), f.at(i)) {
			return nil
		}
		which = append(which, i)
	}
	return which
}

// barePlace takes a place and no word more, typed while several matters stand on the card: it sets their place right, and is never one
// matter more. Where they are in several places it is asked what is meant.
func (t *telling) barePlace(text string) bool {
	if k := t.kind(); k != askSeveral && k != askSeveralEdit || t.n.Form.Several.At > 0 || !t.onlyNames(text) {
		return false
	}
	which := t.inOnePlace()
	if len(which) == 0 {
		t.ask(askSeveralEdit)
		return true
	}
	t.displace(which, text)
	t.say(t.v.Changed())
	t.next()
	return true
}

// onlyNames reports whether words name a place that is known and tell nothing else: what stands beside it is where it is ("kaujon pasar
// sore", "kel cipare deket masjid al ikhlas"), and no matter ("kaujon pasar becek").
func (f *flow) onlyNames(text string) bool {
	said := strings.Fields(bot.Fold(text))
	spotter, ok := f.Finder.(place.Spotter)
	if !ok || len(said) == 0 || len(said) > placeMost || strings.Contains(text, "?") {
		return false
	}
	rd := f.Reader.Read(text)
	m, named := spotter.In(text)
	if !named || len(m.Candidates) == 0 || m.Candidates[0].P < fits {
		if !f.aPlace(text) || len(rd.Guesses) > 0 {
			return false
		}
		m.Phrase = text
	}
	name := strings.Fields(bot.Fold(m.Phrase))
	matter := len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Faint
	headed := false // a word that may have a name behind it has come
	for _, w := range said {
		switch {
		case slices.Contains(name, w), whereWord(w):
			headed = headed || landmarkWord(w)
		case !headed || matter || f.Answers.Tells(w):
			return false
		}
	}
	return true
}

// landmarkWord knows the words behind which a name stands.
func landmarkWord(w string) bool {
	switch w {
	case "masjid", "mesjid", "musholla", "mushola", "musola", "gang", "gg", "jl", "jln", "perum", "perumahan", "komplek", "kompleks", "toko", "warung", "sd", "sdn", "smp", "smpn", "sma", "sman", "smk",
		"sekolah", "pasar", "puskesmas", "kantor", "link", "lingkungan", "kp", "kampung", "blok", "hotel", "pondok", "ponpes", "pesantren", "street", "school", "mosque", "market":
		return true
	}
	return false
}

// whereWord knows the words that say where something is, or that it was told before, and never what is wrong there.
func whereWord(w string) bool {
	switch w {
	case "di", "d", "ke", "in", "at", "near", "the", "kel", "kec", "desa", "rt", "rw", "no", "blok", "seberang", "sebrang", "dpn", "blkg", "blakang", "smping", "sblh", "dkt", "dket", "sekitar", "pinggir", "ujung", "pojok",
		"pertigaan", "perempatan", "simpang", "arah", "sore", "pak", "bu", "ya", "aja", "saja", "min", "kak", "itu", "yang", "yg", "maksudnya", "maksud", "tempatnya", "lokasinya", "lokasi", "tempat",
		"behind", "beside", "opposite", "jalan", "depan", "dekat", "deket", "belakang", "samping", "sebelah", "rumah", "kota", "kelurahan", "kecamatan", "pagi", "siang", "malam", "road", "front", "daerah", "wilayah", "lurah", "rsud", "alun", "stasiun", "terminal":
		return true
	}
	return landmarkWord(w) || strings.IndexFunc(w, unicode.IsDigit) == 0
}
