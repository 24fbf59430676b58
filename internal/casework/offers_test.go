package casework_test

import (
	"testing"

	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/report"
)

// News of a report is offered to who has its number only while there is any, and never of one that is kept from strangers or followers.
func TestWhatAStrangerMayFollow(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	for name, c := range map[string]struct {
		change func(*report.Report)
		offers bool
	}{
		"open":         {func(*report.Report) {}, true},
		"anonymous":    {func(r *report.Report) { r.Visibility = report.Anonymous }, true},
		"confidential": {func(r *report.Report) { r.Visibility = report.Confidential }, false},
		"sensitive":    {func(r *report.Report) { r.Category = "bantuan" }, false},
		"over":         {func(r *report.Report) { r.Status = report.Closed }, false},
	} {
		r := report.Report{ID: 7, Code: "CTH-7", Status: report.Assigned, Draft: report.Draft{Category: "penerangan_jalan", Visibility: report.Normal}}
		c.change(&r)
		if got := o.Offers(r) != 0; got != c.offers {
			t.Errorf("%s: offered %v", name, got)
		}
	}
}
