package flows_test

import (
	"encoding/json"
	"strings"
	"testing"

	"rabeg/flows"
	"rabeg/flows/flowtest"
	"rabeg/flows/intake"
)

// What cannot be read is said, and nothing of it is used; what belongs to a flow that this program does not have is kept.
func TestRead(t *testing.T) {
	t.Parallel()
	m := flowtest.Machine()
	for _, doc := range []string{`{"v":2`, `{"v":2,"flows":{"intake":[]}}`, `{"v":2,"flows":{"track":{"report":"x"}}}`, `{"v":1,"form":"x"}`, `{"v":1,"call":{"at":1}}`} {
		if s, err := m.Read([]byte(doc)); err == nil || s.V != 0 {
			t.Errorf("%s is read as %+v (%v)", doc, s, err)
		}
	}
	const kept = `{"v":2,"flows":{"intake":{"sent":{"id":7,"code":"SRG-RY77R-W","at":"2026-11-22T02:00:00Z"}},"verdict":{"stars":3}}}`
	s, err := m.Read([]byte(kept))
	if err != nil || intake.Of(s).Sent.ID != 7 {
		t.Fatalf("read %+v: %v", s, err)
	}
	if again, err := json.Marshal(m.Join(flows.State{}, s.Clone())); err != nil || string(again) != kept {
		t.Errorf("kept again as %s (%v)", again, err)
	}
}

// A conversation of before says more in its place, and hardly grows by it.
func TestCarriedOver(t *testing.T) {
	t.Parallel()
	const before = `{"v":1,"seq":1,"turn":"x","told":true,"form":{"draft":"d1-x","kind":"pengaduan","text":"got mampet","vis":"biasa","begun":"2026-11-22T02:00:05Z"},` +
		`"ask":{"id":"s-1","flow":"track","kind":"words","codes":["SRG-RY77R-W"],"report":2,"text":"belum ada yang datang"},` +
		`"shelf":{"draft":"d0-x","kind":"pengaduan","text":"lampu mati","vis":"biasa","begun":"2026-11-22T02:00:05Z"},"call":{"id":"k","kind":"human","at":"2026-11-22T02:00:05Z"}}`
	s, err := flowtest.Machine().Read([]byte(before))
	if err != nil {
		t.Fatal(err)
	}
	now, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"v":2`, `"intake":{"form":{"draft":"d1-x"`, `"shelf":{"draft":"d0-x"`, `"track":{"codes":["SRG-RY77R-W"],"report":2,"text":"belum`, `"call":{"talk":{"id":"k"`} {
		if !strings.Contains(string(now), part) {
			t.Errorf("%s is not in %s", part, now)
		}
	}
	if more := len(now) - len(before); more > 60 {
		t.Errorf("%d bytes more: %s", more, now)
	}
}
