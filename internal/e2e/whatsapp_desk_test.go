package e2e

import (
	"bytes"
	"context"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"rabeg/internal/report"
	"rabeg/internal/sim/warelay"
)

// The whole case on WhatsApp alone: citizens there, the desk a group there, named by LID and by phone numbers, once beside
// a Telegram bot and once where there is none. Operators are let in by an administrator of the group, take, answer with
// words and pictures, pass on, reject, resolve; citizens hear of each step; who is not let in changes nothing.
func TestWhatsAppDesk(t *testing.T) {
	t.Parallel()
	for name, how := range map[string]plan{
		"members named by LID":                     {whatsapp: deskLID},
		"members named by number, and no Telegram": {whatsapp: deskTel, set: []string{"TELEGRAM_TOKEN="}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, how)
			w.start()
			ratna := w.colleague(t, "dishub")
			told := lamp(1)
			told.photo = geotagged(1)
			siti, code := w.called(t, told)
			card := w.waCard(t, ratna, code)
			photo := w.inRoom(t, ratna, 0, "the citizen's photo", func(m warelay.Received) bool { return m.Kind == "image" })
			w.shows(t, ratna, photo)
			w.keptPlaceOfPhoto(t, code)
			w.outsider(t, card, code)
			w.helps(t, ratna)
			w.hearsOnlyItsOwn(t, ratna, card, code)

			w.replies(t, ratna, card, "/ambil")
			siti.hears(t, "news of the taking", code, "di tangan Dinas Perhubungan")
			other := w.passesOn(t)
			w.rejects(t, ratna, other)
			w.answersOnWhatsApp(t, ratna, card, code)
			w.encloses(t, ratna, card, geotagged(8), "/selesai Lampu sudah menyala kembali")
			// Answers are held for a while; all of them come then.
			w.hearsOfRejection(t, other)
			w.hearsOfAnswers(t, ratna, siti, code)
			w.resolved(t, siti, code)
			w.nobodyStumbled()
			if called := w.gate.called(); called != (how.set == nil) {
				t.Errorf("Telegram was called: %v", called)
			}
		})
	}
}

// colleague lets a person with WhatsApp join the desk as an operator of an office: the coordinator answers the request.
func (w *world) colleague(t testing.TB, office string) *warelay.Person {
	t.Helper()
	p := w.phone("Petugas")
	w.wa.room.Add(p.Account())
	w.joins(t, p, office)
	return p
}

func (w *world) joins(t testing.TB, p *warelay.Person, office string) {
	t.Helper()
	past := got(w.wa.chief)
	w.writes(t, p, "/daftar "+office)
	w.inRoom(t, p, 0, "word that the request was passed on", has("diteruskan ke koordinator"))
	ask := w.inRoom(t, w.wa.chief, past, "the request to join", has("ingin menjadi petugas", "/terima"))
	// Nobody lets himself in.
	no := w.inRoom(t, p, 0, "the request", func(m warelay.Received) bool { return m.ID == ask.ID })
	w.replies(t, p, no, "/terima")
	w.inRoom(t, p, 0, "the refusal to let oneself in", has("menunggu persetujuan koordinator"))
	w.replies(t, w.wa.chief, ask, "/terima")
	w.inRoom(t, p, 0, "the welcome", has("diterima sebagai petugas"))
}

// inRoom waits for a message of the bot in the desk.
func (w *world) inRoom(t testing.TB, p *warelay.Person, past int, what string, fits func(warelay.Received) bool) warelay.Received {
	t.Helper()
	return w.reads(t, p, w.wa.room.ID(), past, what, func(m warelay.Received) bool { return w.byBot(m) && fits(m) })
}

// byBot reports whether the office's account said it.
func (w *world) byBot(m warelay.Received) bool {
	return m.Sender == w.wa.office.LID() || m.Sender == w.wa.office.Phone()+"@s.whatsapp.net"
}

// waCard waits for a report's card in the desk.
func (w *world) waCard(t testing.TB, p *warelay.Person, code string) warelay.Received {
	t.Helper()
	return w.inRoom(t, p, 0, "the card of "+code, func(m warelay.Received) bool {
		return m.Kind == "text" && strings.Contains(m.Text, code) && slices.Contains(choices(m), "💬 Balas")
	})
}

