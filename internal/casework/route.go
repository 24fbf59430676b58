package casework

import (
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// RouteOf reads a report's way from its facts. An office that was guessed and has not touched the report yet has not
// judged; neither has a coordinator who keeps a report that nobody was found for, or who answers for an office without
// operators.
func RouteOf(facts []report.Fact) ledger.Route {
	var r ledger.Route
	owner, worked, moved := "", false, false
	for _, f := range facts {
		switch f.What {
		case report.WasFiled:
			r.Report, r.First, r.Last = f.Report, f.Agency, f.Agency
		case report.WasAssigned:
			owner = f.Agency
		case report.WasForwarded:
			owner, r.Last, worked, moved = f.Agency, f.Agency, false, true
			if f.Meant != "" {
				r.Last = f.Meant
			}
		case report.WasReturned:
			owner, r.Last, worked, moved = "", "", false, true
		case report.WasCategorised:
			worked = worked || owner != ""
			if f.Meant != "" {
				r.Last, moved = f.Meant, true
			}
		case report.WasTaken, report.WasAnswered, report.WasAsked, report.WasPlanned, report.WasResolved, report.WasRejected:
			worked = worked || owner != ""
		}
	}
	switch {
	case r.First == "":
		r.Judged = false // there was no guess
	case !moved:
		r.Judged = worked
	case r.Last == "":
		r.Judged = false // on its way: the coordinator may yet give it back
	default:
		r.Judged = true
	}
	return r
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
