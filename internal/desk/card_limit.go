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
func (w *cardWriter) promised(due time.Time) string {
	office, citizen := deadline.ForOffice(w.Profile, w.Report.Filed, due), deadline.Day(w.Profile, due)
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
	switch finish, ok := r.TermOf(string(profile.Finish)); {
	case r.Answered.IsZero() && !r.Due.IsZero():
		w.line("Batas jawab: %s%s%s", officeClock(r, r.AnswerDue(), w.Profile), w.promised(r.AnswerDue()), late(profile.Answer))
	case r.Reopens > 0:
		if t, ok := r.TermOf(string(profile.Answer)); ok && t.Runs() {
			w.line("Batas jawab: %s%s%s", officeClock(r, t.Due, w.Profile), w.promised(t.Due), late(profile.Answer))
			return
		}
		fallthrough
	case ok && finish.Runs():
		if finish.Runs() {
			w.line("Batas selesai: %s%s", officeClock(r, finish.Due, w.Profile), late(profile.Finish))
		}
	}
}
