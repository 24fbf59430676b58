package profile

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed common/*.yaml
//go:embed serang/*.yaml serang/*.tsv serang/*.csv
//go:embed pandeglang/*.yaml pandeglang/*.tsv
//go:embed denpasar/*.yaml denpasar/*.tsv
//go:embed banjarmasin/*.yaml banjarmasin/*.tsv
var builtin embed.FS

// Names lists the profiles that come with the product, the default first.
func Names() []string { return []string{"serang", "pandeglang", "denpasar", "banjarmasin"} }

// Builtin loads a profile that comes with the product.
func Builtin(name string) (*Profile, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no profile is called %q: choose one of %s", name, strings.Join(Names(), ", "))
	}
	return Load(builtin, name)
}

// document is a profile's file: the profile and what only its making needs.
type document struct {
	Profile `yaml:",inline"`
	// Include names files of shared lists, read before this one, by their path from it: "../common/categories.yaml".
	Include []string `yaml:"include"`
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
	Clocks     []Clock     `yaml:"clocks,append"`
	Rejections []Rejection `yaml:"rejections"`
	Holidays   []string    `yaml:"holidays,append"`
	WhatsApp   Manners     `yaml:"whatsapp"`
	Helplines  []Helpline  `yaml:"helplines"`
	// OfficeHours of those who say none of their own.
	OfficeHours []Hours `yaml:"office_hours"`
}

// Load reads the profile in the folder dir of fsys: profile.yaml with the files it includes, areas.tsv, and, where they
// exist, streets.csv and landmarks.csv. The error is Problems: everything that is wrong with file, line and column.
func Load(fsys fs.FS, dir string) (*Profile, error) {
	l := &loader{dir: dir, fsys: fsys, decoder: decoder{spots: map[string]spot{}}}
	p := l.load()
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	return p, nil
}

type loader struct {
	decoder
	fsys fs.FS
	dir  string
	doc  document
	used map[string]bool // roles that were needed
}

func (l *loader) load() *Profile {
	main := path.Join(l.dir, "profile.yaml")
	var peek struct {
		Include []string `yaml:"include"`
	}
	l.includes(main, &peek.Include)
	for _, name := range peek.Include {
		s := shared{Categories: l.doc.Categories, Clocks: l.doc.Clocks, Rejections: l.doc.Rejections, Holidays: l.doc.Holidays,
			WhatsApp: l.doc.WhatsApp, Groups: l.doc.Groups, Helplines: l.doc.Helplines, OfficeHours: l.doc.OfficeHours}
		l.read(l.fsys, path.Join(l.dir, name), &s)
		l.doc.Categories, l.doc.Clocks, l.doc.Rejections, l.doc.Holidays = s.Categories, s.Clocks, s.Rejections, s.Holidays
		l.doc.WhatsApp, l.doc.Groups, l.doc.Helplines, l.doc.OfficeHours = s.WhatsApp, s.Groups, s.Helplines, s.OfficeHours
	}
	l.read(l.fsys, main, &l.doc)
	if len(l.problems) > 0 {
		return nil // what could not be read cannot be judged either
	}
	p := &l.doc.Profile
	l.file = main
	l.settle(p)
	p.Areas = l.areas(path.Join(l.dir, "areas.tsv"))
	names := newNames(p.Areas)
	p.Streets = l.streets(path.Join(l.dir, "streets.csv"), names)
	p.Landmarks = l.landmarks(path.Join(l.dir, "landmarks.csv"), names)
	l.check(p)
	p.build()
	return p
}

// includes reads only the list of files to include; the other keys are judged when the whole file is read.
func (l *loader) includes(name string, into *[]string) {
	probe := decoder{spots: map[string]spot{}}
	var d document
	probe.read(l.fsys, name, &d)
	*into = d.Include
}

// settle turns the files' categories into the profile's: the city's additions first, shared offices by their roles.
func (l *loader) settle(p *Profile) {
	l.used = map[string]bool{}
	own := map[string]bool{District: true, "": true}
	for _, a := range p.Agencies {
		own[a.Code] = true
	}
	p.Categories = make([]Category, 0, len(l.doc.Categories))
	for _, e := range l.doc.Categories {
		c := e.Category
		at := "categories[" + c.Code + "]"
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
		case !own[to]:
			l.wrong(fmt.Sprintf("role %s leads to %q, which is none of the agencies", from, to), from+": DISHUB", at)
		case !l.used[from]:
			l.wrong(fmt.Sprintf("role %s is used by no category, or is an agency itself", from), "take the line out", at)
		}
	}
}

// wrong adds a problem at the first of paths that stands in a file.
func (l *loader) wrong(what, example string, paths ...string) {
	s := l.at(paths...)
	l.problems = append(l.problems, Problem{File: s.file, Line: s.line, Col: s.col, What: what, Example: example})
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
