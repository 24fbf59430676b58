package deadline

import (
	"testing"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// What went wrong with the clocks of others, each held to here.
func TestBugsOfOthers(t *testing.T) {
	t.Parallel()
	serang, denpasar := load(t, "serang"), load(t, "denpasar")
	span := func(from, to string) Span { return Span{From: at(t, serang, from), To: at(t, serang, to)} }
	shift := func(p *profile.Profile, days ...string) *profile.Profile {
		q := *p
		q.Holidays = append(append([]string(nil), p.Holidays...), days...)
		return forget(&q)
	}
	for _, c := range []struct {
		bug    string
		p      *profile.Profile
		clock  string
		filed  string
		pauses []Span
		want   string
	}{
		{"week-ends and office hours are left out", serang, "8wh", "2026-11-27 16:00", nil, "2026-11-30 16:00"},
		{"lunch does not break the due time", serang, "4wh", "2026-11-30 10:00", nil, "2026-11-30 15:00"},
		{"a due time never falls into lunch", serang, "5wh", "2026-11-30 07:30", nil, "2026-11-30 13:30"},
		{"a pause is added where it was, not to the filing", serang, "2wd", "2026-03-16 10:00", []Span{span("2026-03-17 08:00", "2026-03-17 12:00")}, "2026-03-25 14:00"},
		{"a pause over a week-end costs no working time twice", serang, "2wd", "2026-11-26 10:00", []Span{span("2026-11-27 10:00", "2026-11-30 10:00")}, "2026-12-01 10:00"},
		{"a pause over a week-end in working hours", serang, "8wh", "2026-11-27 08:00", []Span{span("2026-11-27 09:00", "2026-11-30 09:00")}, "2026-12-01 08:30"},
		{"a report made outside hours does not get nothing", serang, "1wh", "2026-11-28 22:00", nil, "2026-11-30 08:30"},
		{"two pauses at once count once", serang, "72h", "2026-11-30 08:00", []Span{span("2026-12-01 08:00", "2026-12-02 08:00"), span("2026-12-01 12:00", "2026-12-02 20:00")}, "2026-12-04 20:00"},
		{"a first answer's clock is paused, too", serang, "24h", "2026-11-30 08:00", []Span{span("2026-11-30 09:00", "2026-12-02 09:00")}, "2026-12-03 08:00"},
		{"a day that no decree has is no day off", serang, "1wd", "2026-04-20 09:00", nil, "2026-04-21 09:00"}, // Kartini's is in public feeds
		{"a day off added later moves what is counted then", shift(serang, "2026-12-01"), "2wd", "2026-11-30 09:00", nil, "2026-12-03 09:00"},
		{"a city in another zone: its morning is not the server's night", denpasar, "1wh", "2026-11-30 07:30", nil, "2026-11-30 08:30"},
	} {
		got, ok := Reach(c.p, clockOf(t, c.clock), at(t, c.p, c.filed), 1, c.pauses...)
		if !ok || got.Format("2006-01-02 15:04") != c.want {
			t.Errorf("%s: %s, want %s", c.bug, got.Format("2006-01-02 15:04"), c.want)
		}
	}
}

// forget makes a profile whose days off were changed look them up anew.
func forget(p *profile.Profile) *profile.Profile {
	return &profile.Profile{Zone: p.Zone, Holidays: p.Holidays, OfficeHours: p.OfficeHours, Seasons: p.Seasons, Clocks: p.Clocks, Categories: p.Categories}
}

// A clock in a zone east or west of the server is not due when it begins: nothing is escalated at its creation.
func TestNothingIsDueAtItsCreation(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "America/St_Johns", "Pacific/Kiritimati"} {
		p := &profile.Profile{Zone: zone, Clocks: []profile.Clock{{From: "2018-01-01", WorkingDays: 1}, {Stage: profile.Finish, From: "2018-01-01", WorkingHours: 4}},
			OfficeHours: load(t, "serang").OfficeHours}
		for h := range 200 {
			filed := time.Date(2026, 11, 26, h, 17, 0, 0, time.UTC)
			for _, stage := range []profile.Stage{profile.Answer, profile.Finish} {
				term, ok := Begin(p, stage, "pengaduan", "", filed)
				if !ok || !term.Due.After(filed) {
					t.Fatalf("%s, filed %v: due %v", zone, filed, term.Due)
				}
				if first := StepAt(p, term, 1, false); first.Before(filed) {
					t.Fatalf("%s, filed %v: reminded at %v", zone, filed, first)
				}
			}
		}
	}
}

