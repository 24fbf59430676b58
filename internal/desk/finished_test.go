package desk_test

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
)

// Words that the work is done are known by what was done, in whatever tongue; what was only looked at, is done in part or is to come is not done.
func TestWordsThatTheWorkIsDone(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"sudah kami ganti lampunya", "udah diangkut tadi malem pak", "lubangnya sdh ditutup aspal", "wis didandani dalane bu", "geus dibenerkeun pipana", "sampun dipasang malih lampune", "pohonnya telah kami tebang",
		"Alhamdulillah air sudah mengalir lagi", "beres pak, got sudah bersih", "selesai, akta sudah kami betulkan silakan diambil", "hasil perbaikan", "PJU sudah menyala kembali, terima kasih laporannya", "sudah kami tambal, kalau rusak lagi kabari kami",
		"kartunya udah jadi bu", "sampah sudah terangkut semua"} {
		if !desk.SaysDone(said) {
			t.Errorf("%q is not taken for done", said)
		}
	}
	for _, said := range []string{"sudah kami cek pak", "sudah kami teruskan ke bidang terkait", "laporan sudah kami terima", "besok kami ganti lampunya", "sudah ditambal sebagian, sisanya besok", "belum selesai pak", "sudah dijadwalkan perbaikan", "lampunya sedang diganti",
		"sudah diperbaiki?", "tim sudah di lokasi", "sudah kami koordinasikan dengan PLN", "petugas sudah meluncur ke lokasi", "kalau sudah diperbaiki kami kabari", "sudah kami anggarkan tahun depan", "can beres pak", "sudah kami data", "sudah disampaikan ke dinas terkait",
		"mohon maaf alat masih rusak", "baru diganti sebelah kiri", "sudah masuk rencana perbaikan", "sudah terlalu lama ya pak, kami mohon maaf"} {
		if desk.SaysDone(said) {
			t.Errorf("%q is taken for done", said)
		}
	}
}

// An order that only points at something gets a word back, with the command that would do it; what is only told is people's talk.
func TestAnOrderThatOnlyPointsIsAskedWhich(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{"pisahin yg tadi": "/pisah", "pisahin yang barusan digabung": "/pisah", "yg barusan tolong ditolak": "/tolak", "tolak yang tadi aja": "/tolak", "selesaiin yg barusan pak": "/selesai", "pisahkan lagi dong yang kemarin": "/pisah", "ambil yg tadi": "/ambil", "terusin yg tadi ke pupr": "/teruskan",
		"pisahkan sampah organik": "", "tadi macet banget di ciceri": "", "yang tadi lucu": "", "ambil nasi kotak yang tadi": ""} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: said}, by("Rina"))
		if text := asked(b).Message.Text; want == "" && text != "" || !strings.Contains(text, want) || len(changed(b)) != 0 {
			t.Errorf("%q: %q", said, text)
		}
	}
}

// A number that lacks its last character shows its report, and words behind it are asked about and kept.
func TestANumberWithoutItsLastCharacter(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"lapor SHORT", "SHORT", "laporan SHORT", "no SHORT"} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: strings.ReplaceAll(said, "SHORT", "cth "+r.code[4:9])}, by("Budi"))
		if text := asked(b).Message.Text; !strings.Contains(text, r.code) || !strings.Contains(text, "Status") {
			t.Errorf("%q: %q", said, text)
		}
	}
	r := newHall(t)
	b := r.hears(bot.Text{Text: "CTH-" + r.code[4:9] + " besok kami ganti lampunya bu"}, by("Budi"))
	if letter := asked(b); !strings.Contains(letter.Message.Text, "Maksudnya "+r.code) || !strings.Contains(letter.Message.Text, "besok kami ganti lampunya bu") || letter.Message.Menu == nil || told(b) != "" {
		t.Errorf("%q", letter.Message.Text)
	}
}

// A day of the week is the next such day; what was said beside a date that cannot be read is kept.
func TestTheNextSuchDay(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{"rabu nunggu material": "Rabu, 25 November", "senin alat datang": "Senin, 30 November", "besok kamis pengecoran": "Kamis, 26 November",
		"tgl 5 januari pengecatan": "Selasa, 5 Januari", "rebo ngenteni semen": "Rabu, 25 November"} {
		r := newHall(t)
		if b := r.hears(bot.Text{Text: "/rencana " + r.code + " " + said}, by("Budi")); !strings.Contains(told(b), want) {
			t.Errorf("%q: the citizen reads %q, the room %q", said, told(b), asked(b).Message.Text)
		}
	}
	r := newHall(t)
	room := asked(r.hears(bot.Text{Text: "/rencana " + r.code + " 31-02-2027 pengecatan marka"}, by("Budi")))
	if !strings.Contains(room.Message.Text, "pengecatan marka") {
		t.Errorf("%q", room.Message.Text)
	}
	if b := r.hears(bot.Text{Text: "28-02-2027"}, by("Budi"), replying(r.lies(room))); !strings.Contains(told(b), "pengecatan marka") || !strings.Contains(told(b), "28 Februari 2027") {
		t.Errorf("the citizen reads %q, the room %q", told(b), asked(b).Message.Text)
	}
}

// A photo with words that take a report goes nowhere, and its sender is told.
func TestAPhotoThatGoesNowhereIsTold(t *testing.T) {
	t.Parallel()
	r := newHall(t)
	b := r.hears(bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}, Caption: "otw lokasi"}, by("Budi"), replying(r.card))
	if text := asked(b).Message.Text; !strings.Contains(text, "Anda ambil") || !strings.Contains(text, "tidak ikut") {
		t.Errorf("%q", text)
	}
}
