package answer

import "testing"

// Who fears to be found out is answered; a wish to be hidden is carried out, and what is told of the matter is none of it.
func TestFears(t *testing.T) {
	t.Parallel()
	lx := Must().Knowing(func(w string) bool { return w == "uang" || w == "rusak" || w == "lampu" })
	for text, want := range map[string]bool{
		"ntar kalo ketauan saya gimana": true, "tapi saya takut pak lurah baca": true, "takut ketahuan tetangga": true, "kalo dia tau saya yg lapor gimana": true,
		"saya takut dibales": true, "takut lurahnya dendam": true, "nek konangan piye": true,
		"jangan sampai ketahuan": false, "rahasia aja takut ketahuan": false, "takut jalan rusak makan korban": false, "takut lewat situ malam malam": false,
		"kalo lampu mati gimana": false, "lurahnya minta uang saya takut": false, "saya tahu orangnya": false,
	} {
		if got := lx.Question(text) == AskedFear; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
