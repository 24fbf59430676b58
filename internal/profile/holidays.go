package profile

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
)

// Off is a day on which the offices are shut besides the week-ends, as a calendar file names it.
type Off struct {
	// Date is the day ("2026-12-25"), Name what it is called, Kind one of the kinds below, Source the decree.
	Date, Name, Kind, Source string
}

// The kinds of days off: a national holiday, collective leave, a day of the region alone.
const (
	NationalDay = "libur"
	LeaveDay    = "cuti_bersama"
	RegionalDay = "daerah"
)

// regional is the calendar of a city's own folder.
const regional = "holidays.csv"

// calendars reads the days off: the files that the profile names, and the one of the city's own folder.
func (l *loader) calendars(p *Profile) {
	files := make([]string, 0, len(l.doc.Calendars)+1)
	for i, name := range l.doc.Calendars {
		file := path.Join(l.dir, name)
		if why := l.readable(file, largestTable); why != "" {
			l.wrong(fmt.Sprintf("the calendar %s %s", name, why), "calendars: [../common/holidays.csv]", fmt.Sprintf("calendars[%d]", i), "calendars")
			continue
		}
		files = append(files, file)
	}
	if own := path.Join(l.dir, regional); l.exists(own) && !slices.Contains(files, own) {
		files = append(files, own)
	}
	for _, f := range files {
		p.Days = append(p.Days, l.calendar(f)...)
	}
	for _, d := range p.Days {
		if !slices.Contains(p.Holidays, d.Date) {
			p.Holidays = append(p.Holidays, d.Date)
		}
	}
}

func (l *loader) calendar(name string) []Off {
	var out []Off
	seen := map[string]bool{}
	l.table(name, []string{"date", "name", "kind", "source", "certainty"}, func(f []string, wrong func(int, string, string)) {
		d := Off{Date: strings.TrimSpace(f[0]), Name: strings.TrimSpace(f[1]), Kind: strings.TrimSpace(f[2]), Source: f[3]}
		_, err := time.Parse(time.DateOnly, d.Date)
		switch {
		case err != nil:
			wrong(0, fmt.Sprintf("a day off is a day, not %q", d.Date), "2026-12-25")
		case seen[d.Date]:
			wrong(0, fmt.Sprintf("the day %s stands twice in this file", d.Date), "every day once")
		case d.Name == "":
			wrong(1, "a day off needs a name", "Kelahiran Yesus Kristus")
		case d.Kind != NationalDay && d.Kind != LeaveDay && d.Kind != RegionalDay:
			wrong(2, fmt.Sprintf("the kind of a day off is libur, cuti_bersama or daerah, not %q", d.Kind), "libur")
		default:
			seen[d.Date] = true
			out = append(out, d)
		}
	})
	return out
}

// KnownUntil is the last year whose days off are known: a due date beyond it may be too early. It is 0 where none is known. Days of
// the region alone do not make a year known.
func (p *Profile) KnownUntil() int {
	last := ""
	for _, h := range p.Holidays {
		if slices.ContainsFunc(p.Days, func(d Off) bool { return d.Date == h && d.Kind == RegionalDay }) {
			continue
		}
		last = max(last, h)
	}
	at, err := time.Parse(time.DateOnly, last)
	if err != nil {
		return 0
	}
	return at.Year()
}

// october is the month in which the decree of the next year is usually there.
const october = time.October

// CalendarEnds reports whether somebody has to add next year's days off: they are not known, and their decree is usually out by now.
// year is the one that is missing.
func (p *Profile) CalendarEnds(at time.Time) (year int, missing bool) {
	at = at.In(p.Location())
	year = p.KnownUntil() + 1
	switch {
	case year <= at.Year():
		return at.Year(), true
	case year == at.Year()+1 && at.Month() >= october:
		return year, true
	}
	return 0, false
}
