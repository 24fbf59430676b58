package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// two is a tale with two matters in one sentence, which its reporter takes for one.
func two() tale {
	return tale{text: "lampu PJU mati total sudah seminggu, tiang roboh dan sampah menumpuk di sampingnya", lat: -6.1227, lon: 106.1754}
}

// In a forum on Telegram an officer hands a report to the head of the office, who gets it alone and answers there; the draft comes back
// under the card and goes out by a button. What the disposition showed is gone when the next one is taken back. Then the report is split,
// by buttons, and its reporter hears both numbers; the parts are joined again and parted.
func TestAReportIsHandedUpAndSplit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true})
	w.start()
	dishub := w.operator(t, "dishub")
	head := w.person("Kepala")
	w.desk.Add(head)
	sent, err := head.In(w.desk.ID()).Text("/daftar dishub kepala")
	if err != nil {
		t.Fatal(err)
	}
	ask := w.wait(t, w.desk.ID(), sent.MessageID, "the request of a head", said("kepala Dishub", fmt.Sprintf("Kepala-%d", head.ID())))
	w.presses(t, w.head.In(w.desk.ID()), ask, "Terima")
	greeted, err := head.In(head.ID()).Text("halo")
	if err != nil {
		t.Fatal(err)
	}
	w.wait(t, head.ID(), greeted.MessageID, "the greeting", said("disposisi untuk Anda sebagai kepala Dishub"))

	ani, code := w.filed(t, two())
	card := w.card(t, code)
	seat := dishub.In(w.desk.ID()).Topic(card.ThreadID)
	w.presses(t, seat, card, "Disposisi")
	who := w.wait(t, w.desk.ID(), card.MessageID, "the question to whom", said("disposisi ke siapa?"))
	w.presses(t, seat, who, labels(who)[0])
	handed := w.wait(t, head.ID(), 0, "the report in the head's own chat", said("Disposisi dari", code, "lampu PJU mati total"))
	const words = "Tiangnya milik kita, ganti minggu ini"
	w.ears.keepPrivate("the head", words)
	if _, err := head.In(head.ID()).Send(botapi.Out{Text: words, ReplyTo: handed.MessageID}); err != nil {
		t.Fatal(err)
	}
	draft := w.wait(t, w.desk.ID(), card.MessageID, "the draft", said("Jawaban disposisi laporan", code, words))
	for _, m := range w.api.History(ani.p.ID()) {
		if strings.Contains(m.Text, words) {
			t.Fatal("the citizen reads what nobody has sent")
		}
	}
	w.presses(t, seat, draft, "Kirim ke warga")
	w.wait(t, ani.p.ID(), 0, "the answer", said(code, words))
	w.wait(t, head.ID(), handed.MessageID, "that it is answered", said("sudah dijawab ke warga"))

	// Handed up once more, and taken back: the head's chat keeps nothing of it.
	if _, err := seat.Send(botapi.Out{Text: "/disposisi " + code + " kepala sekali lagi"}); err != nil {
		t.Fatal(err)
	}
	again := w.wait(t, head.ID(), handed.MessageID, "the second disposition", said("sekali lagi", code))
	if _, err := seat.Text("/disposisi " + code + " batal"); err != nil {
		t.Fatal(err)
	}
	w.wait(t, head.ID(), 0, "the letter without its words", func(m botapi.Seen) bool {
		return m.MessageID == again.MessageID && strings.Contains(m.Text, "isinya tidak tampil lagi") && !strings.Contains(m.Text, "lampu PJU")
	})

	w.splits(t, seat, ani, card, code)
	w.nobodyStumbled()
}

