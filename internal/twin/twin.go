// Package twin finds reports that may be about the same trouble as one that is about to be filed: near, like it, and still open.
// It only suggests; two lamps 40 metres apart are two lamps, and nothing is joined without a person. It is pure.
package twin

import (
	"cmp"
	"math"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/words"
)

// Most is how many are shown at once.
const Most = 3

// Fresh is a report that is about to be filed. Its text is read once, for all that it is compared with.
type Fresh struct {
	report.Draft
	// Reporter is the chat of who files it, zero for none.
	Reporter bot.Address
	// Looks are those of its pictures (ledger.File.Look), as far as they are known.
	Looks []string
	At    time.Time
	// Words are the spellings of everyday words; nil: they are taken as they are written.
	Words *words.Lexicon

	heard *heard  // its text, once it was read
	about *matter // what it is about, once that was found
}

// Twin is an open report that a fresh one may be about.
type Twin struct {
	Report report.Report
	// Metres is how far away it is, -1 where that is not known: then people are asked, and nothing is guessed.
	Metres int
	// Street says that both name the same street, school or office.
	Street bool
	// Own says that the same person filed it.
	Own bool
	// Picture says that both show the same picture, Like how alike their words are, 0 to 1.
	Picture bool
	Like    float64
	// Photo is a picture of it that may be shown, nil for none.
	Photo *bot.MediaRef
}

// hear reads the text, once.
func (f *Fresh) hear() *heard {
	if f.heard == nil {
		f.heard = hear(f.Words, f.Text, f.Place)
	}
	return f.heard
}

// matter is what it is about.
func (f *Fresh) matter(p *profile.Profile) matter {
	if f.about == nil {
		m := matterOf(p, f.Category, f.hear().all())
		f.about = &m
	}
	return *f.about
}

// Around is where to look for the twins of a fresh report; ok is false where none may be shown: what is confidential or sensitive
// is nobody's to follow, and its reporter is not led to others.
func Around(p *profile.Profile, f *Fresh) (a ledger.Around, ok bool) {
	if hidden(p, f.Draft) || f.Category == "" || f.Emergency || f.Kind == report.Question {
		return ledger.Around{}, false
	}
	m := f.matter(p).is
	if m.Days < 1 || m.By == profile.ByPlace && m.Radius < 1 {
		return ledger.Around{}, false
	}
	a = ledger.Around{Categories: m.Categories, Reporter: f.Reporter, Since: f.At.AddDate(0, 0, -m.Days), Area: f.Place.Area}
	switch m.By {
	case profile.ByPerson:
		a.Area = ""
		return a, true
	case profile.ByPlace:
		a.Pin, a.Metres = f.Place.Pin, m.Radius
	}
	a.Nowhere = f.Place.Pin == nil && f.Place.Area == ""
	return a, true
}

// Pick are the twins among what was found, at most Most of them, the likeliest first.
func Pick(p *profile.Profile, f *Fresh, found []ledger.Nearby) []Twin {
	var out []Twin
	for _, n := range found {
		if t, why := Judge(p, f, n); why == Shown {
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b Twin) int {
		return cmp.Or(-truth(a.Picture, b.Picture), cmp.Compare(b.weight(), a.weight()), a.Report.Filed.Compare(b.Report.Filed))
	})
	return out[:min(Most, len(out))]
}

func truth(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// weight puts what is near before what is far, and what is said alike before what is not.
func (t Twin) weight() float64 {
	far := 50.0
	if t.Metres >= 0 {
		far = float64(t.Metres)
	}
	return t.Like + 20/(20+far)
}

// hidden reports whether a report is kept from those who have the same trouble, or from strangers.
func hidden(p *profile.Profile, d report.Draft) bool {
	return d.Shield(p.Sensitive).Hides(report.Strangers | report.Followers)
}

// photo is the first picture of a report that whoever has the same trouble may see: not one of somebody who hides the own name, for it
// may show the own house.
func photo(p *profile.Profile, n ledger.Nearby) *bot.MediaRef {
	if n.Report.Shield(p.Sensitive).Hides(report.Operators | report.Strangers | report.Followers) {
		return nil
	}
	for _, f := range n.Photos {
		if f.Ref.Network == bot.Store && !f.Odd {
			return &f.Ref
		}
	}
	return nil
}

// Metres is how far apart two points are.
func Metres(a, b report.Pin) float64 {
	const radius, rad = 6371008.8, math.Pi / 180
	x := (b.Lon - a.Lon) * rad * math.Cos((a.Lat+b.Lat)/2*rad)
	y := (b.Lat - a.Lat) * rad
	return radius * math.Hypot(x, y)
}
