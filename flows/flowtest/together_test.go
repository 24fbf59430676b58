package flowtest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestTogetherOnOneMachine: a program has one machine, one reader and one finder for all who write. The lives of TestLives are played
// beside each other on them, each twice at once and begun elsewhere, and every one goes as it goes alone. What the pure rooms keep for
// the next who asks (read texts, spellings, working memory) is reached from all sides here, before the race detector (see the Makefile).
func TestTogetherOnOneMachine(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	files, err := filepath.Glob("../testdata/lives/*.txt")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d lives: %v", len(files), err)
	}
	const people = 4
	var wg sync.WaitGroup
	for n := range people {
		wg.Go(func() {
			for i := range len(files) / 2 {
				file := files[(i+n*len(files)/people)%len(files)]
				want, err := os.ReadFile(file)
				if err != nil {
					t.Error(err)
					return
				}
				if got, err := Play(NewEngine(m, p), string(want)); err != nil || got != string(want) {
					t.Errorf("%s goes another way beside others: %v", file, err)
				}
			}
		})
	}
	wg.Wait()
}
