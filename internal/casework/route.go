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

// Trail is a report's way as far as its facts go: what has to be kept of them to follow it further, one fact at a time.
type Trail struct {
	Report      report.ID
	First, Last string // as in Route
	// Owned says that an office has it, not the coordinator; Worked that somebody worked on it since it was last moved, if
	// it ever was: Moved.
	Owned, Worked, Moved bool
}

// After is the trail after one more fact.
func (t Trail) After(f report.Fact) Trail {
	switch f.What {
	case report.WasFiled:
		t.Report, t.First, t.Last = f.Report, f.Agency, f.Agency
	case report.WasAssigned:
		t.Owned = f.Agency != ""
	case report.WasForwarded:
		t.Owned, t.Last, t.Worked, t.Moved = f.Agency != "", f.Agency, false, true
		if f.Meant != "" {
			t.Last = f.Meant
		}
	case report.WasReturned:
		t.Owned, t.Last, t.Worked, t.Moved = false, "", false, true
	case report.WasTaken, report.WasAnswered, report.WasAsked, report.WasPlanned, report.WasResolved, report.WasRejected:
		t.Worked = t.Worked || t.Owned
	}
	return t
}

// Route is what the trail says. An office that was guessed and has not touched the report yet has not judged; neither has a
// coordinator who keeps a report that nobody was found for, or who answers for an office without operators.
func (t Trail) Route() Route {
	r := Route{Report: t.Report, First: t.First, Last: t.Last}
	switch {
	case t.First == "":
		r.Judged = false // there was no guess
	case !t.Moved:
		r.Judged = t.Worked
	case t.Last == "":
		r.Judged = false // on its way: the coordinator may yet give it back
	default:
		r.Judged = true
	}
	return r
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
