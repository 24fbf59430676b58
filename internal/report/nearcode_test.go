package report_test

import (
	"slices"
	"strings"
	"testing"

	"rabeg/internal/report"
)

// A number with one slip is near the right one, and its beginning completes it.
func TestNearCodes(t *testing.T) {
	t.Parallel()
	code := report.NewCode("CTH", 7)
	all := []byte(code)
	for i := len("CTH-"); i < len(all); i++ {
		if all[i] == '-' {
			continue
		}
		wrong := slices.Clone(all)
		wrong[i] = 'X'
		if all[i] == 'X' {
			wrong[i] = 'Y'
		}
		if near := report.NearCodes("CTH", strings.ToLower(string(wrong))); !slices.Contains(near, code) || len(near) > 30 {
			t.Errorf("%s: %v", wrong, near)
		}
	}
	if got, ok := report.CompleteCode("CTH", strings.ToLower(string(code[4:9]))); !ok || got != code {
		t.Errorf("%s is completed to %s", code[4:9], got)
	}
	for _, wrong := range []string{"", "sampah", "lampu", "7k3", "CTH-7K3MQ-9-2"} {
		if got, ok := report.CompleteCode("CTH", wrong); ok {
			t.Errorf("%q is completed to %s", wrong, got)
		}
	}
}
