package figures_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabeg/internal/casework/casetest"
	"rabeg/internal/figures"
	"rabeg/internal/report"
)

var jakarta = time.FixedZone("WIB", 7*3600)

// calendar has Saturdays, Sundays and 2026-11-11 off.
func calendar() *figures.Calendar {
	return figures.NewCalendar(2025, 2028, jakarta, func(t time.Time) bool {
		t = t.In(jakarta)
		return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && t.Format(time.DateOnly) != "2026-11-11"
	})
}

// on reads "03 09:00" as a time of November 2026.
func on(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-11-"+s, jakarta)
	if err != nil {
		panic(err)
	}
	return t
}

func november() figures.Query {
	return figures.Query{From: on("01 00:00"), To: on("30 00:00").AddDate(0, 0, 1), At: on("30 12:00").AddDate(0, 2, 0), Calendar: calendar(),
		Hush: func(c report.Course) bool { return c.Visibility == report.Confidential }, Window: func(string) int { return 30 }}
}

// Working time by hand. 2026-11-02 is a Monday.
func TestWorkingTime(t *testing.T) {
	t.Parallel()
	cal := calendar()
	for _, c := range []struct {
		from, to string
		waits    []report.Wait
		days     float64
	}{
		{"02 09:00", "02 15:00", nil, .25},
		{"02 09:00", "03 09:00", nil, 1},
		{"06 12:00", "09 12:00", nil, 1},  // over a week-end
		{"07 10:00", "08 22:00", nil, 0},  // a week-end alone
		{"07 10:00", "09 12:00", nil, .5}, // begins on a Saturday
		{"10 00:00", "12 00:00", nil, 1},  // the day off is a Wednesday
		{"10 12:00", "13 12:00", nil, 2},  // and within
		{"03 09:00", "02 09:00", nil, 0},  // a clock that went back
		{"02 00:00", "30 00:00", nil, 19}, // four weeks less a day
		{"02 09:00", "05 09:00", []report.Wait{{From: on("03 09:00"), To: on("04 09:00")}}, 2},
		{"06 09:00", "10 09:00", []report.Wait{{From: on("06 21:00"), To: on("09 12:00")}}, 1.375}, // asked over the week-end
		{"02 09:00", "05 09:00", []report.Wait{{From: on("03 09:00")}}, 1},                         // and waits still
		{"02 09:00", "05 09:00", []report.Wait{{From: on("01 09:00"), To: on("02 21:00")}}, 2.5},
	} {
		if got := cal.Worked(on(c.from), on(c.to), c.waits); got != time.Duration(c.days*float64(24*time.Hour)) {
			t.Errorf("%s to %s without %v: %v, want %v days", c.from, c.to, c.waits, got, c.days)
		}
	}
}

// answered is a report of an office with its first answer some hours after the filing, -1 for none yet.
func answered(office string, hours float64) report.Course {
	filed := on("02 09:00")
	c := report.Course{Filed: filed, Due: filed.Add(72 * time.Hour), Office: office, Status: report.Assigned, Spells: []report.Spell{{Office: office, From: filed}}}
	if hours >= 0 {
		c.Answered, c.AnsweredBy = filed.Add(time.Duration(hours*float64(time.Hour))), office
	}
	return c
}

// Kaplan and Meier by hand: ten reports, some of which are still open.
func TestPercentiles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what        string
		hours       string // each report's answer; "+5" was over without one after 5 hours
		median, p90 float64
	}{
		{"all answered: the fifth and the ninth", "1 2 3 4 5 6 7 8 9 10", 5, 9},
		{"the order says nothing", "10 9 8 7 6 5 4 3 2 1", 5, 9},
		{"all alike", "4 4 4 4 4 4 4 4 4 4", 4, 4},
		{"half of them open", "1 2 3 4 5 + + + + +", 5, -1},
		{"fewer than half answered", "1 2 3 4 + + + + + +", -1, -1},
		{"none answered", "+ + + + + + + + + +", -1, -1},
		// 10 at risk: 1 → .9; two go at 2; 7 at risk: 3 → .7714; 6: 4 → .6429; 5: 5 → .5143; 4: 6 → .3857; 3: 7 → .2571; 2: 8 → .1286; 1: 9 → 0
		{"two ended otherwise in between", "1 +2 +2 3 4 5 6 7 8 9", 6, 9},
		{"at the same time an answer counts first", "1 1 1 1 +1 1 2 2 2 2", 1, 2},
		{"nine are too few", "1 2 3 4 5 6 7 8 9", -2, -2},
	} {
		var all []report.Course
		for h := range strings.FieldsSeq(c.hours) {
			var hours float64
			switch {
			case h == "+":
				all = append(all, answered("DLH", -1))
				continue
			case h[0] == '+':
				_, _ = fmt.Sscan(h[1:], &hours)
				r := answered("DLH", -1)
				r.Status, r.Ended = report.Transferred, r.Filed.Add(time.Duration(hours*float64(time.Hour)))
				r.Spells[0].To = r.Ended
				all = append(all, r)
				continue
			}
			_, _ = fmt.Sscan(h, &hours)
			all = append(all, answered("DLH", hours))
		}
		f := figures.Count(november(), all).All
		for name, p := range map[string]struct {
			got  figures.Percentile
			want float64
		}{"median": {f.AnswerLived.Median, c.median}, "p90": {f.AnswerLived.P90, c.p90}} {
			want := figures.Percentile{Told: p.want != -2, Reached: p.want >= 0}
			if p.want >= 0 {
				want.Within = time.Duration(p.want * float64(time.Hour))
			}
			if p.got != want {
				t.Errorf("%s: %s is %+v, want %+v", c.what, name, p.got, want)
			}
		}
		if f.AnswerLived.N != len(all) || f.AnswerLived.N != f.Answer.N {
			t.Errorf("%s: n is %d", c.what, f.AnswerLived.N)
		}
	}
}

