package intake

import (
	"testing"

	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// What words at the card say of who may see the report, and whether they send it.
func TestWhoMaySeeIt(t *testing.T) {
	t.Parallel()
	f := &flow{flows.Options{Answers: answer.Must()}}
	for _, c := range []struct {
		who   report.Visibility
		sends bool
		texts []string
	}{
		{report.Normal, false, []string{"biasa aja ga usah rahasia", "ga usah rahasia", "gausah rahasia pak", "biasa aja", "yang biasa aja deh", "gausah disembunyiin", "nama saya boleh keliatan", "nggak perlu anonim", "tidak usah dirahasiakan", "jangan rahasia"}},
		{report.Confidential, false, []string{"rahasia aja", "rahasia", "dirahasiain aja", "tolong rahasiakan"}},
		{report.Anonymous, false, []string{"anonim aja", "jangan pake nama", "ga usah pake nama", "tanpa nama aja"}},
		{report.Normal, true, []string{"kirim biasa", "kirim biasa aja", "kirim aja ga usah rahasia"}},
		{report.Confidential, true, []string{"kirim rahasia", "kirim rahasia aja pak"}},
		{report.Anonymous, true, []string{"kirim aja gausah pake nama", "kirim tanpa nama", "kirim anonim"}},
		{"", false, []string{"kirim", "ya", "iya rahasia", "kirim aja", "batal", "bisa rahasia ga?", "anonim itu apa?", "biasanya petugas datang pagi", "rahasia umum kalau lurahnya korupsi dana desa"}},
	} {
		for _, text := range c.texts {
			if who, sends := f.saysWho(text); who != c.who || sends != c.sends {
				t.Errorf("%q: %q, sends %v; want %q, %v", text, who, sends, c.who, c.sends)
			}
		}
	}
}

// News of a report come to the chat in which it was told: who says that others read it hears what to do.
func TestWhosePhoneIsReadByOthers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"atasan saya minta setoran, hp saya suka dibaca istri":      true,
		"bidan minta uang lebih, tapi hp ini dipake bareng suami":   true,
		"my boss takes bribes and my husband checks my phone":       true,
		"hp saya hilang di angkot":                                  false,
		"suami saya dipungut 50 ribu waktu cek darah di puskesmas":  false,
		"petugas minta uang lewat wa, katanya buat buka blokir ktp": false,
		"anak saya dibentak guru, saya sudah chat wali kelasnya":    false,
	} {
		if got := readByOthers(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
