package flowtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/report"
)

// citizenDeeds are the deeds of the table of the life that are a citizen's, by the line that a transcript has of each; pressed are those that are
// offered by a button too. A network with buttons has both, one without has numbers and words alone.
var citizenDeeds = map[report.Deed]struct {
	line    string
	pressed bool
}{
	report.Adding: {"add", false}, report.Accepting: {"judged beres", true}, report.Contesting: {"judged belum", true}, report.Disagreeing: {"disputed", true},
	report.Rating: {"rated", true}, report.Following: {"followed", true}, report.Leaving: {"unfollowed", false}, report.Hiding: {"hidden", false},
	report.Recalling: {"recalled", true}, report.Resuming: {"resumed", false}, report.Urging: {"urged", false}, report.Revealing: {"revealed", true}, report.Opposing: {"opposed", false},
}

// Every deed of a citizen is told in the transcripts: in typed words or a number, and by a button where there is one.
func TestEveryDeedOfACitizenIsTold(t *testing.T) {
	t.Parallel()
	typed, pressed := map[string]bool{}, map[string]bool{}
	files, err := filepath.Glob("../testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		last := ""
		for line := range strings.SplitSeq(string(data), "\n") {
			if said, ok := strings.CutPrefix(line, "> "); ok {
				last = said
			}
			did, ok := strings.CutPrefix(line, "! ")
			if !ok {
				continue
			}
			for _, d := range citizenDeeds {
				if !strings.HasPrefix(did, d.line) {
					continue
				}
				if strings.HasPrefix(last, "press") || strings.HasPrefix(last, "vote") {
					pressed[d.line] = true
				} else {
					typed[d.line] = true
				}
			}
		}
	}
	const citizens = report.TheReporter | report.TheNeighbour
	for _, rule := range report.Life() {
		d, listed := citizenDeeds[rule.Deed]
		switch theirs := rule.By&citizens != 0; {
		case theirs != listed:
			t.Errorf("%s is a citizen's: %v, listed here: %v", rule.Deed, theirs, listed)
		case !listed:
		case !typed[d.line]:
			t.Errorf("%s: nobody types it", rule.Deed)
		case d.pressed && !pressed[d.line]:
			t.Errorf("%s: nobody presses a button for it", rule.Deed)
		}
	}
}
