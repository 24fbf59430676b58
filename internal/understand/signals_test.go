package understand

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sayings reads a file of testdata/signals: sentences by the label they stand under.
func sayings(t testing.TB, file string) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "signals", file))
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

// signalsOf names what a reading says, as the files of testdata/signals do.
func signalsOf(r Reading) map[string]bool {
	return map[string]bool{
		"danger": r.Emergency, "self": r.Harm == SelfHarm, "abuse": r.Harm == Abuse, "misconduct": r.Misconduct, "human": r.Human,
	}
}

// TestSignals: of every hundred that have it, at least so many are seen, and of the others at most so many are taken for it.
// The files "_aside" were written apart and nothing was mended with them in view.
func TestSignals(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, want := range []struct {
		file, signal    string
		found, needless float64
	}{
		{"danger.txt", "danger", 97, 3},
		{"harm.txt", "self", 97, 0},
		{"harm.txt", "abuse", 96, 2},
		{"misconduct.txt", "misconduct", 98, 2},
		{"human.txt", "human", 96, 2},
		{"danger_aside.txt", "danger", 0, 100},
		{"harm_aside.txt", "self", 0, 100},
		{"harm_aside.txt", "abuse", 0, 100},
		{"misconduct_aside.txt", "misconduct", 0, 100},
		{"human_aside.txt", "human", 0, 100},
	} {
		all := sayings(t, want.file)
		hits, needless, others := 0, 0, 0
		tell := func(file, format string, args ...any) {
			if !strings.HasSuffix(file, "_aside.txt") { // they stay unseen
				t.Logf(format, args...)
			}
		}
		for label, texts := range all {
			for _, text := range texts {
				saw := signalsOf(m.Read(text))[want.signal]
				switch {
				case label == want.signal && saw:
					hits++
				case label == want.signal:
					tell(want.file, "%s: not seen: %q", want.signal, text)
				default:
					others++
					if saw {
						needless++
						tell(want.file, "%s: seen in %q", want.signal, text)
					}
				}
			}
		}
		found, wrong := 100*float64(hits)/float64(len(all[want.signal])), 100*float64(needless)/float64(others)
		t.Logf("%s: %.1f %% of %d found, %.1f %% of %d needless", want.file, found, len(all[want.signal]), wrong, others)
		if found < want.found || wrong > want.needless {
			t.Errorf("%s: %s: %.1f %% found, want %.0f; %.1f %% needless, want at most %.0f", want.file, want.signal, found, want.found,
				wrong, want.needless)
		}
	}
}
