package deadline

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

func load(t testing.TB, name string) *profile.Profile {
	t.Helper()
	p, err := profile.Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func at(t testing.TB, p *profile.Profile, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, p.Location())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Serang answers within 3 x 24 hours, light cases within 1 x 24, weekends and holidays included.
func TestDueSerang(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	for _, c := range []struct {
		name, filed string
		kind        report.Kind
		category    string
		want        string
		clock       string
	}{
		{"Friday afternoon", "2026-11-20 16:00", report.Complaint, "jalan_jembatan", "2026-11-23 16:00", "Jawaban pertama"},
		{"light", "2026-11-20 16:00", report.Complaint, "penerangan_jalan", "2026-11-21 16:00", "Jawaban pertama, laporan ringan"},
		{"a question", "2026-11-20 16:00", report.Question, "administrasi_kependudukan", "2026-11-23 16:00", "Jawaban pertama"},
		{"over Idul Fitri", "2026-03-20 09:30", report.Complaint, "air_bersih", "2026-03-23 09:30", "Jawaban pertama"},
		{"over the year", "2026-12-30 23:59", report.Wish, "jalan_jembatan", "2027-01-02 23:59", "Jawaban pertama"},
		{"29 February", "2028-02-27 12:00", report.Complaint, "jalan_jembatan", "2028-03-01 12:00", "Jawaban pertama"},
		{"no category yet", "2026-11-20 16:00", report.Complaint, "", "2026-11-23 16:00", "Jawaban pertama"},
	} {
		got, clock := Due(p, c.kind, c.category, at(t, p, c.filed))
		if !got.Equal(at(t, p, c.want)) || clock.Name != c.clock {
			t.Errorf("%s: due %v by %q, want %s by %q", c.name, got, clock.Name, c.want, c.clock)
		}
	}
}

// A time given in UTC is answered in the city's zone, and the filing day is counted there.
func TestDueZone(t *testing.T) {
	t.Parallel()
	p := load(t, "denpasar")
	got, _ := Due(p, report.Complaint, "jalan_jembatan", time.Date(2026, 11, 19, 20, 0, 0, 0, time.UTC)) // Friday 04:00 there
	if got.Format("2006-01-02 15:04 -0700") != "2026-11-27 04:00 +0800" {
		t.Errorf("due %v", got)
	}
}

func TestFinishedWorkingDays(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	for _, c := range []struct {
		name, filed string
		kind        report.Kind
		category    string
		want        string
	}{
		{"information, 5 working days", "2026-11-20 16:00", report.Question, "", "2026-11-27 16:00"},
		{"complaint, 14 working days", "2026-11-02 08:00", report.Complaint, "jalan_jembatan", "2026-11-20 08:00"},
		{"oversight, 60 working days", "2026-08-31 08:00", report.Complaint, "pungli_integritas", "2026-11-23 08:00"},
		{"filed on Saturday", "2026-11-21 10:00", report.Question, "", "2026-11-28 00:00"},
		// 18 to 24 March 2026 are off (Nyepi, Idul Fitri and collective leave, a weekend among them).
		{"over Idul Fitri", "2026-03-16 10:00", report.Question, "", "2026-03-30 10:00"},
		{"filed on Idul Fitri", "2026-03-21 10:00", report.Question, "", "2026-04-01 00:00"},
		{"Christmas and New Year", "2026-12-23 14:00", report.Question, "", "2027-01-04 14:00"},
	} {
		got, clock := Finished(p, c.kind, c.category, at(t, p, c.filed))
		if !got.Equal(at(t, p, c.want)) {
			t.Errorf("%s: %v by %q, want %s", c.name, got, clock.Name, c.want)
		}
	}
}

func TestPickByDay(t *testing.T) {
	t.Parallel()
	p := &profile.Profile{Zone: "Asia/Jakarta", Categories: []profile.Category{{Code: "pju", Light: true}}, Clocks: []profile.Clock{
		{Name: "old", From: "2018-01-01", Hours: 72},
		{Name: "new", From: "2027-01-01", WorkingDays: 2},
		{Name: "light", From: "2018-01-01", Until: "2027-06-30", Light: true, Hours: 24},
		{Name: "question", From: "2026-06-01", Kinds: []string{"informasi"}, Hours: 48},
	}}
	for _, c := range []struct {
		filed    string
		kind     report.Kind
		category string
		want     string
	}{
		{"2017-12-31 23:59", report.Complaint, "", ""},
		{"2018-01-01 00:00", report.Complaint, "", "old"},
		{"2026-12-31 23:59", report.Complaint, "", "old"},
		{"2027-01-01 00:00", report.Complaint, "", "new"},
		{"2027-01-01 00:00", report.Complaint, "pju", "light"},
		{"2027-06-30 23:59", report.Complaint, "pju", "light"},
		{"2027-07-01 00:00", report.Complaint, "pju", "new"},
		{"2026-05-31 12:00", report.Question, "", "old"},
		{"2026-06-01 12:00", report.Question, "", "question"},
		{"2026-06-01 12:00", report.Question, "pju", "light"},
	} {
		got, ok := Pick(p, profile.Answer, c.kind, c.category, at(t, p, c.filed))
		if got.Name != c.want || ok != (c.want != "") {
			t.Errorf("%s %s %s: %q, want %q", c.filed, c.kind, c.category, got.Name, c.want)
		}
	}
	if got, clock := Finished(p, report.Complaint, "", at(t, p, "2026-01-01 00:00")); !got.IsZero() || clock.Name != "" {
		t.Errorf("a limit nobody set: %v %v", got, clock)
	}
}

func TestPauses(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	hours, days := profile.Clock{Hours: 72}, profile.Clock{WorkingDays: 5}
	span := func(from, to string) Span {
		s := Span{From: at(t, p, from)}
		if to != "" {
			s.To = at(t, p, to)
		}
		return s
	}
	for _, c := range []struct {
		name   string
		clock  profile.Clock
		filed  string
		share  float64
		pauses []Span
		want   string // "" when nobody can tell
	}{
		{"none", hours, "2026-11-20 16:00", 1, nil, "2026-11-23 16:00"},
		{"half", hours, "2026-11-20 16:00", 0.5, nil, "2026-11-22 04:00"},
		{"one", hours, "2026-11-20 16:00", 1, []Span{span("2026-11-21 00:00", "2026-11-22 00:00")}, "2026-11-24 16:00"},
		{"overlapping", hours, "2026-11-20 16:00", 1, []Span{span("2026-11-21 12:00", "2026-11-22 00:00"), span("2026-11-21 00:00", "2026-11-21 18:00")}, "2026-11-24 16:00"},
		{"backward is none", hours, "2026-11-20 16:00", 1, []Span{span("2026-11-22 00:00", "2026-11-21 00:00")}, "2026-11-23 16:00"},
		{"before filing", hours, "2026-11-20 16:00", 1, []Span{span("2026-11-01 00:00", "2026-11-20 18:00")}, "2026-11-23 18:00"},
		{"after the end", hours, "2026-11-20 16:00", 1, []Span{span("2026-11-23 16:00", "2026-11-25 00:00")}, "2026-11-23 16:00"},
		{"still going", hours, "2026-11-20 16:00", 1, []Span{span("2026-11-21 00:00", "")}, ""},
		{"still going, but half was before", hours, "2026-11-20 16:00", 0.1, []Span{span("2026-11-21 16:00", "")}, "2026-11-20 23:12"},
		{"open swallows later", hours, "2026-11-20 16:00", 1, []Span{span("2026-11-21 00:00", ""), span("2026-11-22 00:00", "2026-11-23 00:00")}, ""},
		{"working days, a weekend's pause is free", days, "2026-11-20 16:00", 1, []Span{span("2026-11-21 00:00", "2026-11-23 00:00")}, "2026-11-27 16:00"},
		{"working days, one day", days, "2026-11-20 16:00", 1, []Span{span("2026-11-24 09:00", "2026-11-25 09:00")}, "2026-11-30 16:00"},
	} {
		got, ok := Reach(p, c.clock, at(t, p, c.filed), c.share, c.pauses...)
		if c.want == "" {
			if ok {
				t.Errorf("%s: %v, want nobody can tell", c.name, got)
			}
			continue
		}
		if !ok || !got.Equal(at(t, p, c.want)) {
			t.Errorf("%s: %v %v, want %s", c.name, got, ok, c.want)
		}
	}
}

// People are told a day on which the office is open and at whose end the limit has passed.
func TestDay(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	for _, c := range []struct{ name, due, want string }{
		{"an ordinary afternoon", "2026-11-25 16:05", "2026-11-25"},
		{"midnight ends the day before", "2026-11-25 00:00", "2026-11-24"},
		{"just after midnight", "2026-11-25 00:20", "2026-11-25"},
		{"the last minute of a day", "2026-11-25 23:59", "2026-11-25"},
		{"Saturday", "2026-11-28 10:00", "2026-11-30"},
		{"Sunday", "2026-11-29 23:59", "2026-11-30"},
		{"midnight that begins a Saturday ends the Friday", "2026-11-28 00:00", "2026-11-27"},
		{"midnight that begins a Monday ends the Sunday", "2026-11-30 00:00", "2026-11-30"},
		{"the first day of Idul Fitri's week", "2026-03-18 09:00", "2026-03-25"},
		{"midnight before it", "2026-03-18 00:00", "2026-03-17"},
		{"in the middle of it", "2026-03-23 09:30", "2026-03-25"},
		{"Christmas on a Friday", "2026-12-25 08:00", "2026-12-28"},
		{"New Year", "2027-01-01 12:00", "2027-01-04"},
	} {
		if got := Day(p, at(t, p, c.due)).Format(time.DateOnly); got != c.want {
			t.Errorf("%s: %s is told as %s, want %s", c.name, c.due, got, c.want)
		}
	}
	all := &profile.Profile{Zone: "Asia/Jakarta"}
	for d := range 400 {
		all.Holidays = append(all.Holidays, at(t, p, "2026-01-01 12:00").AddDate(0, 0, d).Format(time.DateOnly))
	}
	if got := Day(all, at(t, p, "2026-02-02 12:00")); got.IsZero() {
		t.Error("no day where none is open")
	}
}

func TestUsed(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	filed := at(t, p, "2026-11-20 16:00") // Friday
	for _, c := range []struct {
		clock profile.Clock
		now   string
		want  float64
	}{
		{profile.Clock{Hours: 72}, "2026-11-20 16:00", 0},
		{profile.Clock{Hours: 72}, "2026-11-19 16:00", 0},
		{profile.Clock{Hours: 72}, "2026-11-22 04:00", 0.5},
		{profile.Clock{Hours: 72}, "2026-11-26 16:00", 2},
		{profile.Clock{WorkingDays: 1}, "2026-11-22 12:00", 8. / 24},
		{profile.Clock{WorkingDays: 1}, "2026-11-23 16:00", 1},
		{profile.Clock{}, "2026-11-23 16:00", 0},
	} {
		if got := Used(p, c.clock, filed, at(t, p, c.now)); got != c.want {
			t.Errorf("%+v at %s: %g, want %g", c.clock, c.now, got, c.want)
		}
	}
}

// Used at the time Reach gives is the share asked for; a pause never brings the end nearer; the end is a working day.
func TestReachAndUsedAgree(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	start := at(t, p, "2026-01-01 00:00")
	rapid.Check(t, func(t *rapid.T) {
		minute := func(name string, most int) time.Duration {
			return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Minute
		}
		filed := start.Add(minute("filed", 400*24*60))
		c := profile.Clock{Hours: rapid.IntRange(1, 300).Draw(t, "hours")}
		if rapid.Bool().Draw(t, "working") {
			c = profile.Clock{WorkingDays: rapid.IntRange(1, 60).Draw(t, "days")}
		}
		var pauses []Span
		for range rapid.IntRange(0, 4).Draw(t, "pauses") {
			from := filed.Add(minute("from", 60*24*60) - 24*time.Hour)
			pauses = append(pauses, Span{From: from, To: from.Add(minute("long", 10*24*60))})
		}
		end, ok := Reach(p, c, filed, 1, pauses...)
		if !ok {
			t.Fatal("closed pauses end")
		}
		if used := Used(p, c, filed, end, pauses...); used < 1-1e-9 || used > 1+1e-9 {
			t.Fatalf("used %g at the end", used)
		}
		bare, _ := Reach(p, c, filed, 1)
		if end.Before(bare) {
			t.Fatalf("pauses brought the end from %v to %v", bare, end)
		}
		if c.WorkingDays > 0 && !WorkingDay(p, end.Add(-time.Second)) {
			t.Fatalf("ends on a day off: %v", end)
		}
	})
}
