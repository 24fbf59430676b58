package profile

import (
	"strings"
	"testing"
	"time"
)

func TestOffice(t *testing.T) {
	t.Parallel()
	const none = ""
	profiles := map[string]*Profile{}
	for _, name := range Names() {
		p, err := Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		profiles[name] = p
	}
	for _, c := range []struct{ profile, category, text, district, want, why string }{
		{"serang", "jalan_jembatan", "jalan berlubang besar", none, "DPUPR", "kategori Jalan & jembatan"},
		{"serang", "jalan_jembatan", "paving di Gang Melati hancur", none, "DPRKP", `disebut "gang"`},
		{"serang", "jalan_jembatan", "jalan raya depan perumahan berlubang", none, "DPUPR", "kategori"},
		{"serang", "jalan_jembatan", "Jl. Bhayangkara bolong-bolong", none, "LUAR", "SK Gubernur"},
		{"serang", "jalan_jembatan", "jalan di dekat gang mawar bolong", none, "DPUPR", "kategori"},
		{"serang", "jalan_jembatan", "jalan dekat gang mawar, gang itu juga rusak", none, "DPRKP", "gang"},
		{"serang", "pendidikan", "pagar sekolah depan SMK roboh", none, "DINDIKBUD", "kategori"},
		{"serang", "jalan_jembatan", "gangguan jalan", none, "DPUPR", "kategori"},
		{"serang", "pendidikan", "pungutan di SMA negeri", none, "LUAR", "Pemerintah Provinsi"},
		{"serang", "pendidikan", "guru SD dan SMA jarang masuk", none, "DINDIKBUD", "kategori"},
		{"serang", "pendidikan", "Madrasah Tsanawiyah rusak", none, "LUAR", "Kementerian Agama"},
		{"serang", "pendidikan", "atap smp bocor", none, "DINDIKBUD", "kategori"},
		{"serang", "penerangan_jalan", "gardu meledak listrik mati", none, "LUAR", "PLN"},
		{"serang", "penerangan_jalan", "PJU di tiang listrik mati", none, "DISHUB", "kategori"},
		{"serang", "pelayanan_kelurahan_kecamatan", "lurah tidak ada", "36.73.05", "KEC-CIPOCOKJAYA", "kecamatan dari lokasinya"},
		{"serang", "pelayanan_kelurahan_kecamatan", "lurah tidak ada", none, "", "belum diketahui"},
		{"serang", "pelayanan_kelurahan_kecamatan", "lurah tidak ada", "36.01.01", "", "belum diketahui"},
		{"serang", "air_bersih", "air mati di Bumi Agung", none, "LUAR", "Al-Bantani"},
		{"serang", "rumah_sakit", "RSUD dr Drajat antre", none, "LUAR", "Kabupaten Serang"},
		{"serang", "pajak_retribusi", "pajak motor mahal", none, "LUAR", "Samsat"},
		{"serang", "bantuan_sosial", "KIP sekolah anak saya", none, "DINDIKBUD", "pendidikan"},
		{"serang", "lalu_lintas_angkutan", "mau bikin SIM", none, "LUAR", "Kepolisian"},
		{"serang", "darurat", "kebakaran", none, "112", "kategori"},
		{"serang", "bukan_laporan", "halo", none, "", "belum ada"},
		{"serang", "tidak_ada", "x", none, "", "tidak dikenal"},
		{"denpasar", "sampah_kebersihan", "sampah numpuk", none, "DLHK", "kategori"},
		{"denpasar", "pertanian_pangan_hewan", "bantuan nelayan", none, "DPKP", "perikanan"},
		{"banjarmasin", "jalan_jembatan", "gang sempit", none, "DISPERKIM", "disebut"},
		{"pandeglang", "jalan_jembatan", "gang sempit", none, "", "disebut"},
		{"pandeglang", "bantuan_sosial", "bansos", none, "", "belum ada perangkat daerah"},
		{"pandeglang", "pelayanan_kelurahan_kecamatan", "camat", "36.01.13", "KEC-MENES", "kecamatan"},
	} {
		p := profiles[c.profile]
		agency, why := p.Office(c.category, c.text, c.district)
		if agency != c.want || !strings.Contains(why, c.why) {
			t.Errorf("%s %s %q: %q because %q, want %q because %q", c.profile, c.category, c.text, agency, why, c.want, c.why)
		}
		bare := *p
		bare.index = index{} // a profile built by hand says the same
		if a, w := bare.Office(c.category, c.text, c.district); a != agency || w != why {
			t.Errorf("without index: %q %q, with: %q %q", a, w, agency, why)
		}
	}
}

