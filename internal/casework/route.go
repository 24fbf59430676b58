package casework

import (
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Route is the way of one report through the offices: what the reader guessed first, and who kept it in the end.
type Route struct {
	Report report.ID
	// First is the office whose duty the report was taken for when it was filed; "" when it went to the coordinator to
	// decide.
	First string
	// Last is the office that has it now, or whose duty a person took it for where nobody serves that office; "" is the
	// coordinator.
	Last string
	// Judged says that people have shown what they think of the first guess: the office it named worked on the report, or
	// somebody gave it to another one.
	Judged bool
}

// Right reports whether the first guess was right. It means nothing unless Judged.
func (r Route) Right() bool { return r.First == r.Last }

// RouteOf reads a report's way from all its facts.
func RouteOf(facts []report.Fact) Route {
	var t Trail
	for _, f := range facts {
		t = t.After(f)
	}
	return t.Route()
}

// Taught is the category that a correction teaches: of those the reader had thought of, the first whose duty is the office
// that people gave the report to, else the one category that leads there for these words at that place. ok is false where
// that does not say which it is.
func Taught(p *profile.Profile, r report.Report, way Route) (category string, ok bool) {
	if !way.Judged || way.Right() {
		return "", false
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
