package e2e

import (
	"strings"
	"testing"

	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// Bu Siti calls the office. An officer takes her report in the private chat with the bot, with her number, which no group and no log
// shows. Days later she writes on WhatsApp: the report is hers, and the next answer reaches her. The group is pointed to the
// private chat, and gets a sentence with the channel's own addresses to paste under a post.
func TestTakenForSomebody(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true, whatsapp: linked})
	w.start()
	dishub := w.operator(t, "dishub")
	siti := w.caller("Warga")
	number := siti.p.Phone()
	local := "0" + strings.TrimPrefix(number, "62")
	w.ears.keepPrivate("the number of a citizen", local)
	w.ears.keepPrivate("the number of a citizen", number)

	room := dishub.In(w.desk.ID())
	sent, err := room.Text("/lapor telepon")
	if err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), sent.MessageID, "the way to the private chat", said("chat pribadi"))
	if sent, err = room.Text("/tautan"); err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), sent.MessageID, "the sentence to paste", func(m botapi.Seen) bool {
		return strings.Contains(m.Text, "https://wa.me/"+w.wa.office.Phone()) && strings.Contains(m.Text, "https://t.me/")
	})

	own := dishub.In(dishub.ID())
	says := func(words, what string, fits func(botapi.Seen) bool) botapi.Seen {
		t.Helper()
		w.ears.keepPrivate("the operator", words)
		sent, err := own.Text(words)
		if err != nil {
			t.Fatal(err)
		}
		return w.wait(t, dishub.ID(), sent.MessageID, what, fits)
	}
	says("/lapor telepon lampu jalan mati di Alun-alun, gelap sekali", "the question for a number", said("Nomor HP pelapornya"))
	card := says(local, "the review card", offers("Kirim"))
	w.pressed(t, dishub, card, "Kirim")
	receipt := w.wait(t, dishub.ID(), card.MessageID, "the number of the report", func(m botapi.Seen) bool { return numberIn(m.Text) != "" })
	code := numberIn(receipt.Text)
	if r := w.byCode(code); !r.Reporter.Zero() || r.How != report.ByPhone || !r.Contact {
		t.Errorf("it is stored as %q of %v", r.How, r.Reporter)
	}
	posted := w.card(t, code)
	if !strings.Contains(posted.Text, "sampaikan sendiri") || strings.Contains(posted.Text, number[4:]) {
		t.Errorf("the card says %q", posted.Text)
	}
	if past := got(siti.p); past != 0 {
		t.Errorf("%d messages went to the number before she wrote", past)
	}

	w.says(t, siti, "halo")
	w.reads(t, siti.p, "@lid", 0, "word of the report that was taken", has(code, "pernah mencatat laporan"))
	w.hasReport(t, siti, code)
	w.presses(t, dishub.In(w.desk.ID()).Topic(posted.ThreadID), posted, "Ambil")
	siti.hears(t, "news of the taking", code, "di tangan Dinas Perhubungan")
	if n := w.number(`SELECT count(*) FROM contacts`); n != 0 {
		t.Errorf("%d numbers are still kept", n)
	}
	if strings.Contains(w.transcript(w.desk.ID()), number[4:]) {
		t.Error("the group shows the number")
	}
	w.nobodyStumbled()
}

// What is PLN's is told at once, filed all the same, and handed over by the coordinator with their number.
func TestOwnerOutside(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true, whatsapp: linked})
	w.start()
	siti := w.caller("Warga")
	w.says(t, siti, "listrik di rumah saya padam dari semalam, di Alun-alun")
	w.reads(t, siti.p, "@lid", 0, "the door of PLN", func(m warelay.Received) bool {
		return strings.Contains(m.Text, "PLN") && strings.Contains(m.Text, "123") && strings.Contains(m.Text, "Mau tetap saya catat")
	})
	past := got(siti.p)
	w.says(t, siti, "tetap laporkan")
	w.reads(t, siti.p, "@lid", past, "the review card", has("Sudah benar", "menyampaikannya ke PLN"))
	past = got(siti.p)
	w.says(t, siti, "kirim")
	code := numberIn(w.reads(t, siti.p, "@lid", past, "the number", func(m warelay.Received) bool { return numberIn(m.Text) != "" }).Text)
	card := w.card(t, code)
	if !strings.Contains(card.Text, "PLN (di koordinator)") {
		t.Errorf("the card says %q", card.Text)
	}
	seat := w.head.In(w.desk.ID()).Topic(card.ThreadID)
	if _, err := seat.Send(botapi.Out{Text: "/alihkan pln no K-1234", ReplyTo: card.MessageID}); err != nil {
		t.Fatal(err)
	}
	siti.hears(t, "who has it now", code, "PLN", "K-1234", "123")
	if r := w.byCode(code); r.Status != report.Transferred || r.Owner != "PLN" || len(r.Foreign) != 1 || r.Agency != "" {
		t.Errorf("it stands as %s of %q, %v, with %q", r.Status, r.Owner, r.Foreign, r.Agency)
	}
	w.nobodyStumbled()
}
