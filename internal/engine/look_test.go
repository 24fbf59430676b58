package engine_test

import (
	"context"
	"testing"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// oneReport is a store with a single report in it.
type oneReport struct {
	ledger.ReportReader
	report.Report
}

func (s oneReport) ByCode(context.Context, report.Code) (report.Report, error) { return s.Report, nil }

func (s oneReport) Facts(context.Context, report.ID) ([]report.Fact, error) { return nil, nil }

// Whoever has the number of a report that is hidden from strangers finds as much as with a number that does not exist; its
// owner finds all of it.
func TestAStrangerWithTheNumber(t *testing.T) {
	t.Parallel()
	owner, stranger := bot.Address{Network: bot.Telegram, ID: "5"}, bot.Address{Network: bot.Telegram, ID: "6"}
	office := &casework.Office{Profile: casetest.Profile()}
	for name, c := range map[string]struct {
		word     report.Visibility
		category string
		found    bool
	}{
		"sent normally":            {report.Normal, "jalan", true},
		"anonymous":                {report.Anonymous, "jalan", true},
		"confidential":             {report.Confidential, "jalan", false},
		"sensitive, sent normally": {report.Normal, "bantuan", false},
		"sensitive and anonymous":  {report.Anonymous, "bantuan", false},
		"a word of tomorrow":       {"tetangga", "jalan", false},
	} {
		r := report.Report{ID: 1, Code: "CTH-NPU7F-H", Reporter: owner, Draft: report.Draft{Visibility: c.word, Category: c.category}}
		e := engine.New(engine.Options{Cases: engine.Cases{Reports: oneReport{Report: r}}, Office: func() *casework.Office { return office }})
		for who, asks := range map[string]bot.Address{"owner": owner, "stranger": stranger} {
			in, err := e.Look(t.Context(), asks, flows.Look{Code: r.Code})
			got, ok := in.(flows.Found)
			if err != nil || !ok {
				t.Fatalf("%s: %v %v", name, in, err)
			}
			mine := who == "owner"
			if (got.Full != nil) != mine || (got.Short != nil) != (!mine && c.found) {
				t.Errorf("%s: the %s finds %+v", name, who, got)
			}
		}
	}
}
