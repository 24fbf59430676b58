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
	ForSelf  = "self"
	ForAbuse = "abuse"
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
		if slices.Contains(p.Holidays, day.Format(time.DateOnly)) {
			continue
		}
		for _, h := range p.OfficeHours {
			if !slices.Contains(h.Days, weekday(day.Weekday())) {
				continue
			}
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
			if need != ForSelf && need != ForAbuse {
				l.wrong(fmt.Sprintf("a helpline is for self or abuse, not %q", need), "for: [self]", at+".for", at)
			}
		}
	}
	for i, h := range p.OfficeHours {
		l.checkHours(h, fmt.Sprintf("office_hours[%d]", i))
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
	}
}

func weekdaysOf() []string { d := weekdays(); return d[:] }
