package desk_test

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/report"
)

// An office is found by a part of its name, and offered by its first letters; what is the name of none stays unknown.
func TestAnOfficeIsNamedByAPart(t *testing.T) {
	t.Parallel()
	p := serang(t)
	for _, c := range []struct{ said, office, rest string }{
		{"satpol", "SATPOLPP", ""}, {"satpol ini PKL di trotoar", "SATPOLPP", "ini PKL di trotoar"}, {"dpu", "?DPUPR", ""}, {"dinas dpu", "?DPUPR", ""}, {"penataan ruang", "DPUPR", ""}, {"lingkungan", "DLH", ""},
		{"perhub", "?DISHUB", ""}, {"xyz", "", ""}, {"dinas", "", ""}, {"kota", "", ""}, {"sampah di pasar", "", ""},
	} {
		if codes, _ := desk.FindOffice(p, c.said); len(codes) > 0 {
			t.Errorf("%q is known already: %v", c.said, codes)
		}
		near, sure, rest := desk.NearOffices(p, c.said)
		office, offered := strings.CutPrefix(c.office, "?")
		switch {
		case office == "" && len(near) > 0, office != "" && len(near) != 1, office != "" && (near[0].Code != office || sure == offered), sure && rest != c.rest:
			t.Errorf("%q: %v, %v, %q", c.said, near, sure, rest)
		}
	}
	r := newHall(t)
	if room := asked(r.hears(bot.Text{Text: "/daftar dpu"}, by("Tamu"))).Message.Text; !strings.Contains(room, "Maksud Anda") || !strings.Contains(room, "dpupr") {
		t.Errorf("/daftar dpu: %q", room)
	}
}

// Who is no officer yet and says so is told how; officers who talk of it are not.
func TestWhoWantsToBeAnOfficerIsToldHow(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"selamat pagi, saya mau daftar jadi petugas dinas PU": "dpupr", "pak gimana cara daftar jadi petugas dishub": "/daftar dishub", "mau daftar petugas dong": "/daftar",
		"izin bergabung sebagai admin dinas lingkungan hidup": "/daftar dlh", "minta didaftarkan jadi operator dinas pekerjaan umum": "dpupr",
		"daftar petugas upacara besok": "", "mau daftar lomba 17an": "", "petugas kebersihan mau datang": "",
	} {
		r := newHall(t)
		room := asked(r.hears(bot.Text{Text: said}, by("Tamu"))).Message.Text
		if want == "" && room != "" || !strings.Contains(room, want) {
			t.Errorf("%q: %q", said, room)
		}
	}
	r := newHall(t)
	if room := asked(r.hears(bot.Text{Text: "saya mau daftar jadi petugas dinas PU"}, by("Rina"))).Message.Text; room != "" {
		t.Errorf("an officer is told how to become one: %q", room)
	}
}

// A number with a slip offers the one that is near, and what was written goes with it; a number without its last character opens its report.
func TestASlipInANumberLosesNothing(t *testing.T) {
	t.Parallel()
	slips := map[string]func(string) string{
		"last": func(c string) string { return c[:len(c)-1] + other(c[len(c)-1]) }, "first": func(c string) string { return c[:4] + other(c[4]) + c[5:] },
		"small": func(c string) string { return strings.ToLower(c[:len(c)-1] + other(c[len(c)-1])) },
		"apart": func(c string) string { return strings.ReplaceAll(c[:len(c)-1]+other(c[len(c)-1]), "-", " ") },
	}
	for how, slip := range slips {
		r := newHall(t)
		b := r.hears(bot.Text{Text: slip(r.code) + " sudah kami ganti lampunya tadi pagi"}, by("Rina"))
		letter := asked(b)
		if !strings.Contains(letter.Message.Text, "Maksudnya "+r.code) || !strings.Contains(letter.Message.Text, "sudah kami ganti lampunya") || letter.Message.Menu == nil || len(changed(b)) != 0 {
			t.Errorf("%s: %q", how, letter.Message.Text)
		}
	}
	r := newHall(t)
	if b := r.hears(bot.Text{Text: "/selesai " + slips["last"](r.code) + " sudah diganti"}, by("Rina")); !strings.Contains(asked(b).Message.Text, "Maksudnya "+r.code) || len(changed(b)) != 0 {
		t.Errorf("an order with a slip: %q", asked(b).Message.Text)
	}
	if b := r.hears(bot.Text{Text: "/laporan " + strings.ToLower(r.code[4:9])}, by("Rina")); !strings.Contains(asked(b).Message.Text, r.code) || strings.Contains(asked(b).Message.Text, "Laporan yang mana") {
		t.Errorf("a number without its last character: %q", asked(b).Message.Text)
	}
	if b := r.hears(bot.Text{Text: "/laporan CTH-22222-2"}, by("Rina")); strings.Contains(asked(b).Message.Text, "Maksudnya") {
		t.Errorf("what is near nothing is offered something: %q", asked(b).Message.Text)
	}
}

func other(c byte) string {
	if c == 'X' {
		return "Y"
	}
	return "X"
}

// What only who reported can tell or send is asked of him or her, however it is begged for.
func TestAQuestionToWhoReportedIsOffered(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"tolong kirim titik lokasi pastinya dong bu dimana", "mohon share lokasi ya pak", "bisa kirimkan foto lampunya bu", "bu minta tolong sebutkan alamatnya", "tepatnya dimana ya pak", "coba kirim patokannya bu",
		"serlok dong kak", "tolong infokan nomor tiangnya pak"} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: r.code + " " + said}, by("Rina"))
		if menu := asked(b).Message.Menu; len(changed(b)) != 0 || menu == nil || menu.Choices[len(menu.Choices)-1].Label != "❓ Tanyakan ke pelapor" {
			t.Errorf("%q: %q", said, asked(b).Message.Text)
		}
	}
	for _, said := range []string{"sudah kami kirim petugas ke lokasi tadi pagi", "besok tim kami ke lokasi pak, mohon ditunggu ya"} {
		r := newHall(t)
		if b := r.hears(bot.Text{Text: r.code + " " + said}, by("Rina")); !strings.Contains(told(b), said) {
			t.Errorf("%q: %q", said, asked(b).Message.Text)
		}
	}
}

// A plan that an answer tells of with its day is offered, and may still be the answer.
func TestAPlanInAnAnswerIsOffered(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"Jadwal pengerukan hari Kamis 24 Desember oleh tim UPT", "dijadwalkan perbaikan tgl 28 desember nunggu alat", "rencana diganti 30 Des", "masuk agenda pemasangan 29 Desember", "direncanakan tanggal 23 Desember menunggu material"} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: said}, by("Rina"), replying(r.card))
		letter := asked(b)
		if len(changed(b)) > 0 && changed(b)[0].What == report.WasPlanned { // said so plainly that it is done
			continue
		}
		if !strings.Contains(letter.Message.Text, "Rencanakan "+r.code+" sampai") || letter.Message.Menu == nil || letter.Message.Menu.Choices[1].Label != "💬 Kirim sebagai jawaban" {
			t.Errorf("%q: %q", said, letter.Message.Text)
		}
	}
}