// Offices that never work, and calendars of days off alone, end the count instead of running for ever.
func TestNoCalendarIsNoEndlessLoop(t *testing.T) {
	t.Parallel()
	never := &profile.Profile{Zone: "Asia/Jakarta", OfficeHours: []profile.Hours{{Days: nil, Open: "07.30", Close: "16.00"}}}
	if got, ok := Reach(never, profile.Clock{WorkingHours: 1}, at(t, never, "2026-11-30 09:00"), 1); ok {
		t.Errorf("an office that never works is done at %v", got)
	}
	all := &profile.Profile{Zone: "Asia/Jakarta"}
	for d := range 1200 {
		all.Holidays = append(all.Holidays, at(t, all, "2026-01-01 12:00").AddDate(0, 0, d).Format(time.DateOnly))
	}
	if got, ok := Reach(all, profile.Clock{WorkingDays: 1}, at(t, all, "2026-01-05 09:00"), 1); ok {
		t.Errorf("a year of holidays ends at %v", got)
	}
	if got := Slot(all, at(t, all, "2026-01-05 09:10"), false); got.IsZero() {
		t.Error("no hour to tell anybody")
	}
	if got := ForOffice(all, time.Time{}, at(t, all, "2026-01-05 09:10")); got.IsZero() {
		t.Error("no time to name")
	}
}

// A pause moves every step that has not come yet, and none that has.
func TestAPauseMovesEveryStepAhead(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	term, _ := Begin(p, profile.Answer, "pengaduan", "jalan_jembatan", at(t, p, "2026-11-30 08:00"))
	pause := Span{From: at(t, p, "2026-12-02 08:00"), To: at(t, p, "2026-12-04 08:00")}
	after := Paused(p, term, []Span{pause})
	for step, want := range map[int][2]string{
		1: {"2026-12-01 20:00", "2026-12-01 20:00"}, 2: {"2026-12-02 17:36", "2026-12-04 17:36"}, 3: {"2026-12-03 08:00", "2026-12-05 08:00"},
		4: {"2026-12-04 08:00", "2026-12-08 00:00"}, 5: {"2026-12-08 08:00", "2026-12-10 00:00"}, 6: {"2026-12-14 08:00", "2026-12-16 00:00"},
	} {
		before, then := StepAt(p, term, report.Step(step), false), StepAt(p, after, report.Step(step), false, pause)
		if !before.Equal(at(t, p, want[0])) || !then.Equal(at(t, p, want[1])) {
			t.Errorf("step %d: %v, and %v after the pause; want %v", step, before.In(p.Location()), then.In(p.Location()), want)
		}
	}
}

// People are told at a full hour in which the office works; a danger waits for nothing.
func TestSlot(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	for _, c := range []struct{ at, want string }{
		{"2026-11-30 09:00", "2026-11-30 09:00"}, {"2026-11-30 09:01", "2026-11-30 10:00"}, {"2026-11-30 07:30", "2026-11-30 08:00"},
		{"2026-11-30 11:30", "2026-11-30 13:00"}, {"2026-11-30 15:30", "2026-12-01 08:00"}, {"2026-11-30 16:00", "2026-12-01 08:00"},
		{"2026-11-27 16:00", "2026-11-27 16:00"}, {"2026-11-27 16:01", "2026-11-30 08:00"}, {"2026-12-24 10:00", "2026-12-28 08:00"},
		{"2026-11-29 03:00", "2026-11-30 08:00"}, {"2026-02-23 15:10", "2026-02-24 08:00"},
	} {
		if got := Slot(p, at(t, p, c.at), false); !got.Equal(at(t, p, c.want)) {
			t.Errorf("%s is told at %v, want %s", c.at, got.In(p.Location()), c.want)
		}
		if got := Slot(p, at(t, p, c.at), true); !got.Equal(at(t, p, c.at)) {
			t.Errorf("a danger of %s is told at %v", c.at, got)
		}
	}
}

// An office is never told a limit at midnight or on a day on which it is shut; what it is told is not later than the limit, unless
// the clock began after its last hour.
func TestForOffice(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	for _, c := range []struct{ from, due, want string }{
		{"2026-11-25 16:05", "2026-11-26 16:05", "2026-11-26 16:05"},
		{"2026-11-28 10:00", "2026-12-01 00:00", "2026-11-30 16:00"},
		{"2026-11-25 10:00", "2026-11-28 10:00", "2026-11-27 16:30"},
		{"2026-11-27 17:00", "2026-11-28 17:00", "2026-11-30 07:30"},
		{"2026-11-28 10:00", "2026-11-29 10:00", "2026-11-30 07:30"},
		{"2026-12-22 10:00", "2026-12-25 10:00", "2026-12-23 16:00"},
		{"2026-11-27 10:00", "2026-11-30 00:00", "2026-11-27 16:30"},
	} {
		if got := ForOffice(p, at(t, p, c.from), at(t, p, c.due)); !got.Equal(at(t, p, c.want)) {
			t.Errorf("%s is named as %v, want %s", c.due, got, c.want)
		}
	}
}
