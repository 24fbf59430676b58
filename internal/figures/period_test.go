package figures_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/internal/figures"
)

// Periods as people write them, on Sunday, 29 November 2026.
func TestReadPeriod(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 21, 0, 0, 0, jakarta)
	for text, want := range map[string]string{
		"bulan ini":                              "2026-11-01 2026-11-30 November 2026 |",
		"semua bulan lalu":                       "2026-10-01 2026-10-31 Oktober 2026 | semua",
		"bulan kemarin kasemen":                  "2026-10-01 2026-10-31 Oktober 2026 | kasemen",
		"minggu ini":                             "2026-11-23 2026-11-29 23–29 November 2026 |",
		"minggu lalu dishub":                     "2026-11-16 2026-11-22 16–22 November 2026 | dishub",
		"minggu yang lalu":                       "2026-11-16 2026-11-22 16–22 November 2026 |",
		"pekan lalu":                             "2026-11-16 2026-11-22 16–22 November 2026 |",
		"Oktober":                                "2026-10-01 2026-10-31 Oktober 2026 |",
		"okt 2025":                               "2025-10-01 2025-10-31 Oktober 2025 |",
		"bulan desember":                         "2025-12-01 2025-12-31 Desember 2025 |",
		"2026-10":                                "2026-10-01 2026-10-31 Oktober 2026 |",
		"10/2026":                                "2026-10-01 2026-10-31 Oktober 2026 |",
		"semua 2025":                             "2025-01-01 2025-12-31 2025 | semua",
		"tahun ini":                              "2026-01-01 2026-12-31 2026 |",
		"tahun lalu":                             "2025-01-01 2025-12-31 2025 |",
		"triwulan 3":                             "2026-07-01 2026-09-30 triwulan 3 2026 |",
		"triwulan III 2025":                      "2025-07-01 2025-09-30 triwulan 3 2025 |",
		"triwulan lalu":                          "2026-07-01 2026-09-30 triwulan 3 2026 |",
		"kuartal ini":                            "2026-10-01 2026-12-31 triwulan 4 2026 |",
		"hari ini":                               "2026-11-29 2026-11-29 29 November 2026 |",
		"kemarin":                                "2026-11-28 2026-11-28 28 November 2026 |",
		"7 hari terakhir":                        "2026-11-23 2026-11-29 23–29 November 2026 |",
		"30 hari":                                "2026-10-31 2026-11-29 31 Oktober – 29 November 2026 |",
		"2 minggu terakhir":                      "2026-11-16 2026-11-29 16–29 November 2026 |",
		"1-15 Oktober":                           "2026-10-01 2026-10-15 1–15 Oktober 2026 |",
		"1 - 15 oktober 2025 semua":              "2025-10-01 2025-10-15 1–15 Oktober 2025 | semua",
		"1 okt s.d. 15 nov":                      "2026-10-01 2026-11-15 1 Oktober – 15 November 2026 |",
		"2026-10-01 s/d 2026-10-15":              "2026-10-01 2026-10-15 1–15 Oktober 2026 |",
		"dari 1/10/2026 sampai 2-10-2026":        "2026-10-01 2026-10-02 1–2 Oktober 2026 |",
		"28 Desember 2025 sampai 3 Januari 2026": "2025-12-28 2026-01-03 28 Desember 2025 – 3 Januari 2026 |",
		"17 Agustus":                             "2026-08-17 2026-08-17 17 Agustus 2026 |",
		"last month":                             "2026-10-01 2026-10-31 Oktober 2026 |",
		"dishub, Oktober!":                       "2026-10-01 2026-10-31 Oktober 2026 | dishub,",
		"semua":                                  "none",
		"":                                       "none",
		"kasemen":                                "none",
		"dinas perhubungan":                      "none",
		"31 Februari":                            "none",
		"1-31 Februari":                          "none",
		"dishub - Oktober":                       "2026-10-01 2026-10-31 Oktober 2026 | dishub -",
		"3 bulan terakhir":                       "2026-08-30 2026-11-29 30 Agustus – 29 November 2026 |",
		"6 bln":                                  "2026-05-30 2026-11-29 30 Mei – 29 November 2026 |",
		"enam bulan ke belakang dishub":          "2026-05-30 2026-11-29 30 Mei – 29 November 2026 | dishub",
		"setahun terakhir":                       "2025-11-30 2026-11-29 30 November 2025 – 29 November 2026 |",
		"2 tahun terakhir":                       "2024-11-30 2026-11-29 30 November 2024 – 29 November 2026 |",
		"setengah tahun":                         "2026-05-30 2026-11-29 30 Mei – 29 November 2026 |",
		"seminggu":                               "2026-11-23 2026-11-29 23–29 November 2026 |",
		"bulan terakhir":                         "2026-10-30 2026-11-29 30 Oktober – 29 November 2026 |",
		"9 bulan terakhir":                       "2026-02-28 2026-11-29 28 Februari – 29 November 2026 |",
		"last 2 months":                          "2026-09-30 2026-11-29 30 September – 29 November 2026 |",
		"semester 1":                             "2026-01-01 2026-06-30 semester 1 2026 |",
		"semester II":                            "2026-07-01 2026-12-31 semester 2 2026 |",
		"smt 2 2025":                             "2025-07-01 2025-12-31 semester 2 2025 |",
		"semester lalu":                          "2026-01-01 2026-06-30 semester 1 2026 |",
		"semester ini":                           "2026-07-01 2026-12-31 semester 2 2026 |",
		"semester":                               "none",
		"terakhir":                               "none",
		"99 tahun":                               "none",
		"sekolah":                                "none",
		"minggu":                                 "none",
		"bulan":                                  "none",
	} {
		p, rest, ok := figures.ReadPeriod(now, text)
		got := "none"
		if ok {
			got = strings.TrimSpace(p.From.Format(time.DateOnly) + " " + p.To.AddDate(0, 0, -1).Format(time.DateOnly) + " " + p.Name + " | " + rest)
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
