package profile

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

//go:embed common/*.yaml common/*.csv
//go:embed serang/*.yaml serang/*.tsv serang/*.csv
//go:embed pandeglang/*.yaml pandeglang/*.tsv
//go:embed denpasar/*.yaml denpasar/*.tsv denpasar/*.csv
//go:embed banjarmasin/*.yaml banjarmasin/*.tsv
var builtin embed.FS

// Names lists the profiles that come with the product, the default first.
func Names() []string { return []string{"serang", "pandeglang", "denpasar", "banjarmasin"} }

// Builtin loads a profile that comes with the product.
func Builtin(name string) (*Profile, error) {
	if !slices.Contains(Names(), name) {
		return nil, unknown(name)
	}
	return Load(builtin, name)
}

// document is a profile's file: the profile and what only its making needs.
type document struct {
	Profile `yaml:",inline"`
	// Include names files of shared lists, read before this one, by their path from it: "../common/categories.yaml".
	Include []string `yaml:"include"`
	// Calendars are files of days off, by their paths from the profile's folder.
	Calendars []string `yaml:"calendars"`
	// Roles turns the offices of the shared lists into this government's own: "DPRKP: PERKIM", or "" where no office
	// is known, whose reports go to the coordinator.
	Roles map[string]string `yaml:"roles"`
	// Categories stand for the profile's, with what only a file knows.
	Categories []entry `yaml:"categories"`
}

// entry is a category in a file.
type entry struct {
	Category `yaml:",inline"`
	// AddKeywords and AddRules come before the shared ones.
	AddKeywords []string `yaml:"add_keywords"`
	AddRules    []Rule   `yaml:"add_rules"`
}

// shared is a file of what several profiles include.
type shared struct {
	Categories []entry     `yaml:"categories"`
	Groups     []Group     `yaml:"groups"`
	Matters    []Matter    `yaml:"matters"`
	Clocks     []Clock     `yaml:"clocks,append"`
	Rejections []Rejection `yaml:"rejections"`
	Canned     []Canned    `yaml:"canned"`
	Questions  []Question  `yaml:"questions"`
	Owners     []Owner     `yaml:"owners"`
	Holidays   []string    `yaml:"holidays,append"`
	Calendars  []string    `yaml:"calendars"`
	Seasons    []Season    `yaml:"seasons,append"`
	WhatsApp   Manners     `yaml:"whatsapp"`
	Keeping    Keeping     `yaml:"keeping"`
	Helplines  []Helpline  `yaml:"helplines"`
	Bounds     Bounds      `yaml:"bounds"`
	Lapor      Lapor       `yaml:"lapor"`
	// Disposition is when who was handed a report is reminded.
	Disposition Disposition `yaml:"disposition"`
	// Ladder is when who is told of what is late.
	Ladder Ladder `yaml:"ladder"`
	// OfficeHours of those who say none of their own.
	OfficeHours []Hours `yaml:"office_hours"`
}

// Load reads the profile in the folder dir of fsys: profile.yaml with the files it includes, areas.geojson or areas.tsv,
// and, where they exist, streets.csv, landmarks.csv and holidays.csv. The error is Problems: everything that is wrong with file, line and
// column.
func Load(fsys fs.FS, dir string) (*Profile, error) {
	l := &loader{dir: dir, decoder: decoder{fsys: fsys, spots: map[string]spot{}}}
	p := l.load()
	if len(l.problems) > 0 {
		return nil, l.problems.sorted()
	}
	p.notes = l.notes.sorted()
	own := *p // else it kept all that was needed to read it: where each value stands, and each list as it was
	return &own, nil
}

type loader struct {
	decoder
	dir   string
	doc   document
	used  map[string]bool // roles that were needed
	notes Problems        // what is no mistake, but worth a look
}

func (l *loader) load() *Profile {
	main := path.Join(l.dir, "profile.yaml")
	l.doc.Keeping = Keeping{Reports: 730, Letters: 365, Stumbles: 30} // a profile from before says nothing of it
	whole := l.include(main)
	whole = l.read(main, &l.doc) && whole
	p := &l.doc.Profile
	p.Areas = l.areas()
	names := newNames(p.Areas)
	p.Streets = l.streets(path.Join(l.dir, "streets.csv"), names)
	p.Landmarks = l.landmarks(path.Join(l.dir, "landmarks.csv"), names)
	if l.file = main; whole { // what could not be read cannot be judged either
		l.settle(p)
		l.calendars(p)
		l.check(p)
		p.build()
	}
	return p
}

