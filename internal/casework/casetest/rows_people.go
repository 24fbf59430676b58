package casetest

import (
	"errors"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// people are kept with what they ask for and when they last acted; a change that saw an older person is refused.
func people(f *fixture) {
	enroll := func(cause string, op ledger.Operator, was int) error {
		return f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{ledger.Enrolled{Operator: op, Was: was}}})
	}
	list := func() []ledger.Operator {
		f.Helper()
		all, err := f.Reader.Operators(f.ctx)
		f.must(err)
		return all
	}
	f.same("nobody", list(), []ledger.Operator{})
	siti := ledger.Operator{ID: "telegram:5", Rev: 1, Name: "Siti", Agency: "DISHUB", Role: report.Operator, Since: now}
	f.must(enroll("e1", siti, 0))
	f.wants(enroll("e2", siti, 0), ledger.ErrStale) // two ask for the first time
	siti.Rev, siti.Approved = 2, "telegram:9"
	siti.Wish, siti.Duty = &ledger.Wish{Role: report.Coordinator}, now.Add(casework.DutyFor)
	f.must(enroll("e2", siti, 1))
	late := siti
	late.Rev, late.Agency = 2, ""
	f.wants(enroll("e3", late, 1), ledger.ErrStale)
	budi := ledger.Operator{ID: "telegram:1", Rev: 1, Name: "Budi", Agency: "DISHUB", Role: report.Operator, Approved: "telegram:9", Since: now, Ended: now, EndedBy: "telegram:9"}
	f.must(enroll("e4", budi, 0))
	f.same("all", list(), []ledger.Operator{budi, siti})

	r, b := f.acting(f.filed("e5"), "e6", report.Take{}) // by telegram:1
	f.must(f.Store.Commit(f.ctx, b))
	budi.Acted = now
	f.same("who acted", list(), []ledger.Operator{budi, siti})
	by := report.Actor{Role: report.Citizen, ID: siti.ID, Chat: citizen}
	_, b, err := f.office.Act(r, by, report.Add{Words: "x"}, casework.Occasion{Cause: "e7", At: now.Add(time.Hour)})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	f.same("what a citizen does is no act of the desk", list(), []ledger.Operator{budi, siti})
	budi.Rev = 2
	f.must(enroll("e8", func() ledger.Operator { o := budi; o.Acted = time.Time{}; return o }(), 1))
	f.same("an act outlives a change of the person", list(), []ledger.Operator{budi, siti})
}

// callsInHand lists what somebody has in hand, while it is open.
func callsInHand(f *fixture) {
	siti := report.Actor{Role: report.Operator, ID: "telegram:5", Name: "Siti", Home: "DISHUB", Chat: desk}
	hand := func(person string) []ledger.CallID {
		f.Helper()
		all, err := f.Reader.CallsOf(f.ctx, person)
		f.must(err)
		ids := []ledger.CallID{}
		for _, c := range all {
			ids = append(ids, c.ID)
		}
		return ids
	}
	open := func(cause string, after time.Duration) ledger.Call {
		f.Helper()
		c, b := f.office.OpenCall(casework.Calling{Kind: ledger.HumanCall, Chat: citizen, Person: bot.Person{ID: "62811", Name: "Asep"}, Lang: "id",
			First: ledger.Line{Words: "halo"}}, casework.Occasion{Cause: cause, At: now.Add(after)})
		f.must(f.Store.Commit(f.ctx, b))
		return c
	}
	take := func(c ledger.Call, cause string) ledger.Call {
		f.Helper()
		c, b, err := f.office.TakeCall(c, siti, casework.Occasion{Cause: cause, At: now.Add(2 * time.Hour)})
		f.must(err)
		f.must(f.Store.Commit(f.ctx, b))
		return c
	}
	second, first := open("e1", time.Minute), open("e2", 0)
	f.same("none", hand(siti.ID), []ledger.CallID{})
	second, first = take(second, "e3"), take(first, "e4")
	f.same("both, the older first", hand(siti.ID), []ledger.CallID{first.ID, second.ID})
	f.same("somebody else's", hand("telegram:6"), []ledger.CallID{})
	f.same("nobody's", hand(""), []ledger.CallID{})
	_, b, err := f.office.EndCall(second, siti, casework.Occasion{Cause: "e5", At: now.Add(3 * time.Hour)})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	f.same("what is over is in nobody's hand", hand(siti.ID), []ledger.CallID{first.ID})

	op := ledger.Operator{ID: siti.ID, Rev: 1, Name: "Siti", Agency: "DISHUB", Role: report.Operator, Approved: "telegram:9", Since: now}
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e6", At: now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}))
	r := f.filed("e7")
	f.must(f.Store.Commit(f.ctx, f.office.EndRight(casework.Ending{Operator: op, Why: casework.WentOut,
		Left: casework.Left{Agency: "DISHUB", Unmanned: true, Open: []ledger.Case{{Report: r}}}, Calls: []ledger.Call{first}}, casework.Occasion{Cause: "e8", At: now})))
	f.same("who left has nothing in hand", hand(siti.ID), []ledger.CallID{})
	served, err := f.Reader.Served(f.ctx, "DISHUB")
	f.must(err)
	f.same("the office is served", served, false)
	r, err = f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	f.same("its report is the coordinator's", [2]string{r.Agency, r.Suggested}, [2]string{"", "DISHUB"})
	routes, err := f.Reader.Routes(f.ctx, now)
	f.must(err)
	if !slices.ContainsFunc(routes, func(t ledger.Route) bool { return t.Report == r.ID && !t.Judged }) {
		f.Fatalf("nobody has judged the first guess: %+v", routes)
	}
}

// twoApprovals lets two coordinators decide on one request at once.
func twoApprovals(f *fixture) {
	op := ledger.Operator{ID: "telegram:5", Rev: 1, Name: "Siti", Agency: "DISHUB", Role: report.Operator, Since: now}
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e1", At: now, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}))
	decide := func(cause, by string) ledger.Batch {
		o := op
		o.Rev, o.Approved = 2, by
		return ledger.Batch{Cause: cause, At: now, Changes: []ledger.Change{ledger.Enrolled{Operator: o, Was: 1}}}
	}
	won, lost := race(f, decide("e2", "telegram:1"), decide("e3", "telegram:2"))
	if won != 1 || !errors.Is(lost, ledger.ErrStale) {
		f.Fatalf("%d of 2 decisions on one request were written; the other got %v", won, lost)
	}
}
