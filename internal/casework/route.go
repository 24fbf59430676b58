package casework

import (
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// RouteOf reads a report's way from all its facts.
func RouteOf(facts []report.Fact) ledger.Route {
	var t Trail
	for _, f := range facts {
		t = t.After(f)
	}
	return t.Route()
}

// Taught is the category that a correction teaches: the one that people gave the report, else of those the reader had
// thought of the first whose duty is the office that people gave the report to, else the one category that leads there for
// these words at that place. ok is false where that does not say which it is.
func Taught(p *profile.Profile, r report.Report, way ledger.Route) (category string, ok bool) {
	if !way.Judged || way.Right() {
		return "", false
	}
	if office, _ := p.Office(r.Category, r.Text, r.Place.District); office == way.Last {
		return r.Category, true
	}
	for _, g := range r.Guesses {
		if office, _ := p.Office(g.Category, r.Text, r.Place.District); office == way.Last {
			return g.Category, true
		}
	}
	for _, c := range p.Categories {
		if office, _ := p.Office(c.Code, r.Text, r.Place.District); c.Hidden || office != way.Last {
			continue
		}
		if category != "" {
			return "", false
		}
		category = c.Code
	}
	return category, category != ""
}
