package sp4n

import (
	"strconv"
	"strings"
	"time"
)

// months are those of the export, English and short, and what people make of them when they save a sheet anew.
var months = map[string]time.Month{
	"jan": time.January, "feb": time.February, "mar": time.March, "apr": time.April, "may": time.May, "mei": time.May, "jun": time.June,
	"jul": time.July, "aug": time.August, "agu": time.August, "ags": time.August, "sep": time.September, "oct": time.October, "okt": time.October, "nov": time.November,
	"dec": time.December, "des": time.December,
}

// received is when a report came in: date and clock are in UTC, whatever zone the city has.
func received(date, clock string) (time.Time, bool) {
	day, ok := readDay(date)
	if !ok {
		return time.Time{}, false
	}
	if clock == "" {
		return day, true
	}
	for _, form := range []string{"15:04:05", "15:04", "15.04.05", "15.04"} {
		if t, err := time.Parse(form, clock); err == nil {
			return day.Add(time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second), true
		}
	}
	if f, err := strconv.ParseFloat(clock, 64); err == nil && f >= 0 && f < 1 { // a sheet keeps times as parts of a day
		return day.Add(time.Duration(f*24*3600+0.5) * time.Second), true
	}
	return day, true
}

// readDay reads a day: "29 May 2023", and what a sheet makes of it.
func readDay(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if f, err := strconv.ParseFloat(s, 64); err == nil { // days since the end of 1899
		if f < 36526 || f > 73051 { // 2000 to 2100
			return time.Time{}, false
		}
		return time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(f)), true
	}
	if t, err := time.Parse(time.DateOnly, clip(s, 10)); err == nil {
		return within(t)
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '/' || r == ',' })
	if len(parts) < 3 {
		return time.Time{}, false
	}
	month, ok := months[strings.ToLower(clip(parts[1], 3))]
	if m, err := strconv.Atoi(parts[1]); err == nil && m >= 1 && m <= 12 { // as a sheet in Indonesian shows it
		month, ok = time.Month(m), true
	}
	d, errDay := strconv.Atoi(parts[0])
	y, errYear := strconv.Atoi(parts[2])
	t := time.Date(y, month, d, 0, 0, 0, 0, time.UTC)
	if !ok || errDay != nil || errYear != nil || t.Day() != d {
		return time.Time{}, false
	}
	return within(t)
}

// within bounds a day to those on which a report can have come in.
func within(t time.Time) (time.Time, bool) { return t, t.Year() >= 2000 && t.Year() < 2100 }

// Day is the day that a moment has in a city, as exports tell days: its midnight in UTC.
func Day(at time.Time, in *time.Location) time.Time {
	y, m, d := at.In(in).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Generated reads the day on which an export was made, as its preamble has it ("2025-11-14").
func Generated(s string) (time.Time, bool) { return readDay(s) }
