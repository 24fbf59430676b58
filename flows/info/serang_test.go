package info_test

import (
	"strings"
	"testing"
)

// In the real city: what is said beside a report stays out of it, and a warning, a number and a word of comfort are given.
func TestWhatIsNoPartOfAReport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, text, want string
	}{
		{"", "kamu udah makan belum", "🙏"},
		{"", "lu siapa yg bikin", "asisten otomatis"},
		{"", "ada info loker gak bang", "Disnaker"},
		{"", "gajian 5 juta/hari klik link ini bit.ly/xxxx pinjaman online tanpa jaminan", "bukan laporan"},
		{"lampu jalan mati total di cipare", "kamu udah makan belum", "asisten otomatis"},
		{"lampu jalan mati total di cipare", "lu siapa yg bikin", "asisten otomatis"},
		{"lampu jalan mati total", "ada info loker gak bang", "Disnaker"},
		{"lampu jalan mati total", "gajian 5 juta/hari klik link ini bit.ly/xxxx pinjaman online tanpa jaminan", "tidak saya masukkan"},
		{"", "PENGUMUMAN!! Dapatkan bantuan dana 10 juta dari Pak Walikota klik http://bantuan-walikota.xyz", "penipuan"},
		{"", "saya ditelpon ngaku orang dukcapil suruh download apk identitas digital, bener ga?", "penipuan"},
		{"", "ini bener ga min?", "Teruskan isinya"},
		{"lampu jalan mati total", "klik link ini untuk klaim bansos 600 ribu", "penipuan"},
		{"pelayanan di kelurahan unyur lama banget, petugasnya main hp", "tapi saya takut pak lurah baca", "Wajar"},
		{"pelayanan di kelurahan unyur lama banget, petugasnya main hp", "ntar kalo ketauan saya gimana", "Wajar"},
		{"", "motor saya ilang kemaren malem di parkiran rs drajat", "110"},
		{"", "motor saya ilang kemarin", "110"},
		{"", "kalo mau lapor kehilangan dimana", "110"},
		{"lampu jalan mati total", "kalo mau lapor kehilangan dimana", "polisi"},
	} {
		e, read := talk(t)
		if c.before != "" {
			say1(t, e, c.before)
			read()
		}
		say1(t, e, c.text)
		got := read()
		if !strings.Contains(got, c.want) || strings.Contains(got, "tambahkan") || strings.Contains(got, "“"+c.text) || strings.Contains(got, "Pungli") && c.before == "" {
			t.Errorf("%q, then %q is answered with %q", c.before, c.text, got)
		}
	}
}

// In the real city: who does not want it confidential gets the card anew, and nothing is filed before a word for sending.
func TestNothingIsFiledByWhoMaySeeIt(t *testing.T) {
	t.Parallel()
	for text, filed := range map[string]string{
		"biasa aja ga usah rahasia": "visibility=biasa", "nama saya boleh keliatan": "visibility=biasa", "rahasia aja": "visibility=rahasia", "jangan pake nama": "visibility=anonim",
	} {
		e, read := talk(t)
		say1(t, e, "pelayanan di kelurahan unyur lama banget, petugasnya main hp")
		read()
		say1(t, e, text)
		if got := read(); strings.Contains(got, "visibility=") || !strings.Contains(got, "Sudah benar?") || strings.Contains(got, "sebaiknya") {
			t.Errorf("%q is answered with %q", text, got)
		}
		say1(t, e, "kirim")
		if got := read(); !strings.Contains(got, filed) {
			t.Errorf("%q, then sent: no %s in %q", text, filed, got)
		}
	}
}
