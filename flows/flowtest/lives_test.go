package flowtest

import (
	"os"
	"path/filepath"
	"testing"
)

// TestLives plays whole lives of reports in the product's own city, with the learnt reader: weeks, two reports at once, the angry, the
// old, a foreigner, a neighbourhood's group. A clerk reads them and nods.
func TestLives(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	files, err := filepath.Glob("../testdata/lives/*.txt")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d lives: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Play(NewEngine(m, p), string(want))
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want) {
				t.Errorf("the life goes another way:\n%s", got)
			}
		})
	}
}
