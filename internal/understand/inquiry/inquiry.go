// Package inquiry tells a question about an office or a service ("kantor capil di mana, buka jam berapa", "syarat akta lahir apa aja")
// from a complaint that only sounds like one, and finds the answer that was given to it before. It is pure.
//
// Of a text in which anything is amiss it says nothing: a complaint that is answered like a question is lost.
package inquiry

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
)

// Want is what is wanted; several may be.
type Want uint8

// The wants.
const (
	Phone Want = 1 << iota
	Address
	Hours
	When
	How
	Cost
)

// Has reports whether one of some wants is among these.
func (w Want) Has(some Want) bool { return w&some != 0 }

// Inquiry is a question.
type Inquiry struct {
	Wants Want
	// Agency is the office that it names, "" for none; Owner somebody outside the government that it names. Rescue says that it is
	// about who comes in a danger: fire brigade, ambulance.
	Agency, Owner string
	Rescue        bool
	// Service says that it is about what an office does for people, and not about a thing that lies somewhere.
	Service bool
}

// Named reports whether it says whom it is about.
func (q Inquiry) Named() bool { return q.Agency != "" || q.Owner != "" || q.Rescue }

// Lexicon knows the names of one government.
type Lexicon struct {
	profile          *profile.Profile
	agencies, owners map[string]string // folded name to code
	longest          int               // words of the longest name
}

// New takes the names out of a profile.
func New(p *profile.Profile) *Lexicon {
	lx := &Lexicon{profile: p, agencies: map[string]string{}, owners: map[string]string{}}
	put := func(to map[string]string, code string, names ...string) {
		for _, n := range names {
			key := plain(n)
			if len(key) < 2 || to[key] != "" {
				continue
			}
			if a, _ := p.Agency(code); a.District != "" && !strings.HasPrefix(key, "kecamatan ") {
				continue // the name alone is a place
			}
			to[key] = code
			lx.longest = max(lx.longest, len(strings.Fields(key)))
		}
	}
	for _, a := range p.Agencies {
		if a.Outside || a.Emergency {
			continue
		}
		names := append([]string{a.Code, a.Short, a.Name, strings.TrimSuffix(a.Name, " "+p.City)}, a.Aliases...)
		put(lx.agencies, a.Code, names...)
		for _, n := range names {
			if rest, ok := strings.CutPrefix(plain(n), "dinas "); ok && strings.Contains(rest, " ") {
				put(lx.agencies, a.Code, rest)
			}
		}
	}
	for english, local := range englishNames() {
		if code := lx.agencies[local]; code != "" {
			put(lx.agencies, code, english)
		}
	}
	for _, o := range p.Owners {
		put(lx.owners, o.Code, append([]string{o.Short, o.Name}, o.Aliases...)...)
	}
	return lx
}

// plain is a text in folded words, those that mean the same written alike.
func plain(s string) string { return strings.Join(words(s), " ") }

func words(s string) []string {
	out := strings.Fields(bot.Fold(s))
	for i, w := range out {
		if same := alike[w]; same != "" {
			out[i] = same
		} else if stem := strings.TrimSuffix(w, "nya"); len(stem) > 2 {
			if same := alike[stem]; same != "" {
				stem = same
			}
			out[i] = stem
		}
	}
	return out
}

const (
	most    = 18  // words of a question; who writes more tells something
	letters = 160 // letters of it
	// terse is how many words need no word that asks.
	terse = 5
)

// Read reads a question; ok is false for all else: a text that asks nothing, and one in which something is amiss.
func (lx *Lexicon) Read(text string) (q Inquiry, ok bool) {
	text = strings.TrimSpace(text)
	ws := words(text)
	if len(ws) < 2 || len(ws) > most || len(text) > letters || amiss(ws) {
		return q, false
	}
	lx.name(ws, &q)
	short := q.Named() && len(ws) <= terse && !strings.ContainsAny(text, "0123456789") // "no telp dishub dong", but no address
	q.Wants = wants(ws, short || strings.Contains(text, "?"))
	return q, q.Wants != 0
}

// name finds whom a question names, by the longest name that stands in it.
func (lx *Lexicon) name(ws []string, q *Inquiry) {
	for n := min(lx.longest, len(ws)); n > 0; n-- {
		for i := 0; i+n <= len(ws); i++ {
			key := strings.Join(ws[i:i+n], " ")
			if q.Agency == "" && q.Owner == "" {
				if q.Agency = lx.agencies[key]; q.Agency == "" {
					q.Owner = lx.owners[key]
				}
			}
		}
	}
	for _, w := range ws {
		q.Rescue = q.Rescue || sorts[w]&rescue != 0
		q.Service = q.Service || sorts[w]&service != 0
	}
}

// wants are what the words ask for; mark says that a question mark stands among them.
func wants(ws []string, mark bool) (w Want) {
	has := func(s sort) bool { return slices.ContainsFunc(ws, func(x string) bool { return sorts[x]&s != 0 }) }
	asks := mark || has(asking|begging) || has(not)
	if asks && has(number) || has(calling) && has(where) {
		w |= Phone
	}
	if has(where) && !w.Has(Phone) || asks && has(address) {
		w |= Address
	}
	if has(clock) || asks && has(opening) {
		w |= Hours
	}
	if has(when) && !w.Has(Hours) {
		w |= When
	}
	if has(way) && (asks || len(ws) <= 6) {
		w |= How
	}
	if has(cost) && asks {
		w |= Cost
	}
	return w
}

// amiss reports whether something is told to be wrong, or asked for with reproach. A "tidak" at the end of a text, or of what is asked
// in it, only asks; so does one that tells who asks ("orang tidak mampu"). A price is for a month ("sebulan berapa"), a fine for being late.
func amiss(ws []string) bool {
	priced := slices.ContainsFunc(ws, func(w string) bool { return sorts[w]&cost != 0 })
	// of reports whether a span says what a price is for: "berapa" stands behind it ("sebulan berapa"), or before ("berapa sebulan"), and a fine is
	// for being late. "Berapa bulan" asks how long.
	of := func(i int) bool {
		asked := i+1 < len(ws) && ws[i+1] == "berapa" || i > 0 && ws[i-1] == "berapa" && strings.HasPrefix(ws[i], "se") || slices.Contains(ws, "denda")
		return priced && asked
	}
	for i, w := range ws {
		switch s := sorts[w]; {
		case s&span != 0 && of(i):
		case s&trouble != 0 && (w != "lama" || i == 0 || ws[i-1] != "berapa"):
			return true
		case s&not != 0 && !closes(ws[i+1:]) && ws[i+1] != "mampu" && ws[i+1] != "lapor" && ws[i+1] != "call":
			return true
		}
		for _, stem := range stems {
			if strings.HasPrefix(w, stem) {
				return true
			}
		}
	}
	return false
}

// closes reports whether nothing but courtesies follow.
func closes(ws []string) bool {
	return !slices.ContainsFunc(ws, func(w string) bool { return sorts[w]&courtesy == 0 })
}
