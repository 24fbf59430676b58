package desk_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// over is a hall whose report Budi said to be done, or refused, so long ago that the citizen knows.
func over(t *testing.T, how string) *hall {
	t.Helper()
	r := newHall(t)
	var body bot.Body = bot.Text{Text: r.code + " tolak bohong lampunya menyala semua waktu kami periksa"}
	if how == "selesai" {
		body = bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}, Caption: r.code + " selesai lampunya sudah diganti"}
	}
	if b := r.hears(body); told(b) == "" {
		t.Fatalf("%s: %q", how, asked(b).Message.Text)
	}
	r.now = r.now.Add(time.Minute)
	r.deliver()
	return r
}

// Whatever the words: an officer who said in error that something is done takes it back, the citizen is told, and nothing of what was said
// goes out as an answer.
func TestDoneIsTakenBack(t *testing.T) {
	t.Parallel()
	for i, words := range []string{
		"batalin selesainya, salah laporan", "selesainya dibatalkan, salah laporan", "belum jadi selesai", "eh belum selesai ding", "belum selesai pak", "maaf belum beres", "ternyata belum kelar", "waduh blm selesai, salah laporan",
		"batal selesai", "ga jadi selesai", "selesainya salah pencet", "salah pencet selesai", "selesai tadi keliru, lampunya masih mati", "tarik selesainya", "selesainya ditarik dulu ya pak", "cancel selesainya", "kepencet selesai",
		"/belumselesai salah pencet", "belum tuntas", "batalkan status selesai",
	} {
		r := over(t, "selesai")
		said, how := words, []func(*bot.Event){replying(r.card)}
		if i%2 == 0 && !strings.HasPrefix(words, "/") {
			said, how = r.code+" "+words, nil
		}
		b := r.hears(bot.Text{Text: said}, how...)
		facts := changed(b)
		if len(facts) != 1 || facts[0].What != report.WasReopened || !strings.Contains(told(b), "keliru") || answered(b) {
			t.Errorf("%q: %+v, the citizen reads %q, the room %q", words, facts, told(b), asked(b).Message.Text)
		}
	}
	for _, words := range []string{"batalin", "salah pencet", "batal", "urungkan", "salah kirim"} {
		r := over(t, "selesai")
		b := r.hears(bot.Text{Text: r.code + " " + words})
		if told(b) != "" || len(b.Changes) != 0 || !strings.Contains(asked(b).Message.Text, "alasan") {
			t.Errorf("%q: the citizen reads %q, the room %q", words, told(b), asked(b).Message.Text)
			continue
		}
		b = r.hears(bot.Text{Text: "salah laporan"}, replying(r.lies(asked(b))))
		if facts := changed(b); len(facts) != 1 || facts[0].What != report.WasReopened || facts[0].Words != "salah laporan" {
			t.Errorf("%q, then a reason: %+v, %q", words, facts, asked(b).Message.Text)
		}
	}
}

// While the news is held it is taken back unread; of a report that nobody called done, the same words are what they were.
func TestDoneIsTakenBackInTime(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"belum selesai ding", "batalin selesainya", "batalin", "salah pencet"} {
		r := newHall(t)
		r.hears(bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}, Caption: r.code + " selesai lampunya sudah diganti"})
		b := r.hears(bot.Text{Text: r.code + " " + words})
		if facts := changed(b); len(facts) != 1 || facts[0].What != report.WasWithdrawn || told(b) != "" {
			t.Errorf("%q: %+v, %q", words, facts, asked(b).Message.Text)
		}
	}
	r := newHall(t)
	if b := r.hears(bot.Text{Text: r.code + " belum selesai pak, besok kami lanjutkan"}); !answered(b) {
		t.Errorf("of one that is open: %q", asked(b).Message.Text)
	}
}

// Words to the citizen of what is over are asked about: to open it again and send them, or only to send them.
func TestWordsAfterTheEndAreAskedAbout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ how, words, who, choice, facts string }{
		{"selesai", "besok kami cek lagi", "Budi", "1", "answered"},
		{"selesai", "besok kami cek lagi", "Budi", "buka lagi", "reopened answered"},
		{"selesai", "besok kami cek lagi ke lokasi bersama tim", "Rina", "2", "reopened answered"},
		{"selesai", "/tanya lampunya masih nyala pak?", "Budi", "2", "reopened asked"},
		{"selesai", "besok kami cek lagi", "Budi", "3", "noted"},
		{"selesai", "besok kami cek lagi", "Budi", "tidak jadi", ""},
		{"tolak", "besok kami cek lagi", "Budi", "kirim saja", "answered"},
		{"tolak", "besok kami cek lagi", "Rina", "buka lagi", "reopened answered"},
		{"tolak", "/balas besok kami cek lagi", "Rina", "1", "answered"},
	} {
		r := over(t, c.how)
		said, how := r.code+" "+c.words, []func(*bot.Event){by(c.who)}
		if strings.HasPrefix(c.words, "/") {
			said, how = c.words, append(how, replying(r.card))
		}
		b := r.hears(bot.Text{Text: said}, how...)
		if told(b) != "" || len(b.Changes) != 0 || !strings.Contains(asked(b).Message.Text, "sudah "+map[string]string{"selesai": "selesai", "tolak": "ditolak"}[c.how]) {
			t.Errorf("%+v: the citizen reads %q, the room %q", c, told(b), asked(b).Message.Text)
			continue
		}
		b = r.hears(bot.Text{Text: c.choice}, replying(r.lies(asked(b))), by(c.who))
		var got []string
		for _, f := range changed(b) {
			got = append(got, string(f.What))
		}
		if strings.Join(got, " ") != c.facts {
			t.Errorf("%+v: %v, the room reads %q", c, got, asked(b).Message.Text)
		}
	}
}

// The card of what is over keeps its end, and why, beside the last words.
func TestTheCardKeepsTheEnd(t *testing.T) {
	t.Parallel()
	for how, end := range map[string]string{"selesai": "lampunya sudah diganti", "tolak": "lampunya menyala semua"} {
		r := over(t, how)
		b := r.hears(bot.Text{Text: r.code + " terima kasih sudah melapor, pak"})
		b = r.hears(bot.Text{Text: "1"}, replying(r.lies(asked(b))))
		if !answered(b) {
			t.Fatalf("%s: %q", how, asked(b).Message.Text)
		}
		r.deliver()
		card := r.sent[0].m.Text
		if !strings.Contains(card, "terima kasih sudah melapor") || !strings.Contains(card, end) {
			t.Errorf("%s: the card is %q", how, card)
		}
	}
}
