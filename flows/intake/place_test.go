package intake

import (
	"testing"
	"time"

	"rabeg/flows"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

func serang(t *testing.T) *flow {
	t.Helper()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	finder, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return &flow{flows.Options{Profile: p, Reader: understand.Keywords(p), Finder: finder}}
}

// Words move a report to another place, whatever was known before; words that name none leave it where it is.
func TestMoveTo(t *testing.T) {
	t.Parallel()
	f := serang(t)
	before := report.Place{Area: "36.73.01.1002", AreaName: "Cipare", District: "36.73.01", DistrictName: "Serang", Pin: &report.Pin{Lat: -6.12, Lon: 106.15}}
	for words, want := range map[string]struct {
		area, why string
		moved     bool
	}{
		"kaligandu":                     {"Kaligandu", "", true},
		"di kaligandu":                  {"Kaligandu", "", true},
		"yang di unyur deket indomaret": {"Unyur", "", true},
		"yang di kasemen":               {"", "", true}, // the kecamatan
		"sukawana":                      {"Cipare", whyWhich, true},
		"kragilan":                      {"Cipare", whyOutside, true},
		"jl mawar 3":                    {"", "", true},
		"depan sdn kaligandu rt 2":      {"Kaligandu", "", true},
		"kategorinya lampu":             {"Cipare", "", false},
		"iya pak kirim aja":             {"Cipare", "", false},
		"rahasia ya":                    {"Cipare", "", false},
		"":                              {"Cipare", "", false},
	} {
		s := flows.State{At: time.Unix(1, 0)}
		n := &Notes{Form: &Form{Draft: report.Draft{Text: "lampu mati", Place: before}, Pinned: true}}
		tell := &telling{flow: f, s: s, n: n, v: f.Voice(s)}
		moved := tell.moveTo(words)
		why := ""
		if w := tell.n.Form.Where; w != nil {
			why = w.Why
		}
		if got := tell.n.Form.Place; moved != want.moved || got.AreaName != want.area || why != want.why || want.area != "Cipare" && got.Pin == before.Pin {
			t.Errorf("%q: moved %v to %+v (%s), want %+v", words, moved, got, why, want)
		}
	}
}

// Who does not know says so in many ways; who forgot a name and tells what is near says where.
func TestDontKnow(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"ga tau", "nggak tau pak", "Tidak tahu nama jalannya", "kurang tau min", "lupa", "embuh", "teu apal kang", "I don't know", "gatau"} {
		if !dontKnow(words) {
			t.Errorf("%q is not understood", words)
		}
	}
	for _, words := range []string{"lupa namanya, deket masjid", "kaligandu", "di pasar rau, ga tau nomernya", "jl tau sumedang", "depan sd, kurang tau namanya"} {
		if dontKnow(words) {
			t.Errorf("%q says where", words)
		}
	}
}
