package e2e

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/internal/sim/cloudapi"
)

// A city goes over from the linked phone to the official WhatsApp, and does not serve the old one any more. A woman whose number reported
// there writes to the new one: she is told that her number is known, says that it is she, and has her report and its news here. One whose
// number does not show, and a stranger, are told nothing.
func TestACityMovesToTheOfficialWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{cloud: true, whatsapp: linked})
	c := w.serves()
	officer := w.operator(t, "dishub").In(w.desk.ID())
	siti, code := w.called(t, lamp(1))
	w.card(t, code)
	c.kill()
	w.set = slices.DeleteFunc(w.set, func(s string) bool {
		return strings.Contains(s, "WHATSAPP_ENABLED") || strings.Contains(s, "WHATSAPP_LOCAL")
	})
	w.serves()

	her := &resident{w: w, p: w.meta.Person("Siti", siti.p.Phone(), false), seen: map[string]bool{}}
	says := func(r *resident, words string) {
		t.Helper()
		if err := r.says(words); err != nil {
			t.Fatal(err)
		}
	}
	says(her, "assalamualaikum")
	told := her.hears(t, 0, "that her number is known", "Nomor ini juga dikenal", "hubungkan")
	says(her, "hubungkan")
	asked := her.hears(t, 0, "the question", "1 laporan", "Itu Anda sendiri?")
	for _, m := range []cloudapi.Shown{told, asked} {
		if strings.Contains(m.Text, code) {
			t.Errorf("before her yes she reads the number: %s", m.Text)
		}
	}
	after(3 * time.Second) // she reads it: who answers at once is asked to
	says(her, "ya itu saya")
	her.hears(t, 0, "that they are linked", "Sudah tersambung dengan chat WhatsApp")
	says(her, "status")
	her.hears(t, 0, "her report", code)
	const words = "Regu kami berangkat sore ini"
	w.ears.keepPrivate("the operator", words)
	if _, err := officer.Text(code + " " + words); err != nil {
		t.Fatal(err)
	}
	her.hears(t, 0, "the answer", words)

	for _, other := range []*resident{{w: w, p: w.meta.Person("Nur", siti.p.Phone(), true), seen: map[string]bool{}}, w.resident("Budi", false)} {
		says(other, "halo")
		other.hears(t, 0, "a greeting", "Halo")
		says(other, "hubungkan")
		other.hears(t, 0, "a code", "Tulis ini di chat Anda yang lain")
		for _, m := range other.p.Shown() {
			if strings.Contains(m.Text, "juga dikenal") || strings.Contains(m.Text, code) {
				t.Errorf("a stranger reads %s", m.Text)
			}
		}
	}
	w.nobodyStumbled()
}
