package flowtest

import (
	"strings"
	"testing"
)

// What a new rule is made for has neighbours that are told in nearly the same words: who is in danger is still met, and a complaint stays
// whole and goes where it belongs.
func TestNeighboursOfARule(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	const alone, hurt, alarm = "tidak sendirian", "bukan salah", "112"
	for _, c := range []struct {
		typed []string
		has   string // what the last answer says
		not   string // and what it does not
	}{
		{[]string{"dia ninggalin aku aku mau bunuh diri sekarang"}, alone, "menolong dia"},
		{[]string{"dia ninggalin aku aku udah ga mau hidup lagi"}, alone, "menolong dia"},
		{[]string{"aku di jembatan mau loncat"}, alone, ""},
		{[]string{"aku udah di rooftop mau loncat"}, alone, ""},
		{[]string{"siswa bolos mau loncat dari pagar sekolah"}, "", alone},
		{[]string{"kucing di atap mau loncat ga bisa turun"}, "", alone},
		{[]string{"kadus minta duit bansos, jangan sampai dia tau"}, "kadus minta duit bansos", ""},
		{[]string{"jembatan retak, jangan sampai tau tau ambruk"}, "Di mana tempatnya?", "nama Anda tidak"},
		{[]string{"jalan bolong di kaligandu", "lubangnya ga sampai kelihatan kalau ujan"}, "kelihatan kalau ujan", "sekarang anonim"},
		{[]string{"di rumah saya dikunci suami dari luar"}, hurt, ""},
		{[]string{"kamar saya dikunci bapak tiri, saya takut"}, hurt, ""},
		{[]string{"nik saya dikunci bu, ga bisa daftar bansos"}, "", hurt},
		{[]string{"akun ppdb anak saya dikunci, mohon dibantu bapak"}, "", hurt},
		{[]string{"kosan saya dikunci ibu kos"}, "", hurt},
		{[]string{"orang pada ketabrak truk di palima"}, alarm, ""},
		{[]string{"udah 2 orang ketabrak kereta di karangantu"}, alarm, ""},
		{[]string{"tadi sore mobil masuk jurang di Pabuaran, sopirnya di dalam, ga ada yang nolong"}, alarm, ""},
		{[]string{"motor pada jatoh di tikungan ciracas jalannya licin"}, "tikungan ciracas", alarm},
		{[]string{"bidan puskesmas samping polsek minta uang 200rb"}, "", "Propam"},
		{[]string{"pegawai disdik minta uang 5 juta buat mutasi, kalau tidak ditindak saya laporkan ke polisi"}, "", "Propam"},
		{[]string{"di kelurahan diminta 50 ribu buat surat pengantar SKCK ke polres"}, "", "Propam"},
		{[]string{"pak polisi tilang saya minta 200rb di palima damai ditempat"}, "Propam", ""},
		{[]string{"jalan bolong di gang mawar kel kaligandu", "rtnya bukan bantu, malah minta duit"}, "gang mawar", ""},
		{[]string{"jalan bolong di gang mawar kel kaligandu", "jalannya salah desain, air ga ngalir"}, "gang mawar", ""},
		{[]string{"sampah di jalan veteran numpuk, besok kirim lagi truknya ya pak"}, "besok kirim lagi truknya", ""},
		{[]string{"jalan bolong di kaligandu", "petugas ke sini kemarin cuma liat doang"}, "cuma liat doang", "rahasia"},
		{[]string{"jalan bolong di kaligandu", "tidak usah repot2 memberi kabar nak"}, "", "dibatalkan"},
		{[]string{"got mampet di masjid agung serang", "eh salah, samping masjid nurul huda"}, "nurul huda", "samping Masjid Agung"},
	} {
		_, answers, _ := spoken(t, m, c.typed...)
		last := answers[len(answers)-1]
		if !strings.Contains(last, c.has) || c.not != "" && strings.Contains(last, c.not) {
			t.Errorf("%q: want %q and not %q in\n%s", c.typed, c.has, c.not, last)
		}
	}
}
