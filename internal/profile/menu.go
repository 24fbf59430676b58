package profile

import (
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"
)

// The menu of categories has two steps, for a small screen: a handful of groups, then the categories of one.
const (
	maxGroups  = 7
	maxInGroup = 8  // besides "I do not know" and "back": ten lines, as many as a list on a phone may have
	maxMenu    = 24 // runes of a name on a button
	maxCode    = 32 // letters of a code: a button carries it beside the report's number
)

// Offered are the categories that a citizen may choose.
func (p *Profile) Offered() []Category {
	out := make([]Category, 0, len(p.Categories))
	for _, c := range p.Categories {
		if !c.Hidden {
			out = append(out, c)
		}
	}
	return out
}

// InGroup are the categories that a group offers.
func (p *Profile) InGroup(code string) []Category {
	var out []Category
	for _, c := range p.Categories {
		if !c.Hidden && c.Group == code {
			out = append(out, c)
		}
	}
	return out
}

// checkMenu sees that every category can be found in the menu, by a name that fits on a button.
func (l *loader) checkMenu(p *Profile) {
	if len(p.Groups) == 0 || len(p.Groups) > maxGroups {
		l.wrong(fmt.Sprintf("the menu of categories has 1 to %d groups, not %d", maxGroups, len(p.Groups)),
			`groups: [{code: jalan, name: Jalan, name_en: Roads, icon: "🛣️"}]`, "groups")
	}
	code := regexp.MustCompile(`^[a-z0-9]+$`)
	for _, g := range p.Groups {
		at := "groups[" + g.Code + "]"
		if !code.MatchString(g.Code) {
			l.wrong(fmt.Sprintf("a group's code is small letters and digits, not %q", g.Code), "code: jalan", at+".code")
		}
		l.checkLabel("group "+g.Code, at, g.Name, g.NameEN, g.Icon, "name")
		if n := len(p.InGroup(g.Code)); n == 0 {
			l.wrong(fmt.Sprintf("the group %s offers no category", g.Code), "group: "+g.Code, at)
		} else if n > maxInGroup {
			l.tooMany(p, g)
		}
	}
	l.checkNames(p)
	for _, c := range p.Offered() {
		at := "categories[" + c.Code + "]"
		l.checkLabel("category "+c.Code, at, c.Short, c.ShortEN, c.Icon, "short")
		if !l.tainted("groups") && !l.tainted("groups"+unnamed) && !slices.ContainsFunc(p.Groups, func(g Group) bool { return g.Code == c.Group }) {
			l.wrong(fmt.Sprintf("category %s is in no group of the menu: %q", c.Code, c.Group), "group: jalan", at+".group", at)
		}
	}
}

// tooMany tells of the categories that a group's page has no room for: those that come last, which are the city's own.
func (l *loader) tooMany(p *Profile, g Group) {
	for _, c := range p.InGroup(g.Code)[maxInGroup:] {
		at := "categories[" + c.Code + "]"
		l.wrong(fmt.Sprintf("category %s has no room in the group %s: a page of the menu holds %d", c.Code, g.Code, maxInGroup),
			"group: one that has fewer", at+".group", at)
	}
}

// checkNames sees that no two choices of a page are called the same: whoever types the name means one of them.
func (l *loader) checkNames(p *Profile) {
	called := map[string]string{}
	for _, c := range p.Offered() {
		at := "categories[" + c.Code + "]"
		for _, f := range []struct{ key, name string }{{"short", c.Short}, {"short_en", c.ShortEN}, {"name", c.Name}, {"name_en", c.NameEN}} {
			key := c.Group + fold(f.name)
			if other := called[key]; other != "" && other != c.Code && fold(f.name) != " " {
				l.wrong(fmt.Sprintf("%q calls both %s and %s in the group %s", f.name, other, c.Code, c.Group), "a name of its own", at+"."+f.key, at)
			}
			called[key] = c.Code
		}
	}
}

// checkCode sees that a code fits behind a button and is none that the buttons have themselves.
func (l *loader) checkCode(code, at string) {
	if len(code) > maxCode {
		l.wrong(fmt.Sprintf("the code %q is too long: at most %d letters", code, maxCode), "code: jalan_jembatan", at+".code", at)
	}
	if slices.Contains([]string{"more", "unsure", "back"}, code) {
		l.wrong(fmt.Sprintf("the code %q is a button's own", code), "code: jalan_jembatan", at+".code", at)
	}
}

func (l *loader) checkLabel(what, at, id, en, icon, key string) {
	if id == "" || en == "" || icon == "" {
		l.wrong(what+" needs a short name in Indonesian and in English, and an icon",
			key+": Lampu jalan, "+key+`_en: Street lights, icon: "💡"`, either(id == "", at+"."+key, either(en == "", at+"."+key+"_en", at+".icon")), at)
	}
	for _, f := range []struct{ key, name string }{{key, id}, {key + "_en", en}} {
		if utf8.RuneCountInString(f.name) > maxMenu {
			l.wrong(fmt.Sprintf("%q is too long for a button: at most %d letters", f.name, maxMenu), f.key+": Lampu jalan", at+"."+f.key, at)
		}
	}
}

// Shared reports whether two kelurahan are called so: then the kecamatan belongs to the name.
func (p *Profile) Shared(name string) bool {
	if p.index.shared != nil {
		return p.index.shared[fold(name)]
	}
	return sharedNames(p.Areas)[fold(name)]
}

func sharedNames(areas []Area) map[string]bool {
	first, out := map[string]string{}, map[string]bool{}
	for _, a := range areas {
		key := fold(a.Name)
		if was, ok := first[key]; ok && was != a.Code {
			out[key] = true
		}
		first[key] = a.Code
	}
	return out
}