// writes says something in the desk.
func (w *world) writes(t testing.TB, p *warelay.Person, text string) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	w.ears.keepPrivate("the desk", text)
	if _, err := p.Text(ctx, w.wa.room.ID(), text); err != nil {
		t.Fatal(err)
	}
}

// replies answers a message by quoting it.
func (w *world) replies(t testing.TB, p *warelay.Person, to warelay.Received, text string) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	w.ears.keepPrivate("the desk", text)
	if _, err := p.ReplyTo(ctx, to, text); err != nil {
		t.Fatal(err)
	}
}

// encloses answers a message with a picture.
func (w *world) encloses(t testing.TB, p *warelay.Person, to warelay.Received, photo []byte, caption string) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	w.ears.keepPrivate("the desk", caption)
	if _, err := p.ImageReply(ctx, to, photo, caption); err != nil {
		t.Fatal(err)
	}
}

// shows checks that a message's picture is one, and holds nothing of the camera's notes.
func (w *world) shows(t testing.TB, p *warelay.Person, m warelay.Received) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	data, err := p.Media(ctx, m)
	if err != nil {
		t.Fatalf("fetch a picture: %v", err)
	}
	if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
		t.Errorf("it is no picture: %v", err)
	}
	if bytes.Contains(data, []byte("Exif")) {
		t.Error("the picture still holds what the camera wrote into it")
	}
}

// outsider is a member of the desk's group who is no operator.
func (w *world) outsider(t *testing.T, card warelay.Received, code string) {
	t.Helper()
	tamu := w.phone("Tamu")
	w.wa.room.Add(tamu.Account())
	before := w.byCode(code).Rev
	for _, try := range []func(){
		func() { w.replies(t, tamu, card, "/ambil") },
		func() { w.replies(t, tamu, card, "1") },
		func() { w.replies(t, tamu, card, "sudah kami bereskan ya bu, tenang saja") },
		func() { w.writes(t, tamu, code+" petugas sudah di jalan, mohon sabar") },
		func() { w.writes(t, tamu, "/selesai "+code+" sudah beres semua dari kemarin") },
		func() { w.encloses(t, tamu, card, picture(9), "buktinya sudah menyala semua") },
	} {
		past := got(tamu)
		try()
		w.inRoom(t, tamu, past, "the refusal of somebody who is not enrolled", has("Hanya petugas terdaftar", "/daftar"))
	}
	past := got(tamu)
	w.writes(t, tamu, "pagi semua, ada yang bawa gorengan?") // people's own talk gets no answer
	w.writes(t, tamu, "/laporan "+code)
	w.inRoom(t, tamu, past, "the refusal to show a report", has("Hanya petugas terdaftar"))
	if now := w.byCode(code).Rev; now != before {
		t.Errorf("somebody who is not enrolled changed the report from revision %d to %d", before, now)
	}
	if n := len(tamu.Inbox().Messages[past:]); n != 1 {
		t.Errorf("%d messages answer a talk among colleagues and one command", n)
	}
}

func (w *world) helps(t *testing.T, p *warelay.Person) {
	t.Helper()
	past := got(p)
	w.writes(t, p, "/bantuan")
	help := w.inRoom(t, p, past, "the help", has("/ambil", "/teruskan"))
	if strings.Contains(help.Text, "tekan Urungkan") {
		t.Error("the help speaks of a button, which WhatsApp does not have")
	}
}

// passesOn lets a second report, which nobody serves, be given by the coordinator to an office by name.
func (w *world) passesOn(t *testing.T) (code string) {
	t.Helper()
	_, code = w.called(t, waste(2))
	card := w.waCard(t, w.wa.chief, code)
	past := got(w.wa.chief)
	w.replies(t, w.wa.chief, card, "/teruskan dishub")
	w.inRoom(t, w.wa.chief, past, "word of the passing on", has(code, "diteruskan ke Dishub"))
	if r := w.byCode(code); r.Agency != "DISHUB" {
		t.Errorf("the report belongs to %q", r.Agency)
	}
	return code
}

