package e2e

import (
	"strings"
	"testing"

	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// A citizen writes on WhatsApp and the desk is on Telegram: words and pictures cross both ways.
func TestWhatsAppCitizenTelegramDesk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true, whatsapp: linked})
	w.start()
	dishub := w.operator(t, "dishub")
	told := lamp(1)
	told.photo, told.caption = geotagged(1), true
	siti, code := w.called(t, told)
	card := w.card(t, code)
	if !strings.Contains(card.Text, "WhatsApp") {
		t.Error("the card does not say where the citizen is")
	}
	photo := w.wait(t, w.desk.ID(), card.MessageID, "the citizen's photo", func(m botapi.Seen) bool { return len(m.Photo) > 0 })
	w.isClean(t, photo)
	w.keptPlaceOfPhoto(t, code)

	seat := dishub.In(w.desk.ID()).Topic(card.ThreadID)
	w.presses(t, seat, card, "Ambil")
	siti.hears(t, "news of the taking", code, "di tangan Dinas Perhubungan")
	const words = "Kabel putus ini yang kami sambung"
	w.ears.keepPrivate("the operator", words)
	if _, err := seat.Send(botapi.Out{Photo: geotagged(7), Caption: words, ReplyTo: card.MessageID}); err != nil {
		t.Fatal(err)
	}
	// Meanwhile the citizen adds a word to the report by answering the news.
	w.adds(t, siti, code)
	m := w.reads(t, siti.p, "@lid", 0, "the answer with its photo", func(m warelay.Received) bool {
		return m.Kind == "image" && strings.Contains(m.Text, words)
	})
	w.shows(t, siti.p, m)
	w.wait(t, w.desk.ID(), 0, "the card that tells of the delivery", func(m botapi.Seen) bool {
		return m.MessageID == card.MessageID && strings.Contains(m.Text, "terkirim")
	})
	w.nobodyStumbled()
}

// adds lets a citizen answer the news of a report: the words join it.
func (w *world) adds(t *testing.T, c *caller, code string) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	news := c.hears(t, "the news", code, "di tangan")
	const more = "tiang yang di depan masjid juga ikut mati"
	w.ears.keepPrivate("a caller", more)
	past := got(c.p)
	if _, err := c.p.ReplyTo(ctx, news, more); err != nil {
		t.Fatal(err)
	}
	w.reads(t, c.p, "@lid", past, "word that it was added", has("tambahkan", code))
	facts := w.facts(w.byCode(code).ID)
	if last := facts[len(facts)-1]; last.What != report.WasAdded && facts[len(facts)-2].What != report.WasAdded {
		t.Errorf("what was added is stored as %s", last.What)
	}
	w.wait(t, w.desk.ID(), 0, "what was added, in the desk", said("masjid juga"))
}

// A citizen writes on Telegram and the desk is on WhatsApp: words and pictures cross both ways.
func TestTelegramCitizenWhatsAppDesk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: deskLID})
	w.start()
	ratna := w.colleague(t, "dishub")
	told := lamp(1)
	told.photo = geotagged(1)
	ani, code := w.filed(t, told)
	card := w.waCard(t, ratna, code)
	if !strings.Contains(card.Text, "Telegram") {
		t.Error("the card does not say where the citizen is")
	}
	photo := w.inRoom(t, ratna, 0, "the citizen's photo", func(m warelay.Received) bool { return m.Kind == "image" })
	w.shows(t, ratna, photo)
	w.keptPlaceOfPhoto(t, code)
	w.replies(t, ratna, card, "1") // the number before "Ambil"
	w.wait(t, ani.p.ID(), 0, "news of the taking", said(code, "Dinas Perhubungan"))
	w.encloses(t, ratna, photo, geotagged(7), "Kabel putus ini yang kami sambung") // the photo under the card stands for it
	w.writes(t, ratna, code+" Regu PJU kami berangkat sore ini")
	answer := w.wait(t, ani.p.ID(), 0, "the answer with its photo", func(m botapi.Seen) bool {
		return len(m.Photo) > 0 && strings.Contains(m.Caption, "Kabel putus ini")
	})
	w.isClean(t, answer)
	w.wait(t, ani.p.ID(), 0, "the answer that named the number", said("Regu PJU kami berangkat"))
	w.inRoom(t, ratna, 0, "the card that tells of the delivery", has(code, "terkirim"))
	w.quiet()
	taken := 0
	for _, f := range w.facts(w.byCode(code).ID) {
		if f.What == report.WasTaken {
			taken++
		}
	}
	if taken != 1 {
		t.Errorf("the report was taken %d times", taken)
	}
	w.nobodyStumbled()
}
