package casetest

import (
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// disposedTo lets two people of an office have reports by a disposition: each finds his or her own that are open, oldest first.
func disposedTo(f *fixture) {
	ani, bagas := report.Receiver{ID: "telegram:9", Name: "Ani", Title: "kepala"}, report.Receiver{ID: "telegram:8", Name: "Bagas", Title: "kabid"}
	act := func(r report.Report, cause string, a report.Action) report.Report {
		f.Helper()
		after, b := f.acting(r, cause, a)
		f.must(f.Store.Commit(f.ctx, b))
		return after
	}
	first, second, third := f.filed("e1"), f.filed("e2"), f.filed("e3")
	first = act(first, "d1", report.Dispose{To: ani, Why: "mohon arahan"})
	second = act(second, "d2", report.Dispose{To: ani})
	third = act(third, "d3", report.Dispose{To: bagas})
	list := func(agency, person string, limit int) map[report.ID]bool {
		f.Helper()
		got, err := f.Reader.DisposedTo(f.ctx, agency, person, limit)
		f.must(err)
		ids := map[report.ID]bool{}
		for _, r := range got {
			ids[r.ID] = true
			stored, err := f.Reader.ByID(f.ctx, r.ID)
			f.must(err)
			f.same("the report", r, stored)
		}
		return ids
	}
	f.same("the head's", list("DISHUB", ani.ID, 9), map[report.ID]bool{first.ID: true, second.ID: true})
	f.same("the section's", list("DISHUB", bagas.ID, 9), map[report.ID]bool{third.ID: true})
	f.same("at most one", len(list("DISHUB", ani.ID, 1)), 1)
	f.same("another office's", list("DPUPR", ani.ID, 9), map[report.ID]bool{})
	f.same("nobody's", list("DISHUB", "telegram:7", 9), map[report.ID]bool{})

	first = act(first, "d4", report.Undispose{})
	act(second, "d5", report.Reject{Reason: "bohong", Words: "sudah menyala"})
	act(third, "d6", report.Dispose{To: ani})
	f.same("what is over is nobody's", list("DISHUB", ani.ID, 9), map[report.ID]bool{third.ID: true})
	facts, err := f.Reader.Facts(f.ctx, first.ID)
	f.must(err)
	f.same("folded facts", report.Fold(report.Origin(first), facts), first)

	op := ledger.Operator{ID: ani.ID, Name: "Ani", Agency: "DISHUB", Role: report.Operator, Title: "kepala", Approved: "telegram:1", Since: now, Met: now}
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "met", At: now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}))
	got, err := f.Reader.Operator(f.ctx, ani.ID)
	f.must(err)
	f.same("who gets them", casework.ReceiverOf(got), ani)
	f.same("since when the chat is open", got.Met.Equal(now), true)
}
