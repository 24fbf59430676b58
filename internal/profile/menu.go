package profile

import (
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"
)

// The menu of categories has two steps, for a small screen: a handful of groups, then the categories of one.
const (
	maxGroups = 7
	maxMenu   = 24 // runes of a name on a button
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
		if len(p.InGroup(g.Code)) == 0 {
			l.wrong(fmt.Sprintf("the group %s offers no category", g.Code), "group: "+g.Code, at)
		}
	}
	for _, c := range p.Offered() {
		at := "categories[" + c.Code + "]"
		l.checkLabel("category "+c.Code, at, c.Short, c.ShortEN, c.Icon, "short")
		if !l.tainted("groups") && !l.tainted("groups"+unnamed) && !slices.ContainsFunc(p.Groups, func(g Group) bool { return g.Code == c.Group }) {
			l.wrong(fmt.Sprintf("category %s is in no group of the menu: %q", c.Code, c.Group), "group: jalan", at+".group", at)
		}
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
