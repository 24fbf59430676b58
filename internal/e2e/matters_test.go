package e2e

import (
	"strings"
	"testing"
)

// A draft of rubbish is open when its writer tells of a fire: the room reads the fire alone, the draft waits and is sent afterwards. Then
// two matters come in one message and are both sent by a word. The same on both networks.
func TestAnotherMatterInTheMiddleOfADraft(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: deskLID})
	w.start()
	w.twoMatters(t, w.typist(t, "Ani"), "Kaligandu", "Cipare", "Unyur")
	w.twoMatters(t, w.waTypist(t, "Siti"), "Lopang", "Sukawana", "Curug") // elsewhere, so that nobody is asked whether it is the same
	for _, category := range []string{"sampah_kebersihan", "penerangan_jalan", "jalan_jembatan"} {
		if n := w.number(`SELECT count(*) FROM reports WHERE doc->>'category' = $1`, category); n != 2 {
			t.Errorf("%d reports of %s, one of each network expected", n, category)
		}
	}
	for _, r := range w.reports() {
		if strings.Contains(r.Text, "kebakaran") && (strings.Contains(r.Text, "sampah") || r.Place.Area != "") {
			t.Errorf("the fire has %q at %q", r.Text, r.Place.AreaName)
		}
	}
	w.nobodyStumbled()
}

// talking types words and waits for an answer with some parts.
type talking func(words, what string, parts ...string)

// twoMatters tells of rubbish, of a fire in the middle of it, and of two matters in one message; rubbish, lamp and road are where they are.
func (w *world) twoMatters(t *testing.T, talk talking, rubbish, lamp, road string) {
	t.Helper()
	talk("sampah numpuk di kelurahan "+rubbish+" bau sekali", "the card", "Sudah benar?", "Sampah")
	talk("udah sampai mana laporan saya?", "that it is not sent", "belum terkirim")
	talk("tolong kebakaran di rumah tetangga api besar!!", "where the fire is", "Di mana tempatnya?", "saya simpan dulu")
	talk("sudah padam pak", "whether a report is wanted", "Perlu saya catat sebagai laporan")
	talk("tidak usah, makasih", "the draft again", "laporan Anda yang tadi", "Sudah benar?", rubbish)
	talk("kirim", "the receipt", "Laporan diterima")
	talk("2 masalah nih: lampu jalan mati di kelurahan "+lamp+" trus jalan berlubang parah di kelurahan "+road, "both matters", "Saya lihat", "2 masalah", lamp, road)
	talk("dua-duanya", "both receipts", "2 laporan diterima")
}

// typist types words on Telegram and waits for an answer with some parts.
func (w *world) typist(t *testing.T, name string) talking {
	t.Helper()
	p, past := w.person(name), 0
	return func(words, what string, parts ...string) {
		t.Helper()
		w.ears.keepPrivate(name, words)
		if _, err := p.Text(words); err != nil {
			t.Fatal(err)
		}
		past = w.wait(t, p.ID(), past, what, said(parts...)).MessageID
	}
}

// waTypist types words on WhatsApp and waits for an answer with some parts.
func (w *world) waTypist(t *testing.T, name string) talking {
	t.Helper()
	c := w.caller(name)
	return func(words, what string, parts ...string) {
		t.Helper()
		ctx, cancel := bounded()
		defer cancel()
		if err := c.says(ctx, words); err != nil {
			t.Fatal(err)
		}
		c.hears(t, what, parts...)
	}
}
