package sp4n_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/sp4n"
)

// A tracking id is given back in many ways; what cannot be one, or are two, is told with an example.
func TestATrackingIDIsGivenBack(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"8123456": "8123456", " 8123456 ": "8123456", "ID 8123456": "8123456", "#8123456": "8123456", "tracking id: 8123456.": "8123456", "sudah, nomornya 8123456 ya": "8123456",
		"8.123.456": "8123456", "8 123 456": "8123456", "*8123456*": "8123456", "12345678": "12345678", "１２３４５６７": "1234567", "8123456 8123456": "8123456",
		"https://www.lapor.go.id/pengaduan/8123456": "8123456", "www.lapor.go.id/pengaduan/8123456/": "8123456", "https://lapor.go.id/laporan/detil/8123456?utm=a": "8123456",
		"ini https://www.lapor.go.id/laporan/detil/lampu-jalan-mati 8123456": "8123456", "https://www.lapor.go.id/cari?id=8123456": "8123456",
		"No. 8123456": "8123456", "ID8123456": "8123456", "8,123,456": "8123456", "8-123-456": "8123456", "8123 456": "8123456", "8123456/2026": "8123456", "/sp4n 8123456": "8123456",
		"8123456, tanggal 29 Mei 2026": "8123456", "8123456 tgl 29/05/2026 jam 10.30": "8123456", "Tracking ID\n8123456\nJudul: Lampu 3 titik di RT 05/RW 02 padam": "8123456",
		"SRG-7K3MQ-9 8123456": "8123456", "nomor 8.123.456, terima kasih 🙏": "8123456", "2026-11-03 8123456": "8123456", "8123456 2026": "8123456", "8123456 (2 foto)": "8123456",
		"O812345": "", "12.4567": "", "81234567x": "", "812345x7": "", "x812345": "", "812345O": "", "8l23456": "", "81234567 9": "", "tahun 2026": "", "29/05/2026": "", "29-05-2026": "", "10 20 30 40": "", "0812-3456-7890": "",
		"https://www.lapor.go.id/laporan/detil/lampu-5-titik-8123456": "",
		"": "", "sudah": "", "812345": "812345", "81234": "", "12345678901": "", "0812345": "", "8123456 dan 8123457": "", "SRG-7K3MQ-9": "",
		"https://www.lapor.go.id/laporan/detil/lampu-jalan-mati": "", "081234567890": "",
	} {
		got, why := sp4n.FindTracking(said)
		if got.Number != want || (why == "") != (want != "") {
			t.Errorf("%q: %q, %q", said, got.Number, why)
		}
		if why != "" && !strings.Contains(why, "8123456") {
			t.Errorf("%q is told %q, without an example", said, why)
		}
		if strings.Contains(said, "pengaduan/") && got.URL == "" {
			t.Errorf("%q: its page is lost", said)
		}
	}
}

// However a number is dressed, it is that number or it is asked for again, and never another one. What is mistyped is no number either.
func TestANumberIsNeverAnother(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		id := rapid.StringMatching(`[1-9][0-9]{5,9}`).Draw(rt, "id")
		ahead := rapid.SampledFrom([]string{"", "No. ", "nomornya ", "#", "ID: ", "SRG-7K3MQ-9 ", "tgl 3/11/2026 ", "jam 10.30, ", "(", "https://www.lapor.go.id/pengaduan/"}).Draw(rt, "ahead")
		behind := rapid.SampledFrom([]string{"", ".", " ya bu", ", 3 November 2026", "/2026", ")", "\n", " 2 foto", " 5", "O", " atau 7654321"}).Draw(rt, "behind")
		got, why := sp4n.FindTracking(ahead + id + behind)
		if got.Number != "" && got.Number != id || (got.Number == "") != (why != "") {
			rt.Errorf("%q is %q, %q", ahead+id+behind, got.Number, why)
		}
		if at := rapid.IntRange(0, len(id)-1).Draw(rt, "typo"); len(ahead+behind) == 0 {
			typo := id[:at] + rapid.SampledFrom([]string{"O", "l", "x", "S"}).Draw(rt, "letter") + id[at+1:]
			if got, _ := sp4n.FindTracking(typo); got.Number != "" {
				rt.Errorf("%q is taken for %q", typo, got.Number)
			}
		}
	})
}

