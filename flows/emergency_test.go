package flows_test

import (
	"testing"

	"rabeg/flows"
	"rabeg/flows/flowtest"
)

// TestOfNumber tells the emergency number that is typed, asked about or asked for from texts in which it only stands.
func TestOfNumber(t *testing.T) {
	t.Parallel()
	o := flows.Options{Profile: flowtest.City()}
	for want, texts := range map[flows.OfNumber][]string{
		flows.NumberAlone:   {"112", "112!!", "telpon 112", "tolong 112", "112 pak", "halo 112", "call 112 now"},
		flows.NumberAsked:   {"112 itu apa", "112 apaan sih", "112 bayar ga", "112 gratis kan?", "112 pake pulsa ga", "no 112 bayar ga", "what is 112", "112 iku opo"},
		flows.NumberWanted:  {"no darurat berapa", "nomor darurat", "nomor telepon darurat berapa ya", "emergency number"},
		flows.PictureOfHelp: {"🚑🚑", "🔥🔥🔥", "🚒"},
		flows.NotOfNumber: {
			"112 ga diangkat", "rumah no 112 kebakaran", "nomornya berapa", "no berapa", "antrian nomor 112", "112 kali saya lapor", "nomor saya 08112", "lampu no 112 mati",
			"darurat", "", "🙏", "mantap 🔥", "tolong", "unit gawat darurat buka jam berapa", "nomor antrean gawat darurat saya berapa", "di jl veteran 112",
		},
	} {
		for _, text := range texts {
			if got := o.OfNumber(text); got != want {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
		}
	}
}

// TestJoinedStatus: a phone's keyboard, or a link, leaves no space between the command and the number.
func TestJoinedStatus(t *testing.T) {
	t.Parallel()
	o := flows.Options{Profile: flowtest.City()}
	for text, rest := range map[string]string{
		"/status-SRG-RY77R-W": "srg-ry77r-w", "/status_srg-ry77r-w": "srg-ry77r-w", "/statussrg-ry77r-w": "srg-ry77r-w", "/status:SRG-RY77R-W": "srg-ry77r-w", "/status-": "",
		"/status SRG-RY77R-W": "SRG-RY77R-W",
	} {
		if w, got := o.WordOf(text); w != flows.WordStatus || got != rest {
			t.Errorf("%q: %v %q", text, w, got)
		}
	}
	for _, text := range []string{"/statusku", "/statistik", "/status-laporan-jalan"} {
		if w, _ := o.WordOf(text); w == flows.WordStatus {
			t.Errorf("%q asks for the status", text)
		}
	}
}
