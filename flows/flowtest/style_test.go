package flowtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the bot says in the transcripts is free of the offices' jargon. Between “ ” stand people's own words.
func TestTranscriptsArePlain(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d transcripts: %v", len(files), err)
	}
	quoted := regexp.MustCompile(`“[^”]*”`)
	for _, file := range files {
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(script)) {
			if !strings.HasPrefix(line, "<") && !strings.HasPrefix(line, "  [") {
				continue
			}
			said := strings.ToLower(quoted.ReplaceAllString(line, ""))
			for _, word := range []string{"kel. ", "kec. ", "koordinator", "coordinator", "halaman", "(s)"} {
				if strings.Contains(said, word) {
					t.Errorf("%s says %q: %s", filepath.Base(file), word, strings.TrimSpace(line))
				}
			}
		}
	}
}
