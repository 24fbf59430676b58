package meant_test

import (
	"testing"
	"time"

	"rabeg/internal/meant"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Who is meant is decided by what is open: what was asked last, what was told last, the words, the place.
func TestWhoIsMeant(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	finder, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	m := meant.New(p, reader, finder, answer.Must())
	now := time.Date(2026, 11, 27, 3, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	day := 24 * time.Hour
	lamp := report.Report{ID: 1, Code: "SRG-7K3MQ-9", Status: report.Assigned, Filed: ago(3 * day),
		Draft: report.Draft{Text: "lampu jalan mati di depan SD 3 Kasemen", Category: "penerangan_jalan", Place: report.Place{Said: "depan SD 3"}}}
	trash := report.Report{ID: 2, Code: "SRG-83A88-5", Status: report.Assigned, Filed: ago(5 * day),
		Draft: report.Draft{Text: "sampah menumpuk di Pasar Lama", Category: "sampah_kebersihan", Place: report.Place{Said: "Pasar Lama"}}}
	asked := lamp
	asked.Asked, asked.Told = ago(time.Hour), ago(time.Hour)
	told := lamp
	told.Told = ago(time.Hour)
	closed := lamp
	closed.Status, closed.Verdict, closed.Ended = report.Closed, report.Fixed, ago(200*day)
	erased := lamp
	erased.Erased = ago(day)
	for name, c := range map[string]struct {
		words string
		mine  []report.Report
		act   meant.Act
		of    report.ID // 0: none, or several
		fresh bool
	}{
		"an office has asked: the next words are the answer": {"sebelah warung bu haji", []report.Report{asked, trash}, meant.Answer, 1, false},
		"but not a whole complaint of something else":        {"sampah numpuk di pasar rau sudah seminggu ga diangkut", []report.Report{asked}, meant.Nothing, 0, false},
		"a like matter told from its beginning is asked":     {"lampu jalan mati total sudah seminggu, gelap sekali kalau malam", []report.Report{lamp}, meant.Words, 0, true},
		"who else saw it too is no matter of its own":        {"tetangga saya juga lihat", []report.Report{lamp}, meant.Words, 1, false},
		"nor who else knows of it":                           {"rt kami juga sudah tahu", []report.Report{lamp}, meant.Words, 1, false},
		"one more of its kind is asked":                      {"lampu tetangga saya juga mati", []report.Report{lamp}, meant.Nothing, 0, false},
		"mere particles are taken as a nod":                  {"nah gitu dong", []report.Report{told}, meant.Courtesy, 0, false},
		"whether it is done yet asks how it stands":          {"udh dikerjain blm itu", []report.Report{lamp}, meant.News, 1, false},
		"who waits answers no question":                      {"ya nak nenek tunggu saja", []report.Report{asked}, meant.Courtesy, 0, false},
		"who knows of it too is not one more":                {"yang dekat tukang ayam, semua orang juga tau", []report.Report{lamp}, meant.Words, 1, false},
		"what only just was so is not one more":              {"kok mati lagi dah baru juga nyala kemarin", []report.Report{lamp}, meant.Words, 1, false},
		"one of two is taken back":                           {"yg sampah aja dibatalin, yg lampu tetep", []report.Report{lamp, trash}, meant.Withdraw, 2, false},
		"and not the one that is left":                       {"yg sampah aja dibatalin, yg lampu tetep", []report.Report{lamp}, meant.News, 1, false},
		"a chance word takes none of two back":               {"skip aja laporan yg tadi ya kak, gausah diurus", []report.Report{lamp, trash}, meant.Withdraw, 0, false},
		"a bare done says not which of two":                  {"wis kang", []report.Report{told, trash}, meant.Words, 0, true},
		"a greeting that holds a word of an office":          {"Selamat siang, mohon izin mengganggu", []report.Report{lamp}, meant.Courtesy, 0, false},
		"a long answer in three sentences is one":            {"Maaf baru balas pak. Tiangnya yang di depan posyandu, nomornya 18. Ada spanduk imunisasi menempel di situ soalnya.", []report.Report{lamp}, meant.Words, 1, false},
		"nor an outcry":                                      {"masih mati pak", []report.Report{asked}, meant.Words, 1, false},
		"nor a question when":                                {"kapan kesininya pak", []report.Report{asked}, meant.News, 1, false},
		"the matter names the report":                        {"sampahnya masih numpuk pak", []report.Report{told, trash}, meant.Words, 2, false},
		"what was told last is meant":                        {"masih belum juga pak", []report.Report{told, trash}, meant.Words, 1, false},
		"two are open and nothing says which":                {"masih belum juga pak", []report.Report{lamp, trash}, meant.Words, 0, true},
		"taken back is asked of all":                         {"batalkan laporan saya", []report.Report{told, trash}, meant.Withdraw, 0, false},
		"a name is to be hidden":                             {"tolong jangan sebut nama saya", []report.Report{lamp}, meant.Hide, 1, false},
		"thanks are about nothing":                           {"makasih ya", []report.Report{lamp}, meant.Nothing, 0, false},
		"a nod as well":                                      {"ok siap", []report.Report{lamp}, meant.Courtesy, 0, false},
		"a place that was wrong":                             {"lokasinya salah, harusnya depan SD 5", []report.Report{lamp}, meant.Move, 1, false},
		"what was closed long ago is over":                   {"mati lagi lampunya", []report.Report{closed}, meant.Nothing, 0, false},
		"what was erased is nobody's":                        {"kapan ya", []report.Report{erased}, meant.Absent, 0, false},
		"nobody who has filed nothing":                       {"kapan ya", nil, meant.Absent, 0, false},
		"facts that are plainly of it are not asked about":   {"sejak hujan deras kemarin", []report.Report{lamp}, meant.Words, 1, false},
		"a refusal that is not taken goes to its officers":   {"alasannya ga masuk akal", []report.Report{lamp}, meant.Words, 1, false},
		"work done in part tells nothing new":                {"nyala tapi remang2 kaya lilin", []report.Report{lamp}, meant.Words, 1, false},
		"nothing can be shown of what is not hidden":         {"please keep my name out of it", []report.Report{lamp}, meant.Hide, 1, false},
		"nobody withdraws who did not mean to":               {"saya ga jadi cabut", []report.Report{lamp}, meant.News, 1, false},
		"scorn is answered with facts, and not thanked":      {"parah ah, pathetic", []report.Report{lamp}, meant.News, 1, false},
		"the very words again are asked elsewhere":           {lamp.Text, []report.Report{lamp}, meant.Nothing, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := m.Decide(meant.Said{Text: c.words, At: now}, c.mine)
			r, _ := d.One()
			if d.Act != c.act || r.ID != c.of || d.Fresh != c.fresh || d.Why == "" {
				t.Errorf("%q is %q of %d (of %d reports, fresh %v): %s", c.words, d.Act, r.ID, len(d.Reports), d.Fresh, d.Why)
			}
		})
	}
}
