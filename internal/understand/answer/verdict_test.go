package answer

import "testing"

// TestJudges reads what people say when an office calls their report done.
func TestJudges(t *testing.T) {
	t.Parallel()
	lx := Must()
	for want, texts := range map[Judgement][]string{
		JudgedFixed: {"udah nyala makasih", "iya sudah", "alhamdulillah sudah bagus", "sdh diperbaiki, terima kasih", "it works now, thanks", "wis apik pak suwun",
			"geus hurung nuhun", "can beres kang", "beres", "mantap sudah terang", "air sudah mengalir", "sudah bersih kok", "fixed, thank you"},
		JudgedPart: {"baru sebelah doang yang nyala", "jalannya udah mulus tapi baru setengah", "cuma ditambal sedikit", "lumayan, tapi belum semua", "only half of it"},
		JudgedUnfit: {"mati lagi bos", "belum", "belum beres pak mati lagi", "bohong", "masih bolong pak", "belum pak, masih bolong", "gak ada yang dateng", "not fixed yet",
			"still broken", "blm ada perubahan", "durung dibenerin pak", "masih gelap gulita nih", "Belum!!!", "sampahnya masih numpuk", "boro2, masih banjir tetep"},
		JudgedUnfair: {"tidak setuju", "saya keberatan", "ga terima saya, itu jalan kota", "I disagree", "not fair"},
		NoJudgement: {"kapan beresnya?", "udah beres belum?", "terima kasih", "lampu di jalan lain juga mati", "halo", "sampah numpuk di pasar rau, tolong diangkut",
			"lampu pju mati di jl veteran", "mau lapor", "status", "", "nomornya berapa ya"},
	} {
		for _, text := range texts {
			if got, _ := lx.Judges(text); got != want {
				t.Errorf("%q: %d, want %d", text, got, want)
			}
		}
	}
}
