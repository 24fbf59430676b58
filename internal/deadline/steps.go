package deadline

import (
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Begin is the term of a stage that begins at a time, by the rules in force on that day; ok is false where the profile has no rule.
func Begin(p *profile.Profile, stage profile.Stage, kind report.Kind, category string, at time.Time) (report.Term, bool) {
	return BeginFor(p, stage, Subject{Kind: kind, Category: category}, at)
}

// BeginFor is Begin for a report that is known whole.
func BeginFor(p *profile.Profile, stage profile.Stage, of Subject, at time.Time) (report.Term, bool) {
	c, ok := PickFor(p, stage, of, at)
	if !ok {
		return report.Term{}, false
	}
	t := report.Term{Stage: string(stage), Rule: c.Name, Source: c.Source, Hours: c.Hours, Days: c.WorkingDays, WorkHours: c.WorkingHours, From: at.UTC()}
	due, ok := Reach(p, c, at, 1)
	t.Due = due.UTC()
	return t, ok
}

// ClockOf is the rule of a term as it was when the term began.
func ClockOf(t report.Term) profile.Clock {
	return profile.Clock{Name: t.Rule, Source: t.Source, Stage: profile.Stage(t.Stage), Hours: t.Hours, WorkingDays: t.Days, WorkingHours: t.WorkHours}
}

// Paused is a term with its due time after pauses. A term whose length nobody knows keeps the time that it has.
func Paused(p *profile.Profile, t report.Term, pauses []Span) report.Term {
	if Length(ClockOf(t)) <= 0 {
		return t
	}
	if due, ok := Reach(p, ClockOf(t), t.From, 1, pauses...); ok {
		t.Due = due.UTC()
	}
	return t
}

// StepAt is when a step of a term is reached. Where the days off have changed since, a reminder never comes after the due time.
func StepAt(p *profile.Profile, t report.Term, s report.Step, urgent bool, pauses ...Span) time.Time {
	l := p.Ladder.WithDefaults()
	switch {
	case s < report.Breach:
		percent := l.First
		if s == report.LastReminder {
			percent = l.Second
		}
		c := ClockOf(t)
		at, ok := Reach(p, c, t.From, float64(percent)/100, pauses...)
		if Length(c) <= 0 || !ok || at.After(t.Due) { // of a term from before its rule was kept
			return t.From.Add(t.Due.Sub(t.From) * time.Duration(percent) / 100)
		}
		return at.UTC()
	case s == report.Breach:
		return t.Due
	case urgent:
		at, _ := Reach(p, profile.Clock{Hours: 24 * daysOver(l, s)}, t.Due, 1, pauses...)
		return at.UTC()
	}
	at, ok := AddWorkingDays(p, t.Due, daysOver(l, s), pauses...)
	if !ok {
		at = t.Due.Add(time.Duration(daysOver(l, s)) * 24 * time.Hour)
	}
	return at.UTC()
}

// widest is how often the pause between two steps beyond the leaders doubles.
const widest = 3

// daysOver is how many working days after the due time a step is. What goes on for long is told less and less often.
func daysOver(l profile.Ladder, s report.Step) int {
	days := l.Leaders
	for k := range int(s - report.Leaders) {
		days += l.Again << min(k, widest)
	}
	return days
}

// Slot is when people are told of something that is so from t on: the first full hour of the office hours. What is urgent waits for
// nothing.
func Slot(p *profile.Profile, t time.Time, urgent bool) time.Time {
	if urgent {
		return t.UTC()
	}
	t = t.In(p.Location())
	for day, i := t, 0; i < idleMost; day, i = midnight(day), i+1 {
		for _, w := range p.Working(day) {
			at := hourFrom(later(w.From, t))
			if at.Before(w.To) {
				return at.UTC()
			}
		}
	}
	return t.UTC()
}

// hourFrom is the first full hour from t on, as t's zone counts hours.
func hourFrom(t time.Time) time.Time {
	full := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), 0, 0, 0, t.Location())
	if full.Before(t) {
		full = full.Add(time.Hour)
	}
	return full
}

// ForOffice is the time to name to an office for a limit: never midnight, and never a time at which the offices are shut for the
// whole day, but the end of the last open day before it. Where the clock began after that, it is when the next open day begins.
func ForOffice(p *profile.Profile, from, due time.Time) time.Time {
	due = due.In(p.Location())
	if due.IsZero() || WorkingDay(p, due) && !due.Equal(midnight(due).AddDate(0, 0, -1)) {
		return due
	}
	day := due.Add(-time.Nanosecond)
	for range idleMost {
		if all := p.Working(day); len(all) > 0 {
			if end := all[len(all)-1].To; end.After(from) {
				return end
			}
			break
		}
		day = midnight(day).AddDate(0, 0, -1).Add(-time.Nanosecond)
	}
	for day, i := due, 0; i < idleMost; day, i = midnight(day), i+1 {
		for _, w := range p.Working(day) {
			if w.To.After(due) {
				return later(w.From, due)
			}
		}
	}
	return due
}
