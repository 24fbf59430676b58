package place

import "testing"

// What sounds like a place, what only points at one, and what surely names one, in the spellings that are written here.
func TestCues(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		words                         string
		cued, beside, points, isNamed bool
	}{
		{"jl mawar 3", true, false, false, true},
		{"jln. Mawar", true, false, false, true},
		{"jalan bolong", true, false, false, false},
		{"jalan Mawar", true, false, false, true},
		{"kmpg baru", true, false, false, true},
		{"lingkungan kotor", true, false, false, false},
		{"di sini", true, true, true, false},
		{"depan rumah", true, true, true, false},
		{"dpan rmh saya", true, true, false, false},
		{"blkg Indomaret", true, true, false, true},
		{"sblh toko 88", true, true, false, true},
		{"deukeut masjid", true, true, false, false},
		{"rt 02 rw 05 cipare indah", true, false, false, true},
		{"pak rt tidak mau tahu", false, false, false, false},
		{"sudah dua minggu", false, false, false, false},
		{"psr rau", true, true, false, false},
		{"", false, false, true, false},
	} {
		if got := [...]bool{Cued(tt.words), Beside(tt.words), Points(tt.words), Named(tt.words)}; got != [...]bool{tt.cued, tt.beside, tt.points, tt.isNamed} {
			t.Errorf("%q: cued, beside, points, named are %v", tt.words, got)
		}
	}
}
