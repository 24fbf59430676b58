package desk

import (
	"time"

	"rabeg/internal/deadline"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// promised says which day the citizen reads, where a limit ends on days off: the office has to be done before them, and is held to the end
// of the first open day behind them. Both are of one limit, and whoever compares them must see why they differ.
func (w *cardWriter) promised(t report.Term) string {
	office, citizen := deadline.ForOffice(w.Profile, t.From, t.Due), deadline.Day(w.Profile, t.Due)
	if office.In(w.Profile.Location()).Format(time.DateOnly) == citizen.Format(time.DateOnly) {
		return ""
	}
	return " (berakhir di hari libur; warga membaca: " + say.For(w.Profile, "id").Day(citizen) + ")"
}

// limit is until when something has to be done, and that people were told because it was not: that goes with the report, whoever gets it.
func (w *cardWriter) limit() {
	r := w.Report
	if !r.Status.Open() {
		return
	}
	late := func(s profile.Stage) string {
		t, ok := r.TermOf(string(s))
		if ok && t.Runs() && (t.Told >= report.Breach || len(w.Facts) > 0 && w.Facts[len(w.Facts)-1].At.After(t.Due)) {
			return " 🔴 lewat" // people were told, or what the card shows last came later
		}
		return ""
	}
	if t, owed := r.Owes(); owed {
		w.line("Batas jawab: %s%s%s", officeClock(t, w.Profile), w.promised(t), late(profile.Answer))
	} else if t, ok := r.TermOf(string(profile.Finish)); ok && t.Runs() {
		w.line("Batas selesai: %s%s", officeClock(t, w.Profile), late(profile.Finish))
	}
}