// In time is asked of those whose day has passed: who is silent does not look fast.
func TestAnsweredInTime(t *testing.T) {
	t.Parallel()
	handed := answered("DLH", -1)
	handed.Status, handed.Ended, handed.Spells[0].To = report.Transferred, on("03 09:00"), on("03 09:00")
	late := handed
	late.Ended = on("20 09:00")
	q := november()
	for _, c := range []struct {
		what   string
		at     string
		r      report.Course
		due, n int
	}{
		{"by the minute", "30 00:00", answered("DLH", 72), 1, 1},
		{"a minute later", "30 00:00", answered("DLH", 72.02), 1, 0},
		{"open and late", "30 00:00", answered("DLH", -1), 1, 0},
		{"open, and its day comes", "03 00:00", answered("DLH", -1), 0, 0},
		{"answered, and its day comes", "03 00:00", answered("DLH", 1), 0, 0},
		{"handed over before its day", "30 00:00", handed, 0, 0},
		{"handed over long after its day", "30 00:00", late, 1, 0},
	} {
		q.At = on(c.at)
		if f := figures.Count(q, []report.Course{c.r}).All; f.Due != c.due || f.InTime != c.n {
			t.Errorf("%s: %d of %d, want %d of %d", c.what, f.InTime, f.Due, c.n, c.due)
		}
	}
}

