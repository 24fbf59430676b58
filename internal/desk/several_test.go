package desk_test

import (
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// whats are what the facts of a batch say happened.
func whats(facts []report.Fact) string {
	var out []string
	for _, f := range facts {
		out = append(out, string(f.What))
	}
	return strings.Join(out, " ")
}

// Two orders in one line are both done; what moves the report away is done last, and what cannot be done is said.
func TestTwoOrdersInOneLine(t *testing.T) {
	t.Parallel()
	for i, c := range []struct{ said, facts, room string }{
		{"ambil terus rencanakan tgl 20 desember nunggu alat berat", "taken planned", ""},
		{"ambil lalu rencanakan 20-12-2026 nunggu alat berat", "taken planned", ""},
		{"teruskan ke pupr, sekalian bilang warga kami minta maaf terlambat", "answered forwarded", ""},
		{"terusin ke pupr trus kasih tau pelapornya kalau ini urusan pupr, mohon ditunggu", "answered forwarded", ""},
		{"ambil dan tanyakan warganya tiang nomor berapa", "taken asked", ""},
		{"ambil terus catat tiangnya keropos", "taken noted", ""},
		{"ambil terus rencanakan nunggu alat berat", "taken", "Sampai kapan"},
		{"ambil terus pecah", "taken", ""},
	} {
		r := newHall(t)
		said, how := c.said, []func(*bot.Event){replying(r.card)}
		if i%2 == 0 {
			said, how = r.code+" "+said, nil
		}
		b := r.hears(bot.Text{Text: said}, how...)
		room := ""
		for _, l := range b.Letters {
			room += l.Message.Text
		}
		if got := whats(changed(b)); got != c.facts || !strings.Contains(room, c.room) {
			t.Errorf("%q: %s, the room reads %q", c.said, got, room)
		}
	}
}

// Words with two numbers are asked about, and one yes sends them to both.
func TestTwoReportsInOneLine(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"siap, A sama B kami kerjakan besok pagi", "A dan B besok pagi kami kerjakan", "A, B: besok kami kerjakan ya pak", "besok pagi kami kerjakan A sama B"} {
		r := newHall(t)
		r.file("penerangan_jalan", []string{"dari=62899"}, "lampu lain mati")
		r.deliver()
		second := string(r.mem.Reports()[1].Code)
		b := r.hears(bot.Text{Text: strings.NewReplacer("A", r.code, "B", second).Replace(said)})
		if q := asked(b).Message.Text; len(b.Changes) != 0 || !strings.Contains(q, "dua-duanya") {
			t.Errorf("%q: %q", said, q)
			continue
		}
		b = r.hears(bot.Text{Text: "ya"}, replying(r.lies(asked(b))))
		facts := changed(b)
		if whats(facts) != "answered answered" || facts[0].Report == facts[1].Report || strings.Contains(facts[0].Words, "CTH") {
			t.Errorf("%q: %+v, %q", said, facts, asked(b).Message.Text)
		}
	}
}

// What an officer knows of a report that waits for the coordinator is passed on by one yes.
func TestWordsForWhatWaitsAtTheCoordinator(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"udah kami cek, bsk dikerjakan", "besok kami kerjakan ya pak", "selesai lampunya sudah nyala"} {
		r := newHall(t)
		r.hears(bot.Text{Text: "/teruskan " + r.code + " koordinator"}, by("Rina"))
		b := r.hears(bot.Text{Text: r.code + " " + said})
		if len(b.Changes) != 0 || !strings.Contains(asked(b).Message.Text, "Catatkan untuk koordinator?") {
			t.Errorf("%q: %q", said, asked(b).Message.Text)
			continue
		}
		b = r.hears(bot.Text{Text: "1"}, replying(r.lies(asked(b))))
		if whats(changed(b)) != "noted" || told(b) != "" {
			t.Errorf("%q: %+v, %q", said, changed(b), asked(b).Message.Text)
		}
	}
}

// A refusal that was only asked for is called off by any words.
func TestARefusalIsCalledOff(t *testing.T) {
	t.Parallel()
	for i, words := range []string{"batalin penolakannya", "jadi dikerjakan aja, tolaknya batal", "batal", "ga jadi", "penolakannya dibatalkan", "gak jadi ditolak"} {
		r, q := rejecting(t, "bohong")
		b := r.hears(bot.Text{Text: words}, replying(q))
		if len(b.Changes) != 0 || told(b) != "" || asked(b).Message.Text == "" {
			t.Errorf("%q: the citizen reads %q, the room %q", words, told(b), asked(b).Message.Text)
		}
		if i > 1 {
			continue
		}
		b = r.hears(bot.Text{Text: r.code + " " + words})
		if len(b.Changes) != 0 || !strings.Contains(asked(b).Message.Text, "Belum ada penolakan") {
			t.Errorf("%q by its number: the room reads %q", words, asked(b).Message.Text)
		}
	}
	r := over(t, "tolak")
	if b := r.hears(bot.Text{Text: r.code + " bukalagi salah alihkan"}, by("Rina")); whats(changed(b)) != "reopened" {
		t.Errorf("bukalagi: %q", asked(b).Message.Text)
	}
}

