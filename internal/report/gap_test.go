package report

import (
	"testing"
	"time"
)

// After a restore, a number that nobody knows may be one that was lost: if it is of the form that is given now, and right.
func TestWhatMayBeLost(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	gap := Gap{From: at, Until: at.Add(time.Hour)}
	right := NewCode("SRG", 7)
	wrong := right[:len(right)-1] + "2"
	if wrong == right {
		wrong = right[:len(right)-1] + "3"
	}
	for name, c := range map[string]struct {
		gap  Gap
		code Code
		want bool
	}{
		"a right number":             {gap, right, true},
		"never restored":             {Gap{}, right, false},
		"a slip in it":               {gap, wrong, false},
		"another city's":             {gap, NewCode("DPS", 7), false},
		"of the form of long ago":    {gap, old("7K3M"), false},
		"no number":                  {gap, "", false},
		"not as it would be written": {gap, "srg 7k3mq 9", false},
	} {
		if got := c.gap.May("SRG", c.code); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// No number is in two slices.
func TestSlicesShareNoNumber(t *testing.T) {
	t.Parallel()
	of := map[Code]int{}
	for seed := range uint64(3000) {
		for slice := range Slices {
			c := NewCodeIn("SRG", seed, slice)
			if other, there := of[c]; there && other != slice {
				t.Fatalf("%s is in the slices %d and %d", c, other, slice)
			}
			if _, ok := ParseCode("SRG", string(c)); !ok {
				t.Fatalf("%s is no number", c)
			}
			of[c] = slice
		}
	}
	if len(of) < 47000 {
		t.Errorf("only %d different numbers", len(of))
	}
}
