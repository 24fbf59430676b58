package casework_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/profile"
)

// grouped cuts a number into groups of the given lengths, the last again and again, with signs between them.
func grouped(number, between string, lengths ...int) string {
	var parts []string
	for i := 0; number != ""; i++ {
		n := min(lengths[min(i, len(lengths)-1)], len(number))
		parts, number = append(parts, number[:n]), number[n:]
	}
	return strings.Join(parts, between)
}

// written are the ways in which people write a long number, by their names.
var written = map[string]func(number, between string) string{
	"in one piece":    func(n, _ string) string { return n },
	"in fours":        func(n, s string) string { return grouped(n, s, 4) },
	"in threes":       func(n, s string) string { return grouped(n, s, 4, 3) },
	"in pairs":        func(n, s string) string { return grouped(n, s, 2) },
	"digit by digit":  func(n, s string) string { return grouped(n, s, 1) },
	"as on the card":  func(n, s string) string { return grouped(n, s, 6, 6, 4) },
	"by its parts":    func(n, s string) string { return grouped(n, s, 2, 2, 2, 6, 4) },
	"full width":      func(n, _ string) string { return strings.Map(func(r rune) rune { return '０' + (r - '0') }, n) },
	"o for each zero": func(n, _ string) string { return strings.ReplaceAll(n, "0", "o") },
}

var (
	signs = []string{" ", "-", ".", "  ", " - ", "–", "/", "\u00a0", "_", ". "}
	leads = []string{"", "nik saya ", "NIK: ", "no ktp istri ", "hubungi ", "hub ", "wa ", "no hp saya ", "telp: ", "ini nomornya ", "(", "NIK", "lampu mati, ", "kk sy ", "atas nama Budi "}
	tails = []string{"", " ya", ".", " mohon dicek", ", terima kasih", ")", " belum jadi\n", "?"}
)

// drawnNIK is the number of somebody's card: an area, a day of birth, a number.
func drawnNIK(t *rapid.T) string {
	day := rapid.IntRange(1, 31).Draw(t, "day") + 40*rapid.IntRange(0, 1).Draw(t, "woman")
	return fmt.Sprintf("36%04d%02d%02d%02d%04d", rapid.IntRange(101, 7409).Draw(t, "area"), day, rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(0, 99).Draw(t, "year"),
		rapid.IntRange(1, 9999).Draw(t, "number"))
}

func drawnPhone(t *rapid.T) string {
	tail := rapid.StringMatching(`[0-9]{7,9}`).Draw(t, "tail")
	return rapid.SampledFrom([]string{"08", "628"}).Draw(t, "lead") + rapid.StringMatching(`[1-9][0-9]`).Draw(t, "operator") + tail
}

// left are the digits of a text that stand together but for signs, the most of them.
func left(text string) (most int) {
	n, gap := 0, 0
	for _, r := range text {
		if _, ok := bot.Digit(r); ok || (r == 'o' && n > 0) {
			n, gap = n+1, 0
			most = max(most, n)
		} else if gap++; gap > 3 {
			n = 0
		}
	}
	return most
}

// Whatever way a number of a card or a phone is written, and whatever stands around it, no more than its beginning is left. How many of
// each kind were looked at is told, so that a kind that is drawn no more is noticed.
func TestNumbersOfPeopleInAnyForm(t *testing.T) {
	t.Parallel()
	looked, missed := map[string]int{}, map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		what := rapid.SampledFrom([]string{"card", "phone"}).Draw(t, "what")
		how := rapid.SampledFrom(sorted(written)).Draw(t, "how")
		number := map[string]func(*rapid.T) string{"card": drawnNIK, "phone": drawnPhone}[what](t)
		lead, abroad := rapid.SampledFrom(leads).Draw(t, "before"), ""
		if strings.HasPrefix(number, "62") && rapid.Bool().Draw(t, "abroad") {
			abroad = rapid.SampledFrom([]string{"+", "(+", "+ "}).Draw(t, "plus")
		}
		between := rapid.SampledFrom(signs).Draw(t, "between")
		if how == "o for each zero" {
			lead = strings.TrimSuffix(lead, "NIK") // an o at the end of a word is a letter
		}
		shown := abroad + written[how](number, between)
		text := lead + shown + rapid.SampledFrom(tails).Draw(t, "behind")
		kind := what + " " + how + fmt.Sprintf(" with %q", between)
		looked[what+" "+how]++
		if got := casework.Veil(text); left(got) > 3 {
			missed[kind] = fmt.Sprintf("%q: %q", text, got)
		}
	})
	for kind, how := range missed {
		t.Errorf("%s: %s", kind, how)
	}
	if len(looked) < 2*len(written)-2 {
		t.Errorf("looked at %v alone", looked)
	}
}

func sorted(m map[string]func(string, string) string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// A vehicle's number is hidden with whatever stands between its parts, in small letters too; called one, also without its end.
func TestPlatesInAnyForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		area := rapid.SampledFrom([]string{"A", "B", "F", "D", "AB", "BE", "KT", "DK", "T", "Z", "L"}).Draw(t, "area")
		number := rapid.StringMatching(`[1-9][0-9]{1,3}`).Draw(t, "number")
		end := rapid.StringMatching(`[B-DF-HJ-NP-TV-Z]{2,3}`).Draw(t, "end")
		between := rapid.SampledFrom([]string{"", " ", "-", ".", "  ", " - ", " . "}).Draw(t, "between")
		called := rapid.SampledFrom([]string{"", "plat ", "plat nomor ", "nopol: ", "mobil ", "truk ", "motor yg "}).Draw(t, "called")
		plate := area + between + number + between + end
		if called == "plat nomor " && rapid.Bool().Draw(t, "without its end") {
			plate = area + between + number
		}
		if rapid.Bool().Draw(t, "small") {
			plate = strings.ToLower(plate)
		}
		if noWords[strings.ToLower(end)] {
			return
		}
		text := "pungli oleh " + called + plate + ", tolong"
		if got := casework.Veil(text); strings.Contains(got, number) {
			t.Errorf("%q: %q", text, got)
		}
	})
}

