package place

import (
	"strings"
	"testing"
)

// understoodIn writes down what a message names: how surely, and the places.
func understoodIn(g *Gazetteer, text string) string {
	m, ok := g.In(text)
	if !ok || len(m.Candidates) == 0 {
		return "none " + m.Phrase
	}
	out := level(m.Candidates[0])
	for _, c := range m.Candidates {
		out += " | " + say(c)
	}
	return out
}

// The kecamatan or the kelurahan that somebody writes bounds what a name beside it may be: a kampung that is called as a kelurahan
// elsewhere is not that one.
func TestWhatIsNamedBoundsWhatIsFound(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	for text, want := range map[string]string{
		"air udah masuk rumah sedada, di Kasemen kampung sukajaya, ada nenek saya": "sure | kecamatan [/Kasemen] (kampung sukajaya)",
		"pipa bocor di kp sukajaya kasemen":                                        "sure | kecamatan [/Kasemen] (kp sukajaya)",
		"got mampet di kp kaligandu kec taktakan":                                  "sure | kecamatan [/Taktakan] (kp kaligandu)",
		"lampu mati di link unyur kec walantaka":                                   "sure | kecamatan [/Walantaka] (link unyur)",
		"jalan rusak di perum drangong kecamatan curug":                            "sure | kecamatan [/Curug] (perum drangong)",
		"banjir di kampung sukajaya kelurahan kasemen":                             "sure | kelurahan [Kasemen/Kasemen] (kampung sukajaya)",
		"sampah di kp unyur kel cipare":                                            "sure | kelurahan [Cipare/Serang] (kp unyur)",
		"banjir di kasemen, sukajaya":                                              "ask | kelurahan [Sukajaya/Curug] | kecamatan [/Kasemen]",
		"lampu mati di jalan ahmad yani kec kasemen":                               "sure | jalan Jalan Ahmad Yani [/Kasemen]",
		"banjir di kampung sukajaya":                                               "ask | kelurahan [Sukajaya/Curug] (kampung sukajaya)",
		"sampah di depan rumah bu haji Enok kp Kaligandu":                          "sure | kelurahan [Kaligandu/Serang] (kp Kaligandu, depan rumah)",
	} {
		if got := understoodIn(g, text); got != want {
			t.Errorf("%q:\n\t%s\nnot\t%s", text, got, want)
		}
	}
}

// Where somebody studies, works or comes from is not where the matter is, unless nothing else is named.
func TestAPlaceOfSomebodysDaysIsNotTheMatters(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	for text, want := range map[string]string{
		"saya tinggal di Taman Lopang Indah Blok D5 nomor 12. cucu saya yang kuliah di Untirta bantu nulis. selokan di belakang blok D tidak pernah dikeruk": "Perumahan Lopang Indah",
		"suami saya kerja di ramayana, lampu jalan depan rumah di kel unyur mati":                                                                            "Unyur",
		"saya mahasiswa di untirta, ngekos di kel panancangan, got depan kosan mampet":                                                                       "Panancangan",
		"istri saya jualan di pasar rau, got di kel kaligandu mampet":                                                                                        "Kaligandu",
		"suami saya dulu guru di SDN Ciceri, jalan di kel unyur rusak":                                                                                       "Unyur",
		"saya pensiunan pegawai di RSUD, jalan di kel kaligandu rusak":                                                                                       "Kaligandu",
		"my son works at Ramayana, the drain in kelurahan Unyur is blocked":                                                                                  "Unyur",
		"saya kerja di pasar rau, sampahnya numpuk":                                                                                                          "Pasar Rau",
	} {
		m, ok := g.In(text)
		if !ok || len(m.Candidates) == 0 || m.Candidates[0].Name != want && m.Candidates[0].AreaName != want {
			t.Errorf("%q: %s, not %s", text, understoodIn(g, text), want)
		}
	}
}

// A school or an estate keeps its number, a house its block, and what is called by another word for what it is keeps that word.
func TestANameIsWhole(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	for text, want := range map[string]string{
		"jalan di depan SD Drangong 1 bolongnya segede kolam lele": "(depan SD Drangong 1)",
		"got mampet samping SDN Unyur 4":                           "tempat SDN Unyur 4 [Unyur/Serang] (samping)",
		"parkir semrawut di SMP Cipare 2":                          "(SMP Cipare 2)",
		"jalan rusak di depan SD Drangong 2 hari lalu":             "(depan SD Drangong)",
		"lampu mati di perum persada banten 3":                     "(perum persada banten 3)",
		"lampu mati di perum persada banten 3 titik":               "[/Walantaka]",
		"got mampet di lopang indah blok d no 7":                   "(blok d no 7)",
		"sampah di Lopang Indah Blok D5 nomor 12":                  "nomor 12)",
		"garbage near Taman Sari train station every morning":      "tempat Taman Sari train station [/Serang] (near)",
		"jambret di stasiun taman sari":                            "tempat stasiun taman sari [/Serang]",
		"garbage at the Taman Sari market":                         "tempat Pasar Taman Sari [/Serang]",
		"parkir liar di masjid pasar rau":                          "tempat Pasar Rau [Cimuncang/Serang] (masjid)",
		"lampu mati di depan pasar taman sari":                     "tempat Pasar Taman Sari [/Serang] (depan)",
	} {
		if got := understoodIn(g, text); !strings.HasSuffix(got, want) {
			t.Errorf("%q: %s, not %s", text, got, want)
		}
	}
}
