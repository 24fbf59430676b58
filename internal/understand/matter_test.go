package understand

import (
	"testing"

	"rabeg/internal/report"
)

// A greeting in front of it, a word of impatience or a landmark beside it never hide what a text is about.
func TestOpenersTellTheirMatter(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for text, want := range map[string]string{
		"min lapor lampu jalan mati nih":                   "penerangan_jalan",
		"met siang pak mau tanya bikin ktp":                "administrasi_kependudukan",
		"punten kang bade tumaros nyieun kk kumaha":        "administrasi_kependudukan",
		"assalamualaikum kak sampah di gang saya numpuk":   "sampah_kebersihan",
		"p air pdam mati":                                  "air_bersih",
		"woi jalan bolong":                                 "jalan_jembatan",
		"tes, got mampet":                                  "drainase_banjir",
		"halo kak mau nanya cara daftar umkm":              "pasar_umkm_konsumen",
		"good morning, the garbage has not been collected": "sampah_kebersihan",
		"cek bansos": "bantuan_sosial",
	} {
		if r := m.Read(text); r.NoReport || len(r.Guesses) == 0 || r.Guesses[0].Category != want {
			t.Errorf("%q: no report %v, %+v, want %s", text, r.NoReport, r.Guesses, want)
		}
	}
	for _, text := range []string{"mau lapor", "min mau nanya dong", "halo pak saya mau mengadu", "ok sip", "siap kak", "i want to make a complaint"} {
		if r := m.Read(text); !r.NoReport {
			t.Errorf("%q tells nothing yet: %+v", text, r)
		}
	}
}

// What stands beside or opposite a thing is not about that thing; where nothing else is said, it is.
func TestLandmarksAreNotTheMatter(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for text, want := range map[string]string{
		"pohon tua mau roboh deket puskesmas":             "pohon_taman",
		"lampu jalan padam di seberang rumah sakit":       "penerangan_jalan",
		"jalan berlubang samping kantor kelurahan":        "jalan_jembatan",
		"jukir liar depan sd negeri maksa":                "parkir",
		"selokan mampet belakang stadion":                 "drainase_banjir",
		"tumpukan sampah dekat masjid":                    "sampah_kebersihan",
		"a rotten tree near the hospital may fall":        "pohon_taman",
		"puskesmas antre lama sekali":                     "kesehatan",
		"guru sd depan rumah saya tidak pernah masuk":     "pendidikan",
		"rumput lapangan stadion tidak terawat dan becek": "pariwisata_olahraga",
		"mati lampu dari sore satu kampung":               "luar_kewenangan",
		"rambu di depan pasar hilang":                     "lalu_lintas_angkutan",
		"trotoar depan rsud penuh pedagang kaki lima":     "ketertiban_umum",
		"antre ktp dari jam 5 pagi":                       "administrasi_kependudukan",
		"loket di mal pelayanan publik kosong, izin lama": "perizinan",
	} {
		if r := m.Read(text); len(r.Guesses) == 0 || r.Guesses[0].Category != want {
			t.Errorf("%q: %+v, want %s", text, r.Guesses, want)
		}
	}
}

// What the state's companies do leaves the city, although the words are those of a city's office.
func TestPowerAndCablesAreOutside(t *testing.T) {
	t.Parallel()
	m, p := model(t)
	for text, want := range map[string]string{
		"mati lampu lagi min": "LUAR", "lampu rumah padam, tetangga juga": "LUAR", "kabel wifi menjuntai di depan toko": "LUAR",
		"wifi kosan saya putus, provider diam saja": "LUAR", "token listrik tidak bisa masuk": "LUAR", "tiang listrik miring": "LUAR",
		"lampu jalan mati padahal listrik rumah nyala": "DISHUB", "mati lampu jalan satu deret": "DISHUB",
		"wifi gratis di alun alun mati": "DISKOMINFO",
	} {
		if o := Offices(p, m.Read(text), text, ""); len(o) == 0 || o[0].Code != want {
			t.Errorf("%q: %+v, want %s", text, o, want)
		}
	}
}

// An insult is heard and makes no category; a matter beside it is read as if it were not there.
func TestInsultsMakeNoCategory(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"kepala dinas goblok", "walikota tolol", "dasar pemerintah bangsat semua", "dishub goblok banget sih", "camat anjing lu",
		"petugas dukcapil bego", "dinas pu tolol",
	} {
		if r := m.Read(text); len(r.Guesses) > 0 && r.Guesses[0].P >= Faint {
			t.Errorf("%q: %+v", text, r.Guesses)
		}
	}
	for text, want := range map[string]string{
		"goblok jalan rusak dibiarin": "jalan_jembatan", "tai lah sampah numpuk terus": "sampah_kebersihan",
		"banyak anjing liar di komplek": "pertanian_pangan_hewan",
	} {
		if r := m.Read(text); len(r.Guesses) == 0 || r.Guesses[0].Category != want {
			t.Errorf("%q: %+v, want %s", text, r.Guesses, want)
		}
	}
}

// What is wanted, also where nobody says "usul" or "bagaimana cara".
func TestWishesAndQuestions(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for text, want := range map[string]report.Kind{
		"pengen ada taman bermain di kelurahan kami":     report.Wish,
		"tambahin tempat sampah dong di alun alun":       report.Wish,
		"alangkah baiknya kalau ada bus sekolah":         report.Wish,
		"please build a playground near our kampung":     report.Wish,
		"dukcapil hari sabtu buka ga":                    report.Question,
		"bikin kk baru bawa apa aja":                     report.Question,
		"kapan pkh cair":                                 report.Question,
		"how do i get a birth certificate":               report.Question,
		"kapan jalan ini dibenerin udah hancur bertahun": report.Complaint,
		"kenapa sampah ga diangkut2":                     report.Complaint,
		"mohon lampu jalan yang mati segera diganti":     report.Complaint,
		"the street light in front of my house is off":   report.Complaint,
	} {
		if got := m.Read(text).Kind; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestReadsTheLanguage(t *testing.T) {
	t.Parallel()
	m, p := model(t)
	for text, want := range map[string]string{"the drain is clogged": "en", "selokan mampet": "id", "halo": "", "thank you": ""} {
		for name, r := range map[string]Reader{"model": m, "key words": Keywords(p)} {
			if got := r.Read(text).Lang; got != want {
				t.Errorf("%s, %q: %q, want %q", name, text, got, want)
			}
		}
	}
}
