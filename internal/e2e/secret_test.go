package e2e

import (
	"strings"
	"testing"

	"rabeg/internal/sim/botapi"
)

// A citizen accuses an officer. The group reads no word of it, in no topic; the officer whose duty it is reads it alone, once he has
// started the bot, answers from there, and each opening is in the log.
func TestAGroupHasNoSecrets(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true})
	w.start()
	officer := w.operator(t, "inspektorat")
	const words = "petugas kelurahan minta uang lima puluh ribu waktu saya urus surat, ini pungli"
	told := tale{text: words, lat: -6.1227, lon: 106.1754}
	ani, code := w.filed(t, told)
	card := w.card(t, code)
	if !strings.Contains(card.Text, "/buka "+code) || strings.Contains(card.Text, "Kel. ") || strings.Contains(card.Text, "maps") {
		t.Errorf("the card shows\n%s", card.Text)
	}
	group := officer.In(w.desk.ID()).Topic(card.ThreadID)
	alone := officer.In(officer.ID())
	ask := func(what string) {
		t.Helper()
		sent, err := group.Text(what)
		if err != nil {
			t.Fatal(err)
		}
		w.wait(t, w.desk.ID(), sent.MessageID, "what is to be done to read it", func(m botapi.Seen) bool { return strings.Contains(m.Text, "tekan Start") })
	}
	ask("buka " + code) // the bot may not write to him first
	if _, err := alone.Text("/start"); err != nil {
		t.Fatal(err)
	}
	ask("/buka " + code)
	whole := w.wait(t, officer.ID(), 0, "the report in private", said(words))
	const answer = "Terima kasih, kami akan memeriksa petugasnya besok pagi"
	w.ears.keepPrivate("the operator", answer)
	if _, err := alone.Send(botapi.Out{Text: answer, ReplyTo: whole.MessageID}); err != nil {
		t.Fatal(err)
	}
	undo := w.wait(t, officer.ID(), whole.MessageID, "the line by which it can be taken back", said(answer))
	if button(undo, "Urungkan") == "" {
		t.Error("it cannot be taken back")
	}
	w.wait(t, ani.p.ID(), 0, "the answer from the private copy", said(answer))
	w.wait(t, w.desk.ID(), 0, "the card that tells of the delivery", func(m botapi.Seen) bool {
		return m.MessageID == card.MessageID && strings.Contains(m.Text, "terkirim")
	})
	if n := w.number(`SELECT count(*) FROM looks WHERE act = 'open' AND who = $1 AND report = $2`, address(officer.ID()), w.byCode(code).ID); n != 2 {
		t.Errorf("%d openings are in the log", n)
	}
	for _, m := range w.api.History(w.desk.ID()) {
		for _, secret := range []string{"minta uang", "lima puluh", answer} {
			if strings.Contains(m.Text+m.Caption, secret) {
				t.Errorf("the group reads\n%s", m.Text+m.Caption)
			}
		}
	}
	w.nobodyStumbled()
}
