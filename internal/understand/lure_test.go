package understand

import "testing"

// What goes round in a government's name is told from what happened to somebody, and from a question about real aid.
func TestLures(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Lure{
		"PENGUMUMAN!! Dapatkan bantuan dana 10 juta dari Pak Walikota klik http://bantuan-walikota.xyz": Fraud,
		"saya ditelpon ngaku orang dukcapil suruh download apk identitas digital, bener ga?":            Fraud,
		"dapet wa dari pajak suruh install coretax apk, ini bener ga min":                               Fraud,
		"ada yang ngaku petugas PLN minta transfer":                                                     Fraud,
		"klik link ini untuk klaim bansos 600 ribu":                                                     Fraud,
		"min ada pesan bantuan dari pemkot, hoax bukan ya?":                                             Fraud,
		"gajian 5 juta/hari klik link ini bit.ly/xxxx pinjaman online tanpa jaminan":                    Advert,
		"slot gacor deposit 10rb https://slot.example":                                                  Advert,
		"warga kampung saya resah, banyak yang kecanduan slot dan diteror pinjol":                       NoLure,
		"bansos saya belum cair padahal sudah terdaftar":                                                NoLure,
		"petugas kelurahan minta uang 50 ribu untuk surat":                                              NoLure,
		"aplikasi dukcapil error terus tidak bisa dibuka":                                               NoLure,
		"lampu jalan mati di Cipare https://maps.app.goo.gl/abc":                                        NoLure,
		"jalan rusak dekat bank BRI, dana perbaikannya mana":                                            NoLure,
		"apa benar bikin KK harus bayar 50 ribu? saya dimintai petugas":                                 NoLure,
	} {
		if got := LureIn(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]bool{"ini bener ga min?": true, "hoax bukan ya": true, "ini penipuan bukan": true, "bener": false, "bener ga jalan ini mau diperbaiki": false, "iya bener": false} {
		if got := Doubts(text); got != want {
			t.Errorf("doubts %q: %v", text, got)
		}
	}
}

// What was stolen or lost is for the police; what is missing of the city's, and papers that an office replaces, are not.
func TestStolen(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"motor saya ilang kemarin": true, "kalo mau lapor kehilangan dimana": true, "hp saya dicuri di pasar rau": true, "semalem kecurian kambing dua ekor": true,
		"dompet ilang di angkot": true, "my phone was stolen": true,
		"ktp saya hilang": false, "dompet dan ktp hilang gimana bikin ktp lagi": false, "tutup got hilang dicuri orang": false, "air hilang dari kemarin": false,
		"uang bansos saya hilang dipotong petugas": false, "lampu taman dicuri": false, "motor parkir sembarangan": false, "lapor jalan rusak dimana": false,
	} {
		if got := Stolen(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
