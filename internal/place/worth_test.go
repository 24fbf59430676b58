package place

import (
	"os"
	"strings"
	"testing"
)

// answers reads a file of answers to "where?" by what they are.
func answers(t *testing.T, file string) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out, label := map[string][]string{}, ""
	for l := range strings.Lines(string(b)) {
		switch l = strings.TrimSpace(l); {
		case l == "" || l[0] == '#':
		case l[0] == '[':
			label = strings.Trim(l, "[]")
		default:
			out[label] = append(out[label], l)
		}
	}
	return out
}

// TestAnswersToWhere: what has a name is a place whether the lists know it or not, what points or fills is none, and what there are
// many of is asked about. The file "-aside" was written apart: its misses are counted and were not looked at.
func TestAnswersToWhere(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	// judged as the conversation does: a place that surely fits, else by the words.
	judged := func(text string) Worth {
		if cs := g.Find(text); len(cs) > 0 && cs[0].P >= 0.9 {
			return Naming
		}
		return g.Weigh(text)
	}
	for _, f := range []struct {
		file                                  string
		placeAtLeast, noneAtMost, halfAtLeast int // in percent: places taken, non-places taken for one, half places asked about
	}{{"testdata/where.txt", 97, 2, 97}, {"testdata/where-aside.txt", 95, 0, 95}} {
		all := answers(t, f.file)
		unseen := strings.Contains(f.file, "aside")
		count := func(label string, ok func(Worth) bool) int {
			n := 0
			for _, text := range all[label] {
				if w := judged(text); ok(w) {
					n++
				} else if !unseen {
					t.Logf("%s: %q is %d, %s", label, text, w, understood(g.Find(text)))
				}
			}
			return 100 * n / len(all[label])
		}
		taken := count("place", func(w Worth) bool { return w == Naming })
		asked := count("half", func(w Worth) bool { return w == Vague })
		wrong := 100 - count("none", func(w Worth) bool { return w != Naming })
		t.Logf("%s: places taken %d %%, half places asked about %d %%, others taken for a place %d %%", f.file, taken, asked, wrong)
		if taken < f.placeAtLeast || wrong > f.noneAtMost || asked < f.halfAtLeast {
			t.Errorf("%s: places taken %d %%, want %d; half places asked about %d %%, want %d; others taken %d %%, want at most %d", f.file, taken,
				f.placeAtLeast, asked, f.halfAtLeast, wrong, f.noneAtMost)
		}
	}
}
