package profile

import (
	"slices"
	"sync"
	"time"
)

// index is what Load works out once so that lookups are maps. A Profile built by hand has none and is searched instead.
type index struct {
	agencies   map[string]int
	categories map[string]int
	areas      map[string]int
	districts  map[string]string // kecamatan code → its office's code
	holidays   map[string]bool
	shared     map[string]bool // folded names of kelurahan that two have
	rules      map[string][]rule
	begins     map[string]map[string]bool // by category: the words that phrases of its rules begin with
	owned      []rule                     // by the place of an owner: its words
	zone       *time.Location
}

// Agency finds an office by its code.
func (p *Profile) Agency(code string) (Agency, bool) {
	if p.index.agencies != nil {
		if i, ok := p.index.agencies[code]; ok {
			return p.Agencies[i], true
		}
		return Agency{}, false
	}
	for _, a := range p.Agencies {
		if a.Code == code {
			return a, true
		}
	}
	return Agency{}, false
}

// Called finds an office by what people call it: its code, name, short name or an alias, in any case and punctuation.
func (p *Profile) Called(name string) (Agency, bool) {
	key := fold(name)
	if len(key) < 3 {
		return Agency{}, false
	}
	for _, a := range p.Agencies {
		if fold(a.Code) == key || fold(a.Short) == key || fold(a.Name) == key || slices.ContainsFunc(a.Aliases, func(s string) bool { return fold(s) == key }) {
			return a, true
		}
	}
	return Agency{}, false
}

// Sensitive reports whether what is filed under a category is hidden like what is confidential. A code that is not known
// counts as sensitive: a report may be older than the profile's categories, and nobody can tell what it was about.
func (p *Profile) Sensitive(code string) bool {
	c, ok := p.Category(code)
	return c.Sensitive || !ok && code != ""
}

// Category finds a category by its code.
func (p *Profile) Category(code string) (Category, bool) {
	if p.index.categories != nil {
		if i, ok := p.index.categories[code]; ok {
			return p.Categories[i], true
		}
		return Category{}, false
	}
	for _, c := range p.Categories {
		if c.Code == code {
			return c, true
		}
	}
	return Category{}, false
}

// NearCategory is a hint at the category that a code was probably meant for: ` (did you mean "parkir"?)`, or nothing.
func (p *Profile) NearCategory(code string) string {
	codes := make([]string, 0, len(p.Categories))
	for _, c := range p.Categories {
		codes = append(codes, c.Code)
	}
	return mean(code, codes)
}

// Area finds a kelurahan by its code.
func (p *Profile) Area(code string) (Area, bool) {
	if p.index.areas != nil {
		if i, ok := p.index.areas[code]; ok {
			return p.Areas[i], true
		}
		return Area{}, false
	}
	for _, a := range p.Areas {
		if a.Code == code {
			return a, true
		}
	}
	return Area{}, false
}

// Outside is the entry that stands for everybody outside the government (LUAR).
func (p *Profile) Outside() (Agency, bool) {
	for _, a := range p.Agencies {
		if a.Outside {
			return a, true
		}
	}
	return Agency{}, false
}

// Holiday reports whether the offices are closed on the day of t, as t's own zone counts days. Weekends are not asked.
func (p *Profile) Holiday(t time.Time) bool {
	day := t.Format(time.DateOnly)
	if p.index.holidays != nil {
		return p.index.holidays[day]
	}
	return slices.Contains(p.Holidays, day)
}

// Location is the profile's time zone. Load has checked that it exists.
func (p *Profile) Location() *time.Location {
	if p.index.zone != nil {
		return p.index.zone
	}
	l, err := zone(p.Zone)
	if err != nil {
		return time.UTC
	}
	return l
}

// zone finds a time zone.
func zone(name string) (*time.Location, error) {
	if read, ok := indonesian[name]; ok {
		return read(), nil
	}
	l, err := time.LoadLocation(name)
	if err == nil && (name == "" || name == "Local") {
		return nil, errLocalZone
	}
	return l, err
}

// indonesian are Indonesia's zones, each read when it is first asked for: who asks for a zone asks often.
var indonesian = map[string]func() *time.Location{
	"Asia/Jakarta": zoneOf("Asia/Jakarta", "WIB", 7), "Asia/Pontianak": zoneOf("Asia/Pontianak", "WIB", 7),
	"Asia/Makassar": zoneOf("Asia/Makassar", "WITA", 8), "Asia/Jayapura": zoneOf("Asia/Jayapura", "WIT", 9),
}

// zoneOf is a zone of Indonesia. It is known without the system's zone files, which a small image may lack: there has been no summer
// time since 1964.
func zoneOf(name, short string, hours int) func() *time.Location {
	return sync.OnceValue(func() *time.Location {
		if l, err := time.LoadLocation(name); err == nil {
			return l
		}
		return time.FixedZone(short, hours*3600)
	})
}

// build works the index out.
func (p *Profile) build() {
	x := index{
		agencies: map[string]int{}, categories: map[string]int{}, areas: map[string]int{},
		districts: map[string]string{}, holidays: map[string]bool{}, rules: map[string][]rule{}, begins: map[string]map[string]bool{},
	}
	for i, a := range p.Agencies {
		x.agencies[a.Code] = i
		if a.District != "" {
			x.districts[a.District] = a.Code
		}
	}
	for i, c := range p.Categories {
		x.categories[c.Code] = i
		x.rules[c.Code] = compile(c.Rules)
		x.begins[c.Code] = beginnings(x.rules[c.Code])
	}
	for i := range p.Matters {
		p.Matters[i].folded = folds(p.Matters[i].Words)
	}
	for _, o := range p.Owners {
		x.owned = append(x.owned, o.rule())
	}
	for i, a := range p.Areas {
		x.areas[a.Code] = i
	}
	x.shared = sharedNames(p.Areas)
	for _, h := range p.Holidays {
		x.holidays[h] = true
	}
	if l, err := zone(p.Zone); err == nil {
		x.zone = l
	}
	p.index = x
}
