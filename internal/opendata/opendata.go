// Package opendata makes a month of reports fit for everybody to download: without numbers, words and persons, and coarser where few are
// alike. It is pure.
package opendata

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// K is how many reports of a month are alike at least in category and place: where fewer are, they are told coarser until so many are, or
// not at all. They are reports, not people, and the public pages and Open311 tell of each report what is coarser here: Page says so.
const K = 5

// Precision is how exactly a row tells where it is.
type Precision string

// The precisions, from the finest on.
const (
	Square   Precision = "100m"
	Area     Precision = "kelurahan"
	District Precision = "kecamatan"
	City     Precision = "kota"
)

// Row is one report.
type Row struct {
	ID string // tells it from others, in all months; nobody can reckon its number from it
	// Week is the Monday of the week in which it was filed, "2026-11-23".
	Week string
	Kind report.Kind
	// Category is a code, "" where too few are alike.
	Category, CategoryName string
	Office, OfficeName     string
	Status                 report.Status
	Area, AreaName         string
	District, DistrictName string
	// AnsweredDays and ResolvedDays are full days since it was filed; nil where it is not, or not any more.
	AnsweredDays, ResolvedDays *int
	Precision                  Precision
	// Point is in degrees: the middle of the square, or of the kelurahan or kecamatan; nil where only the city is told.
	Point *report.Pin
}

// Sheet is a month.
type Sheet struct {
	City string
	// Month is "2026-10", Made the day on which it was made.
	Month, Made string
	License     string
	Rows        []Row
	// Withheld is how many reports are left out because too few are alike even in the whole city.
	Withheld int
}

// Order is what a sheet is made of.
type Order struct {
	Profile *profile.Profile
	Month   time.Time // its first moment, in the city's time
	Made    time.Time
	License string
	// Key keeps anybody from reckoning which number a row is of.
	Key []byte
}

// Of makes the sheet of the reports that were filed in a month.
func Of(o Order, all []report.Display) Sheet {
	in := o.Profile.Location()
	s := Sheet{City: o.Profile.City, Month: o.Month.In(in).Format("2006-01"), Made: o.Made.In(in).Format(time.DateOnly), License: o.License, Rows: []Row{}}
	levels := coarsened(all)
	squares := map[square]int{}
	for i, d := range all {
		if levels[i] == exact && d.Spot != nil {
			squares[squareOf(d)]++
		}
	}
	middles := middlesOf(o.Profile)
	for i, d := range all {
		if levels[i] == withheld {
			s.Withheld++
			continue
		}
		s.Rows = append(s.Rows, o.row(d, levels[i], d.Spot != nil && squares[squareOf(d)] >= K, middles))
	}
	slices.SortFunc(s.Rows, func(a, b Row) int { return strings.Compare(a.ID, b.ID) }) // in no order that tells when
	return s
}

// level is how coarse a report is told.
type level int

const (
	exact    level = iota // category and kelurahan
	wider                 // category and kecamatan
	citywide              // category alone
	nameless              // neither
	withheld              // not at all
)

// coarsened finds for each report the finest level at which K reports are alike. What is left over at one level is counted anew at the next,
// among itself alone.
func coarsened(all []report.Display) []level {
	out := make([]level, len(all))
	var left []int
	for i := range all {
		left = append(left, i)
	}
	for l := range withheld {
		groups := map[[2]string][]int{}
		for _, i := range left {
			k := key(all[i], l)
			groups[k] = append(groups[k], i)
		}
		left = nil
		for _, g := range groups {
			for _, i := range g {
				if len(g) >= K {
					out[i] = l
				} else {
					left = append(left, i)
				}
			}
		}
	}
	for _, i := range left {
		out[i] = withheld
	}
	return out
}

func key(d report.Display, l level) [2]string {
	switch l {
	case exact:
		return [2]string{d.Category, cmpArea(d)}
	case wider:
		return [2]string{d.Category, d.District}
	case citywide:
		return [2]string{d.Category, ""}
	}
	return [2]string{}
}

// square is a category in the part of a square that belongs to a kelurahan: a row that tells a square tells those, too.
type square struct {
	key  [2]string
	spot report.Pin
}

func squareOf(d report.Display) square { return square{key(d, exact), *d.Spot} }

func cmpArea(d report.Display) string { return d.District + "/" + d.Area }

func (o Order) row(d report.Display, l level, near bool, middles map[string]report.Pin) Row {
	p := o.Profile
	filed := d.Filed.In(p.Location())
	monday := filed.AddDate(0, 0, -(int(filed.Weekday())+6)%7)
	r := Row{ID: o.pseudonym(d.Code), Week: monday.Format(time.DateOnly), Kind: d.Kind, Status: d.Status, Precision: City,
		AnsweredDays: days(d.Filed, d.Answered), ResolvedDays: days(d.Filed, d.Resolved)}
	if l < nameless {
		r.Category = d.Category
		if c, ok := p.Category(d.Category); ok {
			r.CategoryName = c.Name
		}
		ag, ok := p.Agency(d.Office)
		switch {
		case !ok:
			r.Office, r.OfficeName = d.Office, p.Coordinator
		case ag.District == "" || l <= wider && ag.District == d.District: // the office of a kecamatan tells a place, too
			r.Office, r.OfficeName = d.Office, ag.Name
		}
	}
	if l <= wider && d.District != "" {
		r.District, r.Precision = d.District, District
		for _, a := range p.Areas {
			if a.District == d.District {
				r.DistrictName = a.DistrictName
			}
		}
	}
	if l == exact && d.Area != "" {
		r.Area, r.Precision = d.Area, Area
		for _, a := range p.Areas {
			if a.Code == d.Area {
				r.AreaName = a.Name
			}
		}
	}
	switch at, ok := middles[either(r.Area, r.District)]; {
	case l == exact && near:
		r.Precision, r.Point = Square, d.Spot
	case ok:
		r.Point = &at
	}
	return r
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// pseudonym is what a report is called here.
func (o Order) pseudonym(code report.Code) string {
	h := hmac.New(sha256.New, o.Key)
	h.Write([]byte(code))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func days(from, to time.Time) *int {
	if to.IsZero() || to.Before(from) {
		return nil
	}
	n := int(to.Sub(from).Hours() / 24)
	return &n
}

// middlesOf are the middles of kelurahan and kecamatan, by their codes: of the outlines' corners, which is near enough to show a mark.
func middlesOf(p *profile.Profile) map[string]report.Pin {
	type sum struct{ lat, lon, n float64 }
	sums := map[string]sum{}
	for _, a := range p.Areas {
		for _, rings := range a.Polygons {
			if len(rings) == 0 {
				continue
			}
			for _, at := range rings[0] {
				for _, code := range []string{a.Code, a.District} {
					s := sums[code]
					sums[code] = sum{s.lat + at[1], s.lon + at[0], s.n + 1}
				}
			}
		}
	}
	out := make(map[string]report.Pin, len(sums))
	for code, s := range sums {
		out[code] = report.Pin{Lat: math.Round(s.lat/s.n*1e4) / 1e4, Lon: math.Round(s.lon/s.n*1e4) / 1e4}
	}
	return out
}
