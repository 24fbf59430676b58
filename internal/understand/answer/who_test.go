package answer_test

import (
	"testing"

	"rabeg/internal/understand/answer"
)

// Who wants that others are told nothing of it wants the report hidden from them. That others were told nothing is a complaint, and who is
// to be told nothing may be the writer.
func TestOthersAreToBeToldNothing(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for text, want := range map[string]bool{
		"jangan kabari tetangga lagi": true, "jgn kabarin tetangga": true, "tetangga jangan dikabari ya": true, "ga usah kirim kabar ke tetangga ya": true,
		"jangan kasih kabar ke warga lain": true, "stop kirim kabar ke pengikut": true, "pengikutnya jangan dikasih kabar": true, "jgn infoin orang lain ya pak": true,
		"tolong jangan beritahu tetangga saya": true, "ojo dikabari tonggone": false,
		"warga tidak dikabari": false, "tetangga ga dikabari petugas": false, "jangan kabari saya lagi": false, "tolong kabari tetangga juga": false, "kabari saya ya": false,
		"petugas tidak pernah kirim kabar ke warga": false, "jangan lupa kabari warga ya": false,
	} {
		c, ok := lx.Changes(text)
		if got := ok && c.Field == answer.Who && c.Who == "rahasia"; got != want {
			t.Errorf("%q: hidden %v", text, got)
		}
	}
}

// Who is not to hear of it is kept from it, in whatever words; what he is to learn, or something else, is no wish to hide.
func TestOneIsNotToHearOfIt(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for text, want := range map[string]bool{
		"awas jgn sampe kedengeran pak lurah": true, "ulah nepi ka lurahna nyaho": true, "jangan sampe dia tau ya": true, "aja sampe krungu pak rt": true,
		"jangan sampai bocor lagi pipanya": false, "jangan sampe nunggu ada korban baru tau": false, "biarin dia tau": false, "lurahnya udah tau": false,
		"jangan sampai lampunya mati lagi": false, "pak lurah jangan pura2 ga tau": false,
	} {
		c, ok := lx.Changes(text)
		if got := ok && c.Field == answer.Who && c.Who != "biasa"; got != want {
			t.Errorf("%q: hidden %v", text, got)
		}
	}
}
