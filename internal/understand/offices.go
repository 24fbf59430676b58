package understand

import (
	"slices"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// AgencyP is an office with the probability that a report is its duty, 0 to 1.
type AgencyP struct {
	Code string  `json:"code"`
	P    float64 `json:"p"`
}

// ruled is how much of a category's probability follows a border rule of the profile; the rest stays with the category's
// own office, because the words of the rule may have been said in passing.
//
// slight is the probability below which the offices a category is often forwarded to are more likely than another
// category.
const (
	slight       = 0.002
	summed       = 12   // categories that are added up
	ruledOutside = 0.75 // to somebody outside the government: words like SMA or PLN are seldom said in passing
	ruledInside  = 0.45 // between two offices of it: words like "perumahan" often only say where
)

// Offices turns a reading into at most three different offices, most probable first: each category's probability goes
// to the office that the profile's map and border rules name for the text, and to the kecamatan office of district (a
// kecamatan code; "" when the place is not known yet: then the code is profile.District). Places that are left are
// filled, with probability 0, by the offices that the first category is often forwarded to, then by what else is thinkable.
func Offices(p *profile.Profile, r Reading, text, district string) []AgencyP {
	if r.Misconduct && len(r.Guesses) > 0 {
		return accused(p, r, text, district)
	}
	guesses := r.All
	if len(guesses) == 0 {
		guesses = r.Guesses
	}
	var out []AgencyP
	add := func(code string, share float64) {
		if code == "" {
			return
		}
		if i := slices.IndexFunc(out, func(a AgencyP) bool { return a.Code == code }); i >= 0 {
			out[i].P += share
			return
		}
		out = append(out, AgencyP{Code: code, P: share})
	}
	tail := len(guesses)
	for i, g := range guesses {
		if i == summed || i > 0 && g.P < slight {
			tail = i
			break
		}
		own, ruledTo := officesOf(p, g, text, district)
		if ruledTo == "" || ruledTo == own {
			add(own, g.P)
			continue
		}
		share := ruledInside
		if a, ok := p.Agency(ruledTo); ok && a.Outside {
			share = ruledOutside
		}
		add(ruledTo, g.P*share)
		add(own, g.P*(1-share))
	}
	sortOffices(out)
	if len(r.All) > 0 { // Guesses are bent already
		bend(len(out), func(i int) *float64 { return &out[i].P })
	}
	if len(guesses) > 0 && len(out) < 3 {
		fillOthers(p, guesses[0].Category, add)
	}
	for i := tail; i < len(guesses) && len(out) < 3; i++ {
		own, _ := officesOf(p, guesses[i], text, district)
		add(own, guesses[i].P)
	}
	out = out[:min(3, len(out))]
	sortOffices(out)
	return out
}

func sortOffices(out []AgencyP) {
	slices.SortStableFunc(out, func(a, b AgencyP) int {
		switch {
		case a.P > b.P:
			return -1
		case a.P < b.P:
			return 1
		}
		return 0
	})
}

// officesOf returns the office of a category for a place, and the one that the text makes of it.
func officesOf(p *profile.Profile, g report.Guess, text, district string) (own, byText string) {
	own, _ = p.Office(g.Category, "", district)
	byText, _ = p.Office(g.Category, text, district)
	if c, ok := p.Category(g.Category); ok && c.Agency == profile.District {
		if own == "" {
			own = profile.District
		}
		if byText == "" {
			byText = own
		}
	}
	return own, byText
}

func fillOthers(p *profile.Profile, category string, add func(string, float64)) {
	c, ok := p.Category(category)
	if !ok {
		return
	}
	for _, o := range c.Others {
		if a, known := p.Agency(o); known && !a.Emergency {
			add(o, 0)
		}
	}
}
