package flowtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/understand"
)

// TestWhatIsToldAnswersNothing types complaints where an answer is awaited: thousands of phrases that tell something, whole
// and cut off in the middle as they come from hurried fingers. None of them sends a report, nor puts one away.
func TestWhatIsToldAnswersNothing(t *testing.T) {
	t.Parallel()
	p, finder, _ := builtin(t)
	m := whole(p, finder, calmed{understand.Keywords(p)})
	files, err := filepath.Glob("../../internal/understand/train/seeds/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no phrases", err)
	}
	for _, file := range files {
		// What is said after the filing may well be an answer; what officers say is said by no citizen.
		if name := filepath.Base(file); strings.Contains(name, "smalltalk") || strings.Contains(name, "sequel") || strings.HasPrefix(name, "desk_") || name == "slots.txt" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			label := ""
			for l := range strings.Lines(string(b)) {
				l = strings.TrimSpace(l)
				if strings.HasPrefix(l, "[") {
					label = l
				}
				if l == "" || l[0] == '#' || l[0] == '[' || strings.Contains(label, "bukan") || label == "[aman]" || label == "[none]" || label == "[human]" {
					continue
				}
				words := strings.Fields(l)
				for _, text := range []string{l, strings.Join(words[:min(len(words), 5)], " "), strings.Join(words[max(0, len(words)-4):], " ")} {
					switch got := typed(t, m, p, "review", text); got {
					case "send", "cancel":
						t.Errorf("%q: %s", text, got)
					}
				}
			}
		})
	}
}
