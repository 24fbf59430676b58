package twin_test

import (
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/twin"
	"rabeg/internal/understand/words"
)

// Reports that lie nowhere: the same person's are found by alike words, anybody's where they are one text, sent twice or passed around with
// another greeting. A few words that many people have are nobody's.
func TestReportsThatLieNowhere(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	lx, err := words.New()
	if err != nil {
		t.Fatal(err)
	}
	const (
		letter = "kepada dinas perhubungan, kami warga komplek meminta lampu penerangan jalan umum yang padam sejak bulan lalu segera diperbaiki karena rawan begal"
		trash  = "mohon jadwal pengangkutan sampah di seluruh perumahan ditambah menjadi dua kali seminggu karena selalu menumpuk dan bau"
	)
	for name, c := range map[string]struct {
		was, fresh string
		own        bool
		picture    bool
		want       twin.Why
	}{
		"the same letter from somebody else":         {"l - " + letter, "l - " + letter, false, false, twin.Shown},
		"the same letter twice":                      {"l - " + letter, "l - " + letter, true, false, twin.Shown},
		"passed around with a greeting":              {"s - " + trash, "s - assalamualaikum bapak, " + trash + " terima kasih", false, false, twin.Shown},
		"the own, in nearly the same words":          {"l - lampu jalan di gang kami mati", "l - lampu jalan gang kami mati lagi", true, false, twin.Shown},
		"the own school, told twice":                 {"e - atap sekolah anak saya bocor parah tiap hujan", "e - atap sekolah anak saya bocor tiap hujan", true, false, twin.Shown},
		"a school's letter from two parents":         {"e - kami wali murid menolak pungutan uang perpisahan yang memberatkan semua orang tua", "e - kami wali murid menolak pungutan uang perpisahan yang memberatkan semua orang tua", false, false, twin.Shown},
		"the same picture":                           {"l - pju mati", "l - gelap gulita", false, true, twin.Shown},
		"few words that many have":                   {"l - lampu jalan mati", "l - lampu jalan mati", false, false, twin.UnknownPlace},
		"the same matter in other words":             {"l - " + letter, "l - lampu PJU dekat rumah saya sudah lama mati tolong dong pak dibenerin secepatnya ya", false, false, twin.UnknownPlace},
		"another matter in nearly the same letter":   {"l - " + letter, "j - kepada dinas perhubungan, kami warga komplek meminta jalan berlubang yang rusak sejak bulan lalu segera diperbaiki karena rawan begal", false, false, twin.OtherMatter},
		"two landmarks":                              {"l - lampu mati depan masjid agung sejak kemarin malam gelap sekali pak", "l - lampu mati depan spbu ciceri sejak kemarin malam gelap sekali pak", false, false, twin.UnknownPlace},
		"what is each person's own, from two people": {"u - ktp saya belum jadi sudah tiga bulan tolong segera diproses oleh dinas", "u - ktp saya belum jadi sudah tiga bulan tolong segera diproses oleh dinas", false, false, twin.OthersOwn},
		"what is each person's own, told twice":      {"u - ktp saya belum jadi sudah tiga bulan", "u - ktp saya belum jadi sudah tiga bulan", true, false, twin.Shown},
		"one has a place":                            {"l =Cipare " + letter, "l - " + letter, false, false, twin.UnknownPlace},
		"the own, and one has a place":               {"l =Cipare " + letter, "l - " + letter, true, false, twin.Shown},
	} {
		was := report.Report{ID: 1, Status: report.Assigned, Draft: side(t, c.was), Filed: now.AddDate(0, 0, -1), Reporter: bot.Address{Network: "telegram", ID: "1"}}
		f := twin.Fresh{Draft: side(t, c.fresh), Reporter: bot.Address{Network: "telegram", ID: "2"}, At: now, Words: lx}
		if c.own {
			f.Reporter = was.Reporter
		}
		n := ledger.Nearby{Report: was}
		if c.picture {
			f.Looks, n.Photos = []string{"0123456789abcdef"}, []ledger.File{{Ref: bot.MediaRef{Network: bot.Store, ID: "a"}, Look: "0123456789abcdef"}}
		}
		if _, why := twin.Judge(p, &f, n); why != c.want {
			t.Errorf("%s: %s, want %s", name, why, c.want)
		}
		a, ok := twin.Around(p, &f)
		if byPerson := c.want == twin.OthersOwn || name == "what is each person's own, told twice"; !ok || a.Nowhere == byPerson {
			t.Errorf("%s: it is looked for %v, among what lies nowhere %v", name, ok, a.Nowhere)
		}
	}
}
