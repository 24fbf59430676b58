package house

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// calmLine names in the Makefile what is tested without the race detector because nothing runs beside anything else there.
var calmLine = regexp.MustCompile(`(?m)^CALM = (.+)$`)

// The race detector is spared only where it has nothing to see: such a package begins no goroutine.
func TestWhatIsTestedWithoutTheDetectorBeginsNothing(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	text, err := os.ReadFile(filepath.Join(tr.root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	line := calmLine.FindSubmatch(text)
	if line == nil {
		t.Fatal("the Makefile does not say any more what is tested without the race detector")
	}
	calm, found := regexp.MustCompile(strings.ReplaceAll(string(line[1]), "$$", "$")), 0
	for _, p := range tr.own {
		if !calm.MatchString(p.ImportPath) {
			continue
		}
		found++
		_, files := tr.sources(t, p)
		for _, s := range files {
			if !s.test && begins(s.file) {
				t.Errorf("%s begins a goroutine, and the Makefile has its package tested without the race detector", s.path)
			}
		}
	}
	if found < 20 {
		t.Errorf("%d packages are tested without the race detector: is this rule looking at the right thing?", found)
	}
}

// begins reports whether a file begins a goroutine, by itself or by a group's Go.
func begins(f *ast.File) (does bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			does = true
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Go" {
				does = true
			}
		}
		return !does
	})
	return does
}

func TestBegins(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		`func f() { go f() }`: true,
		`import "sync"; func f() { var wg sync.WaitGroup; wg.Go(f) }`: true,
		`func f() { defer f() }`: false,
	} {
		if got := begins(snippet(t, token.NewFileSet(), body)[0].file); got != want {
			t.Errorf("%s: %v, want %v", body, got, want)
		}
	}
}
