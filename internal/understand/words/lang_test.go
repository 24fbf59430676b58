package words

import "testing"

// The language is the one in which the matter is told: names of offices, greetings and loan words do not count.
func TestLang(t *testing.T) {
	t.Parallel()
	lx, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"the street light in front of my house is broken":                English,
		"Hello, pothole near the school in Kasemen":                      English,
		"no water since yesterday":                                       English,
		"garbage everywhere":                                             English,
		"Selamat pagi, the road near my house is full of holes":          English,
		"my KTP has not been printed for months":                         English,
		"how do i get a new id card":                                     English,
		"Halo min, there is trash near Pasar Rau and nobody collects it": English,
		"lampu jalan mati di depan rumah":                                Indonesian,
		"min street light mati di jl veteran":                            Indonesian,
		"wifi gratis di alun2 error terus":                               Indonesian,
		"please dong min lampunya dibenerin":                             Indonesian,
		"update dong laporan saya":                                       Indonesian,
		"hello min, sampah numpuk, please diangkut":                      Indonesian,
		"car free day kok sampahnya banyak":                              Indonesian,
		"dalane rusak kabeh ning kampung kula":                           Indonesian,
		"runtah teu diangkut geus dua minggu":                            Indonesian,
		"margine uug liu bolongne":                                       Indonesian,
		"ratik batumpuk kada diangkut":                                   Indonesian,
		"traffic light ciceri mati":                                      Indonesian,
		"air mati":                                                       Indonesian,
		"ktp":                                                            "",
		"halo":                                                           "",
		"hello good morning":                                             "",
		"thank you":                                                      "",
		"thanks min":                                                     "",
		"ok":                                                             "",
		"":                                                               "",
		"12345":                                                          "",
		"👍":                                                              "",
		"I want to report illegal parking":                               English,
		"my neighbour plays loud music dan saya ga bisa tidur tiap malam pak":   Indonesian,
		"mau lapor, the drain is clogged and it smells terrible near my office": English,
	} {
		c := lx.Read(text)
		if got := lx.Lang(&c); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
