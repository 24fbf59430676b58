package report_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"rabeg/internal/report"
)

var updateDocs = flag.Bool("update", false, "write docs/life.md as the code is now")

// The page on a report's life is drawn from what the code allows, so that it cannot tell anything else.
func TestThePageOnAReportsLifeTellsWhatTheCodeDoes(t *testing.T) {
	t.Parallel()
	const page = "../../docs/life.md"
	want := life()
	if *updateDocs {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/life.md does not tell what the code does; run: go test ./internal/report -update")
	}
}

func life() string {
	statuses := []report.Status{report.Received, report.Assigned, report.InProgress, report.Planned, report.Reopened, report.Resolved,
		report.Rejected, report.Closed, report.Merged, report.Transferred}
	actions := []report.Action{report.Take{}, report.Reply{}, report.Ask{}, report.Note{}, report.Plan{}, report.Forward{}, report.NotOurs{}, report.Categorise{},
		report.Resolve{}, report.Reject{}, report.Withdraw{}, report.Add{}, report.Link{}, report.Transfer{}}
	facts := []struct {
		what report.Fact
		says string
	}{
		{report.Fact{What: report.WasAssigned, Agency: "DISHUB"}, "an office gets it"},
		{report.Fact{What: report.WasTaken}, "an officer takes it"},
		{report.Fact{What: report.WasAnswered}, "an office answers"},
		{report.Fact{What: report.WasAsked}, "an office asks"},
		{report.Fact{What: report.WasPlanned}, "it is planned"},
		{report.Fact{What: report.WasForwarded, Agency: "DPUPR"}, "it goes to another office"},
		{report.Fact{What: report.WasForwarded}, "it goes to the coordinator"},
		{report.Fact{What: report.WasReturned}, "the office says it is not its duty"},
		{report.Fact{What: report.WasResolved}, "the office says it is done"},
		{report.Fact{What: report.WasRejected}, "the office will not act"},
		{report.Fact{What: report.WasTransferred, Owner: "PLN"}, "it is handed over to somebody outside"},
		{report.Fact{What: report.WasCategorised}, "its category is corrected"},
		{report.Fact{What: report.WasAdded}, "the citizen adds something"},
	}
	var b strings.Builder
	b.WriteString("# The life of a report\n\nWritten by `go test ./internal/report -update`. Who may do something is decided in `internal/casework`.\n\n" +
		"## What may be done\n\n| |")
	for _, a := range actions {
		fmt.Fprintf(&b, " %s |", strings.TrimPrefix(fmt.Sprintf("%T", a), "report."))
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(actions)) + "\n")
	for _, s := range statuses {
		fmt.Fprintf(&b, "| `%s` |", s)
		for _, a := range actions {
			b.WriteString(map[bool]string{true: " yes |", false: " |"}[report.Allows(s, a)])
		}
		b.WriteString("\n")
	}
	b.WriteString("\n## Where it stands afterwards\n\n| after |")
	open := statuses[:5]
	for _, s := range open {
		fmt.Fprintf(&b, " from `%s` |", s)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(open)) + "\n")
	for _, f := range facts {
		fmt.Fprintf(&b, "| %s |", f.says)
		for _, s := range open {
			r := report.Report{Status: s, Agency: "DISHUB"}
			if s == report.Received {
				r.Agency = ""
			}
			fmt.Fprintf(&b, " %s |", report.Apply(r, f.what).Status)
		}
		b.WriteString("\n")
	}
	return b.String()
}
