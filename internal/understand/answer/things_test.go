package answer

import "testing"

// TestWordsOfThings says facts with words that are of talk elsewhere: each is of a thing, or of somebody else, and wants and judges nothing.
// Beside it stand the same words of talk, which keep their meaning.
func TestWordsOfThings(t *testing.T) {
	t.Parallel()
	lx := Must()
	for text, want := range map[string]Sequel{
		"tolong tutup lubangnya sesuai laporan saya":  NoSequel,
		"lubangnya ditutup dong sesuai laporan":       NoSequel,
		"lampu model lama pak":                        NoSequel,
		"yang di pasar lama":                          NoSequel,
		"orang buta sering lewat situ":                NoSequel,
		"dasar gotnya retak":                          NoSequel,
		"mobil lewatnya cepat banget":                 NoSequel,
		"banyak anak nunggu angkot di situ":           NoSequel,
		"saya ga mau tetangga diancam lagi":           NoSequel,
		"warga takut karena preman itu dikenal galak": NoSequel,

		"tutup aja laporan saya":            TakesBack,
		"laporannya ditutup aja":            TakesBack,
		"lama banget pak":                   WantsNews,
		"kok lama":                          WantsNews,
		"makan gaji buta doang":             Scolds,
		"dasar pemalas":                     Scolds,
		"kerja kalian payah":                Scolds,
		"cepetan dong pak":                  WantsNews,
		"saya masih nunggu nih":             WantsNews,
		"saya takut dikenal tetangga":       Hides,
		"saya takut diketahui identitasnya": Hides,
	} {
		if got := lx.After(text).Sequel; got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]Judgement{
		"lampunya hilang dicuri":                     NoJudgement,
		"jalannya ditutup warga":                     NoJudgement,
		"pohonnya dipotong, dahannya dibuang di got": NoJudgement,
		"bagus ya kerjanya, makin gelap":             JudgedUnfit,
		"mantap, malah tambah banjir":                JudgedUnfit,
		"baunya sudah hilang":                        JudgedFixed,
		"lubangnya sudah ditutup":                    JudgedFixed,
		"sudah bagus makasih":                        JudgedFixed,
		"sampahnya sudah dibuang, terima kasih":      JudgedFixed,
	} {
		if got, _ := lx.Judges(text); got != want {
			t.Errorf("%q judges %v, want %v", text, got, want)
		}
	}
}
