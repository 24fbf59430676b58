package e2e

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rabeg/internal/report"
	"rabeg/internal/sim/warelay"
	"rabeg/internal/sim/warelay/judges"
)

// stranger is somebody whose client is of other hands than the product's library: Baileys.
type stranger struct {
	*judges.Baileys
	w    *world
	t    *testing.T
	acct *warelay.Account
}

// stranger links such a client to somebody's account, by scanning the QR code that it shows.
func (w *world) stranger(ctx context.Context, t *testing.T, name string) stranger {
	t.Helper()
	b, err := judges.Start(ctx, w.wa.Relay)
	if errors.Is(err, judges.ErrMissing) {
		t.Skipf("the independent client has not judged: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Stop)
	number := w.newNumber()
	w.ears.keepPrivate("the owner of a phone", name)
	s := stranger{b, w, t, w.wa.Account(number, warelay.AccountOptions{PushName: name})}
	qr, err := b.Wait(ctx, func(e judges.Event) bool { return e.Ev == "qr" })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.acct.Scan(ctx, qr.QR); err != nil {
		t.Fatalf("scan the code: %v; said %+v", err, b.Events())
	}
	if _, err := b.Wait(ctx, func(e judges.Event) bool { return e.Ev == "open" }); err != nil {
		t.Fatalf("log in: %v; said %+v", err, b.Events())
	}
	return s
}

// hears waits for a message with these parts.
func (s stranger) hears(what string, parts ...string) judges.Event {
	s.t.Helper()
	return s.gets(what, func(e judges.Event) bool {
		for _, p := range parts {
			if !strings.Contains(e.Text, p) {
				return false
			}
		}
		return true
	})
}

func (s stranger) gets(what string, fits func(judges.Event) bool) judges.Event {
	s.t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	e, err := s.Wait(ctx, func(e judges.Event) bool { return e.Ev == "message" && !e.Mine && fits(e) })
	if err != nil {
		s.t.Fatalf("%s did not come: %v; letters that wait: %s\n%+v\n%s", what, err, s.w.stuck(context.Background()), s.Events(), s.w.tail())
	}
	return e
}

func (s stranger) must(_ string, err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("the independent client cannot send: %v", err)
	}
}

// An independent client, which shares no code with the product's library, goes through the whole case: a citizen reports
// with a place and a picture, an operator takes and answers in the desk's group and ends the case with a picture.
func TestBaileysThroughTheWholeProduct(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: deskLID})
	ctx, cancel := story(4 * time.Minute) // npm may have to fetch the client first
	defer cancel()
	siti, ratna := w.stranger(ctx, t, "Siti Rahmawati"), w.stranger(ctx, t, "Ratna Dishub")
	w.start()
	w.wa.room.Add(ratna.acct)
	room, office := w.wa.room.ID(), w.wa.office.Phone()+"@s.whatsapp.net"
	w.ears.keepPrivate("a stranger", pju+" tiang tiga", "Regu PJU kami berangkat", "Lampu sudah menyala kembali")

	ratna.must(ratna.Text(ctx, room, "/daftar dishub"))
	ask := w.inRoom(t, w.wa.chief, 0, "the request to join", has("Ratna Dishub", "ingin menjadi petugas"))
	w.replies(t, w.wa.chief, ask, "/terima")
	ratna.hears("the welcome", "diterima sebagai petugas")

	siti.must(siti.Text(ctx, office, pju+" tiang tiga"))
	siti.hears("the question where", "Kirim lokasi")
	siti.must(siti.Location(ctx, office, -6.1227, 106.1754))
	siti.hears("the card", "*1* Kirim", "Sumur Pecung")
	siti.must(siti.Image(ctx, office, geotagged(1), ""))
	siti.hears("the card with the photo", "*1* Kirim", "1 foto")
	siti.must(siti.Text(ctx, office, "1"))
	code := numberIn(siti.hears("the number", "diterima dengan nomor").Text)

	card := ratna.hears("the card", code, "Status")
	photo := ratna.gets("the citizen's photo", func(e judges.Event) bool { return e.Kind == "image" })
	w.isStored(t, photo)
	ratna.must(ratna.Reply(ctx, card, "/ambil"))
	siti.hears("news of the taking", code, "di tangan Dinas Perhubungan")
	ratna.must(ratna.Reply(ctx, card, "Regu PJU kami berangkat sore ini"))
	ratna.must(ratna.Image(ctx, room, geotagged(8), "/selesai "+code+" Lampu sudah menyala kembali"))
	siti.hears("the answer", "Regu PJU kami berangkat")
	done := siti.gets("word that it is done, with its photo", func(e judges.Event) bool {
		return e.Kind == "image" && strings.Contains(e.Text, "menyala kembali")
	})
	w.isStored(t, done)
	r := w.becomes(t, code, report.Resolved)
	if r.Reporter.ID != siti.acct.LID() || r.ReporterName != "Siti Rahmawati" || len(r.Photos) != 1 || r.Place.Pin == nil {
		t.Errorf("%s is not stored as it was told", code)
	}
	for _, s := range w.wa.Trace() {
		if s.Tag == "receipt" && s.Type == "retry" {
			t.Errorf("a message was not understood at once: %+v", s)
		}
	}
	w.nobodyStumbled()
}

// isStored checks that the picture which the independent client decrypted is one that the product keeps.
func (w *world) isStored(t *testing.T, e judges.Event) {
	t.Helper()
	found := false
	err := filepath.WalkDir(w.media, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		sum := sha256.Sum256(data)
		found = found || hex.EncodeToString(sum[:]) == e.SHA256
		return err
	})
	if err != nil || !found {
		t.Errorf("the picture that came is none of those which are kept (%v)", err)
	}
}
