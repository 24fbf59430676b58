package sp4n

import (
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Taken is how a row is taken up here.
type Taken struct {
	Draft report.Draft
	// Office is the office of ours that LAPOR! names, "" where it names none that is known.
	Office string
	Mirror report.Mirror
}

// Reading is what the text of a row is understood as: asked only where the row itself does not say.
type Reading func(text string) (kind report.Kind, guesses []report.Guess)

// Take takes a row up; seen is the day that its file is of.
func (r Row) Take(l *Lookup, seen time.Time, read Reading) Taken {
	p := l.p
	t := Taken{Mirror: r.Mirror(l, seen), Office: l.office(r.Office)}
	d := report.Draft{Text: r.Text(), Visibility: report.Normal, Begun: r.Received, Place: l.Place(r), Via: r.channel(p)}
	switch {
	case r.Secret:
		d.Visibility = report.Confidential
	case r.Anonymous:
		d.Visibility = report.Anonymous
	}
	class := bot.Fold(r.Class)
	switch {
	case strings.Contains(class, "informasi"):
		d.Kind = report.Question
	case strings.Contains(class, "aspirasi"):
		d.Kind = report.Wish
	case strings.Contains(class, "pengaduan"):
		d.Kind = report.Complaint
	}
	if _, ok := p.Category(r.Mine); ok {
		d.Category = r.Mine
	} else if k, ok := p.LaporNumbered(r.Category); ok {
		d.Category = k.From
	}
	if d.Kind == "" || d.Category == "" {
		kind, guesses := read(d.Text)
		if d.Kind == "" {
			d.Kind = kind
		}
		if d.Category == "" && len(guesses) > 0 {
			d.Guesses, d.Category = guesses, guesses[0].Category
		}
	}
	if d.Kind == "" {
		d.Kind = report.Complaint
	}
	t.Draft = d
	return t
}

// Mirror is how the report stands there, on the day that its file is of.
func (r Row) Mirror(l *Lookup, seen time.Time) report.Mirror {
	return report.Mirror{Number: r.Tracking, Word: r.Status, Means: l.Status(r.Status).Means, Why: r.Why, Class: r.Class, Seen: seen, Print: r.Print()}
}

// Newer reports whether what a file says of a report comes after what is known: a later day, or on one day what is later in a report's
// life. So whatever order files are read in, and however often, the same is known in the end.
func Newer(m, known report.Mirror) bool {
	switch {
	case known.Print == "":
		return true
	case !m.Seen.Equal(known.Seen):
		return m.Seen.After(known.Seen)
	}
	if a, b := Rank(m.Means), Rank(known.Means); a != b {
		return a > b
	}
	return m.Print > known.Print
}

// officeNamed is the office that an official name means: LAPOR! adds the government to it.
func officeNamed(p *profile.Profile, name string) string {
	if name == "" {
		return ""
	}
	low := strings.ToLower(name)
	for _, n := range []string{low, strings.ReplaceAll(low, strings.ToLower(p.City), " "), strings.ReplaceAll(low, strings.ToLower(p.Government), " ")} {
		if a, ok := p.Called(n); ok && !a.Emergency {
			return a.Code
		}
	}
	return ""
}

// place is where the reporter said that it is, as far as it lies in this government's area.
func (r Row) place(p *profile.Profile) report.Place {
	area, district := placeKey(r.Area), placeKey(r.District)
	var out report.Place
	for _, a := range p.Areas {
		if district != "" && placeKey(a.DistrictName) != district {
			continue
		}
		if district != "" {
			out.District, out.DistrictName = a.District, a.DistrictName
		}
		if area == "" || placeKey(a.Name) != area {
			continue
		}
		if out.Area != "" { // two are called so, and nothing says which
			out.Area, out.AreaName, out.District, out.DistrictName = "", "", "", ""
			break
		}
		out.Area, out.AreaName, out.District, out.DistrictName = a.Code, a.Name, a.District, a.DistrictName
	}
	if out.Area == "" && (r.Area != "" || r.District != "" && out.District == "") {
		out.Said = strings.TrimSpace(strings.Join([]string{r.Area, r.District}, " "))
	}
	if !out.Known() && out.District == "" {
		out.Unknown = true
	}
	return out
}

// placeKey is a name of a place, however it is parted: "Kota Baru" is "KOTABARU".
func placeKey(s string) string {
	words := strings.Fields(bot.Fold(s))
	if len(words) > 1 && (words[0] == "kecamatan" || words[0] == "kelurahan" || words[0] == "desa") {
		words = words[1:]
	}
	return strings.Join(words, "")
}

// channel is by what a report counts as having come: what is no export of ours came by LAPOR!, whatever came before that.
func (r Row) channel(p *profile.Profile) report.Channel {
	if r.Own == "" {
		return report.ChanLapor
	}
	said := bot.Fold(r.Source)
	for _, s := range p.Lapor.Sources {
		if said == bot.Fold(s.Word) {
			return report.Channel(s.Channel)
		}
	}
	return report.ChanUnknown
}

// SourceWord is how LAPOR! calls a channel.
func SourceWord(p *profile.Profile, c report.Channel) string {
	for _, s := range p.Lapor.Sources {
		if s.Channel == string(c) {
			return s.Word
		}
	}
	return ""
}
