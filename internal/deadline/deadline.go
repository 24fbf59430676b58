// Package deadline says until when an office has to act: wall hours or working days, holidays, pauses, clocks that change
// over the years. It is pure.
package deadline

import (
	"slices"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Span is a time in which a clock stands still: From is part of it, To is not. A zero To is a pause that goes on.
type Span struct{ From, To time.Time }

// Due says until when the office has to answer a report filed at a time, and the clock it follows from. The time is in
// the profile's zone. A profile that Load accepted always has a clock; without one both are zero.
func Due(p *profile.Profile, kind report.Kind, category string, filed time.Time) (time.Time, profile.Clock) {
	return due(p, profile.Answer, kind, category, filed)
}

// Finished says until when the matter has to be at its end, and the clock it follows from; both are zero when the profile
// sets no such limit.
func Finished(p *profile.Profile, kind report.Kind, category string, filed time.Time) (time.Time, profile.Clock) {
	return due(p, profile.Finish, kind, category, filed)
}

func due(p *profile.Profile, stage profile.Stage, kind report.Kind, category string, filed time.Time) (time.Time, profile.Clock) {
	c, ok := Pick(p, stage, kind, category, filed)
	if !ok {
		return time.Time{}, profile.Clock{}
	}
	at, _ := Reach(p, c, filed, 1)
	return at, c
}

// Pick chooses the clock of a stage that holds for a report: of those in force on the filing day (as the profile's zone
// counts days) and made for its kind and category the most narrow one, and of equally narrow ones the newest.
func Pick(p *profile.Profile, stage profile.Stage, kind report.Kind, category string, filed time.Time) (profile.Clock, bool) {
	return PickFor(p, stage, Subject{Kind: kind, Category: category}, filed)
}

// Subject is what of a report decides about its clocks.
type Subject struct {
	Kind     report.Kind
	Category string
	// Class is what a complaint is taken for, Channel by what it came.
	Class   report.Class
	Channel report.Channel
}

// SubjectOf is that of a report.
func SubjectOf(r report.Report) Subject {
	return Subject{Kind: r.Kind, Category: r.Category, Class: r.Classed(), Channel: r.Channel()}
}

// PickFor is Pick for a report that is known whole.
func PickFor(p *profile.Profile, stage profile.Stage, of Subject, filed time.Time) (profile.Clock, bool) {
	day := filed.In(p.Location()).Format(time.DateOnly)
	cat, _ := p.Category(of.Category)
	best, width := profile.Clock{}, -1
	for _, c := range p.Clocks {
		s := c.Stage
		if s == "" {
			s = profile.Answer
		}
		if s != stage || c.From > day || c.Until != "" && c.Until < day {
			continue
		}
		w, ok := narrow(c, of, cat)
		if ok && (w > width || w == width && c.From > best.From) {
			best, width = c, w
		}
	}
	return best, width >= 0
}

// narrow says whether a clock fits a report, and how narrowly it is made for it.
func narrow(c profile.Clock, of Subject, cat profile.Category) (int, bool) {
	w := 0
	if len(c.Kinds) > 0 {
		if !slices.Contains(c.Kinds, string(of.Kind)) {
			return 0, false
		}
		w++
	}
	if c.Light {
		if !cat.Light {
			return 0, false
		}
		w += 2
	}
	if len(c.Categories) > 0 {
		if !slices.Contains(c.Categories, cat.Code) {
			return 0, false
		}
		w += 4
	}
	if len(c.Classes) > 0 {
		if !slices.Contains(c.Classes, string(of.Class)) {
			return 0, false
		}
		w += 8
	}
	if len(c.Channels) > 0 {
		if !slices.Contains(c.Channels, string(of.Channel)) {
			return 0, false
		}
		w += 16
	}
	return w, true
}

// Length is how much running time a clock gives. A working day counts as 24 hours, from midnight to midnight.
func Length(c profile.Clock) time.Duration {
	switch {
	case c.WorkingDays > 0:
		return time.Duration(c.WorkingDays) * 24 * time.Hour
	case c.WorkingHours > 0:
		return time.Duration(c.WorkingHours) * time.Hour
	}
	return time.Duration(c.Hours) * time.Hour
}

// Reach says when a share of the clock's time has run (1: it is due; 0.5: the first reminder), pauses not counted. ok is
// false where nobody can tell: a pause goes on before that, or the offices never work. A clock of working days that starts on a day
// off starts at the next working day's midnight, one of working hours when the office opens.
func Reach(p *profile.Profile, c profile.Clock, filed time.Time, share float64, pauses ...Span) (at time.Time, ok bool) {
	return newWalk(p, c, pauses).reach(filed.In(p.Location()), time.Duration(share*float64(Length(c))))
}

// Used says how much of the clock's time has run at now, pauses not counted: 0 to 1, and above 1 when it is overdue.
func Used(p *profile.Profile, c profile.Clock, filed, now time.Time, pauses ...Span) float64 {
	if Length(c) <= 0 {
		return 0
	}
	return float64(newWalk(p, c, pauses).between(filed.In(p.Location()), now)) / float64(Length(c))
}

// AddWorkingDays is the same time of day n working days later; a time on a day off counts from the next working day's
// midnight. Days off are Saturday, Sunday and the profile's holidays.
func AddWorkingDays(p *profile.Profile, t time.Time, n int, pauses ...Span) (time.Time, bool) {
	return Reach(p, profile.Clock{WorkingDays: n}, t, 1, pauses...)
}

// WorkingDay reports whether the offices work on the day of t, in the profile's zone.
func WorkingDay(p *profile.Profile, t time.Time) bool {
	t = t.In(p.Location())
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !p.Holiday(t)
}

// Day is the day to name to people for a limit: the first open day at whose end the limit has surely passed. An office that
// keeps its clock never breaks what was said so, which an earlier day would not hold: nobody works on a day off, but a
// clock of wall hours runs out on one, also of what was filed on it. A limit at midnight belongs to the day that ends then.
func Day(p *profile.Profile, due time.Time) time.Time {
	t := due.In(p.Location()).Add(-time.Nanosecond)
	for i := 0; !WorkingDay(p, t) && i < 60; i++ { // a list of holidays without end is a mistake, not a reason to hang
		t = midnight(t)
	}
	return t
}

// DayOver is when the day that Day names is over: what people are told to have time for until a day they have until it ends.
func DayOver(p *profile.Profile, due time.Time) time.Time { return midnight(Day(p, due)) }

// walk goes through time piece by piece: what a clock does not count, and pauses, are left out.
type walk struct {
	p      *profile.Profile
	counts func(p *profile.Profile, t time.Time) (from, to time.Time, ok bool) // the next counted time from t on; a zero to has no end
	pauses []Span                                                              // in order, apart from each other
}

func newWalk(p *profile.Profile, c profile.Clock, pauses []Span) walk {
	w := walk{p: p, pauses: merge(pauses), counts: always}
	switch {
	case c.WorkingDays > 0:
		w.counts = workingDay
	case c.WorkingHours > 0:
		w.counts = workingHours
	}
	return w
}

// idleMost is after how many days in which nobody works one may say that nobody ever will.
const idleMost = 800

func always(_ *profile.Profile, t time.Time) (from, to time.Time, ok bool) {
	return t, time.Time{}, true
}

func workingDay(p *profile.Profile, t time.Time) (from, to time.Time, ok bool) {
	for range idleMost {
		if WorkingDay(p, t) {
			return t, midnight(t), true
		}
		t = midnight(t)
	}
	return t, t, false
}

func workingHours(p *profile.Profile, t time.Time) (from, to time.Time, ok bool) {
	for range idleMost {
		for _, w := range p.Working(t) {
			if w.To.After(t) {
				return later(w.From, t), w.To, true
			}
		}
		t = midnight(t)
	}
	return t, t, false
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// piece is the next stretch of counted time from t on: it begins at from and ends at to, a zero to being no end. ok is
// false when none comes any more.
func (w walk) piece(t time.Time) (from, to time.Time, ok bool) {
	for {
		i := slices.IndexFunc(w.pauses, func(s Span) bool { return s.To.IsZero() || s.To.After(t) })
		if i >= 0 && !w.pauses[i].From.After(t) {
			if w.pauses[i].To.IsZero() {
				return t, t, false
			}
			t = w.pauses[i].To.In(t.Location())
			continue
		}
		from, to, ok := w.counts(w.p, t)
		if !ok {
			return t, t, false
		}
		if i < 0 {
			return from, to, true
		}
		if begins := w.pauses[i].From; !begins.After(from) { // it is paused before the counted time begins
			t = from
			continue
		} else if to.IsZero() || begins.Before(to) {
			to = begins
		}
		return from, to, true
	}
}

func (w walk) reach(t time.Time, need time.Duration) (time.Time, bool) {
	for {
		from, to, ok := w.piece(t)
		if !ok {
			return time.Time{}, false
		}
		if to.IsZero() || to.Sub(from) >= need {
			return from.Add(need), true
		}
		need -= to.Sub(from)
		t = to.In(t.Location())
	}
}

func (w walk) between(t, end time.Time) time.Duration {
	var sum time.Duration
	for t.Before(end) {
		from, to, ok := w.piece(t)
		if !ok || !from.Before(end) {
			break
		}
		if to.IsZero() || to.After(end) {
			to = end
		}
		sum += to.Sub(from)
		t = to.In(t.Location())
	}
	return sum
}

// midnight is the end of t's day in t's zone.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, t.Location())
}

// merge orders pauses and joins those that touch; empty and backward ones are left out.
func merge(pauses []Span) []Span {
	in := make([]Span, 0, len(pauses))
	for _, s := range pauses {
		if s.To.IsZero() || s.To.After(s.From) {
			in = append(in, s)
		}
	}
	slices.SortFunc(in, func(a, b Span) int { return a.From.Compare(b.From) })
	out := in[:0]
	for _, s := range in {
		last := len(out) - 1
		switch {
		case last < 0 || !out[last].To.IsZero() && s.From.After(out[last].To):
			out = append(out, s)
		case out[last].To.IsZero():
		case s.To.IsZero() || s.To.After(out[last].To):
			out[last].To = s.To
		}
	}
	return out
}
