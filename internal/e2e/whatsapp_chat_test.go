package e2e

import (
	"strings"
	"testing"

	"rabeg/internal/report"
	"rabeg/internal/sim/warelay"
)

// An emoji under a card stands for the choice that begins with it: who may do it has done it, and reads that; who may not
// reads why. Any other emoji is people's own talk.
func TestWhatsAppReactionsInTheDesk(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: deskLID})
	w.start()
	ratna := w.colleague(t, "dishub")
	siti, code := w.called(t, lamp(1))
	tamu := w.phone("Tamu")
	w.wa.room.Add(tamu.Account())
	card := w.waCard(t, ratna, code)
	past := got(ratna)
	w.reacts(t, ratna, card, "❤️")
	w.reacts(t, tamu, card, "✋")
	w.inRoom(t, ratna, past, "the refusal of somebody who is not enrolled", has("Hanya petugas terdaftar"))
	if r := w.byCode(code); r.Status != report.Assigned {
		t.Errorf("the report is %s", r.Status)
	}
	w.reacts(t, ratna, card, "✋")
	siti.hears(t, "news of the taking", code, "di tangan")
	w.inRoom(t, ratna, past, "word that it is taken", has(code, "Anda ambil"))
	w.nobodyStumbled()
}

func (w *world) reacts(t testing.TB, p *warelay.Person, to warelay.Received, emoji string) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	if _, err := p.Reaction(ctx, to, emoji); err != nil {
		t.Fatal(err)
	}
}

// An album gets one answer, and all of its pictures lie under the card.
func TestWhatsAppAlbum(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: deskLID})
	siti := w.caller("Warga")
	ctx, cancel := bounded()
	defer cancel()
	told := lamp(1)
	w.ears.keepPrivate("a caller", told.text)
	if _, err := siti.p.Album(ctx, siti.to, told.text, geotagged(1), geotagged(2), geotagged(3)); err != nil {
		t.Fatal(err)
	}
	w.start() // it waited for the program, and comes at once
	m, err := siti.next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Text, "Kirim lokasi") {
		t.Errorf("the album is answered with %q", m.Text)
	}
	if _, err := siti.p.Location(ctx, siti.to, told.lat, told.lon, ""); err != nil {
		t.Fatal(err)
	}
	if m, err = siti.next(ctx); err != nil || !strings.Contains(m.Text, "3 foto") {
		t.Errorf("the pin is answered with %q (%v)", m.Text, err)
	}
	w.says(t, siti, "1")
	code := numberIn(siti.hears(t, "the number", "diterima dengan nomor").Text)
	w.waCard(t, w.wa.chief, code)
	pictures := func(in warelay.Inbox) (all []warelay.Received) {
		for _, m := range in.Messages {
			if m.Kind == "image" {
				all = append(all, m)
			}
		}
		return all
	}
	in, err := w.wa.chief.Wait(ctx, func(in warelay.Inbox) bool { return len(pictures(in)) == 3 })
	if err != nil {
		t.Fatalf("%d pictures are in the desk: %v", len(pictures(in)), err)
	}
	for _, m := range pictures(in) {
		w.shows(t, w.wa.chief, m)
	}
	if r := w.byCode(code); len(r.Photos) != 3 {
		t.Errorf("%d pictures are in the report", len(r.Photos))
	}
	w.nobodyStumbled()
}

// Danger: the citizen reads the emergency number before everything else, and the desk is alarmed at once.
func TestWhatsAppEmergency(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: deskTel})
	w.start()
	siti := w.caller("Warga")
	ctx, cancel := bounded()
	defer cancel()
	m, err := siti.asks(ctx, "tolong ada kebakaran di rumah sebelah, apinya besar, dekat pasar rau")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Text, "*112*") || strings.Index(m.Text, "112") > 60 {
		t.Errorf("the answer is %q", m.Text)
	}
	card := w.inRoom(t, w.wa.chief, 0, "the alarm with a number to call", has("🚨", "kebakaran", "📞 +", "tercatat"))
	w.replies(t, w.wa.chief, card, "Rumah nomor berapa?")
	siti.hears(t, "the officer, at once and without a name", "*Petugas*", "Rumah nomor berapa?")
	if err := siti.says(ctx, "nomor 12 gang melati"); err != nil {
		t.Fatal(err)
	}
	line := w.inRoom(t, w.wa.chief, 0, "the address under the card", has("nomor 12 gang melati"))
	w.replies(t, w.wa.chief, line, "Damkar sudah jalan")
	siti.hears(t, "the answer to a later line", "Damkar sudah jalan")
	w.encloses(t, w.wa.chief, card, geotagged(3), "jalur masuk")
	shown := w.reads(t, siti.p, "@lid", 0, "the officer's picture", func(m warelay.Received) bool { return m.Kind == "image" })
	w.shows(t, siti.p, shown)
	if _, err := siti.p.Image(ctx, siti.to, geotagged(4), ""); err != nil {
		t.Fatal(err)
	}
	w.shows(t, w.wa.chief, w.inRoom(t, w.wa.chief, 0, "the citizen's picture", func(m warelay.Received) bool { return m.Kind == "image" && !m.Mine }))
	if _, err = siti.asks(ctx, "sudah aman pak"); err != nil {
		t.Fatal(err)
	}
	w.inRoom(t, w.wa.chief, 0, "that it is over", has("🟢", "sudah aman"))
	siti.hears(t, "the number of the report", "SRG-")
	w.nobodyStumbled()
}
