package flowtest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/flows/track"
	"rabeg/internal/place"
	"rabeg/internal/understand"
)

var update = flag.Bool("update", false, "rewrite the transcripts with what the machine says now")

// Mapped is a machine of the small city with the map of the real one: its stories are about places.
func Mapped(t *testing.T) *flows.Machine {
	t.Helper()
	serang, finder, _ := builtin(t)
	p := City()
	p.Areas = serang.Areas
	return flows.New(flows.Options{Profile: p, Reader: NewReader(p), Finder: finder, Flows: []flows.Maker{track.New, intake.New}})
}

// Learnt is a machine of the small city with the trained reader: its stories are about what words mean that no list knows.
func Learnt(t *testing.T) *flows.Machine {
	t.Helper()
	p := City()
	reader, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	finder, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return whole(p, finder, reader)
}

func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/*.txt")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d transcripts: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m := Machine()
			if strings.Contains(string(script), "(peta Kota Serang)") {
				m = Mapped(t)
			}
			if strings.Contains(string(script), "(pembaca terlatih)") {
				m = Learnt(t)
			}
			if strings.Contains(string(script), "# Alur percobaan") {
				m = WithPickup()
			}
			if strings.Contains(string(script), "\n* terdengar:") {
				m = Hearing()
			}
			if strings.Contains(string(script), "(model bahasa)") {
				m = Advised()
			}
			e := NewEngine(m, City())
			e.Stranger()
			got, err := Play(e, string(script))
			if err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(script), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("the conversation has changed (-file +now):\n%s", diff)
			}
		})
	}
}
