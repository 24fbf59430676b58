package casework

import (
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Imported is a report as an export of LAPOR! tells it. Nobody knows who filed it.
type Imported struct {
	ID    report.ID
	Code  report.Code
	Cause string // of this report alone
	Draft report.Draft
	// Filed is when it came in there, At is now.
	Filed, At time.Time
	// Office is the office that LAPOR! gave it to, "" where the matter has to tell.
	Office string
	Mirror report.Mirror
	Served func(agency string) bool
}

// Import opens a report that came in elsewhere. From then on it lives like any other: its office has it, or the coordinator. What is over
// there already is kept as such, and shows no card.
func (o *Office) Import(in Imported) (report.Report, ledger.Batch) {
	d := in.Draft
	duty, why := in.Office, "instansi di LAPOR!"
	if in.Office == "" {
		duty, why = o.Profile.OfficeAt(d.Category, d.Text, d.Place.District, d.Abroad())
	}
	system := report.Actor{Role: report.System}
	filed := report.Fact{What: report.WasFiled, At: in.Filed, By: report.Actor{Role: report.Citizen}, Words: d.Text, Category: d.Category, Place: &d.Place,
		Owner: o.ownerOf(d.Category, d.Text, d.Place.District)}
	if in.Office == "" {
		filed.Agency = duty // a guess of ours, that people may put right
	}
	facts := []report.Fact{filed}
	switch {
	case o.canOwn(duty) && served(in.Served, duty):
		facts = append(facts, report.Fact{What: report.WasAssigned, At: in.At, By: system, Agency: duty, Words: why})
	case in.Office != "":
		facts = append(facts, report.Fact{What: report.WasForwarded, At: in.At, By: system, Meant: duty, Words: why})
	}
	if in.Mirror.Number != "" {
		facts = append(facts, report.Fact{What: report.WasLinked, At: in.At, By: system, Foreign: &report.Foreign{Source: report.Lapor, Number: in.Mirror.Number}})
	}
	r := report.Report{ID: in.ID, Code: in.Code, Draft: d, Lang: "id", Due: o.due(d, in.Filed)}
	r = report.Origin(r)
	for i := range facts {
		facts[i].Report, facts[i].Seq = in.ID, i+1
		r = report.Apply(r, facts[i])
	}
	m := in.Mirror
	f := report.Fact{Report: in.ID, Seq: r.Rev + 1, At: in.At, By: system, What: report.WasMirrored, Mirror: &m, Turn: o.TurnOf(r, m.Means), Words: m.Why}
	facts = append(facts, f)
	r = report.Apply(r, f)
	var timer []ledger.Change
	if r.Status.Working() { // its clocks have run since it came in there
		r, timer = o.clocked(r, facts)
	}

	b := ledger.Batch{At: in.At, Changes: append([]ledger.Change{ledger.Opened{Cause: in.Cause, Report: r, Facts: facts}}, timer...)}
	if r.Status.Working() {
		b.Letters = o.cardLetters(r, facts)
	}
	return r, b
}
