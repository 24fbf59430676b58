package desk_test

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/report"
)

// rejecting is a hall in which Budi was asked for the words of a refusal; the question is where they are replied to.
func rejecting(t *testing.T, reason string) (*hall, bot.MessageRef) {
	t.Helper()
	r := newHall(t)
	q := asked(r.hears(bot.Text{Text: "/tolak " + r.code + " " + reason}))
	if q.Intent != "tolak:"+reason {
		t.Fatalf("asked is %q: %q", q.Intent, q.Message.Text)
	}
	return r, r.lies(q)
}

// What an officer says to a colleague below a question, or that somebody else is asked first, is not what the citizen reads: it is asked about,
// and other words in reply are taken for what was asked.
func TestARemarkIsNoRefusal(t *testing.T) {
	t.Parallel()
	for i, words := range []string{
		"sebentar saya tanya kabid dulu", "bentar ya", "tunggu dulu pak", "nanti saya kabari lagi", "tetangganya si pelapor itu yg salah, polisi", "warganya rewel banget ini", "saya cek dulu", "jangan dikirim dulu ya",
		"ini mah pelapornya yang salah paham terus dari kemarin", "saya koordinasi dulu sama bidang", "masih nunggu arahan", "ndan gimana ini", "Pak Yudi tolong cek", "lagi rapat", "kayaknya bukan deh", "internal: petugas kita yang salah",
	} {
		r, q := rejecting(t, []string{"bukan_wewenang", "bohong", "tidak_jelas"}[i%3])
		b := r.hears(bot.Text{Text: words}, replying(q))
		if told(b) != "" || len(b.Changes) != 0 || asked(b).Message.Text == "" {
			t.Errorf("%q: the citizen reads %q", words, told(b))
			continue
		}
		again := r.lies(asked(b))
		if b := r.hears(bot.Text{Text: "3"}, replying(again)); told(b) != "" || len(b.Changes) != 0 {
			t.Errorf("%q, then no: the citizen reads %q", words, told(b))
		}
		b = r.hears(bot.Text{Text: "PLN: lampu itu milik mereka"}, replying(again))
		if facts := changed(b); len(facts) != 1 || facts[0].What != report.WasRejected || strings.Contains(told(b), words) {
			t.Errorf("%q, then words for the citizen: %+v, %q", words, facts, asked(b).Message.Text)
		}
	}
}

// So it is for what a plan, a word that it is done, and an answer were asked for.
func TestARemarkIsNoAnswerToAnyQuestion(t *testing.T) {
	t.Parallel()
	for _, press := range []string{"balas", "rencana"} {
		for _, words := range []string{"sebentar saya tanya kabid dulu", "jangan dikirim ke warga dulu ya", "si pelapor ini memang rewel", "bentar saya cek dulu"} {
			r := newHall(t)
			q := asked(r.hears(bot.Pick{Menu: "c." + r.code, Choice: press, Message: r.card}))
			b := r.hears(bot.Text{Text: words}, replying(r.lies(q)))
			if told(b) != "" || len(b.Changes) != 0 || asked(b).Message.Text == "" {
				t.Errorf("%q, asked for by %s: the citizen reads %q", words, press, told(b))
			}
		}
	}
}

// A question for a name is asked again where none was said, and keeps what was; a name that is on no list is taken the second time.
func TestAMissingNameIsAskedAgain(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"PLN", "pln pak", "Perhutani"} {
		r, q := rejecting(t, "bukan_wewenang")
		b := r.hears(bot.Text{Text: "tiang itu dipasang pihak lain sebelum jalannya ada"}, replying(q))
		if told(b) != "" || !strings.Contains(asked(b).Message.Text, "Siapa yang berwenang") {
			t.Fatalf("the citizen reads %q, the room %q", told(b), asked(b).Message.Text)
		}
		b = r.hears(bot.Text{Text: name}, replying(r.lies(asked(b))))
		if got := told(b); !strings.Contains(got, "tiang itu dipasang pihak lain") {
			t.Errorf("%q: the citizen reads %q, the room %q", name, got, asked(b).Message.Text)
		}
	}
}

// A missing date is asked for again, and the reason stands.
func TestAMissingDateIsAskedAgain(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"menunggu anggaran", "nunggu alat berat dari provinsi", "regunya penuh"} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: "/rencana " + r.code + " " + words})
		for range 2 {
			if told(b) != "" || !strings.Contains(asked(b).Message.Text, "anggal") {
				t.Fatalf("%q: the citizen reads %q, the room %q", words, told(b), asked(b).Message.Text)
			}
			b = r.hears(bot.Text{Text: "31 desember 2026"}, replying(r.lies(asked(b))))
			if got := told(b); strings.Contains(got, words) && strings.Contains(got, "31 Desember 2026") {
				break
			}
			t.Errorf("%q: the citizen reads %q, the room %q", words, told(b), asked(b).Message.Text)
		}
	}
}

