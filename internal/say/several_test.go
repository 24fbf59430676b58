package say

import "testing"

// What people answer who were shown a lamp, rubbish and a road.
func TestAnswersToSeveralMatters(t *testing.T) {
	t.Parallel()
	matters := []string{"lampu mati di jl A yani Lampu jalan", "sampah numpuk di depan pasar Sampah", "jalan berlubang Jalan"}
	for text, want := range map[string]struct {
		said string
		nth  int
	}{
		"iya kirim semua": {SeveralAll, 0}, "semua pak": {SeveralAll, 0}, "kirim semuanya ya": {SeveralAll, 0}, "ok": {SeveralAll, 0},
		"pisahkan aja": {SeveralAll, 0}, "dipisah": {SeveralAll, 0}, "send them all please": {SeveralAll, 0}, "ketiganya": {SeveralAll, 0}, "jadi tiga laporan ya": {SeveralAll, 0},
		"satu aja": {SeveralOne, 0}, "satu laporan aja pak": {SeveralOne, 0}, "jangan dipisah": {SeveralOne, 0}, "ga usah dipisah": {SeveralOne, 0},
		"gabung aja": {SeveralOne, 0}, "jadikan satu": {SeveralOne, 0}, "just one report": {SeveralOne, 0}, "dont split": {SeveralOne, 0}, "1 aja": {SeveralOne, 0},
		"beda tempat": {SeveralApart, 0}, "tempatnya beda": {SeveralApart, 0}, "different places": {SeveralApart, 0}, "beda beda pak": {SeveralApart, 0},
		"yang lampu aja dulu": {SeveralOnly, 1}, "lampu dulu": {SeveralOnly, 1}, "nomor 2 saja": {SeveralOnly, 2}, "yang kedua aja": {SeveralOnly, 2},
		"cuma yang sampah": {SeveralOnly, 2}, "only the second": {SeveralOnly, 2}, "no 3 dulu": {SeveralOnly, 3},
		"sampahnya ga usah": {SeveralDrop, 2}, "yang nomor 3 ga usah": {SeveralDrop, 3}, "hapus yang lampu": {SeveralDrop, 1},
		"baunya sampai ke rumah": {}, "batal": {}, "sudah seminggu lebih tidak ada yang datang dari dinas": {}, "di depan pasar": {}, "ubah": {}, "tidak": {},
		"jalannya ga jadi diaspal kemarin": {}, "sampahnya udah dicabut dinas tapi belum diangkut": {}, "lampunya dicoret anak sekolah kemarin sore": {},
		"yg nomer 3 batalin aja udah nyala barusan": {SeveralDrop, 3}, "gajadi deh yg sampah": {SeveralDrop, 2}, "yang lampu ga jadi pak soalnya udah nyala": {SeveralDrop, 1},
		"sampah sudah dua minggu": {}, "lampu mati juga di gang sebelah": {}, "": {},
	} {
		if said, nth := SeveralAnswer(text, matters); said != want.said || nth != want.nth {
			t.Errorf("%q: %q %d, want %q %d", text, said, nth, want.said, want.nth)
		}
	}
}
