package desk

import (
	"testing"
	"time"

	"rabeg/internal/casework/casetest"
)

// For how long, as coordinators write it, on Monday, 23 November 2026. What does not say so lasts the usual seven days.
func TestReadTerm(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	now := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"7 hari mengirim hal yang sama":              "2026-11-30|mengirim hal yang sama",
		"selama 3 hari karena iklan":                 "2026-11-26|iklan",
		"dua minggu iklan":                           "2026-12-07|iklan",
		"sebulan iklan":                              "2026-12-23|iklan",
		"1 bulan, iklan":                             "2026-12-23|iklan",
		"1 tahun iklan":                              "2027-11-23|iklan",
		"iklan terus 14 hari":                        "2026-12-07|iklan terus",
		"iklan terus selama seminggu":                "2026-11-30|iklan terus",
		"sampai 31-12-2026 iklan":                    "2026-12-31|iklan",
		"s/d 31 Des 2026 iklan":                      "2026-12-31|iklan",
		"31/12/2026: iklan":                          "2026-12-31|iklan",
		"iklan terus sampai 31 Desember":             "2026-12-31|iklan terus",
		"hingga akhir tahun iklan":                   "2026-12-31|iklan",
		"٧ hari iklan":                               "2026-11-30|iklan",
		"lampu 3 hari mati dilaporkan sepuluh kali":  "2026-11-30|lampu 3 hari mati dilaporkan sepuluh kali",
		"dikirim sejak 20 Nov tanpa henti":           "2026-11-30|dikirim sejak 20 Nov tanpa henti",
		"iklan":                                      "2026-11-30|iklan",
		"":                                           "2026-11-30|",
		"7 hari":                                     "2026-11-30|",
		"5 laporan palsu":                            "2026-11-30|5 laporan palsu",
		"10 hari selama masa kampanye iklan politik": "2026-12-03|selama masa kampanye iklan politik",
	} {
		got := readTerm(p, now, text, 7)
		if said := got.until.In(p.Location()).Format(time.DateOnly) + "|" + got.why; said != want {
			t.Errorf("%q: %q, want %q", text, said, want)
		}
	}
}
