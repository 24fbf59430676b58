package report_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"rabeg/internal/report"
)

var updateDocs = flag.Bool("update", false, "write docs/life.md as the code is now")

var (
	statuses = []report.Status{report.Received, report.Assigned, report.InProgress, report.Planned, report.Reopened, report.Resolved,
		report.Rejected, report.Closed, report.Merged, report.Transferred, report.Quarantined}
	actions = []report.Action{report.Take{}, report.Reply{}, report.Ask{}, report.Note{}, report.Identify{}, report.Plan{}, report.Forward{}, report.NotOurs{}, report.Categorise{},
		report.Resolve{}, report.Reject{}, report.Withdraw{}, report.Link{}, report.Add{}, report.Judge{Verdict: report.Fixed},
		report.Judge{Verdict: report.Part}, report.Judge{Verdict: report.Unfit}, report.Disagree{}, report.Rate{}, report.Lapse{}, report.Reopen{}, report.Retract{}, report.Admit{}, report.Restrain{}, report.Transfer{},
		report.Follow{}, report.Unfollow{}, report.Merge{}, report.Unmerge{}, report.Dispose{}, report.Undispose{}, report.Counsel{}, report.Split{}, report.Hide{}, report.Recall{}, report.Resume{}, report.Urge{}, report.Oppose{},
		report.Handed{}, report.Numbered{}, report.Mirrored{}, report.Mirrored{Turn: report.Waits}, report.Mirrored{Turn: report.Answers}, report.Mirrored{Turn: report.Shuts},
		report.Mirrored{Turn: report.Refuses}, report.Mirrored{Turn: report.Revives}, report.Copied{},
		report.Classify{}, report.Unveil{}, report.Reveal{}, report.Expose{}, report.Unexpose{}}
)

// The page on a report's life is drawn from the table that the code runs on, so that it cannot tell anything else.
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

// Every action has one line in the table, and every line an action; a verdict is the reporter's alone.
func TestTheTableIsWhole(t *testing.T) {
	t.Parallel()
	lines := map[report.Deed]int{}
	for _, r := range report.Life() {
		lines[r.Deed]++
		if r.From != nil && len(r.From) == 0 || r.By == 0 {
			t.Errorf("%s is never done, or by nobody", r.Deed)
		}
	}
	seen := map[report.Deed]bool{}
	for _, a := range actions {
		d := report.RuleOf(a).Deed
		if lines[d] != 1 {
			t.Errorf("%T has %d lines in the table", a, lines[d])
		}
		seen[d] = true
	}
	for d := range lines {
		if !seen[d] {
			t.Errorf("no action does %s", d)
		}
	}
	for _, a := range []report.Action{report.Judge{Verdict: report.Fixed}, report.Judge{Verdict: report.Unfit}, report.Rate{Stars: 5}, report.Disagree{},
		report.Hide{}, report.Reveal{}, report.Recall{}, report.Resume{}, report.Urge{}, report.Oppose{}} {
		for _, role := range []report.Role{report.Operator, report.Coordinator, report.Leader, report.System, report.Unnamed, ""} {
			if report.May(role, true, a) {
				t.Errorf("%s may do %T", role, a)
			}
		}
		if report.May(report.Citizen, false, a) || !report.May(report.Citizen, true, a) {
			t.Errorf("%T is not the reporter's own", a)
		}
	}
}

func life() string {
	tick := func(yes bool) string { return map[bool]string{true: " yes |", false: " |"}[yes] }
	names := func(all []string, has func(i int) bool) string {
		var out []string
		for i, n := range all {
			if has(i) {
				out = append(out, n)
			}
		}
		return strings.Join(out, ", ")
	}
	var b strings.Builder
	b.WriteString("# The life of a report\n\nWritten by `go test ./internal/report -update` from the table in `internal/report/life.go`, on which the code runs. What a deed needs and\n" +
		"who hears of it is done in `internal/casework`, one file for each deed, and held to the table by a test. An office that hands over to somebody\n" +
		"outside proposes it: the report goes to the coordinator. A report that others follow is not closed when its reporter recalls it: it goes on\n" +
		"without its reporter, who can resume either, and so does one that its reporter takes back to be erased: for good then. What is forwarded and\n" +
		"stays the duty of one office keeps that office's plan: where nobody serves it any more, and where somebody does again.\n\n## The table\n\n| deed | by whom | with what | where it stands then | who is told |\n|---|---|---|---|---|\n")
	for _, r := range report.Life() {
		by := names([]string{"the reporter", "the office that owns it", "a coordinator", "a clock", "another citizen with the same trouble", "who has it by a disposition"}, func(i int) bool { return r.By&(1<<i) != 0 })
		needs := names([]string{"words", "a photo where the matter can be seen, else words", "a date", "one of a list", "an office", "1 to 5"}, func(i int) bool { return r.Needs&(1<<i) != 0 })
		hears := names([]string{"reporter and followers", "the reporter", "its owner", "the coordinator", "followers", "who has a disposition of it"}, func(i int) bool { return r.Hears&(1<<i) != 0 })
		to := map[report.Next]string{report.Same: "as before", report.Begun: "in progress, where it was not planned or over", report.Owned: "received or assigned, by its owner",
			report.Anew: "reopened, or received by the coordinator"}[r.To]
		if to == "" {
			to = "`" + string(r.To) + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", r.Deed, by, needs, to, hears)
	}
	b.WriteString("\n## When it may be done\n\n| |")
	for _, r := range report.Life() {
		fmt.Fprintf(&b, " %s |", r.Deed)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(report.Life())) + "\n")
	for _, s := range statuses {
		fmt.Fprintf(&b, "| `%s` |", s)
		for _, r := range report.Life() {
			b.WriteString(tick(r.From == nil || slices.Contains(r.From, s)))
		}
		b.WriteString("\n")
	}
	return b.String()
}
