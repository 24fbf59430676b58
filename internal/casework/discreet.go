package casework

import (
	"slices"
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/internal/report"
)

// People introduce themselves in what they tell: "saya Asep, hp 0812…". Where a report hides who filed it, its words do not tell it
// either: the name that the chat goes by and the chat's own number are masked for everybody, in the group and alone. Who else is named
// stays: somebody has to find the one who is accused.

// places are words before a name that is one of a place: "gang Mawar" is not Mawar. common are words of names that are also said of
// everybody.
var (
	places = words("jalan jl jln raya gang gg lorong kampung kp desa dusun kelurahan kel kecamatan kec perum perumahan komplek kompleks blok pasar masjid mushola sd smp sma rs puskesmas taman jembatan kali sungai situ toko warung pabrik tpu tps")
	common = words("warga bapak pak ibu bang kang teh haji hajah petugas admin the rumah anak")
)

// Discreet is a report as the desk reads it: where it hides who filed it, its words do not tell that.
func (o *Office) Discreet(r report.Report) report.Report {
	if !o.Nameless(r) {
		return r
	}
	r.Text = o.Own(r, r.Text)
	r.Place.Said, r.Place.Note = o.Own(r, r.Place.Said), o.Own(r, r.Place.Note)
	return r
}

// DiscreetFacts is Discreet for what the citizen said since.
func (o *Office) DiscreetFacts(r report.Report, facts []report.Fact) []report.Fact {
	if !o.Nameless(r) {
		return facts
	}
	facts = slices.Clone(facts)
	for i, f := range facts {
		if f.By.Role == report.Citizen || f.What == report.WasFiled {
			facts[i].Words = o.Own(r, f.Words)
		}
		if f.Place != nil {
			p := *f.Place
			p.Said, p.Note = o.Own(r, p.Said), o.Own(r, p.Note)
			facts[i].Place = &p
		}
	}
	return facts
}

// Own masks in what a reporter said the own name and number, where the report hides who filed it.
func (o *Office) Own(r report.Report, text string) string {
	if text == "" || !o.Nameless(r) {
		return text
	}
	if own := digits(r.Reporter.ID); len(own) >= 9 {
		text = veilRuns(text, func(from, to int) bool {
			d := digits(text[from:to])
			return len(d) < 9 || !strings.HasSuffix(own, d[len(d)-9:])
		})
	}
	parts := nameParts(r)
	if len(parts) == 0 {
		return text
	}
	var b strings.Builder
	before := ""
	for text != "" {
		n := len(text) - len(strings.TrimLeftFunc(text, unicode.IsLetter))
		if n == 0 {
			n = len(text) - len(strings.TrimLeftFunc(text, func(c rune) bool { return !unicode.IsLetter(c) }))
			b.WriteString(text[:n])
			text = text[n:]
			continue
		}
		word := text[:n]
		if low := strings.ToLower(word); slices.Contains(parts, low) && !places[before] {
			b.WriteString(Mask(word))
			before = ""
		} else {
			b.WriteString(word)
			before = low
		}
		text = text[n:]
	}
	return b.String()
}

// nameParts are the words of a reporter's name that tell who it is.
func nameParts(r report.Report) (parts []string) {
	for p := range strings.FieldsFuncSeq(r.ReporterName, func(c rune) bool { return !unicode.IsLetter(c) }) {
		if p = strings.ToLower(p); len([]rune(p)) > 2 && !common[p] {
			parts = append(parts, p)
		}
	}
	return parts
}

// NamedBy reports whether words that are looked for would find a report by the name that it hides: to find it would tell whose it is.
func (o *Office) NamedBy(r report.Report, sought []string) bool {
	if shown := o.Discreet(r); shown.Text == r.Text && shown.Place.Said == r.Place.Said && shown.Place.Note == r.Place.Note {
		return false
	}
	return slices.ContainsFunc(nameParts(r), func(p string) bool {
		return slices.ContainsFunc(sought, func(w string) bool { return len(w) > 2 && strings.HasPrefix(p, strings.ToLower(w)) })
	})
}

// digits are those of a number as it was written, of whatever script.
func digits(s string) string {
	return strings.Map(func(c rune) rune {
		switch d, ok := bot.Digit(c); {
		case ok:
			return rune('0' + d)
		case c == 'o' || c == 'O':
			return '0'
		case c == 'l' || c == 'I':
			return '1'
		}
		return -1
	}, s)
}
