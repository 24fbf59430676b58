package figures

import (
	"context"
	"fmt"
	"time"

	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// firstYear is the first year of calendars: no report is older.
const firstYear = 2015

// Ask makes a query of a period at a time, as a government's profile wants it.
func Ask(p *profile.Profile, of Period, at time.Time, by By) Query {
	return Query{From: of.From, To: of.To, At: at, By: by, Window: p.ReopenDays, Hush: HushOf(p),
		Calendar: NewCalendar(firstYear, at.Year()+1, p.Location(), func(t time.Time) bool { return deadline.WorkingDay(p, t) })}
}

// Courses are where the courses of reports are kept (ledger.Figures).
type Courses interface {
	Courses(ctx context.Context, from, to time.Time, each func(*report.Course)) error
}

// Read counts what a query asks for where the courses are kept.
func Read(ctx context.Context, kept Courses, q Query) (Sheet, error) {
	all, err := ReadEach(ctx, kept, q)
	if err != nil {
		return Sheet{}, err
	}
	return all[0], nil
}

// ReadEach counts what several queries ask for, in one reading from the first moment that one of them asks for to the last: they lie
// close to each other.
func ReadEach(ctx context.Context, kept Courses, queries ...Query) ([]Sheet, error) {
	counters := make([]*Counter, len(queries))
	var from, to time.Time
	for i, q := range queries {
		counters[i] = NewCounter(q)
		if i == 0 || q.From.Before(from) {
			from = q.From
		}
		if i == 0 || q.To.After(to) {
			to = q.To
		}
	}
	if err := kept.Courses(ctx, from, to, func(r *report.Course) {
		for _, c := range counters {
			c.count(r)
		}
	}); err != nil {
		return nil, fmt.Errorf("count the figures: %w", err)
	}
	sheets := make([]Sheet, len(counters))
	for i, c := range counters {
		sheets[i] = c.Sheet()
	}
	return sheets, nil
}

// HushOf reports of which reports a government lets nobody tell where and what they were.
func HushOf(p *profile.Profile) func(report.Course) bool {
	return func(c report.Course) bool {
		return report.Shields(c.Visibility, p.Sensitive(c.Category)).Hides(report.Statistics)
	}
}

// NameOf is what people call a line of a sheet.
func NameOf(p *profile.Profile, by By, key string) string {
	switch {
	case key == Hushed && by != ByOffice:
		return "dirahasiakan"
	case by == ByOffice && key == "":
		return "koordinator"
	case by == ByArea && key == "":
		return "tanpa tempat"
	case by == ByOffice:
		if a, ok := p.Agency(key); ok {
			if a.Short != "" {
				return a.Short
			}
			return a.Name
		}
	case by == ByCategory:
		if c, ok := p.Category(key); ok {
			return c.Name
		}
	case by == ByArea:
		if a, ok := p.Area(key); ok {
			return a.Name + ", " + a.DistrictName
		}
	}
	return key
}

// Marks are LAPOR's three: how much is followed up, how many offices somebody acts for, how many of them did.
type Marks struct {
	FollowedUp, Filed       int
	Linked, Active, Offices int
}

// MarksOf makes them of a sheet and of the people of the desk.
func MarksOf(p *profile.Profile, s Sheet, people []ledger.Operator) Marks {
	m := Marks{FollowedUp: s.All.FollowedUp, Filed: s.All.Filed}
	linked := map[string]bool{}
	for _, o := range people {
		if o.In() && o.Role == report.Operator {
			linked[o.Agency] = true
		}
	}
	for _, a := range p.Agencies {
		if a.Outside || a.Emergency { // nobody can act for those here
			continue
		}
		m.Offices++
		if linked[a.Code] {
			m.Linked++
			if s.Acted[a.Code] {
				m.Active++
			}
		}
	}
	return m
}
