package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// withClocks is a city whose rules have every stage; the report is about a lamp (24 hours to answer) filed on Monday, 23 November, at 9.
func withClocks(t *testing.T, how func(*casework.Filing)) *city {
	t.Helper()
	c := newCity(t, how)
	p := c.Profile
	p.Clocks = append(p.Clocks, profile.Clock{Name: "verifikasi", Stage: profile.Verify, From: "2020-01-01", WorkingDays: 3},
		profile.Clock{Name: "tuntas", Stage: profile.Finish, From: "2020-01-01", WorkingDays: 5})
	c.mem, c.n = newCity(t, how).mem, 0 // filed again, under all rules
	id, code, err := c.mem.NextID(t.Context(), "again")
	if err != nil {
		t.Fatal(err)
	}
	f := casework.Filing{ID: id, Code: code, Reporter: citizen, Person: bot.Person{ID: "62811", Name: "Asep"}, Lang: "id", Cause: "again", At: start, Served: served,
		Draft: report.Draft{Kind: report.Complaint, Text: "lampu mati", Category: "penerangan_jalan", Visibility: report.Normal}}
	how(&f)
	var b ledger.Batch
	c.r, b = c.Open(f)
	if err := c.mem.Commit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return c
}

func asIs(*casework.Filing) {}

// wib is a time as a clerk reads it.
func (c *city) wib(t time.Time) string { return t.In(c.Profile.Location()).Format("02-01 15:04") }

// dues are the clocks that run, as "answer 24-11 09:00".
func (c *city) dues() string {
	var out []string
	for _, t := range c.r.Terms {
		if t.Runs() {
			out = append(out, t.Stage+" "+c.wib(t.Due))
		}
	}
	return strings.Join(out, ", ")
}

// next is when the ladder speaks next.
func (c *city) next() string {
	c.Helper()
	all, err := c.mem.DueOf(c.Context(), ledger.ClockTimer, c.now.AddDate(1, 0, 0), 99)
	if err != nil {
		c.Fatal(err)
	}
	for _, t := range all {
		if t.Subject == ledger.OfReport(c.r.ID) {
			return c.wib(t.At)
		}
	}
	return ""
}

func (c *city) wants(what, dues, next string) {
	c.Helper()
	if got, at := c.dues(), c.next(); got != dues || at != next {
		c.Errorf("%s: %s, told at %q; want %s, told at %q", what, got, at, dues, next)
	}
}

func (c *city) later(d time.Duration) { c.now = c.now.Add(d) }

// A question stops the clocks until the citizen answers, and the timer moves with them; what anybody says besides resets nothing.
func TestAQuestionStopsTheClocks(t *testing.T) {
	t.Parallel()
	c := withClocks(t, asIs)
	c.wants("filed", "answer 24-11 09:00, finish 30-11 09:00", "24-11 08:00")
	c.later(2 * time.Hour)
	for _, a := range []report.Action{report.Note{Words: "catatan"}, report.Take{}} {
		c.act(budi, a)
	}
	c.act(asep, report.Add{Words: "tolong ya"})
	c.act(asep, report.Urge{Words: "kapan?"})
	c.wants("chatter", "answer 24-11 09:00, finish 30-11 09:00", "24-11 08:00")
	c.act(budi, report.Ask{Words: "di mana?"})
	c.wants("asked", "answer 30-11 09:00, finish 04-12 22:00", "30-11 08:00") // six days at most, of which four are worked
	c.later(24 * time.Hour)
	c.act(budi, report.Ask{Words: "halo?"})
	c.wants("asked again", "answer 30-11 09:00, finish 04-12 22:00", "30-11 08:00")
	c.later(24 * time.Hour)
	c.act(asep, report.Add{Words: "di depan masjid"})
	c.wants("answered after two days", "answer 26-11 09:00, finish 02-12 09:00", "26-11 08:00")
	c.later(time.Hour)
	c.act(budi, report.Reply{Words: "meluncur"})
	c.wants("the office answered", "finish 02-12 09:00", "30-11 08:00") // half of five days, but for the two
	if !c.r.Due.Equal(c.r.Terms[0].Due) {
		t.Errorf("the citizen reads %v, the clock says %v", c.r.Due, c.r.Terms[0].Due)
	}
}

// A question that is taken back, or that nobody hears, stops nothing.
func TestAQuestionThatIsNone(t *testing.T) {
	t.Parallel()
	c := withClocks(t, asIs)
	was := c.dues()
	c.later(time.Hour)
	c.act(budi, report.Ask{Words: "di mana?"})
	c.later(10 * time.Second)
	c.act(budi, report.Withdraw{Of: c.r.Rev})
	c.wants("taken back", was, "24-11 08:00")
	c = withClocks(t, atCounter)
	c.later(time.Hour)
	c.act(budi, report.Ask{Words: "di mana?"})
	c.wants("heard by nobody", was, "24-11 08:00")
}

