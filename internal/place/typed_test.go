package place

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
)

// Places as people type them, and what is understood: testdata/typed.txt tells how to read the lines. What was kept apart
// while the rest was tuned stands in typed-aside.txt: it is counted, and may not fall below what was measured.
func TestTyped(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	for _, f := range []struct {
		file  string
		wrong int // at most
	}{{"testdata/typed.txt", 0}, {"testdata/typed-aside.txt", 3}, {"testdata/typed-aside-2.txt", 3}} {
		file, err := os.Open(f.file)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = file.Close() }()
		var wrong []string
		n := 0
		for lines := bufio.NewScanner(file); lines.Scan(); {
			line := lines.Text()
			if line == "" || line[0] == '#' {
				continue
			}
			asked, want, ok := strings.Cut(line[2:], " => ")
			if !ok {
				t.Fatalf("%s: no => in %q", f.file, line)
			}
			cs := g.Find(asked)
			if line[0] == '!' {
				m, _ := g.In(asked)
				cs = m.Candidates
			}
			n++
			if !fitting(cs, want) {
				wrong = append(wrong, line+"\n\tis "+understood(cs))
			}
		}
		t.Logf("%s: %d of %d as wanted", f.file, n-len(wrong), n)
		if len(wrong) > f.wrong {
			t.Errorf("%s: %d wrong:\n%s", f.file, len(wrong), strings.Join(wrong, "\n"))
		}
	}
}

// understood says in one line what candidates come to for the citizen.
func understood(cs []Candidate) string {
	if len(cs) == 0 {
		return "none"
	}
	var parts []string
	for _, c := range cs {
		parts = append(parts, outline(c))
		if cs[0].P >= 0.9 {
			break
		}
	}
	return strings.TrimSpace(level(cs[0]) + " " + strings.Join(parts, "|"))
}

func outline(c Candidate) string {
	if c.Whose != "" {
		return "luar " + c.Whose
	}
	return strings.TrimSpace(c.Name + " [" + c.AreaName + "/" + c.DistrictName + "]")
}

func fitting(cs []Candidate, want string) bool {
	switch {
	case want == "none":
		return len(cs) == 0
	case len(cs) == 0:
		return false
	case strings.HasPrefix(want, "luar "):
		return "luar "+cs[0].Whose == want
	}
	how, what, _ := strings.Cut(want, " ")
	if level(cs[0]) != how {
		return false
	}
	wanted := strings.Split(what, "|")
	if how == sure {
		cs = cs[:1]
	}
	if len(wanted) != len(cs) {
		return false
	}
	for _, w := range wanted {
		if !slices.ContainsFunc(cs, func(c Candidate) bool { return strings.HasSuffix(outline(c), w) }) {
			return false
		}
	}
	return true
}
