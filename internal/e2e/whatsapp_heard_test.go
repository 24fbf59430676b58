package e2e

import (
	"strings"
	"testing"

	"go.mau.fi/whatsmeow/proto/waE2E"

	"rabeg/internal/sim/warelay"
)

// hearsOnlyItsOwn lets an operator pass words on, call a colleague and call the bot: what somebody else wrote is asked back, the
// colleague's number stays in nobody's sight, and the bot does what it is called for.
func (w *world) hearsOnlyItsOwn(t *testing.T, p *warelay.Person, card warelay.Received, code string) {
	t.Helper()
	before := w.byCode(code).Rev
	forwarded := func() *waE2E.ContextInfo {
		return &waE2E.ContextInfo{IsForwarded: new(true), ForwardingScore: new(uint32(1))}
	}
	quoting := forwarded()
	quoting.StanzaID, quoting.Participant = new(card.ID), new(card.Sender)
	for _, say := range []struct {
		words string
		about *waE2E.ContextInfo
		fits  func(warelay.Received) bool
	}{
		{code + " kapan beres pak, sudah gelap sekali", forwarded(), has("pesan terusan", "gelap sekali", "Jadikan catatan")},
		{"/selesai " + code + " beres", forwarded(), has("pesan terusan")},
		{"sudah kami kerjakan semua", quoting, has("pesan terusan", "sudah kami kerjakan")},
		{code + " @145567721444117 mohon dicek lampunya sore ini ya", &waE2E.ContextInfo{MentionedJID: []string{"145567721444117@lid"}},
			func(m warelay.Received) bool {
				return has("Belum saya kirim", "mohon dicek lampunya")(m) && !strings.Contains(m.Text, "145567721444117")
			}},
		{"@" + user(w.wa.office.LID()) + " /tugas", &waE2E.ContextInfo{MentionedJID: []string{w.wa.office.LID()}}, has(code)},
		{"@" + user(w.wa.office.Phone()) + " /tugas", &waE2E.ContextInfo{MentionedJID: []string{w.wa.office.Phone() + "@s.whatsapp.net"}}, has(code)},
		{"sudah kami cek", &waE2E.ContextInfo{StanzaID: new("3EB0000000000000000000"), Participant: new(card.Sender)}, has("tidak saya kenali lagi")},
	} {
		past := got(p)
		ctx, cancel := bounded()
		w.ears.keepPrivate("the desk", say.words)
		_, err := p.Raw(ctx, w.wa.room.ID(), &waE2E.Message{ExtendedTextMessage: &waE2E.ExtendedTextMessage{Text: &say.words, ContextInfo: say.about}})
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		w.inRoom(t, p, past, "the answer to "+say.words[len(say.words)/2:], say.fits)
	}
	if now := w.byCode(code).Rev; now != before {
		t.Errorf("words that are nobody's answer changed the report from revision %d to %d", before, now)
	}
}

// user is the part of an address before its server.
func user(jid string) string {
	u, _, _ := strings.Cut(jid, "@")
	return u
}
