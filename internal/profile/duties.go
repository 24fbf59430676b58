package profile

import (
	"fmt"
	"slices"
	"strings"
)

// The categories that the product leads to by itself, whatever else a text is about: a city cannot do without them.
const (
	// Integrity is what officials are accused of: its office is the inspectorate, never the office of the accused.
	Integrity = "pungli_integritas"
	// Violence is violence against a woman or a child.
	Violence = "perempuan_anak_kb"
)

// Categories that the product leads to where a city has them.
const (
	Digital = "kominfo_layanan_digital" // fraud in a government's name: its office warns people
	Outside = "luar_kewenangan"         // what is for the police
	Work    = "ketenagakerjaan"         // who looks for work
)

// checkDuties sees that what nobody may miss leads somewhere, and tells which offices nothing leads to.
func (l *loader) checkDuties(p *Profile) {
	for _, must := range []struct{ code, who string }{
		{Integrity, "who accuses an official"}, {Violence, "who tells of violence against a woman or a child"},
	} {
		at := "categories[" + must.code + "]"
		c, ok := find(p.Categories, must.code)
		switch {
		case !ok:
			l.wrong(fmt.Sprintf("there is no category %s: %s would reach nobody", must.code, must.who), "include: [../common/categories.yaml]", "categories")
		case c.Hidden || !c.Sensitive:
			l.wrong(fmt.Sprintf("category %s must be sensitive and not hidden: %s is protected", must.code, must.who), "sensitive: true",
				l.first(at+".hidden", at+".sensitive", at))
		case c.Agency == "" && p.Partial == "":
			l.wrong(fmt.Sprintf(`category %s has no office: %s would reach the coordinator alone. Name the office, or say in "partial" that it is not known`, must.code, must.who),
				"agency: INSPEKTORAT", l.first("roles.INSPEKTORAT", at+".agency"))
		case c.Agency == "":
			l.note(fmt.Sprintf("category %s has no office: %s reaches the coordinator", must.code, must.who), "agency: INSPEKTORAT", l.first(at+".agency", at))
		}
	}
	used := map[string]bool{}
	for _, c := range p.Categories {
		used[c.Agency] = true
		for _, o := range c.Others {
			used[o] = true
		}
		for _, r := range c.Rules {
			used[r.Agency] = true
		}
	}
	for _, a := range p.Agencies {
		if !used[a.Code] && !a.Outside && !a.Emergency && (a.District == "" || !used[District]) {
			at := "agencies[" + a.Code + "]"
			l.note(fmt.Sprintf("no category leads to agency %s: only what officers forward by hand reaches it", a.Code),
				"agency: "+a.Code+" in a category, or under its others", at+".code", at)
		}
	}
}

func find(all []Category, code string) (Category, bool) {
	i := slices.IndexFunc(all, func(c Category) bool { return c.Code == code })
	if i < 0 {
		return Category{}, false
	}
	return all[i], true
}

// first is the first of paths that stands in a file, or the last of them.
func (l *loader) first(paths ...string) string {
	for _, p := range paths {
		if _, ok := l.spots[p]; ok {
			return p
		}
	}
	return paths[len(paths)-1]
}

// taintedEnd reports whether a value could not be read whose path ends so.
func (d *decoder) taintedEnd(end string) bool {
	return slices.ContainsFunc(d.taints, func(t string) bool { return strings.HasSuffix(t, end) })
}

func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
