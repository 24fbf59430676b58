package casetest

import (
	"cmp"
	"slices"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// contacts takes reports for two people at a counter, one of them twice; the first writes from the number.
func contacts(f *fixture) {
	take := func(cause, number string) report.Report {
		f.Helper()
		id, code, err := f.Store.NextID(f.ctx, cause)
		f.must(err)
		r, b := f.office.Open(casework.Filing{ID: id, Code: code, Cause: cause, At: now, Contact: number,
			By:    report.Actor{Role: report.Operator, ID: "telegram:1", Name: "Budi", Home: "DISHUB"},
			Draft: report.Draft{Kind: report.Complaint, Text: "lubang", Category: "jalan", How: report.AtCounter}})
		f.must(f.Store.Commit(f.ctx, b))
		return r
	}
	left := func(number string, want ...report.Report) {
		f.Helper()
		got, err := f.Citizens.LeftFor(f.ctx, number, 9)
		f.must(err)
		if len(got) == 0 && len(want) == 0 {
			return
		}
		slices.SortFunc(want, func(a, b report.Report) int { return cmp.Compare(a.ID, b.ID) }) // of one time the ids decide
		f.same("what is left for "+number, got, want)
	}
	one, other, none := take("e1", "62811"), take("e2", "62812"), take("e3", "")
	again := take("e4", "62811")
	if !one.Contact || none.Contact || !one.Reporter.Zero() {
		f.Fatalf("contacts %v %v, reporter %v", one.Contact, none.Contact, one.Reporter)
	}
	left("62811", one, again)
	left("62812", other)
	left("")
	left("6281")

	to := bot.Address{Network: bot.WhatsApp, ID: "9@lid"}
	b := f.office.Claim([]report.Report{one, again}, to, "id", casework.Occasion{Cause: "c1", At: now})
	f.must(f.Store.Commit(f.ctx, b))
	f.wants(f.Store.Commit(f.ctx, b), ledger.ErrDone)
	left("62811")
	left("62812", other)
	mine, err := f.Citizens.Mine(f.ctx, to, 9)
	f.must(err)
	f.same("reports that were claimed", len(mine), 2)
	for _, r := range mine {
		facts, err := f.Reader.Facts(f.ctx, r.ID)
		f.must(err)
		f.same("folded facts", report.Fold(report.Origin(r), facts), r)
	}
	two, err := f.Citizens.LeftFor(f.ctx, "62812", 0)
	f.must(err)
	f.same("none is wanted", len(two), 0)
}

// handedOver gives one of two reports to somebody outside, and keeps another number of theirs.
func handedOver(f *fixture) {
	list := func(want ...report.ID) {
		f.Helper()
		got, err := f.Reader.HandedOver(f.ctx, 9)
		f.must(err)
		var ids []report.ID
		for _, r := range got {
			ids = append(ids, r.ID)
		}
		f.same("what was handed over", ids, want)
	}
	r, _ := f.filed("e1"), f.filed("e2")
	list()
	by := report.Actor{Role: report.Coordinator, ID: "telegram:9", Name: "Rina", Chat: desk}
	after, b, err := f.office.Act(r, by, report.Transfer{Owner: "PLN", Number: "12"}, casework.Occasion{Cause: "e3", At: now})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	list(after.ID)
	got, err := f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	f.same("the report", got, after)
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	f.same("folded facts", report.Fold(report.Origin(got), facts), got)
	open, err := f.Reader.OpenOf(f.ctx, "", 9)
	f.must(err)
	f.same("open reports of the coordinator", len(open), 0)

	after, b, err = f.office.Act(after, by, report.Transfer{Owner: "PLN", Number: "13"}, casework.Occasion{Cause: "e4", At: now, Facts: facts})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	list(after.ID)
	f.same("their number of it", after.Foreign, []report.Foreign{{Source: "PLN", Number: "13"}})
}
