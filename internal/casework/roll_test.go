package casework_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// The roll call is at 08.00 and 13.00 of days on which the offices work.
func TestNextRoll(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	o := &casework.Office{Profile: p}
	for at, want := range map[string]string{
		"2026-11-30 07:59": "2026-11-30 08:00", "2026-11-30 08:00": "2026-11-30 13:00", "2026-11-30 13:00": "2026-12-01 08:00", "2026-11-27 14:00": "2026-11-30 08:00",
		"2026-12-23 14:00": "2026-12-28 08:00", "2027-03-05 13:30": "2027-03-16 08:00",
	} {
		v, err := time.ParseInLocation("2006-01-02 15:04", at, p.Location())
		if err != nil {
			t.Fatal(err)
		}
		if got := o.NextRoll(v).In(p.Location()).Format("2006-01-02 15:04"); got != want {
			t.Errorf("after %s: %s, want %s", at, got, want)
		}
	}
}

// One that was slept through is not made up for; the coordinator sees who has nobody and who did not look, and is reminded of next
// year's days off on Mondays from October on.
func TestRoll(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	o := &casework.Office{Profile: p, Desk: desk}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, p.Location())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	due := at("2026-12-01 09:00")
	lamp := report.Report{ID: 1, Code: "SRG-22222-2", Status: report.Assigned, Agency: "DISHUB", Draft: report.Draft{Category: "penerangan_jalan"},
		Terms: []report.Term{{Stage: "answer", From: at("2026-11-30 09:00"), Due: due, Hours: 24}}}
	road := report.Report{ID: 2, Code: "SRG-33333-3", Status: report.InProgress, Agency: "DPUPR", Draft: report.Draft{Category: "jalan_jembatan"}, Filed: at("2026-11-30 09:00")}
	lists := func(o *casework.Office, now time.Time) map[string]ledger.OpenList {
		of := func(r report.Report) ledger.OpenList {
			return ledger.OpenListOf([]report.Report{r}, now, o.Soon(now), casework.RollShown)
		}
		return map[string]ledger.OpenList{"DISHUB": of(lamp), "DPUPR": of(road)}
	}
	last := at("2026-11-30 13:00")
	op := func(name, agency string, roll time.Time) ledger.Operator {
		return ledger.Operator{ID: "telegram:" + name, Name: name, Agency: agency, Role: report.Operator, Approved: "telegram:3", Roll: roll}
	}
	call := func(timer, now string, rev string, people ...ledger.Operator) (letters map[string]string, next string) {
		b := o.Roll(casework.RollCall{Timer: ledger.Timer{Kind: ledger.RollTimer, Subject: ledger.OfRoom(""), At: at(timer), Rev: rev}, At: at(now), People: people, Open: lists(o, at(now))})
		letters = map[string]string{}
		for _, l := range b.Letters {
			letters[l.Room] = l.Message.Text
		}
		for _, c := range b.Changes {
			if t, ok := c.(ledger.Timed); ok {
				next = t.Timer.At.In(p.Location()).Format("2006-01-02 15:04")
				rev = t.Timer.Rev
			}
		}
		return letters, next + " " + rev
	}
	_, mark := call("2026-11-30 13:00", "2026-11-30 13:00", "")
	_, rev, _ := strings.Cut(strings.TrimPrefix(mark, "2026-12-01 08:00"), " ")
	if rev == "" {
		t.Fatalf("the roll call has no mark: %q", mark)
	}
	got, next := call("2026-12-01 08:00", "2026-12-01 08:00", rev, op("Budi", "DISHUB", last.Add(-time.Hour)), op("Sari", "DISHUB", last))
	if !strings.Contains(got["DISHUB"], "1 terbuka · 1 jatuh tempo hari ini") || !strings.HasPrefix(next, "2026-12-01 13:00") {
		t.Errorf("Dishub reads %q, next %s", got["DISHUB"], next)
	}
	city := got[""]
	if strings.Contains(city, "Dishub*: 1 terbuka · 1 jatuh tempo hari ini · 👀") || !strings.Contains(city, "tanpa petugas") {
		t.Errorf("the coordinator reads %q", city)
	}
	got, _ = call("2026-12-01 08:00", "2026-12-01 08:05", rev, op("Budi", "DISHUB", last.Add(-time.Hour)), op("Dewi", "DPUPR", last))
	if city = got[""]; strings.Count(city, "belum dibaca") != 1 || strings.Contains(city, "tanpa petugas") {
		t.Errorf("the coordinator reads %q", city)
	}
	if got, _ = call("2026-12-01 13:00", "2026-12-01 13:00", rev); !strings.Contains(got["DISHUB"], "⚠️ 1 lewat batas") {
		t.Errorf("late: %q", got["DISHUB"])
	}
	if got, next = call("2026-12-01 08:00", "2026-12-01 11:00", rev); len(got) != 0 || !strings.HasPrefix(next, "2026-12-01 13:00") {
		t.Errorf("slept through: %v, next %s", got, next)
	}
	for day, warns := range map[string]bool{"2027-10-04 08:00": true, "2027-10-04 13:00": false, "2027-10-05 08:00": false, "2027-09-27 08:00": false, "2028-02-07 08:00": true} {
		got, _ = call(day, day, rev)
		if strings.Contains(got[""], "Hari libur 2028 belum ada di profil") != warns {
			t.Errorf("%s: warned is %v: %q", day, !warns, got[""])
		}
	}
}

