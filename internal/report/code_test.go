package report

import (
	"strings"
	"testing"
)

func TestNewCodeReadsBack(t *testing.T) {
	t.Parallel()
	seen := map[Code]bool{}
	for seed := range uint64(20000) {
		c := NewCode("SRG", seed)
		if len(c) != len("SRG-7K3M-9") {
			t.Fatalf("seed %d: %q", seed, c)
		}
		got, ok := ParseCode("SRG", strings.ToLower(string(c)))
		if !ok || got != c {
			t.Fatalf("%q reads as %q, %v", c, got, ok)
		}
		got, found, valid := FindCode("SRG", "pak laporan "+string(c)+" gimana ya?")
		if got != c || !found || !valid {
			t.Fatalf("%q found as %q %v %v", c, got, found, valid)
		}
		seen[c] = true
	}
	if len(seen) < 19500 {
		t.Errorf("only %d different numbers of 20000 seeds", len(seen))
	}
}

func TestCheckCatchesEverySlip(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		c := string(NewCode("SRG", seed))
		five := c[4:8] + c[9:]
		for i := range five {
			for _, other := range alphabet {
				if byte(other) == five[i] {
					continue
				}
				if wrong := five[:i] + string(other) + five[i+1:]; sound(wrong) {
					t.Fatalf("%s passes for %s", wrong, five)
				}
			}
			if i > 0 && five[i] != five[i-1] {
				if wrong := five[:i-1] + string(five[i]) + string(five[i-1]) + five[i+1:]; sound(wrong) {
					t.Fatalf("swapped %s passes for %s", wrong, five)
				}
			}
		}
	}
}

func TestFindCode(t *testing.T) {
	t.Parallel()
	c := NewCode("SRG", 7) // any good one
	body, sum := string(c[4:8]), string(c[9:])
	bad := "2"
	if sum == "2" {
		bad = "3"
	}
	tests := []struct {
		text         string
		found, valid bool
	}{
		{string(c), true, true},
		{"srg " + strings.ToLower(body) + " " + sum, true, true},
		{"srg" + body + sum, true, true},
		{"SRG – " + body + " – " + sum, true, true},
		{"> Laporan " + string(c) + " diterima.\nkapan beres?", true, true},
		{body + "-" + sum, true, true},
		{body + sum, true, true},
		{"SRG-" + body + "-" + bad, true, false},
		{"srg" + strings.ToLower(body) + bad, true, false},
		{"SRG-" + body, true, false},
		{"SRG-" + body + "-" + bad + " atau " + string(c), true, true},
		{"lampu mati di srg kota dekat alun2", false, false},
		{"srg mati lampu 2 hari, srg sekali pak tolong", false, false},
		{"srg rusak 2 hari ini saja kok belum diperbaiki", false, false},
		{"jalan km 23 rusak", false, false},
		{"rt 02/05", false, false},
		{"halo", false, false},
		{"rusak", false, false},
		{"", false, false},
		{"PSRG-" + body + "-" + sum + " itu apa ya bapak ibu", false, false},
		{strings.Repeat("srg-", 2000), false, false},
	}
	for _, tt := range tests {
		got, found, valid := FindCode("SRG", tt.text)
		if found != tt.found || valid != tt.valid {
			t.Errorf("FindCode(%q) = %q, %v, %v; want %v, %v", tt.text, got, found, valid, tt.found, tt.valid)
		}
		if valid && got != c {
			t.Errorf("FindCode(%q) = %q, want %q", tt.text, got, c)
		}
	}
}

func FuzzFindCode(f *testing.F) {
	f.Add("srg 7k3m 9")
	f.Fuzz(func(t *testing.T, s string) {
		c, found, valid := FindCode("SRG", s)
		if valid && !found {
			t.Fatal("valid but not found")
		}
		if valid {
			if again, ok := ParseCode("SRG", string(c)); !ok || again != c {
				t.Fatalf("%q does not read back", c)
			}
		}
	})
}
