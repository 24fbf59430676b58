package casework

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// categorise puts right what a report is about. It goes to the office whose duty that is; the day that the citizen was told
// stays, however long the clock of the new category is: it was promised, and who corrects a category neither gains time by
// it nor makes the next office late at once.
//
// What was hidden stays hidden: a report that a sensitive category has kept from anybody is kept so under its new one.
func (c *change) categorise(a report.Categorise) error {
	cat, ok := c.Profile.Category(a.Category)
	switch {
	case !ok || cat.Hidden:
		return refuse(Choice, "Kategori itu tidak ada di daftar. Tulis /kategori untuk memilihnya.")
	case a.Category == c.was.Category:
		return refuse(Already, "Laporan %s memang sudah berkategori %s.", c.was.Code, c.CategoryName(a.Category))
	}
	owner, meant := c.duty(a.Category)
	moves := owner != c.was.Agency
	if moves && c.was.Bounces >= Bounces && c.by.Role != report.Coordinator {
		return refuse(Final, "Laporan %s sudah dua kali dikembalikan; kantornya kini ditetapkan koordinator. Bicarakan dengan koordinator.", c.was.Code)
	}
	outside := c.ownerOf(a.Category, c.was.Text, c.was.Place.District)
	f := report.Fact{What: report.WasCategorised, Category: a.Category, Was: c.was.Category, Owner: outside}
	if c.Profile.Sensitive(c.was.Category) {
		f.Visibility = report.Confidential
	}
	if !moves {
		f.Meant = meant
		c.tell(f, time.Time{}, func(v say.Voice, _ Addressee) bot.Message { return bot.Message{Text: v.NoticeCategorised(c.now)} })
		c.hush()
		c.card()
		return c.cover()
	}
	c.fact(f)
	c.hush()
	why := ""
	if f.Was != "" {
		why = "kategori diubah dari " + c.CategoryName(f.Was)
	}
	c.passOn(report.Fact{What: report.WasForwarded, Agency: owner, Meant: meant, Owner: outside, Words: why})
	return c.cover()
}

// duty is who owns the report under a category, and the office meant where that is the coordinator in its place. An office
// that has the report already keeps it, even where nobody else serves it just now.
func (c *change) duty(category string) (owner, meant string) {
	office, _ := c.Profile.OfficeAt(category, c.was.Text, c.was.Place.District, c.was.Abroad())
	return c.owned(office)
}

// dutyAt is duty in a kecamatan.
func (c *change) dutyAt(category, district string) (owner, meant string) {
	office, _ := c.Profile.Office(category, c.was.Text, district)
	return c.owned(office)
}

// owned is an office as the owner of the report, or as the one meant where the coordinator has it in its place.
func (c *change) owned(office string) (owner, meant string) {
	if office == c.was.Agency || c.canOwn(office) && served(c.Served, office) {
		return office, ""
	}
	return "", office
}

// NoCategory stands where operators read what a report without a category is about.
const NoCategory = "Belum berkategori"

// CategoryName is how operators call a category, without its icon; NoCategory for "".
func (o *Office) CategoryName(code string) string {
	c, _ := o.Profile.Category(code)
	return say.Clip(cmp.Or(c.Short, c.Name, code, NoCategory), 60)
}

// The menu of categories. CategoryMenuKind begins its id, OtherPage the choice that leads to a page of it.
const (
	CategoryMenuKind = "g"
	OtherPage        = "page-"
	nearPage         = "?" // begins a page of some categories
	mostNear         = 6
)

// NearPage is the page of the menu that offers these categories first; of none it is the menu's beginning.
func NearPage(codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return nearPage + strings.Join(codes, ",")
}

// CategoryMenu offers the categories of a profile: its groups first, a page for each of them, and a page of near ones.
func CategoryMenu(p *profile.Profile, r report.Report, page string) bot.Menu {
	m := bot.Menu{ID: CategoryMenuKind + "." + string(r.Code), Columns: 2}
	offer := func(all []profile.Category) {
		for _, c := range all {
			m.Choices = append(m.Choices, bot.Choice{ID: c.Code, Label: strings.TrimSpace(c.Icon + " " + say.Clip(cmp.Or(c.Short, c.Name), 40)),
				Also: strings.Join([]string{c.Short, c.ShortEN, c.Name, c.NameEN}, "|")})
		}
	}
	back := bot.Choice{ID: OtherPage, Label: "☰ Semua kategori", Also: "semua|kembali|lain|yang lain"}
	if near, ok := strings.CutPrefix(page, nearPage); ok {
		codes := strings.Split(near, ",")
		offer(slices.DeleteFunc(p.Offered(), func(c profile.Category) bool { return !slices.Contains(codes, c.Code) }))
		m.Choices = append(m.Choices, back)
		return m
	}
	if all := p.InGroup(page); page != "" && len(all) > 0 {
		offer(all)
		m.Choices = append(m.Choices, back)
		return m
	}
	for _, g := range p.Groups {
		if all := p.InGroup(g.Code); len(all) == 1 { // a group of one needs no page of its own
			offer(all)
			continue
		}
		m.Choices = append(m.Choices, bot.Choice{ID: OtherPage + g.Code, Label: strings.TrimSpace(g.Icon + " " + say.Clip(g.Name, 40)),
			Also: strings.Join(append([]string{g.NameEN}, g.Words...), "|")})
	}
	if len(p.Groups) == 0 {
		offer(p.Offered())
	}
	return m
}

