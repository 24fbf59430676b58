package casetest

import (
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