// A plan stops the clock of the end until its date, and not a day longer; a plan that is begun sooner lets it run again.
func TestAPlanStopsTheClock(t *testing.T) {
	t.Parallel()
	c := withClocks(t, asIs)
	c.later(time.Hour)
	c.act(budi, report.Plan{Until: start.AddDate(0, 0, 14), Why: "menunggu anggaran"})
	c.wants("planned", "finish 14-12 08:00", "10-12 08:00")
	c.later(48 * time.Hour)
	c.act(budi, report.Take{})
	c.wants("begun after two days", "finish 02-12 09:00", "30-11 08:00")
	c.later(time.Hour)
	c.act(budi, report.Plan{Until: start.AddDate(0, 0, 7), Why: "alat rusak"})
	c.later(10 * time.Second)
	c.act(budi, report.Withdraw{Of: c.r.Rev})
	c.wants("a plan that was taken back", "finish 02-12 09:00", "30-11 08:00")
}

// What no office has runs the coordinator's clock: from filing, and anew from each time that it comes back.
func TestWhatNoOfficeHas(t *testing.T) {
	t.Parallel()
	c := withClocks(t, func(f *casework.Filing) { f.Draft.Category = "kelurahan" }) // nobody serves the kecamatan
	c.wants("unassigned", "verify 26-11 09:00, answer 26-11 09:00, finish 30-11 09:00", "25-11 08:00")
	c.later(5 * time.Hour)
	c.act(rina, report.Forward{To: "DISHUB"})
	c.wants("forwarded", "answer 26-11 09:00, finish 30-11 09:00", "25-11 08:00")
	c.later(24 * time.Hour)
	c.act(budi, report.NotOurs{Why: "bukan kami"})
	c.wants("bounced", "verify 27-11 14:00, answer 26-11 09:00, finish 30-11 09:00", "25-11 08:00")
	c.act(rina, report.Take{})
	c.wants("taken by the coordinator", "answer 26-11 09:00, finish 30-11 09:00", "25-11 08:00")
}

// A report that begins again has clocks of its own; what was promised for the first answer stays on record.
func TestAReopenedReportHasItsOwn(t *testing.T) {
	t.Parallel()
	c := withClocks(t, asIs)
	first := c.r.Due
	c.later(time.Hour)
	c.act(budi, report.Resolve{Words: "sudah", Photos: photos(1)})
	c.wants("done", "", "")
	c.later(30 * time.Hour)
	c.act(asep, report.Judge{Verdict: report.Unfit, Words: "masih mati"})
	c.wants("begun again", "answer 25-11 16:00, finish 01-12 16:00", "25-11 08:00")
	if !c.r.Due.Equal(first) {
		t.Errorf("the first limit was %v and is %v", first, c.r.Due)
	}
	c.act(budi, report.Reply{Words: "kami kembali"})
	c.wants("answered again", "finish 01-12 16:00", "27-11 08:00")
}

// Another rule, or another day off, changes nothing of what is open, until somebody asks for it: then what it would do is shown first.
func TestAChangedRuleNeverRewrites(t *testing.T) {
	t.Parallel()
	c := withClocks(t, asIs)
	c.Profile.Clocks[1].Hours = 72 // light reports
	c.Profile.Clocks[1].Name = "ringan 3×24 jam"
	c.Profile.Holidays = append(c.Profile.Holidays, "2026-11-25")
	c.later(time.Hour)
	c.act(budi, report.Take{})
	c.act(asep, report.Add{Words: "tolong"})
	c.wants("under other rules", "answer 24-11 09:00, finish 30-11 09:00", "24-11 08:00")
	facts, err := c.mem.Facts(t.Context(), c.r.ID)
	if err != nil {
		t.Fatal(err)
	}
	changes, b, ok := c.Recount(c.r, casework.Occasion{Cause: "recount", At: c.now, Facts: facts})
	if !ok || len(changes) != 2 || fmt.Sprint(changes[0].Stage, c.wib(changes[0].Due), c.wib(changes[0].Now), changes[0].Was, changes[0].Rule) != "answer24-11 09:0026-11 09:00ringan 1×24 jamringan 3×24 jam" {
		t.Fatalf("recounted: %v %+v", ok, changes)
	}
	c.wants("shown and not kept", "answer 24-11 09:00, finish 30-11 09:00", "24-11 08:00")
	if err := c.mem.Commit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if c.r, err = c.mem.ByID(t.Context(), c.r.ID); err != nil {
		t.Fatal(err)
	}
	c.wants("recounted", "answer 26-11 09:00, finish 01-12 09:00", "26-11 08:00")
	if got := heard(b)[citizen]; len(got) != 1 || !strings.Contains(got[0], "sekarang dijawab paling lambat *Kamis, 26 Nov*") && !strings.Contains(got[0], "Kamis, 26 Nov") {
		t.Errorf("the citizen hears %q", got)
	}
	facts, _ = c.mem.Facts(t.Context(), c.r.ID)
	if _, _, ok := c.Recount(c.r, casework.Occasion{Cause: "again", At: c.now, Facts: facts}); ok {
		t.Error("recounted twice")
	}
}

