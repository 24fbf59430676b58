package desk

import (
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// limit is until when something has to be done, and that people were told because it was not.
func (w *cardWriter) limit() {
	r := w.Report
	if !r.Status.Open() {
		return
	}
	late := ""
	if f, ok := lastOf(w.Facts, report.WasClocked); ok && f.Step >= report.Breach {
		if t, ok := r.TermOf(f.Stage); ok && t.Runs() {
			late = " 🔴 lewat"
		}
	}
	switch finish, ok := r.TermOf(string(profile.Finish)); {
	case r.Answered.IsZero() && !r.Due.IsZero():
		w.line("Batas jawab: %s%s", officeClock(r, r.Due, w.Profile), late)
	case r.Reopens > 0:
		if t, ok := r.TermOf(string(profile.Answer)); ok && t.Runs() {
			w.line("Batas jawab: %s%s", officeClock(r, t.Due, w.Profile), late)
			return
		}
		fallthrough
	case ok && finish.Runs():
		if finish.Runs() {
			w.line("Batas selesai: %s%s", officeClock(r, finish.Due, w.Profile), late)
		}
	}
}
