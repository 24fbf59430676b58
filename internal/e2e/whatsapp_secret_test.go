package e2e

import (
	"strings"
	"testing"
)

// On WhatsApp the words of a confidential report go to the officer's direct chat, too, however the group names its people; what is
// quoted there is answered, and the group reads nothing of it.
func TestAWhatsAppGroupHasNoSecrets(t *testing.T) {
	t.Parallel()
	for name, how := range map[string]plan{"members named by LID": {whatsapp: deskLID}, "members named by number": {whatsapp: deskTel}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, how)
			w.start()
			ratna := w.colleague(t, "inspektorat")
			siti, code := w.called(t, tale{text: "petugas kelurahan minta uang lima puluh ribu waktu saya urus surat, ini pungli", lat: -6.1227, lon: 106.1754})
			card := w.waCard(t, ratna, code)
			w.replies(t, ratna, card, "buka")
			w.inRoom(t, ratna, 0, "what is to be done to read it", has("secara pribadi", code))
			whole := w.reads(t, ratna, "@lid", 0, "the report in the direct chat", has("minta uang lima puluh ribu", code))
			const answer = "Terima kasih, kami akan memeriksa petugasnya besok pagi"
			w.replies(t, ratna, whole, answer)
			w.reads(t, ratna, "@lid", 0, "the line by which it can be taken back", has(answer, "Urungkan"))
			siti.hears(t, "the answer from the direct chat", answer)
			if n := w.number(`SELECT count(*) FROM looks WHERE act = 'open' AND report = $1`, w.byCode(code).ID); n != 1 {
				t.Errorf("%d openings are in the log", n)
			}
			for _, m := range w.wa.chief.Inbox().Messages {
				if m.Chat == w.wa.room.ID() && (strings.Contains(m.Text, "lima puluh") || strings.Contains(m.Text, answer)) {
					t.Errorf("the group reads\n%s", m.Text)
				}
			}
			w.nobodyStumbled()
		})
	}
}
