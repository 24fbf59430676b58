package casetest

import (
	"slices"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// counted are reports by the ways they went: untouched, kept, given to another office, given back.
func counted(f *fixture) {
	step := func(r report.Report, cause string, a report.Action) report.Report {
		f.Helper()
		after, b := f.acting(r, cause, a)
		f.must(f.Store.Commit(f.ctx, b))
		return after
	}
	f.filed("untouched")
	f.filed("untouched too")
	step(f.filed("kept"), "kept/1", report.Take{})
	given := step(f.filed("given"), "given/1", report.Take{})
	step(given, "given/2", report.Forward{To: "DPUPR", Why: "jalan rusak"})
	step(f.filed("back"), "back/1", report.NotOurs{Why: "bukan lampu kami"})
	want := []ledger.Way{
		{First: "DISHUB", Last: "DISHUB", Reports: 2}, {First: "DISHUB", Reports: 1}, {First: "DISHUB", Last: "DISHUB", Judged: true, Reports: 1},
		{First: "DISHUB", Last: "DPUPR", Judged: true, Reports: 1},
	}
	got, err := f.Figures.Ways(f.ctx, now)
	f.must(err)
	f.same("ways", got, want)
	got, err = f.Figures.Ways(f.ctx, now.AddDate(0, 0, 1))
	f.must(err)
	f.same("ways of later reports", got, []ledger.Way(nil))
}

// courses are what figures know of reports, for the times that have to do with them.
func courses(f *fixture) {
	step := func(r report.Report, cause string, a report.Action) report.Report {
		f.Helper()
		after, b := f.acting(r, cause, a)
		f.must(f.Store.Commit(f.ctx, b))
		return after
	}
	within := func(from, to time.Time) []report.Course {
		f.Helper()
		var out []report.Course
		f.must(f.Figures.Courses(f.ctx, from, to, func(c *report.Course) {
			own := *c
			own.Resolutions, own.Spells, own.Waits, own.Limits = slices.Clone(c.Resolutions), slices.Clone(c.Spells), slices.Clone(c.Waits), slices.Clone(c.Limits)
			own.Bounces, own.Acts = slices.Clone(c.Bounces), slices.Clone(c.Acts)
			out = append(out, own)
		}))
		slices.SortFunc(out, func(a, b report.Course) int { return int(a.Report - b.Report) })
		return out
	}
	open := f.filed("open")
	taken := step(f.filed("refused"), "refused/1", report.Take{})
	over := step(taken, "refused/2", report.Reject{Reason: "bohong", Words: "bukan laporan"})
	var want []report.Course
	for _, id := range []report.ID{open.ID, over.ID} {
		r, err := f.Reader.ByID(f.ctx, id)
		f.must(err)
		facts, err := f.Reader.Facts(f.ctx, id)
		f.must(err)
		want = append(want, report.CourseOf(r, facts))
	}
	slices.SortFunc(want, func(a, b report.Course) int { return int(a.Report - b.Report) })
	f.same("courses", within(now, now.Add(time.Hour)), want)
	f.same("courses of before", within(now.AddDate(0, -1, 0), now), []report.Course(nil))
	later := within(now.AddDate(1, 0, 0), now.AddDate(1, 1, 0))
	if len(later) != 1 || later[0].Report != open.ID {
		f.Errorf("a year later there are %+v", later)
	}
	f.same("no time", within(now, now), []report.Course(nil))
}
