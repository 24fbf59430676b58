package understand

import (
	"testing"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/words"
)

func small() *profile.Profile {
	return &profile.Profile{Categories: []profile.Category{
		{Code: "jalan_jembatan", Agency: "DPUPR", Keywords: []string{"jalan rusak", "jalan berlubang", "aspal"}},
		{Code: "penerangan_jalan", Agency: "DISHUB", Keywords: []string{"PJU", "lampu jalan", "jalan gelap"}},
		{Code: "sampah_kebersihan", Agency: "DLH", Keywords: []string{"sampah", "TPS"}},
		{Code: "pasar_umkm_konsumen", Agency: "DINKOPUKMPERINDAG", Keywords: []string{"pasar", "gas 3 kg"}},
		{Code: "administrasi_kependudukan", Agency: "DISDUKCAPIL", Keywords: []string{"e-KTP", "KTP"}},
		{Code: "darurat", Agency: "112", Keywords: []string{"kebakaran"}, Hidden: true},
	}}
}

func TestKeywords(t *testing.T) {
	t.Parallel()
	r := Keywords(small())
	for _, c := range []struct {
		text, category string
		sure           bool
	}{
		{"lampu pju mati dr kmrn di jl veteran dpn alun2 serang", "penerangan_jalan", true},
		{"JLN RUSSSAAAK parah bgt aspal ngelupas", "jalan_jembatan", true},
		{"sampah numpuk d psr", "sampah_kebersihan", false}, // pasar and sampah: a tie
		{"gas 3kg langka", "pasar_umkm_konsumen", true},
		{"e-ktp saya hilang", "administrasi_kependudukan", true},
		{"ekonomi sulit", "", false},
	} {
		got := r.Read(c.text)
		best, sum := report.Guess{}, 0.0
		for i, g := range got.Guesses {
			if i == 0 {
				best = g
			}
			sum += g.P
		}
		if sum > 1 || len(got.Guesses) > 3 {
			t.Errorf("%q: %d guesses, sum %.2f", c.text, len(got.Guesses), sum)
		}
		if c.category == "sampah_kebersihan" {
			if best.P >= Sure {
				t.Errorf("%q: a tie is said for certain: %+v", c.text, got.Guesses)
			}
			continue
		}
		if best.Category != c.category || best.P >= Sure != c.sure {
			t.Errorf("%q: got %+v, want %s sure=%v", c.text, got.Guesses, c.category, c.sure)
		}
	}
}

func TestRulesOfSmallTalk(t *testing.T) {
	t.Parallel()
	r := Keywords(small())
	for text, small := range map[string]string{
		"": "", "🙏🙏": "", "Assalamualaikum wr wb": words.Greeting, "halo min": words.Greeting, "p": words.Greeting,
		"selamat pagi pak": words.Greeting, "Terima kasih banyak pak": words.Thanks, "makasih ya min 🙏": words.Thanks,
		"tes": words.Test, "test 123": words.Test, "https://example.com/x": words.Spam, "slot gacor maxwin hari ini": words.Spam,
	} {
		if got := r.Read(text); !got.NoReport || got.Small != small {
			t.Errorf("%q: got no report %v %q, want %q", text, got.NoReport, got.Small, small)
		}
	}
	for _, text := range []string{
		"halo min lampu jalan mati", "terima kasih sampah sudah diangkut tapi bau", "test covid di puskesmas bayar berapa",
		"selamat pagi, mohon jalan kami diperbaiki",
	} {
		if got := r.Read(text); got.NoReport {
			t.Errorf("%q is a report, read as small talk %q", text, got.Small)
		}
	}
}

func TestRulesOfEmergency(t *testing.T) {
	t.Parallel()
	r := Keywords(small())
	for _, text := range []string{
		"kebakaran di pasar rau sekarang", "tolong ada orang tenggelam di kali", "pohon tumbang nutup jalan baru saja",
		"tulung umah tangga kobongan", "ada kecelakaan motor korbannya pingsan butuh ambulans",
		"air sudah masuk rumah sepinggang tolong evakuasi",
	} {
		if !r.Read(text).Emergency {
			t.Errorf("%q is an emergency", text)
		}
	}
	for _, text := range []string{
		"takut pohon tumbang tolong dipangkas", "di jalan ini sering terjadi kecelakaan mohon pasang rambu",
		"minggu lalu ada kebakaran di sini", "kapan ada sosialisasi pemadam kebakaran", "hampir tiap malam ada tawuran",
		"supaya tidak terjadi kecelakaan tolong lubang ditutup sekarang", "lampu jalan mati rawan begal",
	} {
		if r.Read(text).Emergency {
			t.Errorf("%q is no emergency", text)
		}
	}
}

func TestKindByRule(t *testing.T) {
	t.Parallel()
	r := Keywords(small())
	for text, kind := range map[string]report.Kind{
		"jalan rusak parah":                        report.Complaint,
		"usul dibuatkan taman bermain":             report.Wish,
		"bagaimana cara mengurus ktp hilang?":      report.Question,
		"kenapa sampah tidak diangkut dua minggu?": report.Complaint,
	} {
		if got := r.Read(text).Kind; got != kind {
			t.Errorf("%q: got %s, want %s", text, got, kind)
		}
	}
}
