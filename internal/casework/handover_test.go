package casework_test

import (
	"testing"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Only what lies at the coordinator and may still be forwarded goes to the office; each goes with a fact and letters of its own.
func TestHandOver(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile()}
	of := func(id report.ID, agency string, s report.Status) ledger.Case {
		return ledger.Case{Report: report.Report{ID: id, Code: report.NewCode("CTH", uint64(id)), Rev: 1, Status: s, Agency: agency, Suggested: "DLH", CardKey: "card"}}
	}
	head := report.Actor{Role: report.Coordinator, ID: "telegram:1", Name: "Rina"}
	at := casework.Occasion{Cause: "e", At: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)}
	cases := []ledger.Case{of(1, "", report.Received), of(2, "DISHUB", report.Assigned), of(3, "", report.Rejected), of(4, "", report.Received), of(5, "", report.Quarantined)}
	b, moved := o.HandOver(cases, "DLH", head, at)
	if moved != 2 || len(b.Changes) != 2 {
		t.Fatalf("%d go, with %d changes", moved, len(b.Changes))
	}
	keys := map[string]bool{}
	for _, l := range b.Letters {
		if keys[l.Key] {
			t.Errorf("two letters are %q", l.Key)
		}
		keys[l.Key] = true
	}
	for _, c := range b.Changes {
		c, ok := c.(ledger.Changed)
		if !ok || c.Report.Agency != "DLH" || c.Report.Status != report.Assigned || c.Was != 1 || len(c.Facts) != 1 || c.Facts[0].By.ID != head.ID {
			t.Errorf("%+v", c)
		}
	}
	if _, moved := o.HandOver(cases, "DLH", report.Actor{Role: report.Operator, ID: "telegram:2", Home: "DLH"}, at); moved != 0 {
		t.Errorf("an officer takes %d from the coordinator", moved)
	}
	if casework.ListMark(nil) == casework.ListMark([]report.Report{cases[0].Report}) ||
		casework.ListMark([]report.Report{cases[0].Report, cases[1].Report}) != casework.ListMark([]report.Report{cases[1].Report, cases[0].Report}) {
		t.Error("a mark tells which reports, and not their order")
	}
}
