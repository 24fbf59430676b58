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
		if len(c) != len("SRG-7K3MQ-9") {
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
	if len(seen) < 19950 {
		t.Errorf("only %d different numbers of 20000 seeds", len(seen))
	}
}

// Walking through the numbers meets each once: here a stretch around every place where the first digit moves, and the end.
func TestCodeAtMeetsEachOnce(t *testing.T) {
	t.Parallel()
	if Codes != 22_192_808 {
		t.Errorf("%d numbers", Codes)
	}
	seen := map[Code]uint64{}
	for _, from := range []uint64{0, 8*31*31*31*31 - 2000, (8*31 + 23*8) * 31 * 31 * 31, 22_000_000, uint64(Codes) - 2000} {
		for n := from; n < min(from+4000, uint64(Codes)); n++ {
			c := CodeAt("SRG", n)
			if other, twice := seen[c]; twice && other != n {
				t.Fatalf("%d and %d are both %s", other, n, c)
			}
			seen[c] = n
		}
	}
	if CodeAt("SRG", 5) != CodeAt("SRG", uint64(Codes)+5) {
		t.Error("behind the last number is not the first")
	}
}

// old makes a number of the old form of four characters.
func old(body string) Code { return format("SRG", body, check(body)) }

// A number with one wrong character, or with two neighbours swapped, is none: however it is typed, and although numbers of
// the old form, which are a character shorter, are still read.
func TestCheckCatchesEverySlip(t *testing.T) {
	t.Parallel()
	var all []string
	for seed := range uint64(150) {
		c := string(NewCode("SRG", seed))
		all = append(all, c[4:9]+c[10:])
	}
	for _, body := range []string{"7K3M", "22ZZ", "A3BC", "K9K9", "ZZZ2"} {
		all = append(all, body+string(check(body)))
	}
	for _, right := range all {
		for i := range right {
			for _, other := range alphabet + "01OIL" {
				if byte(other) != right[i] {
					refused(t, right[:i]+string(other)+right[i+1:], right)
				}
			}
			if i > 0 && right[i] != right[i-1] {
				refused(t, right[:i-1]+string(right[i])+string(right[i-1])+right[i+1:], right)
			}
		}
	}
}

// refused types a wrong number in all ways that people type one.
func refused(t *testing.T, wrong, right string) {
	t.Helper()
	n := len(wrong) - 1
	for _, sep := range []string{"", "-", " ", " - ", "–", "."} {
		for _, front := range []string{"SRG-", "srg ", "SRG", ""} {
			text := front + wrong[:n] + sep + wrong[n:]
			if c, ok := ParseCode("SRG", text); ok {
				t.Fatalf("%q passes for %s, though %s was meant", text, c, right)
			}
			for _, s := range []string{text, text + " kapan beres pak?", "laporan " + text + ", kok belum beres?"} {
				if c, _, valid := FindCode("SRG", s); valid {
					t.Fatalf("%q is found to be %s, though %s was meant", s, c, right)
				}
			}
			if c, _, ok := LeadingCode("SRG", text+" sudah beres"); ok {
				t.Fatalf("%q begins with %s, though %s was meant", text, c, right)
			}
		}
	}
}

// Numbers of four characters, which the first reports have got, are found wherever they are typed.
func TestOldNumbersAreRead(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"7K3M", "22ZZ", "A3BC", "ZZZ2"} {
		c := old(body)
		sum := string(c[9:])
		for _, text := range []string{string(c), "srg " + body + " " + sum, "SRG" + body + sum, strings.ToLower(body) + "-" + sum, body + sum} {
			if got, ok := ParseCode("SRG", text); !ok || got != c {
				t.Errorf("%q is read as %q, not %s", text, got, c)
			}
			if got, found, valid := FindCode("SRG", text); got != c || !found || !valid {
				t.Errorf("%q is found to be %q (%v, %v), not %s", text, got, found, valid, c)
			}
		}
		for _, text := range []string{
			string(c) + " 2 hari belum beres", "laporan " + string(c) + ", kapan?", "SRG-" + body + sum + " kapan beres pak", string(c) + ": sudah",
		} {
			if got, _, valid := FindCode("SRG", text); !valid || got != c {
				t.Errorf("%q is found to be %q, not %s", text, got, c)
			}
		}
		for _, text := range []string{string(c), "srg – " + body + " – " + sum, "Srg" + body + sum} {
			if got, end, ok := LeadingCode("SRG", text+" 22 lampu"); got != c || end != len(text) || !ok {
				t.Errorf("%q begins with %q to %d", text, got, end)
			}
		}
	}
}

func TestFindCode(t *testing.T) {
	t.Parallel()
	c := NewCode("SRG", 7) // any good one
	body, sum := string(c[4:9]), string(c[10:])
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
		{"nomor SRG-" + body[:4] + " " + body[4:] + "-" + sum + " kapan?", true, true},
		{"SRG-" + body + "-" + bad, true, false},
		{"srg" + strings.ToLower(body) + bad, true, false},
		{"SRG-" + body, true, false},
		{"SRG-" + body + "-" + bad + " atau " + string(c), true, true},
		{"lampu mati di srg kota dekat alun2", false, false},
		{"srg mati lampu 2 hari, srg sekali pak tolong", false, false},
		{"srg rusak 2 hari ini saja kok belum diperbaiki", false, false},
		{"jalan km 23 rusak", false, false},
		{"rw 5 rt 3", false, false},
		{"taman 5", false, false},
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
	f.Add("SRG-7K3MQ-9 2 hari")
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
