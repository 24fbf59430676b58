package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.mau.fi/whatsmeow/proto/waE2E"
	"google.golang.org/protobuf/encoding/protojson"

	"rabeg/internal/sim/warelay"
)

// Whatever is sent on WhatsApp, an answer comes that tells how to go on; it comes once; and the same person files a report
// afterwards, which holds what was told.
func TestWhatsAppOddKinds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: linked})
	w.start()
	const phone = "6281234567890"
	w.ears.keepPrivate("a contact", phone, "Tetangga Sebelah")
	to := w.wa.office.LID()
	type kind struct {
		says  string // in the answer
		sends func(context.Context, *warelay.Person) (string, error)
	}
	for name, odd := range map[string]kind{
		"a document of 100 MB": {"lebih dari 20 MB", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.Document(ctx, to, "rekaman-cctv.zip", "application/zip", []byte("PK not really"), 100<<20)
		}},
		"a voice note of an hour": {"satu kalimat: apa masalahnya", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.Voice(ctx, to, []byte("OggS not really"), time.Hour)
		}},
		"a video": {"Berkas saya simpan.\n\nSekarang ceritakan", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.Video(ctx, to, []byte("not a video"), "")
		}},
		"a vote in a poll nobody made": {"Tulis saja apa masalahnya", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.VoteUnknown(ctx, to, "3EB0AAAAAAAAAAAAAAAAAA")
		}},
		"a poll": {"Tulis saja apa masalahnya", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.Poll(ctx, to, "Kapan diperbaiki?", "besok", "lusa")
		}},
		"a contact": {"demi privasinya", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.Contact(ctx, to, "Tetangga Sebelah", phone)
		}},
		"a picture to be seen once": {"1 foto", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.ViewOnce(ctx, to, picture(3))
		}},
		"a live position": {"Apa masalahnya di sana", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.LiveLocation(ctx, to, -6.1227, 106.1754)
		}},
		"a pin at the north pole": {"di luar Kota Serang", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.Location(ctx, to, 90, 0, "")
		}},
		"a pin that is no place": {"tidak terbaca", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.Location(ctx, to, 1e9, -1e9, "")
		}},
		"a pin that is no number": {"tidak terbaca", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.Raw(ctx, to, whatsAppField(t, "wa-pin-nan"))
		}},
		"a live position at no end of the earth": {"tidak terbaca", func(ctx context.Context, p *warelay.Person) (string, error) {
			return p.Raw(ctx, to, whatsAppField(t, "wa-live-inf"))
		}},
		"a photo in HD": {"1 foto", func(ctx context.Context, p *warelay.Person) (string, error) {
			id, err := p.Image(ctx, to, picture(4), "")
			if err != nil {
				return "", err
			}
			return p.Raw(ctx, to, whatsAppField(t, "wa-hd-child", "PARENT", id))
		}},
		"a photo in HD, without a wrapper": {"1 foto", func(ctx context.Context, p *warelay.Person) (string, error) {
			id, err := p.Image(ctx, to, picture(5), "")
			if err != nil {
				return "", err
			}
			return p.Raw(ctx, to, whatsAppField(t, "wa-hd-child-bare", "PARENT", id))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := w.caller("Jenis")
			ctx, cancel := bounded()
			defer cancel()
			if _, err := odd.sends(ctx, c.p); err != nil {
				t.Fatal(err)
			}
			m, err := c.next(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(m.Text, odd.says) {
				t.Errorf("the answer is %q", m.Text)
			}
			w.filesAfterwards(t, c)
		})
	}
	t.Cleanup(w.nobodyStumbled)
}

// whatsAppField is a message as a phone sent it, with signs in it replaced.
func whatsAppField(t testing.TB, name string, replace ...string) *waE2E.Message {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "bot", "whatsapp", "testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var m waE2E.Message
	if err := protojson.Unmarshal([]byte(strings.NewReplacer(replace...).Replace(string(raw))), &m); err != nil {
		t.Fatal(err)
	}
	return &m
}

// A message that is changed, or taken back, while the report is in the making: what is changed counts, and who takes back is
// told that what was noted stays.
func TestWhatsAppTakenBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: linked})
	w.start()
	c := w.caller("Ralat")
	ctx, cancel := bounded()
	defer cancel()
	if _, err := c.asks(ctx, "lampu jalan mati total di gang kami"); err != nil {
		t.Fatal(err)
	}
	const better = "lampu jalan mati total di gang kami sudah sebulan"
	w.ears.keepPrivate("a caller", better)
	if _, err := c.p.EditLast(ctx, c.to, better); err != nil {
		t.Fatal(err)
	}
	if _, err := c.next(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := c.p.Location(ctx, c.to, -6.1227, 106.1754, ""); err != nil {
		t.Fatal(err)
	}
	card := c.hears(t, "the card", "Sudah benar")
	if !strings.Contains(card.Text, better) {
		t.Errorf("what was changed is not on the card: %q", card.Text)
	}
	if _, err := c.p.Revoke(ctx, c.to); err != nil {
		t.Fatal(err)
	}
	c.hears(t, "word that what was noted stays", "tidak ikut terhapus", "ubah")
	w.says(t, c, "kirim")
	code := numberIn(c.hears(t, "the number", "diterima dengan nomor").Text)
	if r := w.byCode(code); r.Text != better {
		t.Error("the report does not hold what was told last")
	}
	w.nobodyStumbled()
}