// Nobody is blamed for a list that was not read to the office, or was read before anybody was there.
func TestRollBlamesNobodyForWhatWasNotRead(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	o := &casework.Office{Profile: p, Desk: desk}
	morning := time.Date(2026, 11, 30, 8, 0, 0, 0, p.Location())
	roll := func(at time.Time, rev string, people []ledger.Operator, offices ...string) (coordinator, mark string) {
		open := map[string]ledger.OpenList{}
		for _, a := range offices {
			open[a] = ledger.OpenListOf([]report.Report{{ID: 1, Code: "SRG-22222-2", Status: report.Assigned, Agency: a}}, at, o.Soon(at), casework.RollShown)
		}
		b := o.Roll(casework.RollCall{Timer: ledger.Timer{Kind: ledger.RollTimer, Subject: ledger.OfRoom(""), At: at, Rev: rev}, At: at, People: people, Open: open})
		for _, l := range b.Letters {
			if l.Room == "" {
				coordinator = l.Message.Text
			}
		}
		for _, c := range b.Changes {
			if c, ok := c.(ledger.Timed); ok {
				mark = c.Timer.Rev
			}
		}
		return coordinator, mark
	}
	people := func(since time.Time) []ledger.Operator {
		return []ledger.Operator{{ID: "telegram:7", Agency: "DISHUB", Role: report.Operator, Approved: "telegram:3", Since: since}}
	}
	for name, c := range map[string]struct {
		before []string // offices that had something open in the morning
		since  time.Time
		blamed bool
	}{
		"nobody looked":                   {[]string{"DISHUB", "DPUPR"}, morning.AddDate(0, -1, 0), true},
		"nothing was open in the morning": {[]string{"DPUPR"}, morning.AddDate(0, -1, 0), false},
		"nothing was open anywhere":       {nil, morning.AddDate(0, -1, 0), false},
		"who serves it came at ten":       {[]string{"DISHUB"}, morning.Add(2 * time.Hour), false},
	} {
		_, mark := roll(morning, "", people(c.since), c.before...)
		got, _ := roll(morning.Add(5*time.Hour), mark, people(c.since), "DISHUB")
		if strings.Contains(got, "belum dibaca") != c.blamed || !strings.Contains(got, "1 terbuka") {
			t.Errorf("%s: the coordinator reads %q", name, got)
		}
	}
	if got, _ := roll(morning.Add(5*time.Hour), "thuvow", people(morning.AddDate(0, -1, 0)), "DISHUB"); strings.Contains(got, "belum dibaca") {
		t.Errorf("by a mark of before offices stood there: %q", got)
	}
}