// include reads the shared lists that the main file names; false when one of them could not be read. The main file's other
// keys are judged when the whole of it is read.
func (l *loader) include(main string) bool {
	probe := decoder{fsys: l.fsys, spots: map[string]spot{}}
	var d document
	if !probe.read(main, &d) {
		return true // told when it is read again
	}
	whole := true
	for i, name := range d.Include {
		file := path.Join(l.dir, name)
		if why := l.readable(file, largestYAML); why != "" {
			at := probe.at(fmt.Sprintf("include[%d]", i))
			l.problems = append(l.problems, Problem{File: at.file, Line: at.line, Col: at.col,
				What: fmt.Sprintf("the included file %s %s", name, why), Example: "include: [../common/categories.yaml, ../common/rules.yaml]"})
			whole = false
			continue
		}
		s := shared{Categories: l.doc.Categories, Clocks: l.doc.Clocks, Rejections: l.doc.Rejections, Holidays: l.doc.Holidays,
			WhatsApp: l.doc.WhatsApp, Groups: l.doc.Groups, Helplines: l.doc.Helplines, OfficeHours: l.doc.OfficeHours, Keeping: l.doc.Keeping, Bounds: l.doc.Bounds,
			Owners: l.doc.Owners, Matters: l.doc.Matters, Canned: l.doc.Canned, Questions: l.doc.Questions, Disposition: l.doc.Disposition,
			Calendars: l.doc.Calendars, Seasons: l.doc.Seasons, Ladder: l.doc.Ladder, Lapor: l.doc.Lapor}
		whole = l.read(file, &s) && whole
		l.doc.Categories, l.doc.Clocks, l.doc.Rejections, l.doc.Holidays = s.Categories, s.Clocks, s.Rejections, s.Holidays
		l.doc.Bounds = s.Bounds
		l.doc.WhatsApp, l.doc.Groups, l.doc.Helplines, l.doc.OfficeHours = s.WhatsApp, s.Groups, s.Helplines, s.OfficeHours
		l.doc.Keeping = s.Keeping
		l.doc.Owners = s.Owners
		l.doc.Matters = s.Matters
		l.doc.Canned = s.Canned
		l.doc.Questions = s.Questions
		l.doc.Disposition = s.Disposition
		l.doc.Calendars, l.doc.Seasons, l.doc.Ladder = s.Calendars, s.Seasons, s.Ladder
		l.doc.Lapor = s.Lapor
	}
	return whole
}

// settle turns the files' categories into the profile's: the city's additions first, shared offices by their roles.
func (l *loader) settle(p *Profile) {
	for i := range p.Clocks {
		if p.Clocks[i].Stage == settle {
			p.Clocks[i].Stage = Finish
		}
	}
	l.used = map[string]bool{}
	own := map[string]bool{District: true, "": true}
	for _, a := range p.Agencies {
		own[a.Code] = true
	}
	p.Categories = make([]Category, 0, len(l.doc.Categories))
	for _, e := range l.doc.Categories {
		c := e.Category
		at := "categories[" + c.Code + "]"
		c.Added = e.AddKeywords
		c.Keywords = unique(append(slices.Clone(e.AddKeywords), c.Keywords...))
		c.Agency = l.role(c.Agency, own, at+".agency", at)
		var others []string
		for i, o := range c.Others {
			if o = l.role(o, own, fmt.Sprintf("%s.others[%d]", at, i), at); o != "" && o != c.Agency {
				others = append(others, o)
			}
		}
		c.Others = unique(others)
		rules := make([]Rule, 0, len(e.AddRules)+len(c.Rules))
		for i, r := range e.AddRules {
			r.Agency = l.role(r.Agency, own, fmt.Sprintf("%s.add_rules[%d].agency", at, i), at)
			rules = append(rules, r)
		}
		for i, r := range c.Rules {
			r.Agency = l.role(r.Agency, own, fmt.Sprintf("%s.rules[%d].agency", at, i), at)
			rules = append(rules, r)
		}
		c.Rules = rules
		p.Categories = append(p.Categories, c)
	}
	l.judgeRoles(own)
}

func (l *loader) role(code string, own map[string]bool, paths ...string) string {
	if own[code] {
		return code
	}
	if to, ok := l.doc.Roles[code]; ok {
		l.used[code] = true
		return to
	}
	if l.tainted("agencies") || l.tainted("agencies"+unnamed) {
		return "" // the list itself is not whole
	}
	known := make([]string, 0, len(own))
	for k := range own {
		known = append(known, k)
	}
	l.wrong(fmt.Sprintf("agency %q is none of this profile's agencies nor roles%s", code, mean(code, known)), "agency: DISHUB", paths...)
	return ""
}

func (l *loader) judgeRoles(own map[string]bool) {
	for from, to := range l.doc.Roles {
		at := "roles." + from
		switch {
		case !own[to] && l.tainted("agencies"+unnamed):
		case !own[to]:
			l.wrong(fmt.Sprintf("role %s leads to %q, which is none of the agencies", from, to), from+": DISHUB", at)
		case !l.used[from]:
			l.wrong(fmt.Sprintf("role %s is used by no category, or is an agency itself", from), "take the line out", at)
		}
	}
}

// wrong adds a problem at the first of paths that stands in a file, unless it only follows from one that is told already.
func (l *loader) wrong(what, example string, paths ...string) {
	if l.tainted(paths[0]) {
		return
	}
	s := l.at(paths...)
	l.problems = append(l.problems, Problem{File: s.file, Line: s.line, Col: s.col, What: what, Example: example})
}

// note adds what is no mistake, but worth a look.
func (l *loader) note(what, example string, paths ...string) {
	s := l.at(paths...)
	l.notes = append(l.notes, Problem{File: s.file, Line: s.line, Col: s.col, What: what, Example: example})
}

func unique(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
