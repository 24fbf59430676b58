package profile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// check judges a profile that could be read.
func (l *loader) check(p *Profile) {
	l.checkHead(p)
	l.checkAgencies(p)
	l.checkCategories(p)
	l.checkMenu(p)
	l.checkMatters(p)
	l.checkClocks(p)
	l.checkRejections(p)
	l.checkCanned(p)
	l.checkQuestions(p)
	l.checkLists(p)
	l.checkOwners(p)
	l.checkManners(p.WhatsApp)
	l.checkBounds(p.Bounds)
	l.checkReopen(p.Reopen, "")
	l.checkKeeping(p.Keeping)
	l.checkDisposition(p.Disposition)
	l.checkLadder(p.Ladder)
	l.checkHelp(p)
	l.checkDuties(p)
	l.checkLapor(p)
}

func (l *loader) checkManners(m Manners) {
	for key, p := range map[string]Pause{"chat_pause": m.ChatPause, "notice_pause": m.NoticePause} {
		if p.From < 0 || p.To < p.From || p.To == 0 || p.To > 3600 {
			l.wrong(fmt.Sprintf("whatsapp.%s must go from one number of seconds up to another, at most 3600, not from %g to %g", key, p.From, p.To),
				key+": {from: 1, to: 2}", "whatsapp."+key, "whatsapp")
		}
	}
	for key, n := range map[string]int{"per_minute": m.PerMinute, "per_day": m.PerDay} {
		if n < 1 {
			l.wrong(fmt.Sprintf("whatsapp.%s must be 1 or more, not %d", key, n), key+": 20", "whatsapp."+key, "whatsapp")
		}
	}
}

func (l *loader) checkBounds(b Bounds) {
	for _, f := range []struct {
		key      string
		n, usual int
		most     int
	}{{"open", b.Open, 30, 100_000}, {"per_hour", b.PerHour, 10, 100_000}, {"additions_per_hour", b.Additions, 15, 100_000},
		{"mute_days", b.MuteDays, 7, 366}, {"block_days", b.BlockDays, 30, 366}} {
		if f.n < 0 || f.n > f.most {
			l.wrong(fmt.Sprintf("bounds.%s must be a number from 0 to %d, not %d", f.key, f.most, f.n), fmt.Sprintf("%s: %d", f.key, f.usual), "bounds."+f.key, "bounds")
		}
	}
}

// checkReopen bounds for how many days a closed report may be opened again, in the city or in one of its categories.
func (l *loader) checkReopen(days int, at string) {
	const most = 366
	if days >= 0 && days <= most {
		return
	}
	l.wrong(fmt.Sprintf("%sreopen_days must be a number of days from 0 to %d, not %d", at, most, days), "reopen_days: 30", at+"reopen_days", strings.TrimSuffix(at, "."))
}

// checkDisposition bounds when who was handed a report is reminded.
func (l *loader) checkDisposition(d Disposition) {
	for _, f := range []struct {
		key            string
		n, usual, most int
	}{{"percent", d.Percent, 50, 90}, {"least_hours", d.Least, 4, 720}, {"most_hours", d.Most, 24, 720}} {
		if f.n < 0 || f.n > f.most {
			l.wrong(fmt.Sprintf("disposition.%s must be a number from 0 to %d, not %d", f.key, f.most, f.n), fmt.Sprintf("%s: %d", f.key, f.usual), "disposition."+f.key, "disposition")
		}
	}
}

// checkKeeping sees that everything has an end, and none so soon that a case could not be looked into any more.
func (l *loader) checkKeeping(k Keeping) {
	const most = 3650
	for _, f := range []struct {
		key         string
		days, least int
	}{{"reports", k.Reports, 30}, {"letters", k.Letters, 7}, {"stumbles", k.Stumbles, 1}} {
		if f.days < f.least || f.days > most {
			l.wrong(fmt.Sprintf("keeping.%s must be %d to %d days, not %d", f.key, f.least, most, f.days),
				fmt.Sprintf("%s: %d", f.key, max(f.least, 365)), "keeping."+f.key, "keeping")
		}
	}
}