// What waits to be sorted is the coordinator's to keep: it is late there like everything else, also where the answer was given before it came back.
func TestRollTellsTheCoordinatorOfTheOwnLateness(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	o := &casework.Office{Profile: p, Desk: desk}
	at := time.Date(2026, 11, 30, 8, 0, 0, 0, p.Location())
	day := func(n int) time.Time { return at.AddDate(0, 0, n) }
	terms := func(verify, met time.Time) []report.Term {
		return []report.Term{{Stage: "verify", From: day(-12), Due: verify, Met: met, Days: 3}, {Stage: "answer", From: day(-14), Due: day(-9), Met: day(-13), Days: 5}, {Stage: "finish", From: day(-14), Due: day(46), Days: 60}}
	}
	for name, c := range map[string]struct {
		terms []report.Term
		late  string
	}{
		"waits since a week": {terms(day(-7), time.Time{}), "1 terbuka · ⚠️ 1 lewat batas"},
		"has time until two": {terms(at.Add(6*time.Hour), time.Time{}), "1 terbuka · 1 jatuh tempo hari ini"},
		"was taken in time":  {terms(day(-7), day(-8)), "1 terbuka\n"},
	} {
		bounced := report.Report{ID: 1, Code: "SRG-22222-2", Status: report.Received, Draft: report.Draft{Category: "jalan_jembatan"}, Filed: day(-14), Answered: day(-13), Bounces: 1, Terms: c.terms}
		b := o.Roll(casework.RollCall{Timer: ledger.Timer{Kind: ledger.RollTimer, Subject: ledger.OfRoom(""), At: at}, At: at,
			Open: map[string]ledger.OpenList{"": ledger.OpenListOf([]report.Report{bounced}, at, o.Soon(at), casework.RollShown)}})
		if got := b.Letters[0].Message.Text; !strings.Contains(got, c.late) || strings.Contains(got, "🔴") != strings.Contains(c.late, "lewat") || strings.Contains(got, "diteruskan paling lambat") != (name != "was taken in time") {
			t.Errorf("%s: the coordinator reads %q", name, got)
		}
	}
}

// A plan whose day is over stands in the roll call as such: its citizen was promised that day.
func TestRollNamesABrokenPlan(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	o := &casework.Office{Profile: p, Desk: desk}
	until := time.Date(2026, 12, 1, 23, 59, 0, 0, p.Location())
	for day, over := range map[int]bool{1: false, 2: true, 7: true} {
		at := time.Date(2026, 12, day, 8, 0, 0, 0, p.Location())
		drain := report.Report{ID: 1, Code: "SRG-22222-2", Status: report.Planned, Until: until, Agency: "DPUPR", Draft: report.Draft{Category: "drainase_banjir"}, Filed: at.AddDate(0, 0, -5)}
		b := o.Roll(casework.RollCall{Timer: ledger.Timer{Kind: ledger.RollTimer, Subject: ledger.OfRoom(""), At: at}, At: at,
			Open: map[string]ledger.OpenList{"DPUPR": ledger.OpenListOf([]report.Report{drain}, at, o.Soon(at), casework.RollShown)}})
		var read string
		for _, l := range b.Letters {
			if l.Room == "DPUPR" {
				read = l.Message.Text
			}
		}
		if !strings.Contains(read, "SRG-22222-2") || strings.Contains(read, "rencana Selasa, 1 Des sudah lewat") != over {
			t.Errorf("on 0%d-12: %q", day, read)
		}
	}
}

// The menu of a roll call is read back from its intent, also from one of before numbers stood there; nothing else is one.
func TestRollMenuOf(t *testing.T) {
	t.Parallel()
	for intent, want := range map[string]string{
		"absen:thuvow:DISHUB:SRG-22222-2,SRG-33333-3": "r.thuvow.DISHUB baca SRG-22222-2 SRG-33333-3", "absen:thuvow::SRG-22222-2": "r.thuvow. baca SRG-22222-2",
		"absen:thuvow:DISHUB": "r.thuvow.DISHUB baca", "absen:thuvow:": "r.thuvow. baca", "absen:thuvow": "", "absen::DISHUB": "", "absen:?:DISHUB": "", "absen": "", "": "",
		"tenggat:SRG-22222-2": "",
	} {
		m, agency, ok := casework.RollMenuOf(intent)
		got := m.ID
		for _, c := range m.Choices {
			got += " " + c.ID
		}
		if got != want || ok != (want != "") || ok && !strings.HasSuffix(m.ID, "."+agency) {
			t.Errorf("%q: %q of %q, %v", intent, got, agency, ok)
		}
	}
}
