package figures

import (
	"time"

	"rabeg/internal/deadline"
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

// MarksOf makes them of a sheet. linked reports whether somebody may act for an office.
func MarksOf(p *profile.Profile, s Sheet, linked func(office string) bool) Marks {
	m := Marks{FollowedUp: s.All.FollowedUp, Filed: s.All.Filed}
	outside, _ := p.Outside()
	for _, a := range p.Agencies {
		if a.Code == outside.Code {
			continue
		}
		m.Offices++
		if linked(a.Code) {
			m.Linked++
			if s.Acted[a.Code] {
				m.Active++
			}
		}
	}
	return m
}