// A report from before there were clocks keeps the day that was promised, and gets its clocks with the next thing that happens to it.
func TestAReportFromBefore(t *testing.T) {
	t.Parallel()
	c := withClocks(t, asIs)
	facts, err := c.mem.Facts(t.Context(), c.r.ID)
	if err != nil {
		t.Fatal(err)
	}
	old := c.r
	old.Terms, old.Due = nil, start.Add(30*time.Hour)
	for i := range facts {
		facts[i].Terms = nil
	}
	timer := ledger.Timer{Kind: ledger.ClockTimer, Subject: ledger.OfReport(old.ID), At: start.Add(time.Hour)}
	at := start.Add(31 * time.Hour) // Tuesday, 16:00: too late for today
	b, ok := c.Climb([]casework.Moment{{Timer: timer, At: at, Report: old, Facts: facts}}, nil, at)
	if !ok || len(b.Letters) != 0 {
		t.Fatalf("told after hours: %v %+v", ok, b.Letters)
	}
	at = start.Add(47 * time.Hour)
	b, _ = c.Climb([]casework.Moment{{Timer: timer, At: at, Report: old, Facts: facts}}, nil, at)
	changed, is := b.Changes[0].(ledger.Changed)
	if !is {
		t.Fatalf("%+v", b.Changes)
	}
	if answer, _ := changed.Report.TermOf("answer"); c.wib(answer.Due) != "24-11 15:00" || answer.Told != report.Breach {
		t.Errorf("its clock is %+v", answer)
	}
	if got := heard(b)[citizen]; len(got) != 1 || !strings.Contains(got[0], "Maaf, laporan") {
		t.Errorf("the citizen hears %q", got)
	}
}

// Who may be told is told once: leaders at the very top, people who never wrote, and those who left get no list.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	c := withClocks(t, func(f *casework.Filing) { f.Draft.Emergency = true })
	met := start.AddDate(0, 0, -1)
	op := func(name, agency, title string, role report.Role, met, ended time.Time) ledger.Operator {
		return ledger.Operator{ID: "telegram:" + name, Name: name, Agency: agency, Title: title, Role: role, Approved: "telegram:3", Met: met, Ended: ended}
	}
	people := []ledger.Operator{
		op("kadis", "DISHUB", ledger.TitleHead, report.Operator, met, time.Time{}), op("kabid", "DISHUB", "kabid penerangan", report.Operator, met, time.Time{}),
		op("kadis lain", "DPUPR", ledger.TitleHead, report.Operator, met, time.Time{}), op("kadis lama", "DISHUB", ledger.TitleHead, report.Operator, met, met),
		op("belum menyapa", "DISHUB", ledger.TitleHead, report.Operator, time.Time{}, time.Time{}),
		op("sekda", "", "sekda", report.Leader, met, time.Time{}), op("wali", "", "wali kota", report.Leader, met, time.Time{}),
	}
	var got []string
	for step := range 60 {
		c.now = start.Add(time.Duration(step) * time.Hour) // a danger waits for no office hours
		due, err := c.mem.DueOf(t.Context(), ledger.ClockTimer, c.now, 9)
		if err != nil {
			t.Fatal(err)
		}
		for _, timer := range due {
			if timer.Subject != ledger.OfReport(c.r.ID) {
				continue
			}
			facts, err := c.mem.Facts(t.Context(), c.r.ID)
			if err != nil {
				t.Fatal(err)
			}
			b, _ := c.Climb([]casework.Moment{{Timer: timer, At: c.now, Report: c.r, Facts: facts}}, people, c.now)
			if err := c.mem.Commit(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			if c.r, err = c.mem.ByID(t.Context(), c.r.ID); err != nil {
				t.Fatal(err)
			}
			for _, l := range b.Letters {
				if l.Purpose != ledger.Refresh {
					got = append(got, fmt.Sprintf("%dh %s%s %s", step, l.To.ID, l.Room, l.Purpose))
				}
				if strings.Contains(l.Message.Text, "lampu mati") {
					t.Errorf("a list repeats what the citizen said: %s", l.Message.Text)
				}
			}
		}
	}
	want := "12h -100DISHUB alarm, 20h -100DISHUB alarm, 24h 62811 notice, 24h -100DISHUB alarm, 24h -100 alarm, 24h kadis desk, 48h -100DISHUB alarm, 48h sekda desk"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("told:\n%s\nwant:\n%s", s, want)
	}
	posts, err := c.mem.Shown(t.Context(), c.r.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"kadis", "sekda"} { // what they read goes when the report becomes confidential
		if !slices.ContainsFunc(posts, func(p ledger.Post) bool { return p.To.ID == who }) {
			t.Errorf("what %s reads is not found again: %+v", who, posts)
		}
	}
}
