package sp4n

import (
	"strconv"
	"strings"
	"time"
)

// months are those of the export, English and short, and what people make of them when they save a sheet anew.
var months = map[string]time.Month{
	"jan": time.January, "feb": time.February, "peb": time.February, "mar": time.March, "apr": time.April, "may": time.May, "mei": time.May, "jun": time.June,
	"jul": time.July, "aug": time.August, "agu": time.August, "ags": time.August, "agt": time.August, "sep": time.September, "oct": time.October, "okt": time.October,
	"nov": time.November, "nop": time.November, "dec": time.December, "des": time.December,
}

// received is when a report came in: date and clock are in UTC, whatever zone the city has, unless the clock names one. A clock that nobody
// can read tells nothing: then the one behind the date does, where there is one.
func received(date, clock string) (time.Time, bool) {
	day, rest, ok := splitDay(date)
	if !ok {
		return time.Time{}, false
	}
	for _, c := range []string{clock, rest} {
		if at, ok := readClock(c); ok {
			return day.Add(at), true
		}
	}
	return day, true
}

// zones are what may stand behind a clock, and how far ahead of UTC they are.
var zones = map[string]time.Duration{"wib": 7 * time.Hour, "wita": 8 * time.Hour, "wit": 9 * time.Hour, "utc": 0, "gmt": 0, "z": 0}

// readClock reads a time of day as far as it is from midnight in UTC: "04:05:34", and what a sheet or a person makes of it.
func readClock(s string) (time.Duration, bool) {
	s = strings.ToLower(strings.TrimSpace(plain(strings.ReplaceAll(s, "\u202f", " "))))
	if f, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64); err == nil && f >= 0 && f < 1 { // a sheet keeps times as parts of a day
		return time.Duration(f*24*3600+0.5) * time.Second, true
	}
	ahead := time.Duration(0)
	fields := strings.Fields(s)
	if n := len(fields); n > 1 {
		if z, ok := zones[fields[n-1]]; ok {
			ahead, fields = z, fields[:n-1]
		}
	}
	for len(fields) > 1 && (fields[0] == "pukul" || fields[0] == "jam" || strings.HasPrefix(fields[0], "1899-12-3")) { // the day before all others of a sheet
		fields = fields[1:]
	}
	s = strings.Join(fields, " ")
	for _, form := range []string{"15:04:05", "15:04", "15.04.05", "15.04", "15:04:05.000", "15:04:05z", "3:04:05 pm", "3:04 pm", "3:04:05pm", "3:04pm", "3.04.05 pm", "3.04 pm"} {
		if t, err := time.Parse(form, s); err == nil {
			return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second - ahead, true
		}
	}
	if s == "24:00:00" || s == "24:00" {
		return 24*time.Hour - ahead, true
	}
	return 0, false
}

// readDay reads a day: "29 May 2023", and what a sheet makes of it.
func readDay(s string) (time.Time, bool) {
	day, _, ok := splitDay(s)
	return day, ok
}

// splitDay reads a day, and gives what stands behind it.
func splitDay(s string) (day time.Time, rest string, ok bool) {
	s = strings.Join(strings.Fields(plain(s)), " ")
	if f, err := strconv.ParseFloat(s, 64); err == nil { // days since the end of 1899, and parts of one
		if f < 36526 || f > 73051 { // 2000 to 2100
			return time.Time{}, "", false
		}
		if part := f - float64(int(f)); part > 0 {
			rest = strconv.FormatFloat(part, 'f', -1, 64)
		}
		return time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(f)), rest, true
	}
	parts, rest := dayParts(s)
	if len(parts) < 3 {
		return time.Time{}, "", false
	}
	if month, named := monthOf(parts[0]); named { // "May 29, 2026"
		return dayOf(parts[1], month, parts[2], rest)
	}
	if len(parts[0]) == 4 {
		parts[0], parts[2] = parts[2], parts[0]
	}
	month, named := monthOf(parts[1])
	if m, err := strconv.Atoi(parts[1]); err == nil && m >= 1 && m <= 12 { // as a sheet in Indonesian shows it
		month, named = time.Month(m), true
	}
	if !named {
		return time.Time{}, "", false
	}
	return dayOf(parts[0], month, parts[2], rest)
}

// dayParts are the three parts of a day, without the name of a day of the week, and what stands behind them.
func dayParts(s string) (parts []string, rest string) {
	divides := func(r rune) bool { return strings.ContainsRune(" -/,.", r) }
	for len(parts) < 3 && s != "" {
		s = strings.TrimLeftFunc(s, divides)
		end := strings.IndexFunc(s, divides)
		if len(parts) == 2 && s != "" && s[0] >= '0' && s[0] <= '9' { // "2025-12-31T04:05:34Z"
			end = strings.IndexFunc(s, func(r rune) bool { return divides(r) || r == 'T' || r == 't' })
		}
		if end < 0 {
			end = len(s)
		}
		part := s[:end]
		if s = s[end:]; part == "" || len(parts) == 0 && weekday(part) {
			continue
		}
		parts = append(parts, part)
	}
	return parts, strings.Trim(s, " ,Tt")
}

func monthOf(s string) (time.Month, bool) {
	m, ok := months[strings.ToLower(clip(s, 3))]
	return m, ok
}

// weekday reports whether a word is a day of the week, in Indonesian or English.
func weekday(s string) bool {
	switch strings.ToLower(s) {
	case "senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad", "sen", "sel", "rab", "kam", "jum", "sab", "min",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun":
		return true
	}
	return false
}

func dayOf(d string, month time.Month, y, rest string) (time.Time, string, bool) {
	nth, errDay := strconv.Atoi(d)
	year, errYear := strconv.Atoi(y)
	if len(y) == 2 { // as a sheet shortens it
		year += 2000
	}
	t := time.Date(year, month, nth, 0, 0, 0, 0, time.UTC)
	if errDay != nil || errYear != nil || t.Day() != nth || t.Month() != month {
		return time.Time{}, "", false
	}
	t, ok := within(t)
	return t, rest, ok
}

// monthFirst reports whether a day is written as "12/31/2025": a sheet has been saved anew where months go before days, and of most of its
// days nobody can tell which is which.
func monthFirst(s string) bool {
	parts, _ := dayParts(s)
	if len(parts) < 3 || !strings.Contains(s, "/") {
		return false
	}
	m, errMonth := strconv.Atoi(parts[0])
	d, errDay := strconv.Atoi(parts[1])
	return errMonth == nil && errDay == nil && m >= 1 && m <= 12 && d > 12 && d <= 31
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