// noWords are ends of plates that people write as words behind a number.
var noWords = map[string]bool{"km": true, "kg": true, "cm": true, "rt": true, "rw": true, "th": true, "bln": true, "hr": true, "rb": true, "jt": true, "ml": true, "kk": true, "mm": true, "pm": true, "jl": true, "jln": true,
	"yg": true, "dr": true, "tgl": true, "mtr": true, "tp": true, "bpk": true, "gk": true, "bs": true, "sdh": true, "lg": true, "jg": true, "rmh": true, "ltr": true, "lt": true, "cc": true, "pcs": true,
	"bh": true, "gr": true, "lbr": true, "sd": true, "smp": true, "kpl": true, "kw": true, "kwh": true, "gg": true}

// What is no number of a person stays as it was written: numbers of reports, prices, roads, poles, days, hours, hotlines.
func TestNumbersOfNobody(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile()}
	o.Profile.Owners = append(o.Profile.Owners, profile.Owner{Code: "bpjs", Door: profile.Door{Phone: "165", WhatsApp: "0811-8165-165"}}, profile.Owner{Code: "kemensos", Door: profile.Door{Phone: "021-171"}})
	for _, text := range []string{
		"CTH-PSES3-Y mati lagi", "SRG-7K3MQ-9 dan SRG-8ACXN-F", "laporan srg 7k3mq 9", "LAPOR 8123456 belum dijawab", "#1234567",
		"denda Rp 1.500.000 sampai 2.500.000", "bayar Rp1.250.000,- per orang", "diminta 150.000 - 200.000", "uang 300 ribu, 2 juta", "biaya 10.000.000 - 12.500.000", "Rp 85.000.000 s.d. 812.345.678",
		"ruas 018 km 4+200", "jalan provinsi 001.2, ruas 36.73.005", "Jl. Raya Serang KM 12,5", "jalur 8 no 12", "tiang 14, tiang no. 15", "gardu SRG 0123",
		"sejak 08-12-2026 10.00 - 12.00", "08/12/2026", "2026-12-08 08:12", "dari 1-1-2026 sampai 31-12-2026 jam 08.00-16.00", "tgl 08 12 2026", "tanggal 8.12.26 pukul 08.15 - 12.00",
		"RT 02/05 RW 08", "rt 001 rw 012 no 8", "blok C 12 no 8, 9, 10", "Blok A-12 B", "perum griya 2 blok D 8 no 12 A", "gang mawar 3 no. 81",
		"sudah telepon 112 dan 129, 110, 123, 158", "hubungi 165", "call center 1500 123", "hub PANDAWA 0811-8165-165", "wa 08118165165", "telp 021-171", "+62 811 8165 165",
		"kantor kelurahan (0254) 201234 tidak diangkat", "sudah telp kantor dinas 0254-201234", "RSUD 0254 200528 sibuk terus", "hotline PLN 0254-7912345",
		"banjir 50 cm, 120 rumah, 3 hari", "lubang 2 x 3 x 0,5 meter", "panjang 1200 m lebar 4", "air mati 12 jam 30 menit", "-6.1227361, 106.1754321", "https://maps.google.com/?q=-6.120000,106.150000",
		"lampu 4 mati 12 hari 8 malam", "kelas 3 A 20 anak", "loket A 12 dan B 13", "angkot A 12 ke terminal", "ruang B 101 lt 2", "poli C 8 tp tutup", "jam 08.12 sampai 10.30", "1 2 3 4 5 6 7 8", "tahun 2024 2025 2026",
		"nomor antrean A 023", "pasal 12 ayat 3 UU 25/2009", "Perda 10 Tahun 2010", "18.000 liter 2.000 kk", "lampu 8 12 watt",
	} {
		if got := o.Veil(text); got != text {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// What makes a line an office's is said right before it; a line at somebody's home is somebody's.
func TestLinesOfHomesAreHidden(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile()}
	for text, want := range map[string]string{
		"telp rumah 0254-201234":                                     "telp rumah 02••••",
		"rumah saya dekat kantor kelurahan 0254 201234":              "rumah saya dekat kantor kelurahan 02••••",
		"petugas kantor 0812-3456-7890":                              "petugas kantor 08••••",
		"nik istri 36730101019000":                                   "nik istri 36••••",
		"no BPJS 0001234567890":                                      "no BPJS 00••••",
		"rekening BRI 1234 5678 9012":                                "rekening BRI 12••••",
		"wa +60 12-345 6789":                                         "wa +6••••",
		"hp nol delapan satu dua tiga empat lima enam tujuh delapan": "hp •••• ",
		"o812-3456-7890":                                             "o8••••",
		"081234567890/085678901234":                                  "08••••/08••••",
		"https://wa.me/6281234567890":                                "https://wa.me/62••••",
		"plat A 7 ya":                                                "plat A ••••",
		"nopol: a 1 2 3 4 b c":                                       "nopol: A ••••",
		"plat nomor B 1234 di pasar":                                 "plat nomor B •••• di pasar",
	} {
		if got := o.Veil(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
