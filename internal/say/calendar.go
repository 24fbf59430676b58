package say

import (
	"fmt"
	"strings"
	"time"

	"rabeg/internal/deadline"
)

// weekdays begin with Sunday, as time.Weekday does.
var weekdays = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

var months = [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
	"November", "Desember"}

// When is a moment in the profile's zone: "Rabu, 25 Nov 16.05", "Wed, 25 Nov 16:05".
func (v Voice) When(t time.Time) string {
	t = t.In(v.Profile.Location())
	if v.Lang == "en" {
		return t.Format("Mon, 2 Jan 15:04")
	}
	return v.Day(t) + t.Format(" 15.04")
}

// Day is the day of a moment in the profile's zone: "Rabu, 25 Nov", "Wed, 25 Nov".
func (v Voice) Day(t time.Time) string {
	t = t.In(v.Profile.Location())
	if v.Lang == "en" {
		return t.Format("Mon, 2 Jan")
	}
	return fmt.Sprintf("%s, %d %s", weekdays[t.Weekday()], t.Day(), months[t.Month()-1][:3])
}

// LongDay is the day in full: "Rabu, 25 November 2026", "Wednesday, 25 November 2026".
func (v Voice) LongDay(t time.Time) string {
	t = t.In(v.Profile.Location())
	if v.Lang == "en" {
		return t.Format("Monday, 2 January 2006")
	}
	return fmt.Sprintf("%s, %d %s %d", weekdays[t.Weekday()], t.Day(), months[t.Month()-1], t.Year())
}

// LongDue is Due in full, with the year: "Rabu, 2 Desember 2026", "Wednesday, 2 December 2026".
func (v Voice) LongDue(t time.Time) string { return v.LongDay(deadline.Day(v.Profile, t)) }

// Overdue reports whether the day that Due and LongDue name is over.
func (v Voice) Overdue(due, now time.Time) bool {
	day := deadline.Day(v.Profile, due)
	return !now.Before(time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, day.Location()))
}

// MonthOf reads the name of a month, in Indonesian or English, or its beginning of at least three letters: "des", "Desember", "agt", "Dec".
func MonthOf(s string) (m time.Month, ok bool) {
	s = strings.ToLower(strings.TrimRight(s, "."))
	for i, name := range months {
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(name), s) {
			return time.Month(i + 1), true
		}
	}
	if s == "agt" || s == "ags" {
		return time.August, true
	}
	for m := time.January; m <= time.December; m++ { // people mix both tongues: "31 Dec"
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), s) {
			return m, true
		}
	}
	return 0, false
}

// MonthName is the Indonesian name of a moment's month, in the moment's zone.
func MonthName(t time.Time) string { return months[t.Month()-1] }
