package casework

import (
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

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
	case report.WasAssigned, report.WasAdmitted:
		t.Owned = f.Agency != ""
	case report.WasForwarded:
		if f.By.Role == report.System { // for want of officers: nobody has judged
			t.Owned = f.Agency != ""
			return t
		}
		t.Owned, t.Last, t.Worked, t.Moved = f.Agency != "", f.Agency, false, true
		if f.Meant != "" {
			t.Last = f.Meant
		}
	case report.WasTransferred:
		t.Owned, t.Last, t.Worked, t.Moved = false, f.Meant, false, true
	case report.WasReturned:
		t.Owned, t.Last, t.Worked, t.Moved = false, "", false, true
	case report.WasCategorised:
		t.Worked = t.Worked || t.Owned
		if f.Meant != "" {
			t.Last, t.Moved = f.Meant, true
		}
	case report.WasTaken, report.WasAnswered, report.WasAsked, report.WasPlanned, report.WasResolved, report.WasRejected:
		t.Worked = t.Worked || t.Owned
	}
	return t
}

// Route is what the trail says. An office that was guessed and has not touched the report yet has not judged; neither has a
// coordinator who keeps a report that nobody was found for, or who answers for an office without operators.
func (t Trail) Route() ledger.Route {
	r := ledger.Route{Report: t.Report, First: t.First, Last: t.Last}
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
