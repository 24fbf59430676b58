package info

import (
	"testing"

	"rabeg/internal/understand"
)

// TestBefallen: the number of the ambulance alone is a question; beside somebody ill it is a danger.
func TestBefallen(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"kakek saya mukanya pucat keringet dingin, no ambulans berapa": true, "bojoku lemes ora iso tangi, ambulane nomer piro": true,
		"nomer ambulan brp": false, "no damkar darurat berapa": false,
	} {
		if got := befallen(text, understand.Reading{Emergency: true}); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if !befallen("sesek napas, ambulan nomer brp", understand.Reading{Emergency: true, Danger: "medis"}) {
		t.Error("who cannot breathe is no question")
	}
}
