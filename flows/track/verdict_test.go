package track

import (
	"testing"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// TestAnotherMatter reads what people write after their report was called done: words of another street or of another thing are no
// verdict on it, words of the same street are.
func TestAnotherMatter(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	lamp := report.Report{Draft: report.Draft{Text: "lampu jalan mati di Jl. Veteran, depan gang 2", Category: "penerangan_jalan"}}
	unnamed := report.Report{Draft: report.Draft{Text: "lampu jalan mati", Category: "penerangan_jalan"}}
	for text, want := range map[string][2]bool{ // of lamp, of unnamed
		"lampu di gang mawar masih mati":     {true, false},
		"di jl ahmad yani masih gelap":       {true, false},
		"jl veteran masih gelap pak":         {false, false},
		"masih mati yang depan gang 2":       {false, false},
		"lampu tetangga juga mati":           {true, true},
		"akhirnya beres juga, makasih":       {false, false},
		"masih mati juga pak":                {false, false},
		"ktp saya belum jadi di disdukcapil": {true, true},
	} {
		rd := reader.Read(text)
		for i, r := range []report.Report{lamp, unnamed} {
			if got := another(rd, text, r) || otherStreet(rd.Places, r); got != want[i] {
				t.Errorf("%q after %q: %v, want %v (%v, %v)", text, r.Text, got, want[i], rd.Places, rd.Guesses)
			}
		}
	}
}
