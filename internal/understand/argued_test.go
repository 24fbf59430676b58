package understand

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestArgued: that somebody pays taxes, whose child passes there and which office is near are arguments, and no matter. The file
// "aside" was written apart: its misses are counted and were not looked at. Right is the first guess, sure one that is said and
// not asked.
func TestArgued(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for file, want := range map[string]struct{ right, wrongly int }{"argued.txt": {95, 4}, "aside.txt": {92, 3}} {
		b, err := os.ReadFile(filepath.Join("testdata", "argued", file))
		if err != nil {
			t.Fatal(err)
		}
		n, right, wrongly := 0, 0, 0
		for l := range strings.Lines(string(b)) {
			codes, text, ok := strings.Cut(strings.TrimSpace(l), ": ")
			if !ok || l[0] == '#' {
				continue
			}
			n++
			r := m.Read(text)
			got, p := "", 0.0
			if len(r.Guesses) > 0 {
				got, p = r.Guesses[0].Category, r.Guesses[0].P
			}
			switch {
			case slices.Contains(strings.Fields(codes), got) && !r.Emergency:
				right++
				continue
			case p >= Sure:
				wrongly++
			}
			if file != "aside.txt" {
				t.Logf("%s %.2f (danger %v), want %s: %q", got, p, r.Emergency, codes, text)
			}
		}
		t.Logf("%s: right %d of %d, %d wrong ones said as sure", file, right, n, wrongly)
		if 100*right < want.right*n || 100*wrongly > want.wrongly*n {
			t.Errorf("%s: right %d of %d, want %d %%; wrong and sure %d, want at most %d %%", file, right, n, want.right, wrongly, want.wrongly)
		}
	}
}
