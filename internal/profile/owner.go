package profile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Owner is somebody outside the government whose duty some matters are: PLN, the province, the police. It owns no report:
// people are told its door, and the coordinator follows what was handed over to it.
type Owner struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"`
	// Short is how people call it, Aliases are what else they call it.
	Short   string   `yaml:"short"`
	Aliases []string `yaml:"aliases"`
	// About is what it looks after, as a sentence goes on: "listrik di rumah, tiang dan kabelnya".
	About   string `yaml:"about"`
	AboutEN string `yaml:"about_en"`
	// Words are what a matter is known by that no border rule decides about; it is not where one of Unless stands in it.
	Words  []string `yaml:"words"`
	Unless []string `yaml:"unless"`
	Door   Door     `yaml:"door"`
}

// Door is where people are served by somebody outside the government. Its zero value says that none is known that can be
// trusted: no number is better than a wrong one.
type Door struct {
	Phone    string `yaml:"phone"`
	WhatsApp string `yaml:"whatsapp"`
	App      string `yaml:"app"`
	Web      string `yaml:"web"`
	// Checked is the day on which somebody saw that it is right ("2026-11-01"), Source where.
	Checked string `yaml:"checked_on"`
	Source  string `yaml:"source"`
}

// fresh is how long a door is believed without "check first".
const fresh = 365 * 24 * time.Hour

// Known reports whether there is any way in.
func (d Door) Known() bool { return d.Phone != "" || d.WhatsApp != "" || d.App != "" || d.Web != "" }

// Day is the day on which the door was seen to be right; zero where that is not known.
func (d Door) Day() time.Time {
	day, err := time.Parse(time.DateOnly, d.Checked)
	if err != nil {
		return time.Time{}
	}
	return day
}

// Stale reports whether people should check the door first: it was seen to be right more than a year before at.
func (d Door) Stale(at time.Time) bool { return d.Known() && at.Sub(d.Day()) > fresh }

// Owner finds somebody outside the government by code.
func (p *Profile) Owner(code string) (Owner, bool) {
	i := slices.IndexFunc(p.Owners, func(o Owner) bool { return o.Code == code })
	if i < 0 || code == "" {
		return Owner{}, false
	}
	return p.Owners[i], true
}

// Calls are all that people call an owner by.
func (o Owner) Calls() []string { return append([]string{o.Code, o.Short, o.Name}, o.Aliases...) }

// OwnerOf says whose duty a report is that is not the government's: the owner that the border rule names which decides; where no
// rule does, the first whose words stand in the text. ok is false where an office of the government has the duty, or nobody knows.
func (p *Profile) OwnerOf(category, text, district string) (Owner, bool) {
	office, _ := p.Office(category, text, district)
	if a, ok := p.Agency(office); !ok || !a.Outside {
		return Owner{}, false
	}
	said := fold(text)
	if r, _, ok := p.ruled(category, said); ok { // it says whose it is, or that nobody here is known for it
		return p.Owner(r.owner)
	}
	for i, o := range p.Owners {
		if _, ok := p.owned(i).in(said); ok {
			return o, true
		}
	}
	return Owner{}, false
}

// Fits reports whether a matter may be an owner's: the report speaks of what the owner is known by, a border rule of its category names an
// owner who is known by nothing else, or the officer who hands it over does, by more than the name. Of whom nothing is known, everything may be.
func (p *Profile) Fits(code, category, text, why string) bool {
	o, ok := p.Owner(code)
	if !ok {
		return true
	}
	known := len(o.Words) > 0
	for _, c := range p.Categories {
		for _, r := range c.Rules {
			if r.Owner != code {
				continue
			}
			if c.Code == category && len(o.Words) == 0 {
				return true
			}
			known = true
			if _, ok := compile([]Rule{r})[0].in(fold(text)); ok {
				return true
			}
		}
	}
	if !known {
		return true
	}
	if _, ok := o.rule().in(fold(text)); ok {
		return true
	}
	named := foldAll(o.Calls())
	r := o.rule()
	r.words = slices.DeleteFunc(r.words, func(w string) bool { return slices.Contains(named, w) })
	_, ok = r.in(fold(why))
	return ok
}

// rule is an owner's words as they are looked for.
func (o Owner) rule() rule {
	return rule{words: foldAll(o.Words), unless: foldAll(o.Unless), owner: o.Code}
}

// owned is the rule of the owner at a place in the list.
func (p *Profile) owned(i int) rule {
	if len(p.index.owned) == len(p.Owners) {
		return p.index.owned[i]
	}
	return p.Owners[i].rule()
}

// in finds the word of a rule that decides about a folded text.
func (r rule) in(said string) (word string, ok bool) {
	word, ok = subject(said, r.words)
	stands := func(w string) bool { return strings.Contains(said, w) }
	return word, ok && !slices.ContainsFunc(r.unless, stands) && (len(r.with) == 0 || slices.ContainsFunc(r.with, stands))
}

// ruled is the border rule of a category that decides about a folded text, and the word of it that stands there.
func (p *Profile) ruled(category, said string) (rule, string, bool) {
	rules := p.index.rules[category]
	if p.index.rules == nil {
		c, _ := p.Category(category)
		rules = compile(c.Rules)
	} else if !anyWord(said, p.index.begins[category]) { // most texts have none
		return rule{}, "", false
	}
	for _, r := range rules {
		if word, ok := r.in(said); ok {
			return r, word, true
		}
	}
	return rule{}, "", false
}

