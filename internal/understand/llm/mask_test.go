package llm

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMask(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"nama saya budi santoso dari kaligandu, lampu mati":      "nama saya [NAMA] dari kaligandu, lampu mati",
		"Nama: Siti Aminah, KTP belum jadi":                      "Nama: [NAMA], KTP belum jadi",
		"atas nama Ahmad Fauzi NIK 3673012345678901 tidak aktif": "atas nama [NAMA] NIK [NIK] tidak aktif",
		"nik saya 3673 0123 4567 8901":                           "nik saya [NIK]",
		"hub 0812-3456-7890 atau +62 812 3456 7890":              "hub [TELEPON] atau [TELEPON]",
		"telp (0254) 200123 kantor":                              "telp [TELEPON] kantor",
		"wa 6281234567890 ya":                                    "wa [TELEPON] ya",
		"email budi.s@contoh.co.id ditolak":                      "email [EMAIL] ditolak",
		"lapor @budi_s dulu":                                     "lapor [AKUN] dulu",
		"angkot A 1234 XY ugal-ugalan":                           "angkot [PLAT] ugal-ugalan",
		"plat nomor b 999 abc parkir di trotoar":                 "[PLAT] parkir di trotoar",
		"oknum Joko Widodo minta uang":                           "oknum [NAMA] minta uang",
		"Pak RT dan Pak Lurah tidak di kantor":                   "Pak RT dan Pak Lurah tidak di kantor",
		"bu Sri Wahyuni pungut biaya":                            "bu [NAMA] pungut biaya",
		"rekening 1234567890123 BRI":                             "rekening [NOMOR] BRI",
		"０８１２３４５６７８９０":                                           "[TELEPON]",
		"08\u200b1234567890":                                     "[TELEPON]",
		"jalan rusak 3 bulan di RT 02/05 no 12":                  "jalan rusak 3 bulan di RT 02/05 no 12",
	} {
		if got := Mask(text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func FuzzMask(f *testing.F) {
	f.Add("nama saya budi 081234567890 B 1 A")
	m := newMasker()
	f.Fuzz(func(t *testing.T, text string) {
		got := m.mask(text)
		if !utf8.ValidString(got) {
			t.Errorf("not valid: %q", got)
		}
		secret := m.mask(text + " nik 3673012345678901 hp 081234567890 ")
		if strings.Contains(secret, "3673012345678901") || strings.Contains(secret, "081234567890") {
			t.Errorf("a number is left: %q", secret)
		}
	})
}
