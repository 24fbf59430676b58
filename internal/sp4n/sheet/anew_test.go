package sheet_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabeg/internal/sp4n"
	"rabeg/internal/sp4n/sheet"
	"rabeg/internal/sp4n/sp4ntest"
)

// People open an export, look at it, and save it anew: numbers, days and hours come back as their machine writes them. They are read as
// what they were.
func TestAnExportThatWasSavedAnew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ id, date, clock, want string }{
		{"'9000001", "31 Dec 2025", "23:58:01", "9000001 2025-12-31 23:58:01"},
		{`="9000001"`, "31/12/2025", "23.58", "9000001 2025-12-31 23:58:00"},
		{"#9000001", "31/12/25", "11:58:01 PM", "9000001 2025-12-31 23:58:01"},
		{"No. 9000001", "31-Des-25", "11:58 pm", "9000001 2025-12-31 23:58:00"},
		{"9.000.001", "31.12.2025", "23.58.01", "9000001 2025-12-31 23:58:01"},
		{"9,000,001", "2025/12/31", "0,99862", "9000001 2025-12-31 23:58:01"},
		{"9 000 001", "Rabu, 31 Desember 2025", "pukul 23.58", "9000001 2025-12-31 23:58:00"},
		{"9,000001E+06", "December 31, 2025", "1899-12-30 23:58:01", "9000001 2025-12-31 23:58:01"},
		{"９０００００１", "31\u00a0Dec\u00a02025", "23:58:01 UTC", "9000001 2025-12-31 23:58:01"},
		{"https://www.lapor.go.id/pengaduan/9000001", "2025-12-31T23:58:01Z", "", "9000001 2025-12-31 23:58:01"},
		{"9000001,0", "46022.99862", "", "9000001 2025-12-31 23:58:01"},
		{"ID 9000001", "1 Jan 2026", "06:58:01 WIB", "9000001 2025-12-31 23:58:01"}, // who names a zone means it
		{"9000001\u200b", "29 Peb 2024", "24:00:00", "9000001 2024-03-01 00:00:00"},
		{"9000001", "29 Agt 2024", "", "9000001 2024-08-29 00:00:00"},
		{"9000001", "29 Nop 2024", "siang", "9000001 2024-11-29 00:00:00"},
		{"-9000001", "31 Dec 2025", "23:58:01", "Tracking ID"},
		{"Total: 12", "31 Dec 2025", "23:58:01", "Tracking ID"},
		{"9000001", "31 Feb 2025", "23:58:01", "Tanggal"},
		{"9000001", "1 2 Tahun", "23:58:01", "Tanggal"},
	} {
		r := sp4ntest.New(1)
		r.Tracking, r.Date, r.Time = c.id, c.date, c.clock
		for name, file := range map[string][]byte{"CSV": sp4ntest.Text(t, sp4ntest.TwentyOne, ';', r), "book": sp4ntest.Book(t, sp4ntest.TwentyOne, day, r)} {
			rows, f := read(t, file)
			got := ""
			switch {
			case len(rows) == 1:
				got = rows[0].Tracking + rows[0].Received.Format(" 2006-01-02 15:04:05")
			case len(f.Refused) == 1:
				got = f.Refused[0].Why
			}
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("%s: %q, %q, %q is %q, not %q", name, c.id, c.date, c.clock, got, c.want)
			}
		}
	}
}

