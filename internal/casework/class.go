package casework

import (
	"time"

	"rabeg/internal/deadline"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// classify says of what class a complaint is. The clock that the class has a rule of its own for runs by that rule, from when it began.
func (c *change) classify(a report.Classify) error {
	switch {
	case a.Class != report.Weighty && a.Class != report.Plain && a.Class != report.Unclassed:
		return refuse(Choice, "Pilih: berkadar atau tidak berkadar.")
	case c.was.Kind == report.Wish || c.was.Kind == report.Question:
		return refuse(Choice, "Kadar pengawasan hanya untuk pengaduan; laporan %s adalah %s.", c.was.Code, c.was.Kind)
	case a.Class != c.was.Class:
	case a.Class == report.Unclassed:
		return refuse(Already, "Kadar laporan %s memang belum ditetapkan di sini.", c.was.Code)
	default:
		return refuse(Already, "Laporan %s memang sudah %s.", c.was.Code, ClassName(a.Class))
	}
	c.fact(report.Fact{What: report.WasClassed, Class: a.Class})
	c.card()
	return nil
}

// ClassName is a class in operators' words.
func ClassName(k report.Class) string {
	switch k {
	case report.Weighty:
		return "berkadar pengawasan"
	case report.Plain:
		return "tidak berkadar pengawasan"
	case report.Unclassed:
	}
	return "kadarnya belum ditetapkan"
}

// begin is a clock of a report that begins then, by the rule for reports like it.
func (o *Office) begin(stage profile.Stage, r report.Report, at time.Time) (report.Term, bool) {
	return deadline.BeginFor(o.Profile, stage, deadline.SubjectOf(r), at)
}

// reclassed is a running clock of a report that is of another class now: where the classes have rules of their own, as the rule of the new
// one has it, the zero Term where it has none; ok is false where the clock goes on as it is.
func (o *Office) reclassed(stage profile.Stage, was, now report.Report, t report.Term) (report.Term, bool) {
	if was.Classed() == now.Classed() || !t.Met.IsZero() {
		return t, false
	}
	before, _ := o.begin(stage, was, t.From)
	after, _ := o.begin(stage, now, t.From)
	return after, before.Rule != after.Rule
}
