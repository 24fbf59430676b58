package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// joinWords puts two sayings of a place together; the same is not said twice.
func joinWords(a, b string) string {
	if b == "" || strings.Contains(bot.Fold(a), bot.Fold(b)) {
		return a
	}
	return b + ", " + a
}

// find settles the place by what the finder makes of words, or opens the question which was meant; false: nothing fits.
// keep are the citizen's own words about the place that stand nowhere else, so that they are kept with it.
func (l *locating) find(words, keep string) bool { return l.settle(l.Finder.Find(words), words, keep) }

func (l *locating) settle(all []place.Candidate, words, keep string) bool {
	var cs []place.Candidate
	for _, c := range all {
		if c.P >= maybe && len(cs) < 3 {
			cs = append(cs, c)
		}
	}
	if len(cs) == 0 {
		return false
	}
	f := l.form()
	if cs[0].Whose != "" && (len(cs) == 1 || cs[0].P >= fits) {
		l.outside(cs[0], keep)
		return true
	}
	if cs[0].P >= fits && (len(cs) == 1 || cs[1].P < fits || cs[1].Choice == cs[0].Choice) {
		f.Place, f.Where = within(placeOf(cs[0], keep), f.Place), nil
		return true
	}
	f.Where = &Where{Why: whyWhich, Said: say.Clip(words, 300)}
	for _, c := range cs {
		f.Where.Options = append(f.Where.Options, within(placeOf(c, keep), f.Place))
	}
	return true
}

// within puts a street that may be anywhere into the kecamatan that was told before.
func within(p, was report.Place) report.Place {
	if p.District == "" && p.Whose == "" && was.District != "" && was.Area == "" {
		p.District, p.DistrictName = was.District, was.DistrictName
	}
	return p
}

// outside asks about a place in words that seems to lie in a neighbour's area.
func (l *locating) outside(c place.Candidate, keep string) {
	l.say(l.v.OutsideWords(c.Name, c.Whose))
	name := c.Name
	if name == "" {
		name = c.Whose
	}
	l.form().Where = &Where{Why: whyOutside, Whose: c.Whose, Said: name, Options: []report.Place{placeOf(c, keep)}}
}

// takeOutside takes a place in another government's area, and says who has to act there.
func (l *locating) takeOutside(p report.Place) {
	l.take(p)
	if d := l.form().Draft; l.Profile.Elsewhere(d.Category, d.Abroad()) && l.office(d) == "" {
		l.say(l.v.NotOurs(p.Whose))
	}
}

// placeOf makes a place of a candidate: its name, and the citizen's own words where they say more than the name.
func placeOf(c place.Candidate, keep string) report.Place {
	p := area(c.Choice)
	p.Said, p.Note, p.Whose = c.Name, c.Note, c.Whose
	if saysMore(keep, c) {
		p.Note = say.Clip(keep, 300)
	}
	if c.HasPin {
		p.Pin = &report.Pin{Lat: c.Lat, Lon: c.Lon}
	}
	return p
}

// saysMore reports whether words hold more than a candidate's name, area and note ("kel. cipare", "Jl veteran" do not).
// As many words as the name has, are its name, however they are spelt.
func saysMore(words string, c place.Candidate) bool {
	known := " " + bot.Fold(c.Name+" "+c.Whose+" "+c.AreaName+" "+c.DistrictName+" "+c.Note) + " kel kelurahan kec kecamatan desa di jl jln jalan "
	more := 0
	for w := range strings.FieldsSeq(bot.Fold(words)) {
		if !strings.Contains(known, " "+w+" ") && !filler(w) {
			more++
		}
	}
	name := c.Name
	if name == "" {
		name = c.AreaName
	}
	return more > 0 && len(strings.Fields(bot.Fold(words))) > len(strings.Fields(name))
}

// filler knows words that say nothing more of a place: what is left of a note after them stands in the note already.
func filler(w string) bool {
	switch w {
	case "itu", "ini", "lho", "loh", "lo", "sih", "nih", "deh", "dong", "kok", "ya", "iya", "yah", "pak", "bu", "bpk", "bapak", "ibu", "min", "kak", "mas", "mbak",
		"bang", "kang", "teh", "om", "yg", "yang", "ada", "maksud", "saya", "aku", "oh", "eh", "maaf", "tadi", "tepatnya", "persis", "persisnya",
		"lokasinya", "alamatnya", "tempatnya", "daerah", "wilayah", "deket", "dekat", "dkt", "ning", "neng", "nang", "sebelahe",
		"the", "in", "of", "a", "is", "its", "it", "at", "on", "near", "kota", "serang":
		return true
	}
	return false
}
