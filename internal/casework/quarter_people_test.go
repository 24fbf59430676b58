package casework_test

import (
	"fmt"
	"slices"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Who works at the desk of the simulated quarter, and who comes, goes and shuts the bot out.

// lords are the leaders that the ladder's lists go to. The mayor and the deputy, who are enrolled as well, read none of them.
var lords = []string{"Ratna", "Asda", "Grup"}

// abandoned is an office whose people leave one after the other, and that gets a new officer weeks later; drained one whose only officer
// goes to another office.
const abandoned, drained = "DISDUKCAPIL", "DINKES"

// enrol lets the people of the desk in, and writes down what becomes of them.
func (q *quarter) enrol() {
	person := func(op ledger.Operator) {
		op.ID, op.Rev, op.Approved, op.Met = "telegram:"+op.Name, 1, "telegram:Rina", q.start.AddDate(0, -1, 0)
		if q.deaf[op.Name] {
			op.Met = time.Time{}
		}
		q.people = append(q.people, op)
	}
	for i, a := range q.offices {
		if slices.Contains(q.unserved, a) {
			continue
		}
		person(ledger.Operator{Name: "petugas " + a, Agency: a, Role: report.Operator})
		if i%2 == 0 || a == q.sleeping {
			q.deaf["kepala "+a] = i%6 == 0 // never wrote to the bot
			person(ledger.Operator{Name: "kepala " + a, Agency: a, Role: report.Operator, Title: ledger.TitleHead})
		}
	}
	q.deaf["Asda"] = true
	person(ledger.Operator{Name: "Ratna", Role: report.Leader, Title: "sekda"})
	person(ledger.Operator{Name: "Asda", Role: report.Leader, Title: "asda 1"})
	person(ledger.Operator{Name: "Grup", Role: report.Leader, Title: casework.GroupTitle})
	person(ledger.Operator{Name: "Wali", Role: report.Leader, Title: "wali kota"})
	person(ledger.Operator{Name: "Wakil", Role: report.Leader, Title: "wakil wali kota"})
	day := func(n int, do func()) { q.at(q.start.AddDate(0, 0, n).Add(10*time.Hour), do) }
	day(30, func() { q.shuts("Ratna") })
	day(35, func() { q.shuts("Grup") }) // for ten days no leader is told of anything
	day(45, func() { q.opens("Grup") })
	day(52, func() { q.opens("Ratna") })
	day(26, func() { q.shuts("kepala DINDIKBUD") })
	day(40, func() { q.leaves("kepala " + abandoned) })
	day(41, func() { q.leaves("petugas " + abandoned) })
	day(50, func() { q.goesTo("petugas "+drained, "RSUD") })
	day(65, func() { q.joins("orang baru", abandoned) })
}

func (q *quarter) served(agency string) bool {
	return slices.ContainsFunc(q.people, func(op ledger.Operator) bool { return op.Agency == agency && agency != "" && !q.gone[op.Name] })
}

func (q *quarter) person(name string) ledger.Operator {
	i := slices.IndexFunc(q.people, func(op ledger.Operator) bool { return op.Name == name })
	return q.people[i]
}

// enrolled is what the store does with a person of the desk.
func (q *quarter) enrolled(c ledger.Enrolled) {
	q.people = slices.DeleteFunc(q.people, func(op ledger.Operator) bool { return op.ID == c.Operator.ID })
	q.people = append(q.people, c.Operator)
}

// must commits what somebody does at the desk.
func (q *quarter) must(b ledger.Batch) {
	q.Helper()
	b.Cause, b.At = q.cause(), q.now
	if err := q.commit(b); err != nil {
		q.Fatal(err)
	}
}

func (q *quarter) cause() string {
	q.events++
	return fmt.Sprint("event ", q.events)
}

func (q *quarter) shuts(name string) {
	q.deaf[name] = true
	b, ok := q.office.Unreached(q.person(name), q.cause())
	if !ok {
		q.Errorf("nobody hears that %s cannot be written to", name)
	}
	q.must(b)
}

func (q *quarter) opens(name string) {
	op := q.person(name)
	q.deaf[name] = false
	op.Met, op.Rev = q.now, op.Rev+1
	q.must(ledger.Batch{Changes: []ledger.Change{ledger.Enrolled{Operator: op, Was: op.Rev - 1}}})
}

// openOf are the oldest open reports of a room, and how many there are beside them.
func (q *quarter) openOf(agency string) (open []ledger.Case, more int) {
	for id, r := range q.reports {
		if r.Agency == agency && r.Status.Open() {
			open = append(open, ledger.Case{Report: r, Facts: q.facts[id]})
		}
	}
	slices.SortFunc(open, func(a, b ledger.Case) int { return int(a.Report.ID - b.Report.ID) })
	now := min(len(open), casework.HandMost)
	return open[:now], len(open) - now
}

// left is what becomes of an office without one of its people.
func (q *quarter) left(name string) casework.Left {
	l := casework.Left{Agency: q.person(name).Agency}
	q.gone[name] = true
	if l.Unmanned = !q.served(l.Agency); l.Unmanned {
		l.Open, l.More = q.openOf(l.Agency)
	}
	return l
}

func (q *quarter) leaves(name string) {
	left := q.left(name)
	q.must(q.office.EndRight(casework.Ending{Operator: q.person(name), Why: casework.WentOut, Left: left}, casework.Occasion{Cause: q.cause(), At: q.now}))
	q.fell(left)
}

func (q *quarter) goesTo(name, agency string) {
	left := q.left(name)
	q.gone[name] = false
	b := q.office.Vacate(left, casework.Occasion{Cause: q.cause(), At: q.now})
	op := q.person(name)
	op.Agency, op.Rev = agency, op.Rev+1
	b.Changes = append(b.Changes, ledger.Enrolled{Operator: op, Was: op.Rev - 1})
	q.must(b)
	q.fell(left)
}

// fell sees that all of an office that nobody serves is the coordinator's, who sorts it.
func (q *quarter) fell(left casework.Left) {
	for _, k := range left.Open {
		if r := q.reports[k.Report.ID]; r.Agency != "" {
			q.Errorf("%s stays in %s, where nobody is any more", r.Code, r.Agency)
		}
		q.handled(q.reports[k.Report.ID])
	}
}

func (q *quarter) joins(name, agency string) {
	q.must(ledger.Batch{Changes: []ledger.Change{ledger.Enrolled{Operator: ledger.Operator{ID: "telegram:" + name, Name: name, Agency: agency,
		Role: report.Operator, Rev: 1, Approved: "telegram:Rina", Met: q.now}}}})
	var waiting []ledger.Case
	all, _ := q.openOf("")
	for _, k := range all {
		if k.Report.Suggested == agency {
			waiting = append(waiting, k)
		}
	}
	by := report.Actor{Role: report.Coordinator, ID: "telegram:Rina", Name: "Rina", Chat: q.office.Desk}
	b, moved := q.office.HandOver(waiting, agency, by, casework.Occasion{Cause: q.cause(), At: q.now})
	q.must(b)
	if moved == 0 {
		q.Errorf("nothing waited for %s", agency)
	}
	for _, k := range waiting {
		q.handled(q.reports[k.Report.ID])
	}
}