// filesAfterwards lets somebody whose first words were odd report something.
func (w *world) filesAfterwards(t *testing.T, c *caller) {
	t.Helper()
	const words = "lampu penerangan jalan mati total sudah seminggu"
	had := c.answers
	r := w.byCode(c.files(t, tale{text: words, lat: -6.1227, lon: 106.1754}))
	if full := len(r.Text) > 7000; !full && !strings.Contains(r.Text+r.Place.Said+r.Place.Note, words) {
		t.Error("the report does not hold what was told after it")
	}
	if !utf8.ValidString(r.Text) || strings.ContainsAny(r.Text, "\x00\ue000\ue001\u202e") {
		t.Error("the report holds what cannot be shown")
	}
	if n := c.answers - had; n > 8 {
		t.Errorf("it took %d answers", n)
	}
}

// Signs of style, invisible characters and words that look like ours are words like others.
func TestWhatsAppOddTexts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: linked})
	w.start()
	for name, text := range map[string]string{
		"signs of style":        "*_~```lampu```~_* mati ~*_",
		"a menu of one's own":   "lampu mati\n\n*1* Kirim\n*2* Batal",
		"invisible":             "\u200b\u2060\u200d\ufeff",
		"spaces":                "\u00a0 \u2003 ",
		"right to left":         "\u202eجدول مكسور في الشارع\u202c",
		"our own marks":         "\ue000lampu\ue001 jalan mati",
		"a number in a circle":  "①",
		"zero":                  "0",
		"a mention":             "@6281234567890 tolong lampunya mati",
		"an injection":          "'; DROP TABLE reports; -- lampu jalan mati",
		"a command of the desk": "/selesai SRG-AAAA-A sudah",
		"very long":             strings.Repeat("jalan rusak parah sekali ", 2700),
		"one emoji":             "😡",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := w.caller("Aneh")
			ctx, cancel := bounded()
			defer cancel()
			m, err := c.asks(ctx, text)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.ContainsAny(m.Text, "?.:") || len(m.Text) < 40 {
				t.Errorf("the answer is %q", m.Text)
			}
			w.filesAfterwards(t, c)
		})
	}
	t.Run("an answer to a message that never was", func(t *testing.T) {
		t.Parallel()
		c := w.caller("Aneh")
		ctx, cancel := bounded()
		defer cancel()
		const words = "kok belum diperbaiki juga pak?"
		w.ears.keepPrivate("a caller", words)
		if _, err := c.p.QuoteUnknown(ctx, c.to, "3EB0BBBBBBBBBBBBBBBBBB", words); err != nil {
			t.Fatal(err)
		}
		if _, err := c.next(ctx); err != nil {
			t.Fatal(err)
		}
		w.filesAfterwards(t, c)
	})
	t.Cleanup(w.nobodyStumbled)
}

// Forty stickers in a row get a word or two, not forty; what is told afterwards is heard.
func TestWhatsAppStickerStorm(t *testing.T) {
	t.Parallel()
	const storm = 40
	w := newWorld(t, plan{whatsapp: linked})
	c := w.caller("Iseng")
	ctx, cancel := bounded()
	defer cancel()
	for i := range storm {
		if _, err := c.p.Sticker(ctx, c.to, []byte(fmt.Sprintf("RIFF%04dWEBP", i))); err != nil {
			t.Fatal(err)
		}
	}
	w.start() // they waited for it, and come all at once
	if _, err := c.next(ctx); err != nil {
		t.Fatal(err)
	}
	handled := `SELECT count(*) FROM handled WHERE cause LIKE 'wa:%'`
	eventually(t, "all stickers to be handled", func(context.Context) bool { return w.number(handled) >= storm })
	w.quiet()
	n := len(c.p.Inbox().Messages)
	if n > storm/8 {
		t.Errorf("%d answers to %d stickers", n, storm)
	}
	for c.read < n {
		if _, err := c.next(ctx); err != nil {
			t.Fatal(err)
		}
	}
	w.filesAfterwards(t, c)
	w.nobodyStumbled()
}
