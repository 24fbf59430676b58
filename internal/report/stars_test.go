package report_test

import (
	"testing"
	"time"

	"rabeg/internal/report"
)

// A mark is one of a resolution that its reporter has judged: the last one given, also after it began again; none before a verdict, and none
// of what nobody judged in time.
func TestStarsBelongToAVerdict(t *testing.T) {
	t.Parallel()
	judged := func(v report.Verdict) report.Fact { return report.Fact{What: report.WasJudged, Verdict: v} }
	rated := func(n int) report.Fact { return report.Fact{What: report.WasRated, Stars: n} }
	done, lapsed := report.Fact{What: report.WasResolved}, report.Fact{What: report.WasLapsed}
	for name, c := range map[string]struct {
		facts []report.Fact
		want  []int
	}{
		"after it is judged":         {[]report.Fact{done, judged(report.Fixed), rated(5)}, []int{5}},
		"the last one counts":        {[]report.Fact{done, judged(report.Fixed), rated(5), rated(2)}, []int{2}},
		"before any verdict":         {[]report.Fact{done, rated(5)}, []int{0}},
		"of what lapsed":             {[]report.Fact{done, lapsed, rated(4)}, []int{0}},
		"after it began again":       {[]report.Fact{done, judged(report.Unfit), rated(1)}, []int{1}},
		"each resolution by itself":  {[]report.Fact{done, judged(report.Unfit), rated(1), done, judged(report.Fixed), rated(4)}, []int{1, 4}},
		"none of the next one's yet": {[]report.Fact{done, judged(report.Unfit), rated(1), done}, []int{1, 0}},
	} {
		facts := []report.Fact{{What: report.WasFiled, Agency: "DLH"}, {What: report.WasAssigned, Agency: "DLH"}}
		facts = append(facts, c.facts...)
		for i := range facts {
			facts[i].Seq, facts[i].At = i+1, monday.Add(time.Duration(i)*time.Hour)
		}
		got := report.CourseOf(report.Report{ID: 1, Filed: monday}, facts).Resolutions
		for i, want := range c.want {
			if len(got) != len(c.want) || got[i].Stars != want {
				t.Errorf("%s: %+v", name, got)
			}
		}
	}
}
