package cli

import (
	"slices"
	"strings"
	"testing"
)

// What is to be done for a government keeps its own options; the command that does it reads those before its name.
func TestACommandForAGovernment(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"doctor --x":                            "doctor --x",
		"government":                            "government",
		"government serang doctor":              "government serang -- doctor",
		"government serang restore --check DIR": "government serang -- restore --check DIR",
		"government --governments /etc/g serang stats --json": "government --governments /etc/g serang -- stats --json",
		"government --governments=/etc/g serang pair":         "government --governments=/etc/g serang -- pair",
		"government serang --governments /etc/g doctor --x":   "government serang --governments /etc/g -- doctor --x",
		"government --help": "government --help",
	} {
		if got := parted(strings.Fields(said)); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s is read as %q", said, got)
		}
	}
}
