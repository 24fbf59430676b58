package desk

import (
	"fmt"
	"testing"
	"time"

	"rabeg/internal/casework/casetest"
)

// Dates as officers write them, on Monday, 23 November 2026. A year alone is asked about.
func TestReadDate(t *testing.T) {
	t.Parallel()
	p := casetest.Profile() // Asia/Jakarta: a day ends at 23.59 there, 16.59 UTC
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"31-12-2026 menunggu anggaran":            "2026-12-31|menunggu anggaran",
		"31-12-2026, menunggu anggaran":           "2026-12-31|menunggu anggaran",
		"31-12-2026,menunggu anggaran":            "2026-12-31|menunggu anggaran",
		"31-12-2026: menunggu anggaran":           "2026-12-31|menunggu anggaran",
		"tgl 31-12-2026 menunggu anggaran":        "2026-12-31|menunggu anggaran",
		"tgl. 31-12-2026 menunggu anggaran":       "2026-12-31|menunggu anggaran",
		"pada tanggal 31-12-2026 karena anggaran": "2026-12-31|anggaran",
		"sampai 31–12–2026 menunggu anggaran":     "2026-12-31|menunggu anggaran",
		"31 – 12 – 2026 menunggu anggaran":        "2026-12-31|menunggu anggaran",
		"31 - 12 - 2026 - menunggu anggaran":      "2026-12-31|menunggu anggaran",
		"31-12-26 x":                              "2026-12-31|x",
		"31 des '26 x":                            "2026-12-31|x",
		"٣١-١٢-٢٠٢٦ x":                            "2026-12-31|x",
		"31/12/2026 x":                            "2026-12-31|x",
		"31.12.2026":                              "2026-12-31|",
		"2026-12-31 x y":                          "2026-12-31|x y",
		"1 Des 2026 x":                            "2026-12-01|x",
		"Kamis, 31 Desember, 2026 x":              "2026-12-31|x",
		"1 desember 2026":                         "2026-12-01|",
		"17 agt 2027 upacara":                     "2027-08-17|upacara",
		"31 Des menunggu anggaran 2027":           "2026-12-31|menunggu anggaran 2027",
		"5 Januari x":                             "2027-01-05|x",
		"30 Nov s.d. 31 Des 2026 x":               "2026-12-31|x",
		"menunggu anggaran sampai 31-12-2026":     "2026-12-31|menunggu anggaran",
		"menunggu anggaran, 31-12-2026":           "2026-12-31|menunggu anggaran",
		"29-02-2028":                              "2028-02-29|",
		"Maret 2027 menunggu anggaran":            "2027-03-31|menunggu anggaran",
		"maret 27 x":                              "2027-03-31|x",
		"bulan Maret tahun depan x":               "2027-03-31|x",
		"akhir maret 2027 x":                      "2027-03-31|x",
		"awal maret 2027, x":                      "2027-03-10|x",
		"12/2026 x":                               "2026-12-31|x",
		"Maret menunggu anggaran":                 "2027-03-31|menunggu anggaran",
		"minggu depan menunggu alat":              "2026-12-06|menunggu alat",
		"menunggu alat, minggu depan":             "2026-12-06|menunggu alat",
		"bulan depan x":                           "2026-12-31|x",
		"besok x":                                 "2026-11-24|x",
		"besok lusa nunggu excavator":             "2026-11-25|nunggu excavator",
		"bsk lusa pak":                            "2026-11-25|",
		"esok lusa, alat datang":                  "2026-11-25|alat datang",
		"lusa x":                                  "2026-11-25|x",
		"jumat depan x":                           "2026-11-27|x",
		"2 minggu lagi x":                         "2026-12-07|x",
		"akhir tahun x":                           "2026-12-31|x",
		"tahun depan menunggu anggaran":           "?2027|menunggu anggaran",
		"tahun 2027 menunggu anggaran":            "?2027|menunggu anggaran",
		"2027, menunggu anggaran":                 "?2027|menunggu anggaran",
		"menunggu anggaran tahun depan":           "?2027|menunggu anggaran",
		"awal bulan depan x":                      "2026-12-10|x",
		"pertengahan bulan depan x":               "2026-12-20|x",
		"akhir bulan ini x":                       "2026-11-30|x",
		"akhir bulan x":                           "2026-11-30|x",
		"awal bulan x":                            "2026-12-10|x",
		"minggu ke-2 maret x":                     "2027-03-14|x",
		"minggu ke 2 bulan maret 2027 x":          "2027-03-14|x",
		"minggu II Maret x":                       "2027-03-14|x",
		"minggu pertama januari x":                "2027-01-07|x",
		"pekan terakhir Desember x":               "2026-12-31|x",
		"minggu kedua bulan depan x":              "2026-12-14|x",
		"besok lusa x":                            "2026-11-25|x",
		"besok pagi x":                            "2026-11-24|x",
		"senin besok x":                           "2026-11-30|x",
		"selasa minggu depan x":                   "2026-12-01|x",
		"seminggu lagi x":                         "2026-11-30|x",
		"sebulan ke depan x":                      "2026-12-23|x",
		"10-12 Des 2026 x":                        "2026-12-12|x",
		"10 s/d 12 Des x":                         "2026-12-12|x",
		"Maret s/d April 2027 x":                  "2027-04-30|x",
		"31 Dec 2026 x":                           "2026-12-31|x",
		"December 31, 2026 x":                     "2026-12-31|x",
		"Des 31 2026 x":                           "2026-12-31|x",
		"*31-12-2026* x":                          "2026-12-31|x",
		"[31-12-2026] x":                          "2026-12-31|x",
		"\"31-12-2026\" x":                        "2026-12-31|x",
		"habis lebaran x":                         "",
		"sampai waktu yang tidak ditentukan x":    "",
		"minggu kedua x":                          "",
		"tgl 10 x":                                "",
		"29-02-2027 x":                            "",
		"31 Februari 2027 x":                      "",
		"32-01-2027":                              "",
		"1-13-2027":                               "",
		"31 Februari menunggu alat":               "",
		"30 feb x":                                "",
		"30.2. menunggu alat":                     "",
		"30/2 x":                                  "",
		"29 Feb 2027 x":                           "",
		"29 Feb 2028 x":                           "2028-02-29|x",
		"31 April 2027 x":                         "",
		"31-06-2027 x":                            "",
		"2027-02-30 x":                            "",
		"0-0-2027 x":                              "",
		"99-99-9999 x":                            "",
		"kemarin x":                               "",
		"kemarin malam sudah dikerjakan":          "",
		"minggu lalu x":                           "",
		"menunggu rapat besok pagi":               "",
		"menunggu anggaran":                       "",
		"jl. mayor syafei no 12 rt 02/05":         "",
		"":                                        "",
	} {
		got, ok := readDate(p, now, text)
		said := ""
		switch {
		case ok && got.year != 0:
			said = fmt.Sprintf("?%d|%s", got.year, got.why)
		case ok:
			said = got.until.In(p.Location()).Format(time.DateOnly) + "|" + got.why
			if h, m, _ := got.until.Clock(); h != 16 || m != 59 {
				t.Errorf("%q ends at %v", text, got.until)
			}
		}
		if said != want {
			t.Errorf("%q: %q, want %q", text, said, want)
		}
	}
}

// The day that a sheet is of stands in its caption, as people write days; one to come is a slip.
func TestTheDayOfASheet(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for caption, want := range map[string]string{
		"per 14-11-2026": "2026-11-14", "Per 14/11/2026": "2026-11-14", "per 2026-11-14": "2026-11-14", "data LAPOR! per 14 Nov 2026 ya": "2026-11-14", "per 4 November 2026": "2026-11-04",
		"per 14-11-2026.": "2026-11-14", "(per: 14-11-2026)": "2026-11-14", "tgl. 14-11-2026, semua kanal": "2026-11-14", "per 23-11-2026": "2026-11-23",
		"per tanggal 14-11-2026": "2026-11-14", "per 24-11-2026": "0001-01-01", "per": "0001-01-01", "": "0001-01-01", "per kecamatan": "0001-01-01", "14-11-2026": "0001-01-01",
	} {
		if got := asOf(caption, today).Format(time.DateOnly); got != want {
			t.Errorf("%q is of %s, not %s", caption, got, want)
		}
	}
}
