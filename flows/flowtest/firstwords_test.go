package flowtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/flows"
)

// TestFirstWords writes each line into a fresh chat: who is in danger reads the emergency number at once, and everyday talk alarms nobody.
// The lines apart are measured alone: one miss more than there is fails.
func TestFirstWords(t *testing.T) {
	t.Parallel()
	m := Learnt(t)
	for _, tt := range []struct {
		file            string
		missed, alarmed int
	}{
		{"first-words.txt", 0, 2},
		{"first-words-apart.txt", 5, 5},
	} {
		lines := firstWords(t, tt.file)
		var missed, alarmed []string
		for _, text := range lines["danger"] {
			if number, _ := firstAnswer(t, m, text); !number {
				missed = append(missed, text)
			}
		}
		for _, text := range lines["calm"] {
			if _, alarm := firstAnswer(t, m, text); alarm {
				alarmed = append(alarmed, text)
			}
		}
		t.Logf("%s: %d of %d dangers missed, %d of %d others alarmed", tt.file, len(missed), len(lines["danger"]), len(alarmed), len(lines["calm"]))
		if len(missed) > tt.missed || len(alarmed) > tt.alarmed {
			if strings.Contains(tt.file, "apart") {
				t.Errorf("%s: %d missed and %d alarmed; it was %d and %d", tt.file, len(missed), len(alarmed), tt.missed, tt.alarmed)
				continue
			}
			t.Errorf("%s: missed %q\nalarmed %q", tt.file, missed, alarmed)
		}
	}
}

// firstWords reads a file of lines by the label they stand under.
func firstWords(t *testing.T, file string) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", file))
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

// firstAnswer writes a text into a fresh chat: whether the answer names the emergency number or other help at once, and whether a person
// was alarmed for a danger or for harm.
func firstAnswer(t *testing.T, m *flows.Machine, text string) (number, alarm bool) {
	t.Helper()
	e := NewEngine(m, City())
	e.Log = func(l Line) {
		alarm = alarm || strings.HasPrefix(l.Effect, "ruang petugas: 🚨") || strings.HasPrefix(l.Effect, "ruang petugas: 🟣") || strings.HasPrefix(l.Effect, "ruang petugas: 🤍")
		number = number || l.Sent != nil && strings.Contains(l.Sent.Message.Text, bot.Bold("112"))
	}
	if _, err := e.Say(bot.Event{From: bot.Person{ID: "w1", Name: "Siti"}, Body: bot.Text{Text: text}}); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	e.Flush()
	return number, alarm
}
