package track

import (
	"testing"

	"rabeg/internal/meant"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
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
	mind := meant.New(p, reader, nowhere{}, answer.Must())
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
			if got := meant.OneMore(text) || mind.Another(text, rd, r); got != want[i] {
				t.Errorf("%q after %q: %v, want %v (%v, %v)", text, r.Text, got, want[i], rd.Places, rd.Guesses)
			}
		}
	}
}

// nowhere is a finder that knows no place.
type nowhere struct{}

func (nowhere) At(float64, float64) (place.Spot, bool)         { return place.Spot{}, false }
func (nowhere) Find(string) []place.Candidate                  { return nil }
func (nowhere) Link(string) (lat, lon float64, ok, short bool) { return 0, 0, false, false }
