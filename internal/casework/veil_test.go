package casework_test

import (
	"testing"

	"rabeg/internal/casework"
)

// TestVeil hides numbers of people and their vehicles, and leaves everything else as it was said.
func TestVeil(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"NIK saya 3673010101900001 belum jadi":           "NIK saya 36•••• belum jadi",
		"nik 36.7301.0101.9000.01, kk 3673010101900002":  "nik 36••••, kk 36••••",
		"3673 0101 0190 0001":                            "36••••",
		"hub 0812-3456-7890 ya":                          "hub 08•••• ya",
		"wa 081234567890":                                "wa 08••••",
		"+62 812 3456 7890":                              "+6••••",
		"pungli mobil plat A 1234 BC di pasar":           "pungli mobil plat A •••• di pasar",
		"motor b1234xyz parkir":                          "motor B •••• parkir",
		"surat ke budi.s@mail.com":                       "surat ke b••••@mail.com",
		"jalan rusak 12 meter, rt 02 rw 05":              "jalan rusak 12 meter, rt 02 rw 05",
		"lampu mati sejak 22 nov, 3 tiang":               "lampu mati sejak 22 nov, 3 tiang",
		"banjir 50 cm sejak jam 10":                      "banjir 50 cm sejak jam 10",
		"di blok a 12 jam berapa pun gelap":              "di blok a 12 jam berapa pun gelap",
		"NIK3604010101900001 hp081234567890":             "NIK36•••• hp08••••",
		"hubungi (0812) 3456 7890":                       "hubungi 08••••",
		"+62 (812) 3456-7890 atau 62-0812-3456-789":      "+6•••• atau 62••••",
		"nomornya 81234567890 ya":                        "nomornya 81•••• ya",
		"telp 0254-201234, (0254) 201 234":               "telp 02••••, 02••••",
		"telp 0211234567":                                "telp 02••••",
		"mobilnya F 1234 ABC, bukan B 12 XY":             "mobilnya F ••••, bukan B ••••",
		"Blok B 12 No 5":                                 "Blok B 12 No 5",
		"blok B 12 AC":                                   "blok B 12 AC",
		"blok G 10 ada lubang":                           "blok G 10 ada lubang",
		"Jl. Raya F 15 di depan":                         "Jl. Raya F 15 di depan",
		"sejak 08-12-2026 jam 10.00":                     "sejak 08-12-2026 jam 10.00",
		"08.12.2026 10:00":                               "08.12.2026 10:00",
		"sejak 02-10-2026, denda Rp 1.500.000 per rumah": "sejak 02-10-2026, denda Rp 1.500.000 per rumah",
		"SRG-7K3MQ-9 mati lagi":                          "SRG-7K3MQ-9 mati lagi",
		"gang":                                           "gang",
		"":                                               "",
	} {
		if got := casework.Veil(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