// FindCategory reads a category as people name it: by its names and key words, whole or in part, by a group's name, with a
// slip of the pen. code is "" where that is not clear; near are those it might be then.
func FindCategory(p *profile.Profile, text string) (code string, near []string) {
	whole := bot.Fold(text)
	s := essence(whole)
	if len(s.words) == 0 {
		return "", nil
	}
	same := func(name string) bool { return bot.Fold(name) == whole || bot.Fold(name) == s.said }
	within := func(name string) bool { return strings.Contains(" "+s.said+" ", " "+bot.Fold(name)+" ") }
	alike := func(name string) bool { return Alike(s.said, bot.Fold(name)) }
	named := func(c profile.Category) bool {
		return slices.ContainsFunc(p.Groups, func(g profile.Group) bool {
			return g.Code == c.Group && (same(g.Name) || same(g.NameEN) || slices.ContainsFunc(g.Words, same))
		})
	}
	begins := func(has, said string) bool { return len(said) >= 4 && strings.HasPrefix(has, said) }
	is := func(fits func(name string) bool, names func(profile.Category) []string) func(profile.Category) bool {
		return func(c profile.Category) bool { return slices.ContainsFunc(names(c), fits) }
	}
	keywords := func(c profile.Category) []string { return c.Keywords }
	either := func(c profile.Category) []string { return append(calls(c), c.Keywords...) }
	// Of a category that fits alone each way is sure or not. A name that is said as it stands may have a "bukan" of its own.
	for _, way := range []struct {
		fits        func(profile.Category) bool
		sure, exact bool
	}{
		{is(same, calls), true, true},
		{is(same, keywords), true, true},
		{func(c profile.Category) bool { return named(c) || s.all(c, begins) }, true, false},
		{is(within, either), false, false},
		{is(alike, either), true, false},
		{func(c profile.Category) bool { return s.all(c, func(has, w string) bool { return Alike(w, has) }) }, false, false},
	} {
		found := slices.DeleteFunc(p.Offered(), func(c profile.Category) bool { return !way.fits(c) })
		switch {
		case len(found) == 1 && s.denied && !way.exact: // all that is known is what it is not
			return "", nil
		case len(found) == 1 && way.sure:
			return found[0].Code, nil
		}
		for _, c := range found {
			near = append(near, c.Code)
		}
		if len(near) > 0 {
			return "", near[:min(len(near), mostNear)]
		}
	}
	return "", nil
}

// naming is a category as somebody named it.
type naming struct {
	said   string   // without what people say around it
	words  []string // of it, without what denies
	denied bool     // "bukan lampu jalan" names what it is not
}

// all reports whether each word is one of a category's names and key words, or fits one.
func (s naming) all(c profile.Category, fits func(has, said string) bool) bool {
	words := strings.Fields(bot.Fold(strings.Join(append(calls(c), c.Keywords...), " ")))
	return !slices.ContainsFunc(s.words, func(said string) bool {
		return !slices.ContainsFunc(words, func(has string) bool { return has == said || fits(has, said) })
	})
}

// calls are the names of a category.
func calls(c profile.Category) []string {
	return []string{c.Code, c.Short, c.ShortEN, c.Name, c.NameEN}
}

// essence takes away what people say around a name.
func essence(folded string) (s naming) {
	var said []string
	for w := range strings.FieldsSeq(folded) {
		switch w {
		case "yang", "yg", "benar", "bener", "betul", "tepat", "harusnya", "seharusnya", "mestinya", "harus", "lebih", "ke", "jadi", "menjadi", "jadikan", "masuk", "masuknya",
			"ini", "itu", "adalah", "tentang", "soal", "pak", "bu", "min", "kak", "aja", "saja", "dong", "ya", "tolong", "mohon", "kategori", "kategorinya", "the", "to", "about", "please", "category":
			continue
		case "bukan", "tidak", "jangan", "dudu", "sanes", "not":
			s.denied = true
		default:
			s.words = append(s.words, w)
		}
		said = append(said, w)
	}
	s.said = strings.Join(said, " ")
	return s
}
