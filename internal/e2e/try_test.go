package e2e

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Try plays its case from complaint to answer, on both networks, and plays it again on what the first run left; and once more with the
// official WhatsApp.
func TestTryPlaysItsCaseAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	runs := [][]string{nil, {"--official"}}
	if thorough() {
		runs = [][]string{nil, nil, {"--official"}}
	}
	for run, how := range runs {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		cmd := exec.CommandContext(ctx, labProgram(t), append([]string{"demo", "--dir", dir}, how...)...)
		cmd.Env = append(os.Environ(), "DATABASE_URL=", "REDIS_URL=")
		out, err := cmd.CombinedOutput()
		cancel()
		if err != nil || !strings.Contains(string(out), "The case is through") {
			t.Fatalf("run %d: %v\n%s", run+1, err, out)
		}
	}
}

// What is measured on a folder that was measured on before is measured afresh: nobody's words count as heard already.
func TestBenchTwiceOnOneFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for run := range 2 {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		cmd := exec.CommandContext(ctx, labProgram(t), "bench", "--only", "offered", "--seconds", "1", "--dir", dir, "--program", program(t))
		out, err := cmd.CombinedOutput()
		cancel()
		if err != nil || !strings.Contains(string(out), "messages answered                  200") {
			t.Fatalf("run %d: %v\n%s", run+1, err, out)
		}
	}
}
