// Package profile describes one government as data: its offices, categories, areas, clocks, emergency numbers and
// names. Nothing of any city stands in code.
package profile

import "time"

// Profile is one government.
type Profile struct {
	ID         string `yaml:"id"`         // "serang"
	City       string `yaml:"city"`       // "Kota Serang"
	Government string `yaml:"government"` // "Pemerintah Kota Serang"
	Product    string `yaml:"product"`    // the channel's name: "Rabeg"
	// Prefix begins every report number: 2 to 4 capital letters.
	Prefix string `yaml:"prefix"`
	// Zone is the IANA time zone all times are shown in.
	Zone string `yaml:"zone"`
	// Partial says, in Indonesian, what of the profile is not confirmed; "" when complete.
	Partial     string      `yaml:"partial"`
	Coordinator string      `yaml:"coordinator"` // who owns what no office has: "Diskominfo / Bagian Organisasi"
	Emergency   []Emergency `yaml:"emergency"`
	Agencies    []Agency    `yaml:"agencies"`
	Categories  []Category  `yaml:"categories"`
	Clocks      []Clock     `yaml:"clocks"`
	Rejections  []Rejection `yaml:"rejections"`
	Holidays    []string    `yaml:"holidays"` // "2026-12-25"
	Areas       []Area      `yaml:"-"`        // kelurahan, from the areas file
	Streets     []Street    `yaml:"-"`
	Landmarks   []Landmark  `yaml:"-"`
}

// Emergency is a number to call when life is in danger.
type Emergency struct {
	Number string `yaml:"number"`
	Name   string `yaml:"name"`
	About  string `yaml:"about"`
}

// Agency is an office (OPD).
type Agency struct {
	Code    string   `yaml:"code"`
	Name    string   `yaml:"name"`
	Short   string   `yaml:"short"` // how citizens and operators call it: "Dishub"
	Aliases []string `yaml:"aliases"`
	Duties  string   `yaml:"duties"`
	// District is the kecamatan code that a kecamatan office serves, "" for the others.
	District string `yaml:"district"`
	// Outside marks the entry that stands for everybody outside the government (code LUAR): its reports stay with the
	// coordinator. Emergency marks 112, which is no office.
	Outside   bool `yaml:"outside"`
	Emergency bool `yaml:"emergency"`
	// Unconfirmed says that no public source proves the office exists in this form.
	Unconfirmed bool   `yaml:"unconfirmed"`
	Source      string `yaml:"source"`
}

// Category is what a report can be about.
type Category struct {
	Code     string   `yaml:"code"`
	Name     string   `yaml:"name"`
	NameEN   string   `yaml:"name_en"`
	Agency   string   `yaml:"agency"` // code of the office whose duty it is; "KECAMATAN" = the kecamatan office of the place
	Others   []string `yaml:"others"` // offices it is often forwarded to
	Keywords []string `yaml:"keywords"`
	Rules    []Rule   `yaml:"rules"`
	Border   string   `yaml:"border"` // the border rule in words, for operators
	// Physical categories need a photo as evidence when resolved, and have a place; Light ones have the short clock;
	// Sensitive ones offer "rahasia" by themselves and never show on public pages.
	Physical  bool `yaml:"physical"`
	Light     bool `yaml:"light"`
	Sensitive bool `yaml:"sensitive"`
	// Hidden categories are never offered as a choice (darurat, bukan_laporan).
	Hidden bool `yaml:"hidden"`
}

// Rule sends a report of the category to another office when one of Words stands in it and none of Unless.
type Rule struct {
	Words  []string `yaml:"words"`
	Unless []string `yaml:"unless"`
	Agency string   `yaml:"agency"`
	Why    string   `yaml:"why"`
}

// Clock says how long an office has to answer. The newest clock whose From is not after the filing day holds.
type Clock struct {
	Name string `yaml:"name"`
	From string `yaml:"from"` // "2020-01-01"
	// Kinds limits the clock to report kinds (pengaduan, aspirasi, informasi); empty: all.
	Kinds []string `yaml:"kinds"`
	// Light limits it to light categories.
	Light bool `yaml:"light"`
	// Hours of wall time, or WorkingDays: exactly one is set.
	Hours       int    `yaml:"hours"`
	WorkingDays int    `yaml:"working_days"`
	Source      string `yaml:"source"`
}

// Rejection is a reason for which a report may be rejected.
type Rejection struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"`
}

// Area is a kelurahan with its polygons: rings of lon, lat pairs in degrees, the first ring of each polygon its outline.
type Area struct {
	Code         string
	Name         string
	District     string // kecamatan code
	DistrictName string
	Polygons     [][][][2]float64
}

// Street is a street's name, with its kelurahan or kecamatan names where known, and who keeps it ("kota", "provinsi", "").
type Street struct {
	Name, Area, District, Keeper string
}

// Landmark is a known place.
type Landmark struct {
	Name, Kind, Address, Area string // Area is a kelurahan code, "" where sources do not agree
	Lat, Lon                  float64
}

// Agency finds an office by its code.
func (p *Profile) Agency(code string) (Agency, bool) {
	for _, a := range p.Agencies {
		if a.Code == code {
			return a, true
		}
	}
	return Agency{}, false
}

// Category finds a category by its code.
func (p *Profile) Category(code string) (Category, bool) {
	for _, c := range p.Categories {
		if c.Code == code {
			return c, true
		}
	}
	return Category{}, false
}

// Location is the profile's time zone. Load has checked that it exists.
func (p *Profile) Location() *time.Location {
	l, err := time.LoadLocation(p.Zone)
	if err != nil {
		return time.UTC
	}
	return l
}
