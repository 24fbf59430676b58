package profile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Needs that a helpline can be for.
const (
	ForSelf    = "self"
	ForAbuse   = "abuse"
	ForCrime   = "crime"
	ForMedical = "medical"
	ForPower   = "power"
	ForRescue  = "rescue" // who is in water, under something, or cannot be found
)

// Help are the helplines for a need.
func (p *Profile) Help(need string) []Helpline {
	var out []Helpline
	for _, h := range p.Helplines {
		if slices.Contains(h.For, need) {
			out = append(out, h)
		}
	}
	return out
}

// Attended reports whether somebody reads the coordinator's room at a time, and else when somebody will: zero where that is
// not known. A government without office hours always answers.
func (p *Profile) Attended(at time.Time) (now bool, next time.Time) {
	if len(p.OfficeHours) == 0 {
		return true, time.Time{}
	}
	at = at.In(p.Location())
	for ahead := range 21 { // the longest holidays are shorter
		day := time.Date(at.Year(), at.Month(), at.Day()+ahead, 0, 0, 0, 0, at.Location())
		for _, h := range p.hoursOn(day) {
			opens, closes := day.Add(clock(h.Open)), day.Add(clock(h.Close))
			switch {
			case at.Before(opens) && (next.IsZero() || opens.Before(next)):
				next = opens
			case !at.Before(opens) && at.Before(closes):
				return true, time.Time{}
			}
		}
		if !next.IsZero() {
			return false, next
		}
	}
	return false, time.Time{}
}

// hoursOn are the office hours of a day; none where the offices are shut.
func (p *Profile) hoursOn(day time.Time) []Hours {
	if p.Holiday(day) {
		return nil
	}
	hours, date := p.OfficeHours, day.Format(time.DateOnly)
	for _, s := range p.Seasons {
		if s.From <= date && date <= s.To {
			hours = s.Hours
		}
	}
	var out []Hours
	for _, h := range hours {
		if slices.Contains(h.Days, weekday(day.Weekday())) {
			out = append(out, h)
		}
	}
	return out
}

// Window is a stretch of time in which an office works: From is part of it, To is not.
type Window struct{ From, To time.Time }

// Working are the stretches of the day of t in which the offices work, in order, without breaks; none on a shut day. A government
// without office hours works from 8 to 16 from Monday to Friday.
func (p *Profile) Working(t time.Time) []Window {
	t = t.In(p.Location())
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
	hours := p.hoursOn(day)
	if len(p.OfficeHours) == 0 && !p.Holiday(day) && day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
		hours = []Hours{{Open: "08.00", Close: "16.00"}}
	}
	var out []Window
	for _, h := range hours {
		from, to := day.Add(clock(h.Open)), day.Add(clock(h.Close))
		for _, b := range h.Breaks {
			begins, ends, _ := strings.Cut(b, "-")
			if at := day.Add(clock(begins)); at.After(from) && at.Before(to) {
				out = append(out, Window{from, at})
				from = day.Add(clock(ends))
			}
		}
		if from.Before(to) {
			out = append(out, Window{from, to})
		}
	}
	slices.SortFunc(out, func(a, b Window) int { return a.From.Compare(b.From) })
	return out
}

// Weekday is the Indonesian name of the day of the week of a time, in small letters, where the time is.
func Weekday(t time.Time) string { return weekday(t.Weekday()) }

func weekday(d time.Weekday) string { return weekdays()[d] }

