package flowtest

import (
	"strings"
	"testing"

	"rabeg/flows/intake"
)

// A correction that leans on the place refines it, and one that names another kelurahan leaves the street; what is told with a yes is kept
// beside what was agreed to.
func TestWhatIsSaidOfAPlaceAddsToIt(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	for _, c := range []struct {
		typed []string
		where string // what the last answer shows
	}{
		{[]string{"got mampet di pasar rau", "bukan di pasar rau, di belakangnya, yg arah kantin"}, "📍 belakang Pasar Rau, arah kantin, Cimuncang"},
		{[]string{"got mampet di pasar rau", "bukan di pasar rau, tapi di seberangnya"}, "📍 seberang Pasar Rau, Cimuncang"},
		{[]string{"got mampet di pasar rau", "eh salah, di sampingnya"}, "📍 samping Pasar Rau, Cimuncang"},
		{[]string{"lampu mati di kel unyur", "bukan unyur, kaligandu maksudnya"}, "📍 Kaligandu"},
		{[]string{"eh lampu mati di jalan trip jamaksari kel kaligandu", "eh bukan kaligandu, penancangan mksdnya"}, "📍 Jalan Trip Jamaksari, Panancangan"},
		{[]string{"got mampet di pasar rau", "bukan di pasar rau, di kel unyur"}, "📍 Unyur"},
		{[]string{"ada anjing liar banyak banget di kota serang baru, kmrn gigit anak", "ya itu di deket masjid"}, "📍 Perumahan Kota Serang Baru (KSB), deket masjid, Banjar Agung"},
		{[]string{"ada anjing liar banyak banget di kota serang baru, kmrn gigit anak", "iya betul, depan mushola"}, "📍 Perumahan Kota Serang Baru (KSB), depan mushola, Banjar Agung"},
		{[]string{"sampah di Sukawana numpuk", "yang deket stadion"}, "deket stadion, Sukawana"},
		{[]string{"jalan di Cilegon depan krakatau steel banyak lubang", "iya di cilegon"}, "📍 depan Krakatau Steel, Kota Cilegon"},
		{[]string{"jalan di Cilegon depan krakatau steel banyak lubang", "ya emang cilegon pak"}, "📍 depan Krakatau Steel, Kota Cilegon"},
		{[]string{"sampah numpuk di gang mawar, Panancangan", "tunggu, ganti ke gang melati"}, "📍 gang melati, Panancangan"},
		{[]string{"sampah numpuk di gang mawar, Panancangan", "eh gang melati deng"}, "📍 gang melati, Panancangan · ke DLH"},
		{[]string{"sampah numpuk di gang mawar, Panancangan", "eh gang melati maksudnya"}, "📍 gang melati, Panancangan"},
		{[]string{"sampah numpuk di gang mawar, Panancangan", "bukan di panancangan, di gang melati"}, "📍 gang melati · ke DLH"},
		{[]string{"sampah numpuk di gang mawar, Panancangan", "ubah", "3", "gang melati"}, "📍 gang melati, Panancangan"},
		{[]string{"sampah numpuk di gang mawar, Panancangan", "gangnya bukan mawar tapi melati"}, "📍 gang melati, Panancangan"},
		{[]string{"sampah numpuk di gang mawar, Panancangan", "eh salah, di depan indomaret"}, "📍 gang mawar, depan indomaret, Panancangan"},
		{[]string{"sampah numpuk di gang mawar kel panancangan RT 3", "salah, RT 5"}, "📍 gang mawar, RT 5, Panancangan"},
		{[]string{"lampu mati di jalan kenanga kelurahan unyur", "jalannya salah, jalan anggrek"}, "📍 jalan anggrek, Unyur · ke Dishub"},
		{[]string{"lampu mati di kp sawah kel panancangan", "bukan kp sawah, kp cibogo"}, "📍 kp cibogo, Panancangan"},
		{[]string{"got mampet di pasar rau", "eh bukan pasar rau, gang melati"}, "📍 gang melati · ke DPUPR"},
		{[]string{"got mampet di pasar rau", "bukan di pasar rau, di belakang bengkel udin"}, "📍 belakang bengkel udin · ke DPUPR"},
		{[]string{"ada sampah numpuk di jalan depan kantor pos serang"}, "📍 depan kantor pos serang · ke DLH"},
		{[]string{"lampu mati depan kantor pos cipare"}, "📍 depan kantor pos cipare · ke Dishub"},
		{[]string{"lampu mati depan kantor saya"}, "Di mana tempatnya?"},
		{[]string{"got mampet samping toko sumber rejeki", "kirim", "kirim aja"}, "📍 samping toko sumber rejeki"},
		{[]string{"sampah di jalan veteran numpuk", "di deket bank bjb yg di veteran"}, "📍 Jalan Veteran, deket bank bjb yg di veteran, Kecamatan Serang · ke DLH\n“sampah di jalan veteran numpuk” "},
		{[]string{"sampah di kaligandu numpuk", "RT 3 deket pos ronda"}, "📍 RT 3 deket pos ronda, Kaligandu · ke DLH\n“sampah di kaligandu numpuk” "},
		{[]string{"sampah di jalan veteran numpuk", "di deket situ banyak anak kecil main"}, "📍 Jalan Veteran, Kecamatan Serang · ke DLH\n“sampah di jalan veteran numpuk / di deket situ banyak anak kecil main” "},
		{[]string{"sampah di jalan veteran numpuk", "depan rumah saya"}, "“sampah di jalan veteran numpuk / depan rumah saya” "},
		{[]string{"got mampet di pasar lama", "pasar lama iya"}, "📍 Pasar Lama, Kecamatan Serang · ke DPUPR\n“got mampet di pasar lama” "},
		{[]string{"got mampet di pasar rau", "ya, pasar rau"}, "“got mampet di pasar rau” "},
		{[]string{"got mampet di pasar rau", "pasar rau emang kumuh"}, "Saya tambahkan."},
		{[]string{"kepala sekolah SDN Sumur Pecung minta uang seragam 500 ribu, maksa"}, "📍 SDN Sumur Pecung · ke Inspektorat"},
		{[]string{"lampu mati depan SDN Sumur Pecung"}, "📍 depan SDN Sumur Pecung · ke Dishub"},
		{[]string{"got mampet deket kantor kelurahan unyur"}, "📍 deket kantor kelurahan unyur · ke DPUPR"},
		{[]string{"tiang lampu kel Cipare miring"}, "📍 lampu, Cipare · ke Dishub"},
		{[]string{"got mampet di pasar rau", "bukan di pasar rau, di blkangnya"}, "📍 belakang Pasar Rau, Cimuncang"},
		{[]string{"got mampet di pasar rau", "bukan di pasar, di belakang pasarnya"}, "📍 belakang Pasar Rau, Cimuncang"},
		{[]string{"sampah numpuk di Jalan Trip Jamaksari, depan indomaret, Kaligandu", "ralat, kel cipare"}, "📍 Jalan Trip Jamaksari, depan indomaret, Cipare"},
		{[]string{"sampah numpuk di Jalan Trip Jamaksari, depan indomaret, Kaligandu", "yang buang bukan warga kaligandu, warga cipare"}, "📍 Jalan Trip Jamaksari, depan indomaret, Kaligandu"},
		{[]string{"sampah di jalan veteran numpuk", "depan sekolah banjir"}, "depan sekolah banjir"},
		{[]string{"lampu jalan mati", "depan rumah saya", "ya depan rumah saya itu pak!!"}, "📍 belum diketahui, depan rumah saya · ke Dishub"},
		{[]string{"lampu jalan mati", "depan rumah saya", "depan rumah pak haji Sanusi gang kelinci"}, "📍 depan rumah pak haji Sanusi gang kelinci"},
		{[]string{"sampah di depan rumah bu haji Enok kp Kaligandu"}, "📍 kp Kaligandu, depan rumah"},
	} {
		_, answers, _ := spoken(t, m, c.typed...)
		if last := answers[len(answers)-1]; !strings.Contains(shown(last), c.where) {
			t.Errorf("%q: not %q in\n%s", c.typed, c.where, last)
		}
	}
}

