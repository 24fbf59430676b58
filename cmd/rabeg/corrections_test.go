package main

import (
	"context"
	"testing"
	"time"

	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// moved are reports that somebody gave from one office to another.
type moved []struct {
	report.Draft
	to string
}

func (m moved) Routes(context.Context, time.Time) (ways []ledger.Route, err error) {
	for i, d := range m {
		ways = append(ways, ledger.Route{Report: report.ID(i), First: "DISHUB", Last: d.to, Judged: true})
	}
	return ways, nil
}

func (m moved) ByID(_ context.Context, id report.ID) (report.Report, error) {
	return report.Report{ID: id, Draft: m[id].Draft}, nil
}

// What is kept from exports is left out, also where only the officers found that it is sensitive.
func TestExportLeavesOut(t *testing.T) {
	t.Parallel()
	draft := func(v report.Visibility, category, text string) report.Draft {
		return report.Draft{Visibility: v, Category: category, Text: text, Guesses: []report.Guess{{Category: "sampah", P: .3}, {Category: "bantuan", P: .05}}}
	}
	reports := moved{
		{draft(report.Normal, "jalan", "biasa"), "DLH"},
		{draft(report.Anonymous, "jalan", "anonim"), "DLH"},
		{draft(report.Confidential, "jalan", "rahasia"), "DLH"},
		{draft("tetangga", "jalan", "kata baru"), "DLH"},
		{draft(report.Normal, "bantuan", "peka"), "DLH"},
		{draft(report.Normal, "jalan", "ternyata peka"), "DINSOS"},
	}
	var got []string
	n, err := export(t.Context(), reports, casetest.Profile(), time.Time{}, func(c correction) error {
		got = append(got, c.Text)
		return nil
	})
	if err != nil || len(got) != 2 || got[0] != "biasa" || got[1] != "anonim" || n.withheld != 4 || n.written != 2 {
		t.Errorf("written %q, %+v (%v)", got, n, err)
	}
}