func (l *loader) checkHead(p *Profile) {
	for _, f := range []struct{ key, value, example string }{
		{"id", p.ID, "id: serang"}, {"city", p.City, "city: Kota Serang"},
		{"government", p.Government, "government: Pemerintah Kota Serang"}, {"product", p.Product, "product: Rabeg"},
		{"coordinator", p.Coordinator, "coordinator: Diskominfo"},
	} {
		if f.value == "" {
			l.wrong(f.key+" is missing or empty", f.example, f.key)
		}
	}
	if !regexp.MustCompile(`^[A-Z]{2,4}$`).MatchString(p.Prefix) {
		l.wrong(fmt.Sprintf("prefix must be 2 to 4 capital letters, not %q", p.Prefix), "prefix: SRG", "prefix")
	}
	if _, err := zone(p.Zone); err != nil {
		l.wrong(fmt.Sprintf("there is no time zone %q", p.Zone), "zone: Asia/Jakarta", "zone")
	}
	if len(p.Emergency) == 0 {
		l.wrong("no emergency number is given", `emergency: [{number: "112", name: Serang Siaga 112}]`, "emergency")
	}
	number := regexp.MustCompile(`^\+?[0-9][0-9 ()-]{1,18}$`)
	for i, e := range p.Emergency {
		at := fmt.Sprintf("emergency[%d]", i)
		if !number.MatchString(e.Number) {
			l.wrong(fmt.Sprintf("%q is no number to call", e.Number), `number: "112"`, at+".number", at)
		}
		if e.Name == "" {
			l.wrong("an emergency number needs a name", "name: Serang Siaga 112", at+".name", at)
		}
	}
}

func (l *loader) checkAgencies(p *Profile) {
	code := regexp.MustCompile(`^[A-Z0-9]+(-[A-Z0-9]+)*$`)
	outside, emergency := 0, 0
	served := map[string]string{}
	l.checkCalls(p)
	for _, a := range p.Agencies {
		at := "agencies[" + a.Code + "]"
		if !code.MatchString(a.Code) || a.Code == District {
			l.wrong(fmt.Sprintf("an agency's code is capital letters, digits and hyphens, not %q", a.Code), "code: KEC-SERANG", at+".code")
		}
		l.checkCode(a.Code, at)
		l.checkFacts(a, at)
		if a.Name == "" || a.Short == "" {
			l.wrong(fmt.Sprintf("agency %s needs a name and a short name", a.Code), "short: Dishub", either(a.Name == "", at+".name", at+".short"), at)
		}
		if a.Outside {
			outside++
		}
		if a.Emergency {
			emergency++
		}
		if a.District == "" {
			continue
		}
		if other := served[a.District]; other != "" {
			l.wrong(fmt.Sprintf("kecamatan %s is served by %s and %s", a.District, other, a.Code), "one office per kecamatan", at+".district")
		}
		served[a.District] = a.Code
		if !slices.ContainsFunc(p.Areas, func(k Area) bool { return k.District == a.District }) && len(p.Areas) > 0 {
			l.wrong(fmt.Sprintf("no kelurahan of the areas file lies in kecamatan %q", a.District), `district: "36.73.01"`, at+".district")
		}
	}
	if outside != 1 && !l.taintedEnd(".outside") {
		l.wrong(fmt.Sprintf("exactly one agency must be marked outside, not %d", outside), "- {code: LUAR, outside: true, …}", "agencies")
	}
	if emergency > 1 {
		l.wrong(fmt.Sprintf("at most one agency may be marked emergency, not %d", emergency), `- {code: "112", emergency: true, …}`, "agencies")
	}
	l.checkDistricts(p, served)
}

// checkCalls sees that no two agencies answer to one name: operators forward by it.
func (l *loader) checkCalls(p *Profile) {
	calls := map[string]string{}
	for _, a := range p.Agencies {
		for _, name := range append([]string{a.Code, a.Short, a.Name}, a.Aliases...) {
			key := fold(name)
			if other := calls[key]; other != "" && other != a.Code {
				l.wrong(fmt.Sprintf("%q calls both %s and %s", name, other, a.Code), "aliases: [Dishub]", "agencies["+a.Code+"].aliases", "agencies["+a.Code+"]")
			}
			calls[key] = a.Code
		}
	}
}