// Who speaks for a neighbourhood names it once, before the list: every matter is there.
func TestAPlaceBeforeAListIsThatOfAll(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	list := "\n1. lampu jalan mati 3 titik\n2. saluran air mampet depan mushola\n3. sampah menumpuk sudah seminggu\n4. jalan berlubang depan pos ronda\n5. air pdam keruh bau"
	for _, head := range []string{
		"RT 03 RW 05 Lingkungan Kebon Jahe Kel. Cimuncang:", "Kami warga RT 03 RW 05 Kel. Cimuncang melaporkan", "Keluhan dari RT 3/5 kelurahan Cimuncang",
		"Assalamualaikum pak, di kel Cimuncang RT 03:", "saya ketua RT 03 Kebon Jahe Cimuncang, ini masalahnya:",
	} {
		s, answers, _ := spoken(t, m, head+list)
		f := intake.Of(s).Form
		if f == nil || len(f.Several.Each) != 5 || strings.Count(answers[0], "Cimuncang") < 5 {
			t.Errorf("%q: %s", head, answers[0])
			continue
		}
		if !strings.Contains(answers[0], "depan mushola, ") || !strings.Contains(answers[0], "depan pos ronda, ") {
			t.Errorf("%q: what they lie by is lost: %s", head, answers[0])
		}
		if _, _, filed := spoken(t, m, head+list, "iya betul kirim semua"); len(filed) != 5 {
			t.Errorf("%q: %d filed", head, len(filed))
		}
		s, _, _ = spoken(t, m, head+list, "oh ya no 4 itu panjangnya 50 meter")
		if f := intake.Of(s).Form; f == nil || len(f.Several.Each) != 5 || !strings.Contains(f.Several.Each[3].Text, "50 meter") {
			t.Errorf("%q: what is told of number 4 is not with it", head)
		}
	}
}

// What only says that more comes later is for the bot: it stands at the end of what is told, and no office reads it.
func TestWhatOnlyPutsOffIsNoPartOfTheReport(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	for text, told := range map[string]string{
		"sampah di jalan veteran numpuk, besok aja saya terusin ya lagi di jalan":    "sampah di jalan veteran numpuk",
		"got mampet di pasar rau, fotonya nanti nyusul":                              "got mampet di pasar rau",
		"sampah numpuk di cipare besok saya foto":                                    "sampah numpuk di cipare",
		"lampu mati di cipare, besok lanjut lagi ya":                                 "lampu mati di cipare",
		"got mampet di pasar rau. nanti saya lanjutin, mau jemput anak":              "got mampet di pasar rau.",
		"got mampet di pasar rau, mohon besok dikirim petugas ya":                    "",
		"lampu mati di cipare, nanti malam gelap banget":                             "",
		"got mampet di cipare, nanti lagi banjir":                                    "",
		"lampu mati di cipare, nanti saya lanjut lapor ke polisi":                    "",
		"lampu mati di cipare petugas bilang besok mau foto":                         "",
		"sampah numpuk di kaligandu. Besok katanya mau dikirim truk tapi ga dateng2": "",
	} {
		if told == "" {
			told = text
		}
		s, answers, filed := spoken(t, m, text)
		if f := intake.Of(s).Form; f == nil || f.Text != told || len(filed) > 0 {
			t.Errorf("%q: kept as %+v: %s", text, f, answers[0])
		}
	}
}