// Reopened is asked of what can begin again no more, and of resolutions, not of reports.
func TestReopened(t *testing.T) {
	t.Parallel()
	done := func(at string, reopened time.Time, v report.Verdict, proof bool) report.Resolution {
		return report.Resolution{At: on(at), Office: "DLH", Reopened: reopened, Verdict: v, Proof: proof}
	}
	twice := answered("DLH", 1)
	twice.Status, twice.Ended = report.Closed, on("20 09:00")
	twice.Resolutions = []report.Resolution{done("04 09:00", on("05 09:00"), report.Unfit, false), done("20 09:00", time.Time{}, report.Fixed, true)}
	late := answered("DLH", 1)
	late.Resolutions = []report.Resolution{done("04 09:00", on("04 09:00").AddDate(0, 0, 31), report.Lapsed, true)}
	fresh := answered("DLH", 1)
	fresh.Status, fresh.Ended = report.Resolved, on("28 09:00")
	fresh.Resolutions = []report.Resolution{done("28 09:00", time.Time{}, "", false)}
	q := november()
	q.At = on("28 09:00").AddDate(0, 0, 30) // the window of the last is not over
	f := figures.Count(q, []report.Course{twice, late, fresh}).All
	got := fmt.Sprint(f.Resolved, f.Proved, f.Held, f.Reopened, f.Fixed, f.Partly, f.NotFixed, f.Lapsed, f.Awaited)
	if want := "4 2 3 1 1 0 1 1 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A report that went through three offices is charged to each for as long as it had it, pauses left out.
func TestChargedToWhoHeldIt(t *testing.T) {
	t.Parallel()
	r := answered("DLH", -1)
	r.Spells = []report.Spell{
		{Office: "DISHUB", From: on("02 00:00"), To: on("03 12:00")}, // 1.5
		{Office: "", From: on("03 12:00"), To: on("04 00:00")},       // .5
		{Office: "DLH", From: on("04 00:00")},                        // 4, 5, 6: 3, less the wait of 1; the 9th: 1
	}
	r.Waits = []report.Wait{{From: on("05 00:00"), To: on("06 00:00")}}
	r.Limits = []report.Limit{{Stage: "answer", From: r.Filed, Due: r.Due}}
	r.Bounces = []report.Bounce{{At: on("03 12:00"), Office: "DISHUB", Sender: "KESRA"}}
	q := november()
	q.By, q.At = figures.ByOffice, on("10 00:00")
	s := figures.Count(q, []report.Course{r})
	for office, want := range map[string]string{"DISHUB": "1.5 1 1 0 0", "": "0.5 1 0 0 0", "DLH": "3 1 0 0 1", "KESRA": "0 0 0 1 0"} {
		f := s.Line(office)
		if got := fmt.Sprint(f.Kept.Hours()/24, f.Spells, f.Returned, f.Astray, f.Open); got != want {
			t.Errorf("%q: %s, want %s", office, got, want)
		}
	}
	if s.All.Returned != 1 || s.All.Open != 1 || s.All.Late != 1 || s.All.Kept != 5*24*time.Hour {
		t.Errorf("all: %+v", s.All)
	}
}

// Late is what a limit of has passed that still asks for something, as it stood then: of an answer, also to what was opened again, and of the end.
func TestLate(t *testing.T) {
	t.Parallel()
	limit := func(stage, from, to, due string) report.Limit {
		l := report.Limit{Stage: stage, From: on(from), Due: on(due)}
		if to != "" {
			l.To = on(to)
		}
		return l
	}
	for name, c := range map[string]struct {
		limits []report.Limit
		want   string
	}{
		"nothing was promised":       {nil, "0 0 0"},
		"not yet":                    {[]report.Limit{limit("answer", "02 09:00", "", "12 09:00")}, "0 0 0"},
		"silent":                     {[]report.Limit{limit("answer", "02 09:00", "", "05 09:00"), limit("finish", "02 09:00", "", "20 09:00")}, "1 1 0"},
		"answered, and nothing done": {[]report.Limit{limit("answer", "02 09:00", "04 09:00", "05 09:00"), limit("finish", "02 09:00", "", "09 09:00")}, "1 0 1"},
		"opened again, and silent":   {[]report.Limit{limit("answer", "02 09:00", "03 09:00", "05 09:00"), limit("answer", "04 09:00", "", "07 09:00"), limit("finish", "04 09:00", "", "20 09:00")}, "1 1 0"},
		"both have passed":           {[]report.Limit{limit("answer", "02 09:00", "", "05 09:00"), limit("finish", "02 09:00", "", "09 09:00")}, "1 1 1"},
		"waits to be sorted":         {[]report.Limit{limit("verify", "02 09:00", "", "05 09:00"), limit("answer", "02 09:00", "", "12 09:00")}, "1 0 0"},
		"answered only after the end of the period": {[]report.Limit{limit("answer", "02 09:00", "11 09:00", "05 09:00")}, "1 1 0"},
		"moved since by a pause":                    {[]report.Limit{limit("answer", "02 09:00", "06 09:00", "05 09:00"), limit("answer", "06 09:00", "", "12 09:00")}, "0 0 0"},
	} {
		r := answered("DLH", -1)
		r.Limits = c.limits
		q := november()
		q.To = on("10 00:00")
		f := figures.Count(q, []report.Course{r}).All
		if got := fmt.Sprint(f.Late, f.LateAnswer, f.LateFinish); got != c.want || f.Open != 1 {
			t.Errorf("%s: %s of %d, want %s", name, got, f.Open, c.want)
		}
	}
}

// Reports that must not be recognised stand in one line by category and area, and in no kecamatan.
func TestHushed(t *testing.T) {
	t.Parallel()
	secret, plain := answered("INSPEKTORAT", 1), answered("DLH", 1)
	secret.Visibility, secret.Category, secret.Area, secret.District = report.Confidential, "pungli", "99.01.01.1001", "99.01.01"
	plain.Category, plain.Area, plain.District = "sampah", "99.01.01.1001", "99.01.01"
	for by, want := range map[figures.By]string{
		figures.ByCategory: "rahasia:1 sampah:1", figures.ByArea: "99.01.01.1001:1 rahasia:1", figures.ByOffice: "DLH:1 INSPEKTORAT:1", figures.ByNothing: "",
	} {
		q := november()
		q.By = by
		s := figures.Count(q, []report.Course{secret, plain})
		var got []string
		for _, l := range s.Lines {
			got = append(got, fmt.Sprint(l.Key, ":", l.Filed))
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want || s.All.Filed != 2 {
			t.Errorf("by %q: %v of %d, want %s", by, got, s.All.Filed, want)
		}
		q.District = "99.01.01"
		if s := figures.Count(q, []report.Course{secret, plain}); s.All.Filed != 1 || s.Line("INSPEKTORAT").Filed != 0 {
			t.Errorf("by %q in a kecamatan: %+v", by, s.All)
		}
	}
}

// Of any lives: shares are shares, lines add up to the sum, two halves of a period to the whole, and the order of reports says nothing.
func TestAnySheet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		reports, facts := casetest.Lives(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 60).Draw(t, "reports"), on("01 00:00"))
		all := make([]report.Course, len(reports))
		for i, r := range reports {
			all[i] = report.CourseOf(r, facts[i])
		}
		q := november()
		q.By = rapid.SampledFrom([]figures.By{figures.ByOffice, figures.ByCategory, figures.ByArea}).Draw(t, "by")
		q.At = on("10 00:00").AddDate(0, 0, rapid.IntRange(0, 120).Draw(t, "days"))
		q.From = on("01 00:00").AddDate(0, 0, rapid.IntRange(0, 5).Draw(t, "from"))
		q.To = q.From.AddDate(0, 0, rapid.IntRange(1, 40).Draw(t, "long"))
		s := figures.Count(q, all)
		var sum figures.Figures
		for _, l := range s.Lines {
			f := l.Figures
			for what, part := range map[string][2]int{
				"followed up": {f.FollowedUp, f.Filed}, "in time": {f.InTime, f.Due}, "proved": {f.Proved, f.Resolved}, "reopened": {f.Reopened, f.Held}, "held": {f.Held, f.Resolved}, "late": {f.Late, f.Open},
				"verdicts": {f.Fixed + f.Partly + f.NotFixed + f.Lapsed + f.Awaited, f.Resolved}, "answered": {f.Answer.Over, f.Answer.N}, "open": {f.Open, f.Spells},
			} {
				if part[0] < 0 || part[0] > part[1] || what == "verdicts" && part[0] != part[1] {
					t.Fatalf("%s of %q: %d of %d", what, l.Key, part[0], part[1])
				}
			}
			if f.Kept < 0 || f.Answer.Median.Within < 0 || f.FinishLived.P90.Within < 0 {
				t.Fatalf("times of %q: %+v", l.Key, f)
			}
			sum.Filed, sum.Due, sum.InTime, sum.Resolved, sum.Held = sum.Filed+f.Filed, sum.Due+f.Due, sum.InTime+f.InTime, sum.Resolved+f.Resolved, sum.Held+f.Held
			sum.Reopened, sum.Open, sum.Late, sum.Kept, sum.Spells = sum.Reopened+f.Reopened, sum.Open+f.Open, sum.Late+f.Late, sum.Kept+f.Kept, sum.Spells+f.Spells
			sum.Answer.N, sum.Returned = sum.Answer.N+f.Answer.N, sum.Returned+f.Returned
		}
		tell := func(f figures.Figures) string {
			return fmt.Sprint(f.Filed, f.Due, f.InTime, f.Resolved, f.Held, f.Reopened, f.Open, f.Late, f.Kept, f.Spells, f.Answer.N, f.Returned)
		}
		if tell(sum) != tell(s.All) {
			t.Fatalf("lines add up to %s, the sum is %s", tell(sum), tell(s.All))
		}
		turned := slices.Clone(all)
		slices.Reverse(turned)
		if got := figures.Count(q, turned); fmt.Sprintf("%+v", got.Lines) != fmt.Sprintf("%+v", s.Lines) {
			t.Fatal("another order gives another sheet")
		}
		first, second := q, q
		first.To = q.From.Add(q.To.Sub(q.From) / 2)
		second.From = first.To
		a, b := figures.Count(first, all).All, figures.Count(second, all).All
		if a.Filed+b.Filed != s.All.Filed || a.Due+b.Due != s.All.Due || a.Resolved+b.Resolved != s.All.Resolved || a.Kept+b.Kept != s.All.Kept && q.At.After(q.To) {
			t.Fatalf("halves %+v and %+v of %+v", a, b, s.All)
		}
	})
}

// Without anything open the estimate is the plain percentile: the smallest time within which that share is over.
func TestPercentilesOfWhatIsOver(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		hours := rapid.SliceOfN(rapid.IntRange(0, 500), 10, 80).Draw(t, "hours")
		var all []report.Course
		for _, h := range hours {
			all = append(all, answered("DLH", float64(h)))
		}
		f := figures.Count(november(), all).All.AnswerLived
		slices.Sort(hours)
		for share, p := range map[float64]figures.Percentile{.5: f.Median, .9: f.P90} {
			want := hours[int(math.Ceil(share*float64(len(hours))-1e-9))-1]
			if p.Within != time.Duration(want)*time.Hour || !p.Reached {
				t.Fatalf("%v of %v: %+v, want %d hours", share, hours, p, want)
			}
		}
	})
}
