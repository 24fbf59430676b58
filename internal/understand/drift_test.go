package understand

import "testing"

// Snakes, currents and electric shocks as people write them in haste, with slips and in Javanese and Sundanese.
var driftDangers = []string{
	"bocah pake helm hanyut",
	"anak pegang kayu hanyut di kali",
	"bayi dalam ember hanyut tolong",
	"sandal sama anaknya hanyut di kali",
	"ulr masuk rumah saya pak tolong",
	"uler gede ning kamar mandi",
	"ularr di kolong ranjang anak saya",
	"aya oray asup ka imah kumaha ieu",
	"ono ulo ning pawon, tulung",
	"ular kobra masuk dapur min",
	"ulr sanca lg di plafon rumah",
	"uler masuk rumah, anak2 takut",
	"ada ulaar di dlm kelas sdn",
	"bocah hanyut di kali cibanten",
	"anak tetangga kanyut ning kali",
	"mobil isi orang hanyut kena banjir",
	"ibu2 keseret arus kali barusan",
	"budak palid di walungan",
	"wong tuo kintir ning kali banten",
	"motor sama orangnya hanyut di jembatan",
	"org kesetrum tiang lampu",
	"bapak2 nyetrum ikan kesetrum sendiri ga gerak",
	"wong kesetrum pas nyetrum iwak",
	"jelma kasetrum kabel pln pegat",
	"anak kecil kestrum pas pegang tiang",
	"yg nyetrum ikan jatoh ke kali, kesetrum, ga sadar",
	"kebakran di pasar rau pak",
	"kahuruan imah tatangga",
	"umah kobong ning kasemen",
	"gas elpji bocor bau bgt di kontrakan",
	"ada org tenggelm di situ cibeber",
	"pohon nimpa mobil ada org di dlm",
	"tabrakn motor, org nya ga sadar",
	"kepatok ulr kaki bapak saya",
	"sapi ngamuk di jalan ngejar anak sekolah",
	"ana ula gedhe ning kasur",
	"perahu kebalik orangnya blm ketemu",
	"nenek saya hanyut kebawa banjir",
}

// The same words of things that drift away, of fishing with electricity, of caterpillars and of figures of speech.
var driftHarmless = []string{
	"orang nyetrum ikan di kali tiap malem, ikan pada mati",
	"tolong ditindak orang nyetrum ikan di kali cibanten",
	"banyak yg nyetrum ikan pake aki",
	"warga pada nyetrum ikan di irigasi, dilarang ga sih",
	"ana wong nyetrum iwak ning kali",
	"loba nu nyetrum lauk di walungan",
	"penyetruman ikan di sungai meresahkan",
	"bapak2 nyetrum belut di sawah",
	"sandal saya hanyut kebawa banjir kemaren",
	"hanyut sandal gara2 got meluap",
	"tong sampah hanyut kebawa banjir",
	"ember sama jemuran hanyut pas banjir",
	"sepatu anak saya hanyut di got",
	"batu sama kayu hanyut numpuk di jembatan",
	"sampah hanyut nyangkut di pintu air",
	"eceng gondok hanyut nutupin kali",
	"pot bunga taman hanyut waktu banjir",
	"kursi warung hanyut kebawa air kemarin",
	"jalan lingkungan banyak ular naga panjangnya, mainan anak rusak",
	"got penuh rumput jadi sarang ular",
	"rumput tinggi takut ada ular tolong dipotong",
	"lahan kosong jarang dirawat banyak uler",
	"ular tangga di taman bermain rusak",
	"antrian panjang kaya ular di disdukcapil",
	"jalan berkelok kayak ular ga ada rambu",
	"ulat bulu banyak di pohon depan rumah",
	"uler keket banyak banget di pohon mangga taman",
	"harga listrik bikin kesetrum",
	"tiang listrik miring bertahun2",
	"lampu jalan mati gelap takut ada ular",
	"uang bantuan hanyut entah kemana",
	"karir hanyut gara2 pungli",
	"ikan warga hanyut dari kolam pas banjir kemarin",
	"ulr2an antri bansos panjang",
}

// What drifts and shocks is a danger where it is somebody, and a complaint where it is a thing, or a fish.
func TestWhoDriftsAndWhatDrifts(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range driftDangers {
		if !m.Read(text).Emergency {
			t.Errorf("%q is missed", text)
		}
	}
	for _, text := range driftHarmless {
		if r := m.Read(text); r.Emergency {
			t.Errorf("%q is a false alarm (%s)", text, r.Danger)
		}
	}
}