// checkDistricts sees that a category of the kecamatan finds an office wherever it is reported.
func (l *loader) checkDistricts(p *Profile, served map[string]string) {
	needed := slices.ContainsFunc(p.Categories, func(c Category) bool { return c.Agency == District })
	if !needed {
		return
	}
	said := map[string]bool{}
	for _, a := range p.Areas {
		if served[a.District] == "" && !said[a.District] {
			said[a.District] = true
			l.wrong(fmt.Sprintf("kecamatan %s (%s) has no agency, and categories go to KECAMATAN", a.DistrictName, a.District),
				fmt.Sprintf("- {code: KEC-…, district: %q}", a.District), "agencies")
		}
	}
}

func (l *loader) checkCategories(p *Profile) {
	if len(p.Categories) == 0 {
		l.wrong("there are no categories", "include: [../common/categories.yaml]", "categories")
	}
	code := regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)
	for _, c := range p.Categories {
		at := "categories[" + c.Code + "]"
		if !code.MatchString(c.Code) {
			l.wrong(fmt.Sprintf("a category's code is small letters, digits and underscores, not %q", c.Code), "code: jalan_jembatan", at+".code")
		}
		l.checkCode(c.Code, at)
		l.checkReopen(c.Reopen, at+".")
		if c.Name == "" || c.NameEN == "" {
			l.wrong(fmt.Sprintf("category %s needs a name in Indonesian and in English", c.Code), "name_en: Roads and bridges", either(c.Name == "", at+".name", at+".name_en"), at)
		}
		if _, said := l.spots[at+".agency"]; !said {
			l.wrong(fmt.Sprintf(`category %s does not say whose duty it is ("" for nobody's)`, c.Code), "agency: DPUPR", at+".agency", at)
		}
		if len(c.Keywords) == 0 {
			l.wrong(fmt.Sprintf("category %s has no key words", c.Code), "keywords: [jalan rusak, lubang]", at+".keywords", at)
		}
		for i, w := range c.Keywords {
			if fold(w) == " " {
				l.wrong(fmt.Sprintf("a key word of %s is empty", c.Code), "keywords: [jalan rusak]", fmt.Sprintf("%s.keywords[%d]", at, i), at+".keywords")
			}
		}
		for i, r := range c.Rules {
			if len(foldAll(r.Words)) == 0 {
				l.wrong(fmt.Sprintf("a rule of %s has no words", c.Code), "- {words: [gang], agency: DPRKP}", fmt.Sprintf("%s.rules[%d]", at, i), at)
			}
		}
	}
}

func (l *loader) checkLists(p *Profile) {
	for i, h := range p.Holidays {
		if _, err := time.Parse(time.DateOnly, h); err != nil {
			l.wrong(fmt.Sprintf("a holiday is a day, not %q", h), "2026-12-25", fmt.Sprintf("holidays[%d]", i))
		}
	}
	for i, n := range p.Neighbours {
		at := fmt.Sprintf("neighbours[%d]", i)
		if n.Name == "" || len(n.Points) == 0 {
			l.wrong("a neighbour needs a name and points", "- {name: Kota Cilegon, points: [[-6.01, 106.05]]}", at)
		}
		for k, name := range n.Names {
			if len(fold(name)) < 3 {
				l.wrong(fmt.Sprintf("%q is no name of a place", name), "names: [Kragilan, Ciruas]", fmt.Sprintf("%s.names[%d]", at, k))
			}
		}
		for k, q := range n.Points {
			if !(q[0] >= -90 && q[0] <= 90 && q[1] >= -180 && q[1] <= 180) {
				l.wrong(fmt.Sprintf("%g, %g is no point in degrees", q[0], q[1]), "[-6.01, 106.05]", fmt.Sprintf("%s.points[%d]", at, k))
			}
		}
	}
}