func TestCalled(t *testing.T) {
	t.Parallel()
	p, err := Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"dishub": "DISHUB", "DISHUB": "DISHUB", "Dinas Perhubungan": "DISHUB", "pol pp": "SATPOLPP", "Satpolpp": "SATPOLPP",
		"pu": "DPUPR", "Kec. Cipocok Jaya": "KEC-CIPOCOKJAYA", "cipocok": "KEC-CIPOCOKJAYA", "kec-serang": "KEC-SERANG", "112": "112",
		"Dinas Perhubungan Kota Serang": "DISHUB", "capil": "DISDUKCAPIL", "": "", "dinas": "", "?": "",
	} {
		if a, ok := p.Called(name); a.Code != want || ok != (want != "") {
			t.Errorf("%q is %q", name, a.Code)
		}
	}
}

func TestLookupsWithoutIndex(t *testing.T) {
	t.Parallel()
	p := &Profile{Zone: "Asia/Makassar", Agencies: []Agency{{Code: "A", Outside: true}}, Holidays: []string{"2026-01-01"},
		Categories: []Category{{Code: "c"}}, Areas: []Area{{Code: "1.1.1"}}}
	_, a := p.Agency("A")
	_, c := p.Category("c")
	_, k := p.Area("1.1.1")
	_, none := p.Agency("B")
	if !a || !c || !k || none {
		t.Error(a, c, k, none)
	}
	day := time.Date(2026, 1, 1, 1, 0, 0, 0, p.Location())
	if !p.Holiday(day) || p.Holiday(day.AddDate(0, 0, 1)) {
		t.Error("holiday")
	}
	if _, off := day.Zone(); off != 8*3600 {
		t.Errorf("zone offset %d", off)
	}
}

// Every phrase of every rule decides, wherever it stands in a text, as it does where nothing was worked out before.
func TestEveryRuleDecides(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		p, err := Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		bare := *p
		bare.index = index{}
		decided := 0
		for _, c := range p.Categories {
			for _, r := range c.Rules {
				for _, w := range r.Words {
					for _, text := range []string{w, strings.ToUpper(w) + "!", "tolong pak, " + w + " di sini", "depan " + w + " ramai", w + "x"} {
						office, why := p.Office(c.Code, text, "")
						wantOffice, wantWhy := bare.Office(c.Code, text, "")
						if office != wantOffice || why != wantWhy {
							t.Errorf("%s, %s, %q: %q because %q, not %q because %q", name, c.Code, text, office, why, wantOffice, wantWhy)
						}
						if strings.HasPrefix(why, "disebut") {
							decided++
						}
					}
				}
			}
		}
		if decided < 100 {
			t.Errorf("%s: rules decide %d times alone", name, decided)
		}
	}
}

func BenchmarkOffice(b *testing.B) {
	p, err := Builtin("serang")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p.Office("jalan_jembatan", "jalan di depan sekolah rusak parah banyak lubang tolong diperbaiki", "")
	}
}

func BenchmarkBuiltin(b *testing.B) {
	for b.Loop() {
		if _, err := Builtin("serang"); err != nil {
			b.Fatal(err)
		}
	}
}