// rejects lets the report be rejected: the reason is chosen by number, the words are asked for.
func (w *world) rejects(t *testing.T, p *warelay.Person, code string) {
	t.Helper()
	past := got(p)
	w.writes(t, p, "/tolak "+code)
	ask := w.inRoom(t, p, past, "the reasons to choose from", has(code, "alasan"))
	if n := len(choices(ask)); n < 5 {
		t.Fatalf("%d reasons are offered: %q", n, ask.Text)
	}
	past = got(p)
	w.replies(t, p, ask, "3")
	words := w.inRoom(t, p, past, "the question for words", has(code, "alas pesan ini"))
	w.replies(t, p, words, "sudah kami periksa di tempat, tidak ada tumpukan")
}

func (w *world) hearsOfRejection(t *testing.T, code string) {
	t.Helper()
	r := w.becomes(t, code, report.Rejected)
	c := caller{w: w, p: w.ownerOf(t, r)}
	c.hears(t, "word of the rejection", code, "tidak menemukan tempat yang dilaporkan", "Kirim laporan baru", "tidak ada tumpukan")
}

// becomes waits until a report has a status.
func (w *world) becomes(t testing.TB, code string, status report.Status) report.Report {
	t.Helper()
	var r report.Report
	eventually(t, code+" to become "+string(status), func(context.Context) bool {
		r = w.byCode(code)
		return r.Status == status
	})
	return r
}

func (w *world) answersOnWhatsApp(t *testing.T, ratna *warelay.Person, card warelay.Received, code string) {
	t.Helper()
	past := got(ratna)
	w.replies(t, ratna, card, "Jawaban keliru yang ditarik kembali")
	held := w.inRoom(t, ratna, past, "word that the answer is held", has("20 detik", code))
	past = got(ratna)
	w.replies(t, ratna, held, "/urungkan")
	w.inRoom(t, ratna, past, "word that it was taken back", has("Ditarik", code))

	w.replies(t, ratna, card, "Regu PJU kami berangkat sore ini")
	w.writes(t, ratna, code+" Kabelnya sudah kami pesan di gudang")
	w.encloses(t, ratna, card, geotagged(7), "Kabel putus ini yang kami sambung")
}

func (w *world) hearsOfAnswers(t *testing.T, ratna *warelay.Person, siti *caller, code string) {
	t.Helper()
	siti.hears(t, "the answer that quoted the card", "Regu PJU kami berangkat")
	siti.hears(t, "the answer that named the number", "Kabelnya sudah kami pesan")
	m := w.reads(t, siti.p, "@lid", 0, "the answer with a photo", func(m warelay.Received) bool {
		return m.Kind == "image" && strings.Contains(m.Text, "Kabel putus ini")
	})
	w.shows(t, siti.p, m)
	w.inRoom(t, ratna, 0, "the card that tells of the delivery", has(code, "terkirim"))
	for _, m := range siti.p.Inbox().Messages {
		if strings.Contains(m.Text, "keliru") {
			t.Error("the citizen got an answer that was taken back")
		}
	}
}

// resolved checks the end of the case, and what is stored of it.
func (w *world) resolved(t *testing.T, siti *caller, code string) {
	t.Helper()
	siti.hears(t, "word that it is done", code, "menyala kembali")
	w.becomes(t, code, report.Resolved)
	w.quiet()
	r := w.byCode(code)
	var what []report.What
	kept := 0
	for _, f := range w.facts(r.ID) {
		what = append(what, f.What)
		kept += len(f.Photos)
	}
	want := []report.What{report.WasFiled, report.WasAssigned, report.WasTaken, report.WasAnswered, report.WasWithdrawn,
		report.WasAnswered, report.WasAnswered, report.WasAnswered, report.WasResolved}
	if !slices.Equal(what, want) {
		t.Errorf("what is stored of the case: %v", what)
	}
	if kept != 3 {
		t.Errorf("%d photos are stored, not the citizen's and the two of the office", kept)
	}
	for _, f := range w.files(r.ID) {
		if f.Lost != "" {
			t.Errorf("a file is lost: %s", f.Lost)
		}
	}
	if n := w.number(`SELECT count(*) FROM letters WHERE report = $1 AND purpose = 'card'`, r.ID); n != 1 {
		t.Errorf("the report has %d cards", n)
	}
	if n := w.number(`SELECT count(*) FROM letters WHERE state NOT IN ('sent', 'withdrawn', 'replaced')`); n != 0 {
		t.Errorf("%d letters did not arrive", n)
	}
}
