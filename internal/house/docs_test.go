package house

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	mdLink  = regexp.MustCompile(`\]\(([^)#:]+\.md)\)`)
	quoted  = regexp.MustCompile("`((?:bot|cmd|flows|internal|migrations)[a-z0-9/-]*)`")
	mention = regexp.MustCompile(`[A-Za-z0-9_/.-]+\.md\b`)
)

// pages are all pages of the repository, by their path from its root.
func pages(t *testing.T) map[string]string {
	t.Helper()
	root := theTree(t).root
	out := map[string]string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "internal/*/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			rel, err := filepath.Rel(root, f)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.ToSlash(rel)] = string(text)
		}
	}
	return out
}

func TestLinksLeadToPagesThatAreThere(t *testing.T) {
	t.Parallel()
	root := theTree(t).root
	for page, text := range pages(t) {
		for _, m := range mdLink.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
}

func TestCommentsNamePagesThatAreThere(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for _, p := range tr.own {
		for _, file := range slices.Concat(p.GoFiles, p.TestGoFiles, p.XTestGoFiles) {
			text, err := os.ReadFile(filepath.Join(p.Dir, file))
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(text)) {
				_, comment, ok := strings.Cut(line, "// ")
				if !ok {
					continue
				}
				for _, name := range mention.FindAllString(comment, -1) {
					_, here := os.Stat(filepath.Join(p.Dir, name))
					if _, err := os.Stat(filepath.Join(tr.root, name)); err != nil && here != nil {
						t.Errorf("%s/%s points to %s, which a clone does not have", p.pkg(), file, name)
					}
				}
			}
		}
	}
}

// A page that names a package that is gone, and a package that no page names, are both wrong.
func TestThePageOnTheShapeKnowsThePackages(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	page := pages(t)["docs/shape.md"]
	named := map[string]bool{}
	for _, m := range quoted.FindAllStringSubmatch(page, -1) {
		named[strings.TrimSuffix(m[1], "/")] = true
		if _, err := os.Stat(filepath.Join(tr.root, m[1])); err != nil {
			t.Errorf("docs/shape.md names %s, which is not there", m[1])
		}
	}
	for _, p := range tr.own {
		pkg, found := p.pkg(), false
		for at := pkg; at != "." && !found; at = filepath.Dir(at) {
			found = named[at]
		}
		if !found {
			t.Errorf("docs/shape.md does not name %s", pkg)
		}
	}
}
