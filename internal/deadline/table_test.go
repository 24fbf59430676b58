package deadline

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabeg/internal/profile"
)

// clockOf reads "72h", "5wd" or "8wh".
func clockOf(t testing.TB, s string) profile.Clock {
	t.Helper()
	var n int
	var unit string
	if _, err := fmt.Sscanf(s, "%d%s", &n, &unit); err != nil {
		t.Fatal(s, err)
	}
	switch unit {
	case "h":
		return profile.Clock{Hours: n}
	case "wd":
		return profile.Clock{WorkingDays: n}
	case "wh":
		return profile.Clock{WorkingHours: n}
	}
	t.Fatal(s)
	return profile.Clock{}
}

// The due times of a table that was counted minute by minute by another program, of another language.
func TestTheTable(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	f, err := os.Open("testdata/due.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		part := strings.Split(s.Text(), "|")
		filed, c, want := at(t, p, strings.TrimSpace(part[0])), clockOf(t, strings.TrimSpace(part[1])), strings.TrimSpace(part[3])
		var pauses []Span
		for one := range strings.SplitSeq(strings.TrimSpace(part[2]), ", ") {
			if from, to, ok := strings.Cut(one, "/"); ok {
				pauses = append(pauses, Span{From: at(t, p, from), To: at(t, p, to)})
			}
		}
		got, ok := Reach(p, c, filed, 1, pauses...)
		if !ok || got.Format("2006-01-02 15:04") != want {
			t.Errorf("%s: %s", s.Text(), got.Format("2006-01-02 15:04"))
		}
		rows++
	}
	if rows < 200 {
		t.Errorf("%d rows", rows)
	}
}

// Rows that a clerk counted with the decrees' calendar on the wall.
func TestByHand(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	for _, c := range []struct{ why, filed, clock, want string }{
		{"60 working days over Christmas, New Year, Chinese New Year and Isra Mikraj", "2026-11-30 09:00", "60wd", "2027-03-01 09:00"},
		{"1 March 2027: Nyepi and Idul Fitri take the whole next week and one day more", "2027-03-01 09:00", "5wd", "2027-03-16 09:00"},
		{"18 August 2025 was made a day off ten days before", "2025-08-15 10:00", "1wd", "2025-08-19 10:00"},
		{"Friday afternoon to Monday", "2026-11-27 15:00", "1wd", "2026-11-30 15:00"},
		{"filed on Saturday counts from Monday's midnight", "2026-11-28 11:00", "1wd", "2026-12-01 00:00"},
		{"filed on Christmas, a Friday", "2026-12-25 08:00", "3wd", "2026-12-31 00:00"},
		{"before the long week of Idul Fitri 2026", "2026-03-17 14:00", "3wd", "2026-03-27 14:00"},
		{"3 x 24 hours run over a week-end", "2026-11-27 16:30", "72h", "2026-11-30 16:30"},
		{"half an hour before the end of Friday, four working hours", "2026-11-27 16:00", "4wh", "2026-11-30 11:00"},
		{"over lunch", "2026-11-30 11:00", "2wh", "2026-11-30 14:00"},
		{"in Ramadan the day is shorter", "2026-02-23 08:00", "8wh", "2026-02-24 09:30"},
		{"outside hours counts from the opening", "2026-11-30 20:00", "1wh", "2026-12-01 08:30"},
	} {
		got, ok := Reach(p, clockOf(t, c.clock), at(t, p, c.filed), 1)
		if !ok || got.Format("2006-01-02 15:04") != c.want {
			t.Errorf("%s: %s, want %s", c.why, got.Format("2006-01-02 15:04"), c.want)
		}
	}
}

// slow counts a clock minute by minute, and knows the days off by nothing but the list of dates.
func slow(p *profile.Profile, c profile.Clock, from, to time.Time, pauses []Span) int {
	shut := map[string]bool{}
	for _, h := range p.Holidays {
		shut[h] = true
	}
	n := 0
	for t := from; t.Before(to); t = t.Add(time.Minute) {
		counts := c.Hours > 0
		if !counts && t.Weekday() != time.Sunday && t.Weekday() != time.Saturday && !shut[t.Format(time.DateOnly)] {
			clock := t.Format("15:04")
			counts = c.WorkingDays > 0 || clock >= "08:00" && clock < "12:00" || clock >= "12:30" && clock < "15:00"
		}
		for _, s := range pauses {
			counts = counts && (t.Before(s.From) || !t.Before(s.To))
		}
		if counts {
			n++
		}
	}
	return n
}

// Whatever the clock and the pauses, the time between filing and the due time is the clock's length, counted minute by minute.
func TestTheSlowCountAgrees(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	start := at(t, p, "2026-02-19 00:00") // in Ramadan: one set of hours but for Fridays, which the draw leaves out
	rapid.Check(t, func(t *rapid.T) {
		minute := func(name string, most int) time.Duration {
			return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Minute
		}
		filed := start.Add(minute("filed", 20*24*60))
		c := rapid.SampledFrom([]profile.Clock{{Hours: 24}, {Hours: 72}, {WorkingDays: 1}, {WorkingDays: 3}, {WorkingDays: 5}}).Draw(t, "clock")
		if filed.Weekday() != time.Thursday && filed.Weekday() != time.Friday && rapid.Bool().Draw(t, "hours") {
			c = profile.Clock{WorkingHours: rapid.IntRange(1, 5).Draw(t, "n")}
		}
		var pauses []Span
		if c.WorkingHours == 0 {
			for range rapid.IntRange(0, 3).Draw(t, "pauses") {
				from := filed.Add(minute("from", 6*24*60) - 12*time.Hour)
				pauses = append(pauses, Span{From: from, To: from.Add(minute("long", 3*24*60))})
			}
		}
		due, ok := Reach(p, c, filed, 1, pauses...)
		if !ok {
			t.Fatal("it never ends")
		}
		if due.Weekday() == time.Friday && c.WorkingHours > 0 || due.After(start.AddDate(0, 0, 29)) && c.WorkingHours > 0 {
			return
		}
		if n := slow(p, c, filed, due, pauses); time.Duration(n)*time.Minute != Length(c) {
			t.Fatalf("%+v filed %v with %v: due %v, and that is %d minutes", c, filed, pauses, due, n)
		}
	})
}
