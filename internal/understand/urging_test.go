package understand

import (
	"testing"

	"rabeg/internal/profile"
)

// Haste alone is no danger, and says nothing of what it is about.
func TestUrgingIsNoEmergency(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	m, err := New(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"tolong segera diperbaiki ya", "mohon segera ditindaklanjuti pak", "cepetan dong min", "tolong bantu secepatnya"} {
		if r := m.Read(text); r.Emergency || len(r.Guesses) > 0 {
			t.Errorf("%q: emergency %v, guesses %v", text, r.Emergency, r.Guesses)
		}
	}
	for _, text := range []string{"tolong cepat ada kebakaran", "tolong segera pohon tumbang menimpa orang"} {
		if r := m.Read(text); !r.Emergency {
			t.Errorf("%q: no emergency", text)
		}
	}
}