func weekdays() [7]string {
	return [7]string{"minggu", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu"}
}

// clock is a time of day as the time since midnight.
func clock(s string) time.Duration {
	t, err := time.Parse("15.04", s)
	if err != nil {
		return 0
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// checkHelp sees that numbers can be called and hours read.
func (l *loader) checkHelp(p *Profile) {
	number := regexp.MustCompile(`^\+?[0-9][0-9 ()-]{1,18}( (ext|pilih) [0-9]{1,4})?$`)
	for i, h := range p.Helplines {
		at := fmt.Sprintf("helplines[%d]", i)
		if !number.MatchString(h.Number) {
			l.wrong(fmt.Sprintf("%q is no number to call", h.Number), `number: "119 ext 8"`, at+".number", at)
		}
		if h.Name == "" || len(h.For) == 0 {
			l.wrong("a helpline needs a name and what it is for", "for: [self]", at)
		}
		for _, need := range h.For {
			switch need {
			case ForSelf, ForAbuse, ForCrime, ForMedical, ForPower, ForRescue:
			default:
				l.wrong(fmt.Sprintf("a helpline is for self, abuse, crime, medical, power or rescue, not %q", need), "for: [self]", at+".for", at)
			}
		}
	}
	for i, h := range p.OfficeHours {
		l.checkHours(h, fmt.Sprintf("office_hours[%d]", i))
	}
	l.checkSeasons(p)
}

func (l *loader) checkSeasons(p *Profile) {
	for i, s := range p.Seasons {
		at := fmt.Sprintf("seasons[%d]", i)
		from, err := time.Parse(time.DateOnly, s.From)
		if err != nil {
			l.wrong(fmt.Sprintf("from of the season %q must be a day, not %q", s.Name, s.From), "from: 2026-02-19", at+".from", at)
		}
		to, err2 := time.Parse(time.DateOnly, s.To)
		switch {
		case err2 != nil:
			l.wrong(fmt.Sprintf("to of the season %q must be a day, not %q", s.Name, s.To), "to: 2026-03-20", at+".to", at)
		case err == nil && to.Before(from):
			l.wrong(fmt.Sprintf("the season %q ends before it begins", s.Name), "{from: 2026-02-19, to: 2026-03-20}", at+".to", at)
		}
		if s.Name == "" || len(s.Hours) == 0 {
			l.wrong("a season needs a name and hours", `{name: Ramadan 2026, from: 2026-02-19, to: 2026-03-20, hours: [{days: [senin], open: "08.00", close: "15.00"}]}`, at+".name", at)
		}
		for k, other := range p.Seasons[:i] {
			if err == nil && err2 == nil && other.From <= s.To && s.From <= other.To {
				l.wrong(fmt.Sprintf("the seasons %q and %q overlap", other.Name, s.Name), "each day in one season", at+".from", fmt.Sprintf("seasons[%d]", k))
			}
		}
		for k, h := range s.Hours {
			l.checkHours(h, fmt.Sprintf("%s.hours[%d]", at, k))
		}
	}
}

func (l *loader) checkHours(h Hours, at string) {
	hour := regexp.MustCompile(`^([01][0-9]|2[0-3])\.[0-5][0-9]$`)
	for _, d := range h.Days {
		if !slices.Contains(weekdaysOf(), d) {
			l.wrong(fmt.Sprintf("%q is no day of the week", d), "days: [senin, selasa]", at+".days", at)
		}
	}
	if !hour.MatchString(h.Open) || !hour.MatchString(h.Close) || strings.Compare(h.Open, h.Close) >= 0 || len(h.Days) == 0 {
		l.wrong(fmt.Sprintf("office hours need days, and go from one time of the day to a later one, not from %q to %q", h.Open, h.Close),
			`{days: [senin], open: "07.30", close: "16.00"}`, at)
		return
	}
	last := h.Open
	for i, b := range h.Breaks {
		from, to, ok := strings.Cut(b, "-")
		if !ok || !hour.MatchString(from) || !hour.MatchString(to) || from >= to || from <= h.Open || to >= h.Close || from < last {
			l.wrong(fmt.Sprintf("a break goes from one time of the office hours to a later one, each break after the one before, not %q", b),
				`breaks: ["12.00-13.00"]`, fmt.Sprintf("%s.breaks[%d]", at, i), at+".breaks", at)
			continue
		}
		last = to
	}
}

func weekdaysOf() []string { d := weekdays(); return d[:] }