// splits makes a second report of a part, joins the two, and parts them.
func (w *world) splits(t *testing.T, seat botapi.Seat, ani *citizen, card botapi.Seen, code string) {
	t.Helper()
	if _, err := seat.Send(botapi.Out{Text: "/pecah " + code + " sampah menumpuk di sampingnya"}); err != nil {
		t.Fatal(err)
	}
	shown := w.wait(t, w.desk.ID(), card.MessageID, "what is about to be made", said("Laporan kedua dari", code, "Belum ada yang dibuat"))
	w.presses(t, seat, shown, "Ya, pisahkan")
	news := w.wait(t, ani.p.ID(), 0, "both numbers", said("dua laporan", code, "sampah menumpuk di sampingnya"))
	first := w.byCode(code)
	if len(first.Parts) != 1 {
		t.Fatalf("%s has %d parts", code, len(first.Parts))
	}
	part := w.byCode(string(first.Parts[0].Code))
	if !strings.Contains(news.Text, string(part.Code)) || part.PartOf == nil || part.PartOf.ID != first.ID || part.Reporter != first.Reporter || !part.Owned() {
		t.Errorf("the second report: %+v, told %q", part, news.Text)
	}
	chief := w.head.In(w.desk.ID())
	if _, err := chief.Text(fmt.Sprintf("/gabung %s %s", part.Code, code)); err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), 0, "that they are one", said(string(part.Code), "digabung ke "+code))
	if _, err := chief.Text(fmt.Sprintf("/pisah %s", part.Code)); err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), 0, "that they are two", said(string(part.Code), "berdiri sendiri lagi"))
	eventually(t, "the part to stand alone", func(context.Context) bool { return w.byCode(string(part.Code)).With == nil })
}

// On WhatsApp the same is done by typed words and numbers, however the group names its people.
func TestAReportIsHandedUpAndSplitOnWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: deskLID})
	w.start()
	ratna := w.colleague(t, "dishub")
	head := w.phone("Kepala")
	w.wa.room.Add(head.Account())
	past := got(w.wa.chief)
	w.writes(t, head, "/daftar dishub kepala")
	ask := w.inRoom(t, w.wa.chief, past, "the request of a head", has("kepala Dishub", "/terima"))
	w.replies(t, w.wa.chief, ask, "1")
	w.inRoom(t, head, 0, "the welcome", has("diterima sebagai kepala Dishub"))
	ctx, cancel := bounded()
	defer cancel()
	if _, err := head.Text(ctx, w.wa.office.LID(), "halo"); err != nil {
		t.Fatal(err)
	}
	w.reads(t, head, "@lid", 0, "the greeting", has("disposisi untuk Anda sebagai kepala Dishub"))

	siti, code := w.called(t, two())
	card := w.waCard(t, ratna, code)
	w.replies(t, ratna, card, "disposisi kepala mohon arahan")
	handed := w.reads(t, head, "@lid", 0, "the report in the head's own chat", has("Disposisi dari", code, "lampu PJU mati total"))
	const words = "Tiangnya milik kita, ganti minggu ini"
	w.replies(t, head, handed, words)
	draft := w.inRoom(t, ratna, 0, "the draft", has("Jawaban disposisi laporan", code, words))
	w.replies(t, ratna, draft, "1")
	siti.hears(t, "the answer", code, words)
	w.reads(t, head, "@lid", 0, "that it is answered", has("sudah dijawab ke warga"))

	w.replies(t, ratna, card, "pecah sampah menumpuk di sampingnya")
	shown := w.inRoom(t, ratna, 0, "what is about to be made", has("Laporan kedua dari", code))
	w.replies(t, ratna, shown, "1")
	news := siti.hears(t, "both numbers", "dua laporan", code, "sampah menumpuk di sampingnya")
	first := w.byCode(code)
	if len(first.Parts) != 1 || !strings.Contains(news.Text, string(first.Parts[0].Code)) {
		t.Fatalf("%s has %d parts, told %q", code, len(first.Parts), news.Text)
	}
	part := string(first.Parts[0].Code)
	w.writes(t, w.wa.chief, "/gabung "+part+" "+code)
	w.inRoom(t, w.wa.chief, 0, "that they are one", has(part, "digabung ke "+code))
	w.writes(t, w.wa.chief, "/pisah "+part)
	w.inRoom(t, w.wa.chief, 0, "that they are two", func(m warelay.Received) bool {
		return strings.Contains(m.Text, part) && strings.Contains(m.Text, "berdiri sendiri lagi")
	})
	if r := w.byCode(part); r.With != nil || !r.Owned() {
		t.Errorf("the part: %+v", r)
	}
	w.nobodyStumbled()
}