// checkOwners sees that those outside have names of their own, and doors that somebody saw to be right.
func (l *loader) checkOwners(p *Profile) {
	code := regexp.MustCompile(`^[A-Z0-9]+(-[A-Z0-9]+)*$`)
	calls := map[string]string{}
	for _, a := range p.Agencies {
		for _, name := range append([]string{a.Code, a.Short, a.Name}, a.Aliases...) {
			calls[fold(name)] = "agency " + a.Code
		}
	}
	for _, o := range p.Owners {
		at := "owners[" + o.Code + "]"
		if !code.MatchString(o.Code) {
			l.wrong(fmt.Sprintf("an owner's code is capital letters, digits and hyphens, not %q", o.Code), "code: PLN", at+".code", at)
		}
		l.checkCode(o.Code, at)
		if o.Name == "" || o.Short == "" {
			l.wrong(fmt.Sprintf("owner %s needs a name and a short name", o.Code), "short: PLN", either(o.Name == "", at+".name", at+".short"), at)
		}
		if o.About == "" || o.AboutEN == "" {
			l.wrong(fmt.Sprintf("owner %s does not say what it looks after, in Indonesian and in English", o.Code), "about: listrik di rumah",
				either(o.About == "", at+".about", at+".about_en"), at)
		}
		for _, name := range o.Calls() {
			key := fold(name)
			if other := calls[key]; key != " " && other != "" && other != "owner "+o.Code {
				l.wrong(fmt.Sprintf("%q calls both %s and owner %s", name, other, o.Code), "aliases: [perusahaan listrik]", at+".aliases", at)
			}
			calls[key] = "owner " + o.Code
		}
		l.checkDoor(o, at)
	}
	l.checkOwned(p)
}

func (l *loader) checkDoor(o Owner, at string) {
	d, at := o.Door, at+".door"
	number := regexp.MustCompile(`^\+?[0-9][0-9 ()-]{1,18}$`)
	for _, n := range []struct{ key, value string }{{"phone", d.Phone}, {"whatsapp", d.WhatsApp}} {
		if n.value != "" && !number.MatchString(n.value) {
			l.wrong(fmt.Sprintf("%q of owner %s is no number to call", n.value, o.Code), n.key+`: "123"`, at+"."+n.key, at)
		}
	}
	if d.Web != "" && !strings.HasPrefix(d.Web, "https://") {
		l.wrong(fmt.Sprintf("the page of owner %s must begin with https://, not %q", o.Code, d.Web), "web: https://www.lapor.go.id", at+".web", at)
	}
	if !d.Known() {
		return
	}
	if d.Day().IsZero() {
		l.wrong(fmt.Sprintf("the door of owner %s needs the day on which it was seen to be right, not %q", o.Code, d.Checked), "checked_on: 2026-11-01", at+".checked_on", at)
	}
	if d.Source == "" {
		l.wrong(fmt.Sprintf("the door of owner %s does not say where it was seen", o.Code), "source: situs pln.co.id", at+".source", at)
	}
}

// checkOwned sees that border rules name owners that there are. A shared rule may name one that a city does not list: people
// are told no door then.
func (l *loader) checkOwned(p *Profile) {
	known := make([]string, 0, len(p.Owners))
	for _, o := range p.Owners {
		known = append(known, o.Code)
	}
	missing := map[string]bool{}
	for _, e := range l.doc.Categories {
		for list, rules := range map[string][]Rule{"add_rules": e.AddRules, "rules": e.Rules} {
			for i, r := range rules {
				at := fmt.Sprintf("categories[%s].%s[%d]", e.Code, list, i)
				a, ok := p.Agency(r.Agency)
				own := strings.HasPrefix(l.at(at+".owner").file, l.dir+"/")
				switch {
				case r.Owner == "", !own && !a.Outside: // a role may lead elsewhere here
				case own && ok && !a.Outside:
					l.wrong(fmt.Sprintf("a rule of %s names the owner %s and an agency of the government: an owner stands where the agency is outside", e.Code, r.Owner),
						"agency: LUAR", at+".owner", at)
				case slices.Contains(known, r.Owner):
				case own:
					l.wrong(fmt.Sprintf("a rule of %s names the owner %q, which there is not%s", e.Code, r.Owner, mean(r.Owner, known)), "owner: PLN", at+".owner", at)
				default:
					missing[r.Owner] = true
				}
			}
		}
	}
	codes := make([]string, 0, len(missing))
	for code := range missing {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	if len(codes) > 0 {
		l.note("nobody is listed under owners as "+strings.Join(codes, ", ")+": citizens are told no door for what is theirs",
			fmt.Sprintf("owners: [{code: %s, name: …, short: …, about: …, about_en: …}]", codes[0]), "owners", "include")
	}
}

// outsiders tells in a line who is listed outside the government, and how old what is known of their doors may be.
func (p *Profile) outsiders() string {
	none, oldest := 0, ""
	for _, o := range p.Owners {
		switch d := o.Door; {
		case !d.Known():
			none++
		case oldest == "" || d.Checked < oldest:
			oldest = d.Checked
		}
	}
	says := fmt.Sprintf("%d outside", len(p.Owners))
	if none > 0 {
		says += fmt.Sprintf(", %d of them without a door", none)
	}
	if oldest != "" {
		says += ", the oldest door checked " + oldest
	}
	return says
}
