package jobs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/riverqueue/river/rivertype"
)

// Four files ask the table of the job queue themselves, for what the library has no call for. What they rely on is named here: a new version
// of River that changes it fails this test, and not a program that has it.
func TestTheQueuesTableIsAsOurStatementsTakeItFor(t *testing.T) {
	t.Parallel()
	h := open(t)
	columns := map[string]string{
		"id":           "bigint",                   // deaths.go
		"metadata":     "jsonb",                    // deaths.go: joined with ours by ||
		"kind":         "text",                     // export.go, doze.go, tally.go
		"args":         "jsonb",                    // export.go: our own, as they are written
		"state":        "river_job_state",          // export.go, doze.go, tally.go
		"scheduled_at": "timestamp with time zone", // doze.go
		"finalized_at": "timestamp with time zone", // doze.go
		"attempt":      "smallint",                 // tally.go
		"errors":       "jsonb[]",                  // tally.go: one for each try that failed
	}
	found := map[string]string{}
	for _, row := range h.list(`SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'river_job'::regclass AND attnum > 0 AND NOT attisdropped`) {
		name, kind, _ := strings.Cut(row, " ")
		found[name] = kind
	}
	for name, want := range columns {
		if found[name] != want {
			t.Errorf("river_job.%s is of the type %q, and not %q any more: read the statements of deaths.go, doze.go, export.go and tally.go against the new version of River", name, found[name], want)
		}
	}
	// doze.go: each state is one that keeps the queue open, or one that its queue removes after a while; export.go takes back all but running.
	want := []string{"available", "cancelled", "completed", "discarded", "pending", "retryable", "running", "scheduled"}
	labels := h.list(`SELECT enumlabel FROM pg_enum WHERE enumtypid = 'river_job_state'::regtype`)
	slices.Sort(labels)
	var named []string
	for _, s := range rivertype.JobStates() {
		named = append(named, string(s))
	}
	slices.Sort(named)
	if !slices.Equal(labels, want) || !slices.Equal(named, want) {
		t.Errorf("jobs have the states %v in the database and %v in the library, and not %v: see which of them mean work in doze.go (lies) and export.go (Drop)", labels, named, want)
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var ask []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") && strings.Contains(string(text), "river_job") {
			ask = append(ask, file)
		}
	}
	if !slices.Equal(ask, []string{"deaths.go", "doze.go", "export.go", "tally.go"}) {
		t.Errorf("%v ask the table of the job queue: name here what they rely on", ask)
	}
}