// Whatever stands in a cell of a day, reading it ends, and a day that is read is one of this century.
func TestAnyCellOfADay(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{"1", "31", "2025", "12", "T", " ", "-", "/", ".", ",", "Mei", "Tuesday", "Rabu", "t9", "\u00a0", "99999999999999999999", "46022.5", ":", "é"})
	rapid.Check(t, func(rt *rapid.T) {
		r := sp4ntest.New(1)
		r.Date, r.Time = strings.Join(rapid.SliceOfN(piece, 0, 9).Draw(rt, "date"), ""), strings.Join(rapid.SliceOfN(piece, 0, 4).Draw(rt, "clock"), "")
		_, err := sheet.Read(sp4ntest.Text(t, sp4ntest.Seventeen, ';', r), func(row sp4n.Row) error {
			if y := row.Received.Year(); y < 1999 || y > 2100 {
				rt.Errorf("%q, %q is %s", r.Date, r.Time, row.Received.Format(time.DateOnly))
			}
			return nil
		})
		var f *sp4n.Fault
		if err != nil && !errors.As(err, &f) {
			rt.Errorf("%q, %q: %v", r.Date, r.Time, err)
		}
	})
}

// Columns are found by their names, in whatever order and however they are written, with empty lines within, and with two exports put one
// behind the other. Where the order changes on the way, or months stand before days, nobody guesses: the whole file is refused, and told why.
func TestATableThatPeoplePutTogether(t *testing.T) {
	t.Parallel()
	const line = "9000001;29 May 2026;04:05:34;Sulastri;Lampu mati;Belum Terverifikasi\n"
	head := func(tracking string) string {
		return tracking + ";Tanggal Laporan Masuk;Waktu Laporan Masuk;Nama Pelapor;Isi Laporan Awal;Status Laporan\n"
	}
	one := head("Tracking ID") + line
	two := one + strings.Replace(line, "9000001", "9000002", 1)
	for name, c := range map[string]struct {
		file string
		want string // numbers, or what is said
	}{
		"other letters":      {head("TRACKING_ID") + line, "9000001"},
		"without a gap":      {head("TrackingID") + line, "9000001"},
		"in two lines":       {head("\"Tracking\nID\"") + line, "9000001"},
		"the other way":      {head("ID Tracking") + line, "9000001"},
		"another order":      {"Status Laporan\tIsi Laporan Awal\tNama Pelapor\tTanggal Laporan Masuk\tTracking ID\nBaru\tLampu mati\tSulastri\t29 May 2026\t9000001\n", "9000001"},
		"a mark before":      {"\ufeff" + one, "9000001"},
		"what divides":       {"sep=;\n" + one, "9000001"},
		"an old machine":     {strings.ReplaceAll(two, "\n", "\r"), "9000001 9000002"},
		"another machine":    {strings.ReplaceAll(two, "\n", "\r\n"), "9000001 9000002"},
		"empty lines":        {strings.ReplaceAll(two, "\n", "\n\n;;;;;\n"), "9000001 9000002"},
		"one behind another": {one + head("Tracking ID") + strings.Replace(line, "9000001", "9000002", 1), "9000001 9000002"},
		"another behind":     {one + "Nama Pelapor;Tanggal Laporan Masuk;Waktu Laporan Masuk;Tracking ID;Isi Laporan Awal;Status Laporan\nSulastri;29 May 2026;;9000002;x;y\n", "urutan lain"},
		"more columns":       {one + strings.TrimSuffix(head("Tracking ID"), "\n") + ";Kecamatan\n" + line, "urutan lain"},
		"months first":       {strings.Replace(two, "29 May 2026", "5/29/2026", 1), "bulan/hari/tahun"},
	} {
		var got []string
		f, err := sheet.Read([]byte(c.file), func(r sp4n.Row) error {
			if got = append(got, r.Tracking); strings.Contains(r.First+r.Status+r.Why, "Sulastri") {
				t.Errorf("%s: the name is read", name)
			}
			return nil
		})
		if err == nil {
			if told := strings.Join(got, " "); told != c.want || len(f.Refused) != 0 {
				t.Errorf("%s: %q, %+v", name, told, f)
			}
			continue
		}
		var fault *sp4n.Fault
		if !errors.As(err, &fault) || !strings.Contains(fault.Words, c.want) || strings.Contains(fault.Words, "Sulastri") || strings.Contains(fault.Words+fault.Plain, "%!") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
