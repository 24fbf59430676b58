package profile

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// The days off are the decrees' own: all of them, by year and kind, in every city that comes with the product.
func TestHolidaysOfTheDecrees(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		p, err := Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		counts := map[string]int{}
		for _, d := range p.Days {
			counts[d.Date[:4]+" "+d.Kind]++
			if !p.Holiday(mustDay(t, d.Date)) || d.Source == "" {
				t.Errorf("%s: %s (%s) is no day off, or has no source", name, d.Date, d.Name)
			}
		}
		for key, want := range map[string]int{"2025 libur": 17, "2025 cuti_bersama": 11, "2026 libur": 17, "2026 cuti_bersama": 8, "2027 libur": 18, "2027 cuti_bersama": 8} {
			if counts[key] != want {
				t.Errorf("%s: %d days of %s, want %d", name, counts[key], key, want)
			}
		}
		if regional := counts["2026 daerah"] > 0; regional != (name == "denpasar") {
			t.Errorf("%s has days of the region: %v", name, regional)
		}
		if p.KnownUntil() != 2027 {
			t.Errorf("%s knows the days off until %d", name, p.KnownUntil())
		}
	}
	p, _ := Builtin("denpasar")
	for day, off := range map[string]bool{"2026-06-16": true, "2026-06-17": true, "2026-06-18": true, "2026-06-19": false, "2027-08-11": true} {
		if p.Holiday(mustDay(t, day)) != off {
			t.Errorf("Denpasar on %s: a day off is %v", day, !off)
		}
	}
}

func mustDay(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// Who forgets next year's days off is warned once their decree is usually out, and as long as they are missing.
func TestCalendarEnds(t *testing.T) {
	t.Parallel()
	p, err := Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]int{"2026-11-29": 0, "2027-01-02": 0, "2027-09-30": 0, "2027-10-01": 2028, "2027-12-31": 2028, "2028-02-01": 2028, "2029-06-01": 2029} {
		if year, missing := p.CalendarEnds(mustDay(t, day)); year != want || missing != (want > 0) {
			t.Errorf("on %s: %d is missing (%v), want %d", day, year, missing, want)
		}
	}
	if year, missing := (&Profile{Zone: "Asia/Jakarta"}).CalendarEnds(mustDay(t, "2026-02-02")); year != 2026 || !missing {
		t.Errorf("without any calendar: %d, %v", year, missing)
	}
}

// A calendar's mistakes are told with line and column; a city adds days of its own, or takes another calendar, without a build.
func TestCalendarFiles(t *testing.T) {
	t.Parallel()
	const head = "date,name,kind,source,certainty\n"
	national := head + "2026-12-25,Natal,libur,SKB,high\n"
	for _, c := range []struct{ name, own, named, want string }{
		{"a day in words", head + "25 Des 2026,Natal,libur,SKB,high\n", "", `x/holidays.csv:2:1: a day off is a day, not "25 Des 2026"; example: 2026-12-25`},
		{"a day that there is not", head + "2026-02-30,Natal,libur,SKB,high\n", "", `x/holidays.csv:2:1: a day off is a day, not "2026-02-30"`},
		{"twice", head + "2026-12-26,A,libur,SKB,high\n2026-12-26,B,daerah,SE,high\n", "", `x/holidays.csv:3:1: the day 2026-12-26 stands twice in this file`},
		{"no name", head + "2026-12-26,,libur,SKB,high\n", "", `x/holidays.csv:2:12: a day off needs a name`},
		{"no such kind", head + "2026-12-26,Natal,merah,SKB,high\n", "", `x/holidays.csv:2:18: the kind of a day off is libur, cuti_bersama or daerah, not "merah"; example: libur`},
		{"another head", "tanggal,nama\n", "", `x/holidays.csv:1:1: wrong number of fields`},
		{"no such file", "", "calendars: [../c.csv, ../d.csv]\n", `x/profile.yaml:2:23: the calendar ../d.csv cannot be read: there is no such file; example: calendars: [../common/holidays.csv]`},
	} {
		fsys := minimalFS("id: x\n" + c.named + strings.TrimPrefix(minimal, "id: x\n"))
		fsys["c.csv"] = &fstest.MapFile{Data: []byte(national)}
		if c.own != "" {
			fsys["x/holidays.csv"] = &fstest.MapFile{Data: []byte(c.own)}
		}
		if _, err := Load(fsys, "x"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got\n%v\nwant\n%s", c.name, err, c.want)
		}
	}
	fsys := minimalFS("id: x\ncalendars: [../c.csv]\nholidays: [2026-12-31]\n" + strings.TrimPrefix(minimal, "id: x\n"))
	fsys["c.csv"] = &fstest.MapFile{Data: []byte(national)}
	fsys["x/holidays.csv"] = &fstest.MapFile{Data: []byte(head + "2026-12-30,HUT kota,daerah,SE,high\n")}
	p, err := Load(fsys, "x")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(p.Holidays, " "); got != "2026-12-31 2026-12-25 2026-12-30" {
		t.Errorf("days off: %s", got)
	}
}