// However long and odd a text is, its parts are short enough for a form, cut no word where that can be, and hold all of it.
func TestTextsArePartedAtAWord(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z😀.]{1,30}\n?`), 1, 900).Draw(rt, "words")
		text := strings.TrimSpace(strings.Join(words, " "))
		most := rapid.IntRange(200, 2900).Draw(rt, "most")
		parts := sp4n.Split(text, most)
		whole := ""
		for i, p := range parts {
			if say.Units(p) > most {
				rt.Fatalf("part %d has %d", i+1, say.Units(p))
			}
			note := fmt.Sprintf("\n(bagian %d dari %d", i+1, len(parts))
			if at := strings.LastIndex(p, note); len(parts) > 1 {
				if at < 0 {
					rt.Fatalf("part %d does not say which it is", i+1)
				}
				p = p[:at]
			}
			whole += " " + p
		}
		if strings.Join(strings.Fields(whole), " ") != strings.Join(strings.Fields(text), " ") {
			rt.Fatal("something is lost, or a word is cut")
		}
	})
}

// A packet holds what the form asks for, in its bounds, and of who filed a report nothing.
func TestAPacketHoldsTheFieldsOfTheForm(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	r := report.Report{Code: "SRG-7K3MQ-9", Filed: time.Date(2026, 11, 3, 2, 0, 0, 0, time.UTC), ReporterName: "Sulastri", Agency: "DISHUB",
		Draft: report.Draft{Kind: report.Complaint, Text: "lampu pju di jalan veteran mati sejak senin. Sudah gelap dan rawan jatuh. " + strings.Repeat("Tolong diperbaiki. ", 200), Category: "penerangan_jalan",
			Visibility: report.Anonymous, Place: report.Place{Said: "depan alun-alun", AreaName: "Kota Baru", DistrictName: "Serang", Area: "36.73.01.1004"}}}
	k := sp4n.Compose(p, r, []string{"tiangnya nomor 12"}, 5)
	if k.Title != "Lampu pju di jalan veteran mati sejak senin, Kota Baru" || k.Kind != "Pengaduan" || k.Office != "Dinas Perhubungan Kota Serang" || k.Category != "1398 · Penerangan Jalan" ||
		!k.Anonymous || k.Secret || k.Photos != 3 || len(k.Text) != 2 || !strings.Contains(k.Place, "alun-alun") {
		t.Errorf("%+v", k)
	}
	doc := k.Document()
	for _, want := range []string{"SRG-7K3MQ-9", "tiangnya nomor 12", "Anonim: ya", "Rahasia: tidak", "3 November 2026"} {
		if !strings.Contains(doc, want) {
			t.Errorf("%q is missing: %s", want, doc)
		}
	}
	if strings.Contains(doc, "Sulastri") {
		t.Error("the packet tells who filed it")
	}
	for _, text := range []string{"", "?", "ya", strings.Repeat("x", 5000), "lampu mati", "😀 " + strings.Repeat("lampu mati ", 60)} {
		r.Text = text
		if title := sp4n.Title(p, r); say.Units(title) > sp4n.PacketTitle || title == "" {
			t.Errorf("the title of %.20q is %q", text, title)
		}
		r.Visibility = report.Confidential
		if title := sp4n.Title(p, r); len(text) > 3 && strings.Contains(strings.ToLower(title), "lampu mati") {
			t.Errorf("the title of what is confidential tells its words: %q", title)
		}
		r.Visibility = report.Anonymous
	}
}