// What only belittles tells a citizen nothing: it is asked what is to be read.
func TestAnInsultIsNoReason(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"tolak bohong iseng", "tolak bohong, ngaco", "tolak bohong: lebay banget", "tolak bohong caper doang", "tolak bohong orangnya iseng aja nih", "tolak bohong cari perhatian", "tolak tidak_jelas ngeprank"} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: r.code + " " + words})
		if told(b) != "" || len(b.Changes) != 0 || !strings.Contains(asked(b).Message.Text, "dibaca") {
			t.Errorf("%q: the citizen reads %q, the room %q", words, told(b), asked(b).Message.Text)
			continue
		}
		b = r.hears(bot.Text{Text: "kami sudah ke lokasi, lampunya menyala semua"}, replying(r.lies(asked(b))))
		if !strings.Contains(told(b), "lampunya menyala semua") {
			t.Errorf("%q, explained: the citizen reads %q", words, told(b))
		}
	}
}

// An alarm is refused only after a yes.
func TestAnAlarmIsNotRefusedByTheWay(t *testing.T) {
	t.Parallel()
	for _, yes := range []string{"1", "ya", "ya tolak"} {
		s := newStage(t)
		s.file("penerangan_jalan", []string{"darurat"}, "kabel putus menyala")
		s.deliver()
		r := &hall{stage: s, code: string(s.mem.Reports()[0].Code), card: s.sent[0].ref}
		b := r.hears(bot.Text{Text: r.code + " tolak bohong kami sudah ke lokasi, tidak ada kabel putus"}, by("Rina"))
		if told(b) != "" || len(b.Changes) != 0 || !strings.Contains(asked(b).Message.Text, "darurat") {
			t.Fatalf("the citizen reads %q, the room %q", told(b), asked(b).Message.Text)
		}
		b = r.hears(bot.Text{Text: yes}, replying(r.lies(asked(b))), by("Rina"))
		if facts := changed(b); len(facts) != 1 || facts[0].What != report.WasRejected {
			t.Errorf("%q: %+v, %q", yes, facts, asked(b).Message.Text)
		}
	}
}

// Who outside the government gets a matter that is none of theirs is asked first; what fits goes, and can be taken back for a moment.
func TestAStrangeTransferIsAskedAbout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		category, text, said string
		asks                 bool
	}{
		{"sampah", "sampah menumpuk di pasar", "/alihkan NUMBER pln", true},
		{"sampah", "sampah menumpuk di pasar", "/alihkan NUMBER pln no. K-123", false},
		{"jalan", "jalan berlubang", "NUMBER alihkan ke PLN aja ini punya pln", true},
		{"jalan", "jalan berlubang", "/teruskan NUMBER pln", true},
		{"jalan", "jalan berlubang", "NUMBER lempar ke pln", true},
		{"jalan", "gardu listrik meledak di jalan", "NUMBER alihkan ke PLN", false},
		{"jalan", "tiang di tengah jalan", "NUMBER alihkan ke pln, itu tiang listrik mereka", false},
	} {
		s := newStage(t)
		s.file(c.category, nil, c.text)
		s.deliver()
		r := &hall{stage: s, code: string(s.mem.Reports()[0].Code), card: s.sent[0].ref}
		b := r.hears(bot.Text{Text: strings.ReplaceAll(c.said, "NUMBER", r.code)}, by("Rina"))
		if asks := len(b.Changes) == 0 && strings.Contains(asked(b).Message.Text, "Tetap alihkan?"); asks != c.asks {
			t.Errorf("%q of %q: the citizen reads %q, the room %q", c.said, c.text, told(b), asked(b).Message.Text)
			continue
		}
		if c.asks {
			b = r.hears(bot.Text{Text: "ya"}, replying(r.lies(asked(b))), by("Rina"))
		}
		if facts := changed(b); len(facts) != 1 || facts[0].What != report.WasTransferred {
			t.Errorf("%q of %q: %+v, %q", c.said, c.text, facts, asked(b).Message.Text)
		}
	}
}

// Handing over to somebody outside is held, as answers are, and taken back whole.
func TestATransferIsTakenBack(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.file("-", nil, "listrik rumah padam")
	s.deliver()
	r := &hall{stage: s, code: string(s.mem.Reports()[0].Code), card: s.sent[0].ref}
	was := s.mem.Reports()[0]
	r.hears(bot.Text{Text: "/alihkan " + r.code + " pln"}, by("Rina"))
	b := r.hears(bot.Text{Text: r.code + " batalin"}, by("Rina"))
	if facts := changed(b); len(facts) != 1 || facts[0].What != report.WasWithdrawn {
		t.Fatalf("%+v, %q", facts, asked(b).Message.Text)
	}
	if now := s.mem.Reports()[0]; now.Status != was.Status || now.Owner != was.Owner {
		t.Errorf("it stands at %q of %q, and stood at %q of %q", now.Status, now.Owner, was.Status, was.Owner)
	}
}