// Office hours differ by day and season, with breaks; what is wrong with them is told.
func TestWorking(t *testing.T) {
	t.Parallel()
	p, err := Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{
		"2026-11-30": "07:30-12:00 13:00-16:00", // Monday
		"2026-11-27": "07:30-11:30 13:00-16:30", // Friday
		"2026-11-28": "",                        // Saturday
		"2026-12-25": "",                        // Christmas
		"2026-02-19": "08:00-12:00 12:30-15:00", // Ramadan begins, a Thursday
		"2026-02-20": "08:00-12:00 13:00-15:30",
		"2026-02-18": "07:30-12:00 13:00-16:00",
		"2025-03-07": "08:00-11:30 12:30-15:30",
	} {
		at, err := time.ParseInLocation(time.DateOnly, day, p.Location())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range p.Working(at.Add(15 * time.Hour)) {
			got = append(got, w.From.Format("15:04")+"-"+w.To.Format("15:04"))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %q, want %q", day, s, want)
		}
	}
	ramadan := time.Date(2026, 2, 23, 7, 45, 0, 0, p.Location())
	if now, next := p.Attended(ramadan); now || next.Hour() != 8 {
		t.Errorf("at 07.45 in Ramadan: attended %v, next %v", now, next)
	}
	if now, _ := p.Attended(ramadan.AddDate(0, 2, 0)); !now {
		t.Error("at 07.45 on an ordinary day nobody is there")
	}
	for _, c := range []struct{ yaml, want string }{
		{`office_hours: [{days: [senin], open: "07.30", close: "16.00", breaks: ["12.00"]}]`, `x/profile.yaml:2:72: a break goes from one time of the office hours to a later one, each break after the one before, not "12.00"`},
		{`office_hours: [{days: [senin], open: "07.30", close: "16.00", breaks: ["13.00-12.00"]}]`, `not "13.00-12.00"`},
		{`office_hours: [{days: [senin], open: "07.30", close: "16.00", breaks: ["15.00-17.00"]}]`, `not "15.00-17.00"`},
		{`office_hours: [{days: [senin], open: "07.30", close: "16.00", breaks: ["12.00-13.00", "12.30-13.30"]}]`, `not "12.30-13.30"`},
		{`seasons: [{name: Ramadan, from: 2026-02-19, to: 2026-01-19, hours: [{days: [senin], open: "08.00", close: "15.00"}]}]`, `x/profile.yaml:2:49: the season "Ramadan" ends before it begins`},
		{`seasons: [{name: Ramadan, from: besok, to: 2026-01-19, hours: [{days: [senin], open: "08.00", close: "15.00"}]}]`, `from of the season "Ramadan" must be a day, not "besok"`},
		{`seasons: [{name: Ramadan, from: 2026-02-19, to: 2026-03-19}]`, `a season needs a name and hours`},
		{`seasons: [{name: A, from: 2026-02-19, to: 2026-03-19, hours: [{days: [senin], open: "08.00", close: "15.00"}]}, {name: B, from: 2026-03-19, to: 2026-03-20, hours: [{days: [senin], open: "08.00", close: "15.00"}]}]`, `the seasons "A" and "B" overlap`},
	} {
		_, err := Load(minimalFS("id: x\n"+c.yaml+"\n"+strings.TrimPrefix(minimal, "id: x\n")), "x")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n%v\nwant %s", c.yaml, err, c.want)
		}
	}
	_, err = Load(minimalFS(strings.Replace(minimal, "hours: 72", "working_hours: 8", 1)), "x")
	if err == nil || !strings.Contains(err.Error(), `the clock "Jawaban" counts working hours, and there are no office_hours`) {
		t.Errorf("working hours without office hours: %v", err)
	}
}
