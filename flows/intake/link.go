package intake

import (
	"regexp"
	"strings"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// link reads a map link in a text as a pin, and returns the text without any links. A link that holds no point cannot be
// opened here: the words that a map's app puts beside it are the place; with neither, the way to send a pin is shown.
func (t *telling) link(text string) string {
	if !strings.Contains(text, ":") && !strings.Contains(text, "goo.gl/") {
		return text
	}
	lat, lon, ok, short := t.Finder.Link(text)
	rest := withoutLinks(text)
	switch {
	case ok:
		name := ""
		if t.addressed(rest) {
			name, rest = firstLine(text), ""
		}
		t.where().pin(report.Pin{Lat: lat, Lon: lon}, name)
	case short:
		rest = t.beside(text, rest)
	case !strings.Contains(text, "://"):
		return text
	}
	return rest
}

// beside reads the words beside a link that cannot be opened. What is left of them belongs to the story.
func (t *telling) beside(text, rest string) string {
	if t.n.Form != nil && t.n.Form.Placed {
		return rest
	}
	named := place.LinkName(text)
	if t.addressed(rest) {
		t.where().fromAddress(rest, firstLine(text))
		return ""
	}
	if named != "" && t.where().find(named, "") {
		return rest
	}
	if spotter, ok := t.Finder.(place.Spotter); ok && rest != "" {
		if m, ok := spotter.In(rest); ok && len(m.Candidates) > 0 {
			return rest // the story itself says where
		}
	}
	t.say(t.v.ShortLink())
	if rest == "" && t.n.Form.Empty() {
		t.say(t.v.PinSteps())
		return rest
	}
	t.form().Helped = true // what is asked next tells how a pin is sent
	return rest
}

// fromAddress takes an address as a map's app writes it: the name of the place, its street, its kelurahan.
func (l *locating) fromAddress(words, name string) {
	f := l.form()
	said := say.Clip(words, 300)
	var cs []place.Candidate
	if spotter, ok := l.Finder.(place.Spotter); ok {
		m, _ := spotter.In(words)
		cs = m.Candidates
	}
	if len(cs) == 0 {
		cs = l.Finder.Find(words)
	}
	f.Placed = true
	if l.settle(cs, words, "") {
		named(&f.Place, name)
		if f.Where != nil {
			for i := range f.Where.Options {
				named(&f.Where.Options[i], name)
			}
		}
		return
	}
	f.Place, f.Where = report.Place{Said: said}, nil
}

// named puts a place's own name before its street.
func named(p *report.Place, name string) {
	if name == "" || strings.Contains(bot.Fold(p.Said+" "+p.AreaName), bot.Fold(name)) {
		return
	}
	if p.Said != "" {
		p.Note = strings.TrimSuffix(p.Said+", "+p.Note, ", ")
	}
	p.Said = name
}

// postal codes, plus codes and a kecamatan between commas are what a map's app writes and people hardly do.
var addressRE = regexp.MustCompile(`\b[1-9]\d{4}\b|\b[23456789CFGHJMPQRVWX]{4}\+[23456789CFGHJMPQRVWX]{2,3}\b|,\s*Kec(?:\.|amatan) `)

// addressed tells the words of a map's app beside a link from the story of what is wrong.
func (t *telling) addressed(rest string) bool {
	if rest == "" {
		return false
	}
	if addressRE.MatchString(rest) {
		return true
	}
	rd := t.Reader.Read(rest)
	if len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure || rd.Emergency || rd.NoReport || len(strings.Fields(rest)) > 8 {
		return false
	}
	cs := t.Finder.Find(rest)
	return len(cs) > 0 && cs[0].P >= fits || t.kind() == askPlace || t.kind() == askNewPlace
}

// firstLine is the first line of a text that is no link: the name of the place, where a map's app writes it.
func firstLine(text string) string {
	for line := range strings.Lines(text) {
		if words := withoutLinks(line); words != "" {
			name, _, _ := strings.Cut(words, ",")
			return say.Clip(name, 120)
		}
	}
	return ""
}

func withoutLinks(text string) string {
	words := strings.Fields(text)
	kept := words[:0]
	for _, w := range words {
		if !strings.Contains(w, "://") && !strings.HasPrefix(w, "geo:") && !strings.Contains(w, "goo.gl/") {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}
