package desk_test

import (
	"context"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// shownCanned is a hall in which Budi was shown what lies ready, with the message that shows it.
func shownCanned(t *testing.T) (*hall, bot.MessageRef) {
	t.Helper()
	r := newHall(t)
	b := r.hears(bot.Text{Text: "/jawab lampu"}, replying(r.card))
	if told(b) != "" {
		t.Fatal("what was only shown went to the citizen")
	}
	r.deliver()
	last := r.sent[len(r.sent)-1]
	if !strings.Contains(last.m.Text, "belum dikirim") {
		t.Fatalf("the last message is %q", last.m.Text)
	}
	return r, last.ref
}

// What officers write to the words that were shown: a choice, other words for the citizen, or neither.
func TestWhatIsSaidToACannedAnswer(t *testing.T) {
	t.Parallel()
	const ready = "Lampu di Kel. Sukawana, Kec. Kota kami jadwalkan untuk diperiksa."
	for _, c := range []struct {
		said  string
		sent  string // "" where the citizen hears nothing
		reads string // in the room
	}{
		{"kirim", ready, "dalam 20 detik"},
		{"Kirim aja", ready, "dalam 20 detik"},
		{"ya kirim sekarang pak", ready, "dalam 20 detik"},
		{"kirimkan ke warga dong", ready, "dalam 20 detik"},
		{"jangan kirim", "", "tidak ada yang dikirim"},
		{"jangan dikirim dulu", "", "tidak ada yang dikirim"},
		{"cancel", "", "tidak ada yang dikirim"},
		{"kirim foto lampunya kalau sudah kami pasang ya", "kirim foto lampunya", "dalam 20 detik"},
		{"ya", ready, "dalam 20 detik"},
		{"1", ready, "dalam 20 detik"},
		{"1️⃣", ready, "dalam 20 detik"},
		{"Kirim ke warga", ready, "dalam 20 detik"},
		{"batal", "", "tidak ada yang dikirim"},
		{"Tidak jadi", "", "tidak ada yang dikirim"},
		{"gak jadi pak", "", "tidak ada yang dikirim"},
		{"jangan dikirim", "", "tidak ada yang dikirim"},
		{"2", "", "tidak ada yang dikirim"},
		{"3", "", "belum dikirim"},
		{"👍", "", "belum dikirim"},
		{"siap", "", "belum dikirim"},
		{"siap ndan", "", "belum dikirim"},
		{"oke", "", "belum dikirim"},
		{"86", "", "belum dikirim"},
		{"Lampunya kami perbaiki besok pagi.", "Lampunya kami perbaiki besok pagi.", "dalam 20 detik"},
		{"kami teruskan ke regu PJU ya pak", "kami teruskan ke regu PJU ya pak", "dalam 20 detik"},
		{"Selesai kami periksa, lampunya diganti besok.", "Selesai kami periksa, lampunya diganti besok.", "dalam 20 detik"},
		{"selesai", "", "Belum saya kirim"},
		{"teruskan pupr", "", "Belum saya kirim"},
		{"/jawab", "", "pilih jawaban siap"},
		{"/catatan sudah ditelepon", "", "tidak melihatnya"},
	} {
		r, ref := shownCanned(t)
		b := r.hears(bot.Text{Text: c.said}, replying(ref))
		if got := told(b); (got != "") != (c.sent != "") || !strings.Contains(got, c.sent) {
			t.Errorf("%q: the citizen reads %q", c.said, got)
		}
		if got := asked(b).Message.Text; !strings.Contains(got, c.reads) {
			t.Errorf("%q: the room reads %q", c.said, got)
		}
	}
}

// The ways to the list and to one answer of it.
func TestCannedIsAskedForInOtherWords(t *testing.T) {
	t.Parallel()
	const list = "pilih jawaban siap"
	for said, want := range map[string]string{
		"/jawab": list, "/templat": list, "/template": list, "/jawaban_siap": list, "/JAWAB": list, "jawaban siap": list, "Jawaban siap dong": list,
		"templat": list, "template pak": list, "tolong templat": list,
		"/jawab 1": "Lampu dijadwalkan", "/jawab 2": "Sudah kami terima", "/jawab LAMPU DIJADWALKAN": "Lampu dijadwalkan", "/jawab foto": "Minta foto",
		"/templat batas": "Dijawab sebelum", "templat lampu": "Lampu dijadwalkan", "jawaban siap 3": "Minta foto",
		"/jawab 0": "1 sampai 4", "/jawab 5": "1 sampai 4", "/jawab 99": "1 sampai 4", "/jawab di": "Belum saya kirim", "/jawab ndan": "Belum saya kirim",
	} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: said}, replying(r.card))
		if got := asked(b).Message.Text; told(b) != "" || !strings.Contains(got, want) {
			t.Errorf("%q: the room reads %q, the citizen %q", said, got, told(b))
		}
	}
}

// Two officers who put something by at once: the second one decides anew, and nothing is lost.
func TestTwoPutByAtOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	decide := func(name, text string) ledger.Batch {
		b, err := s.desk.Handle(context.Background(), bot.Event{ID: bot.EventID(name), Chat: s.office.Desk, Group: true, At: s.now,
			From: bot.Person{ID: name, Name: name}, Body: bot.Text{Text: text}})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	budi, sari := decide("Budi", "/jawabtetap Satu: Isi satu."), decide("Sari", "/jawabtetap Dua: Isi dua.")
	if err := s.mem.Commit(context.Background(), budi); err != nil {
		t.Fatal(err)
	}
	if err := s.mem.Commit(context.Background(), sari); err == nil {
		t.Fatal("what was decided on an older shelf was written")
	}
	if err := s.mem.Commit(context.Background(), decide("Sari", "/jawabtetap Dua: Isi dua.")); err != nil {
		t.Fatal(err)
	}
	if shelf, err := s.mem.Shelf(context.Background(), "DISHUB"); err != nil || len(shelf.Answers) != 2 {
		t.Errorf("the shelf holds %+v, %v", shelf, err)
	}
}