// A bare /terima grants nothing: of one request alone it shows what is asked for now, which may not be what was read; of two it is asked.
func TestTheOnlyRequestIsShownBeforeItIsAccepted(t *testing.T) {
	t.Parallel()
	r := newHall(t)
	r.hears(bot.Text{Text: "/daftar dishub"}, by("Cici"))
	r.hears(bot.Text{Text: "/daftar koordinator"}, by("Cici"))
	b := r.hears(bot.Text{Text: "/terima"}, by("Rina"))
	if len(b.Changes) != 0 {
		t.Fatalf("nobody has read what Cici asks for now: %+v", b)
	}
	shown := slices.IndexFunc(b.Letters, func(l ledger.Letter) bool { return l.Message.Menu != nil && strings.Contains(l.Message.Text, "Cici") })
	if shown < 0 || !strings.Contains(b.Letters[shown].Message.Text, "oordinator") {
		t.Fatalf("the request is not shown anew: %+v", b.Letters)
	}
	if b = r.hears(bot.Text{Text: "/terima"}, replying(r.lies(b.Letters[shown])), by("Rina")); !strings.Contains(asked(b).Message.Text, "Cici diterima sebagai") {
		t.Errorf("in reply to the request it is accepted: %q", asked(b).Message.Text)
	}
	r.hears(bot.Text{Text: "/daftar dishub"}, by("Dodo"))
	r.hears(bot.Text{Text: "/daftar dishub"}, by("Eko"))
	if b := r.hears(bot.Text{Text: "/terima"}, by("Rina")); len(b.Changes) != 0 {
		t.Errorf("of two: %+v", b.Changes)
	}
}

// Whose matter it is, said in passing, offers to hand it over; a time that is no date is asked about in its own words.
func TestWhoseItIsOffersTheWay(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"ini punya provinsi, jalan provinsi", "ini milik pemprov pak", "urusan PLN ini mah", "asetnya punya provinsi"} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: r.code + " " + said}, by("Rina"))
		if len(b.Changes) != 0 || !strings.Contains(asked(b).Message.Text, "Alihkan ") {
			t.Errorf("%q: %q, the citizen reads %q", said, asked(b).Message.Text, told(b))
			continue
		}
		if b = r.hears(bot.Text{Text: "ya"}, replying(r.lies(asked(b))), by("Rina")); whats(changed(b)) != "transferred" {
			t.Errorf("%q, then yes: %+v, %q", said, changed(b), asked(b).Message.Text)
		}
	}
	for _, said := range []string{"ini punya dpupr bukan kita", "itu urusan dpupr pak", "wah ini bagian dpupr"} { // of another office of the city
		r := newHall(t)
		b := r.hears(bot.Text{Text: said}, replying(r.card), by("Budi"))
		if len(b.Changes) != 0 || !strings.Contains(asked(b).Message.Text, "Teruskan ") {
			t.Errorf("%q: %q, the citizen reads %q", said, asked(b).Message.Text, told(b))
			continue
		}
		if b = r.hears(bot.Text{Text: "ya"}, replying(r.lies(asked(b))), by("Budi")); whats(changed(b)) != "forwarded" {
			t.Errorf("%q, then yes: %+v, %q", said, changed(b), asked(b).Message.Text)
		}
	}
	r := newHall(t)
	if q := asked(r.hears(bot.Text{Text: "iya ini bagian dishub"}, replying(r.card), by("Budi"))).Message.Text; strings.Contains(q, "Teruskan ") {
		t.Errorf("the own office is no other: %q", q)
	}
	for said, want := range map[string]string{"kemarin nunggu alat": "sudah lewat", "abis lebaran": "belum pasti", "menunggu anggaran": "belum ada tanggalnya"} {
		r := newHall(t)
		if q := asked(r.hears(bot.Text{Text: "/rencana " + r.code + " " + said})).Message.Text; !strings.Contains(q, want) {
			t.Errorf("%q: %q", said, q)
		}
	}
}
