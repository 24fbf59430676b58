package desk_test

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// Lists are asked for in words, where a line plainly does.
func TestListsInWords(t *testing.T) {
	t.Parallel()
	p, lx := serang(t), answer.Must()
	for words, want := range map[string]desk.Verb{
		"tugas saya apa aja": desk.Tasks, "tugas kita hari ini apa": desk.Tasks, "yang telat apa aja": desk.Tasks, "yg telat mana aja pak": desk.Tasks, "laporan yang masih terbuka": desk.Tasks, "daftar tugas dong": desk.Tasks,
		"laporan yang belum dijawab apa aja": desk.Tasks, "min tugas saya": desk.Tasks, "lihat tugas": desk.Tasks,
		"cari sampah pasar rau": desk.Find, "cariin lampu ciceri dong": desk.Find, "tolong cari jalan veteran": desk.Find,
		"statistik bulan ini dong": desk.Count, "rekap bulan lalu": desk.Count, "statistik minggu ini pak": desk.Count,
		"siapa yang piket sekarang": desk.Duty, "siapa piket malam ini": desk.Duty, "yang piket siapa": desk.Duty, "piket siapa sekarang": desk.Duty,
		"pada makan apa nih": desk.Silent, "cari makan yuk": desk.Silent, "tugas saya udah kelar semua tinggal pulang": desk.Silent, "statistik bola tadi malam": desk.Silent, "siapa yang mau kopi": desk.Silent, "besok piket bareng siapa ya": desk.Silent,
		"yang telat bayar arisan siapa": desk.Silent, "laporan keuangan sudah dikirim": desk.Silent, "rekap absen kirim ke bu Ani": desk.Silent, "tugas": desk.Tasks, "tugas pak": desk.Tasks, "tugas negara": desk.Silent, "cari siapa pak?": desk.Silent, "apa kabar semua": desk.Silent, "batal": desk.Loose, "batalin": desk.Loose, "salah kirim": desk.Loose,
	} {
		c, err := desk.Parse(p, lx, bot.Event{Group: true, Body: bot.Text{Text: words}}, desk.Target{})
		if err != nil || c.Verb != want {
			t.Errorf("%q is read as %q with %q, not as %q (%v)", words, c.Verb, c.Arg, want, err)
		}
	}
}

// What of the open reports is wanted is heard in words, too: the late, all, an office's. In the own chat one word is enough, and how an office
// stands is asked for as among people; what tells of a trouble there is a citizen's, whatever words of lists it holds.
func TestWhichListInWords(t *testing.T) {
	t.Parallel()
	p, lx := serang(t), answer.Must()
	const talk = "-"
	for _, c := range []struct{ words, group, alone string }{
		{"yang lewat apa saja", "lewat", "lewat"}, {"yg telat mana aja pak", "lewat", "lewat"}, {"laporan yang terlambat", "lewat", "lewat"}, {"tugas semua", "semua", "semua"},
		{"semua tugas dong", "semua", "semua"}, {"tugas dishub", "dishub", "dishub"}, {"tugas dinas perhubungan apa aja", "perhubungan", "perhubungan"}, {"yang lewat di dishub apa saja", "lewat dishub", "lewat dishub"},
		{"berapa yang telat", "lewat", "lewat"}, {"tugas saya apa aja", "saya", "saya"}, {"laporan yang belum selesai", "", ""}, {"tugas kami yang lewat", "saya lewat", "saya lewat"},
		{"siapa aja yang telat?", "lewat", "lewat"}, {"bisa tolong tampilkan laporan yang belum dijawab?", "", ""}, {"apa saja yang terlambat bu?", "lewat", "lewat"}, {"dinas mana yang paling lambat", "lewat", "lewat"},
		{"laporan apa saja yang telat?", "lewat", "lewat"}, {"pagi, laporan apa saja yang telat?", talk, "lewat"}, {"tolong kirim daftar yang lewat batas pak", "lewat", "lewat"}, {"opd mana aja yang nunggak", "lewat", "lewat"},
		{"apa yang telat", "lewat", "lewat"}, {"siapa yang telat rapat tadi", talk, talk}, {"bisa kirim kopi pak", talk, talk}, {"kantor mana yang belum bayar iuran", talk, talk},
		{"semua telat nih", talk, "semua lewat"}, {"tugas", "", ""}, {"dishub gimana pak", talk, "dishub"}, {"gimana dishub", talk, "dishub"}, {"pupr progresnya bagaimana", talk, "pupr"}, {"telat apa aja", talk, "lewat"},
		{"dishub kok lampunya mati terus", talk, talk}, {"lampu jalan terlambat diganti sudah dua minggu", talk, talk}, {"gimana cara bikin ktp", talk, talk},
		{"sampah di pasar belum diangkat dari kemarin", talk, talk}, {"tugas sekolah anak saya", talk, talk}, {"kapan jalan diperbaiki", talk, talk}, {"yang lewat sini jatuh semua jalannya rusak", talk, talk},
	} {
		for _, where := range []struct {
			group bool
			want  string
		}{{true, c.group}, {false, c.alone}} {
			got, err := desk.Parse(p, lx, bot.Event{Group: where.group, Body: bot.Text{Text: c.words}}, desk.Target{})
			arg := talk
			if got.Verb == desk.Tasks {
				arg = got.Arg
			}
			if err != nil || arg != where.want {
				t.Errorf("%q, in a group %v, wants the list %q, not %q (%v)", c.words, where.group, arg, where.want, err)
			}
		}
	}
}

// Who names a report anywhere in a line gets a word back; a clear order is done, and an office named in passing is offered.
func TestANumberIsNeverMetWithSilence(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ said, does string }{
		{"tolong cek bentar NUMBER kasih ke pupr", "asks"}, {"ambil dong yang SHORT", "taken"}, {"ambil yang NUMBER ya", "taken"}, {"pak itu NUMBER gimana kabarnya", "asks"}, {"eh NUMBER rame di fb", "asks"}, {"yang SHORT udah dicek belum?", "asks"},
		{"coba liat NUMBER deh", "asks"}, {"NUMBER tuh punya siapa", "asks"}, {"kemarin NUMBER lempar ke pupr aja", "asks"},
	} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: strings.NewReplacer("NUMBER", r.code, "SHORT", strings.TrimPrefix(r.code, "CTH-")).Replace(c.said)})
		facts := changed(b)
		switch {
		case c.does == "asks" && (asked(b).Message.Text == "" || len(facts) != 0):
			t.Errorf("%q: %+v, %q", c.said, facts, asked(b).Message.Text)
		case c.does != "asks" && (len(facts) != 1 || string(facts[0].What) != c.does):
			t.Errorf("%q: %+v, %q", c.said, facts, asked(b).Message.Text)
		}
	}
	r := newHall(t)
	b := r.hears(bot.Text{Text: "tolong cek bentar " + r.code + " kasih ke pupr"})
	if b = r.hears(bot.Text{Text: "ya"}, replying(r.lies(asked(b)))); len(changed(b)) == 0 || changed(b)[0].What != report.WasForwarded {
		t.Errorf("%+v, %q", changed(b), asked(b).Message.Text)
	}
}
