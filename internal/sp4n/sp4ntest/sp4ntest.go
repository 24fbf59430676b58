// Package sp4ntest makes exports of LAPOR! for tests: all words in them are invented.
package sp4ntest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// Set is a set of columns that exports were seen with.
type Set int

// The sets.
const (
	Seventeen Set = 17
	Twenty    Set = 20
	TwentyOne Set = 21 // with the name of who filed it
	TwentySix Set = 26
)

// Sets are all of them.
func Sets() []Set { return []Set{Seventeen, Twenty, TwentyOne, TwentySix} }

// Name is who filed a report, in the sets that tell it: no store may ever hold it.
const Name = "Sulastri Wiryawangsa"

// Report is a report of an export, as its cells have it.
type Report struct {
	Tracking, Date, Time, Class, Category, CategoryName, Title, First, Last, Type, Source, Parent, Office, Status, Why, District, Area string
	// Number says that the tracking id is a number cell.
	Number bool
}

// New is a report of a city, the n-th of an export.
func New(n int) Report {
	return Report{Tracking: fmt.Sprint(9000000 + n), Date: "3 Nov 2026", Time: "02:15:09", Class: "Pengaduan Tidak Berkadar Pengawasan", Category: "1398",
		CategoryName: "Penerangan Jalan", Title: fmt.Sprintf("Lampu jalan contoh %d padam", n), First: fmt.Sprintf("Lampu di Jalan Contoh nomor %d mati sejak kemarin.", n),
		Last: fmt.Sprintf("lampu di jalan contoh nomor %d mati sejak kemarin.", n), Type: "Anonim", Source: "Website", Parent: "Pemerintah Kota Serang",
		Status: "Belum Terverifikasi", District: "SERANG", Area: "Kotabaru"}
}

// Header is the names of the columns of a set, in their order.
func (s Set) Header() []string {
	h := []string{"Tracking ID", "Tanggal Laporan Masuk", "Waktu Laporan Masuk"}
	if s >= TwentyOne {
		h = append(h, "Nama Pelapor")
	}
	h = append(h, "Klasifikasi Laporan", "ID Kategori", "Kategori", "Judul Laporan", "Isi Laporan Awal", "Isi Laporan Akhir", "Tipe Laporan (Anonim/Rahasia)",
		"Sumber Laporan", "Instansi Induk")
	if s >= Twenty {
		h = append(h, "ID Instansi Terdisposisi")
	}
	h = append(h, "Instansi Terdisposisi", "Status Laporan", "Alasan Tunda/Arsip", "Provinsi", "Kota/Kabupaten")
	if s >= Twenty {
		h = append(h, "Kecamatan", "Kelurahan")
	}
	if s == TwentySix {
		h = append(h, "Nomor SK", "Url SK", "Url Dokumen Laporan Tahunan", "Laporan yang Masuk melalui Kanal Aduan Setwapres", "Rating")
	}
	return h
}

// Cells are a report's cells in a set.
func (s Set) Cells(r Report) []string {
	c := []string{r.Tracking, r.Date, r.Time}
	if s >= TwentyOne {
		c = append(c, Name)
	}
	c = append(c, r.Class, r.Category, r.CategoryName, r.Title, r.First, r.Last, r.Type, r.Source, r.Parent)
	if s >= Twenty {
		c = append(c, "")
	}
	c = append(c, r.Office, r.Status, r.Why, "Banten", "Kota Serang")
	if s >= Twenty {
		c = append(c, r.District, r.Area)
	}
	if s == TwentySix {
		c = append(c, "", "", "", "Tidak", "4")
	}
	return c
}

// Book is an export as a workbook: with day, what it is stands above and the names of the columns in line 11, else in line 1.
func Book(t testing.TB, s Set, day time.Time, reports ...Report) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	must(t, f.SetSheetName("Sheet1", "Laporan Ringkas"))
	w, err := f.NewStreamWriter("Laporan Ringkas")
	must(t, err)
	line := 1
	if !day.IsZero() {
		for i, pair := range [][2]string{{"Judul Laporan", "Laporan Ringkas"}, {"Nama Instansi", "Pemerintah Kota Serang"}, {"Tanggal Generate", day.Format(time.DateOnly)},
			{"Periode Masuk", "(2021-01-01) - (2026-12-31)"}, {"Pengelola", ""}} {
			must(t, w.SetRow(fmt.Sprintf("A%d", 2*i+1), []any{pair[0], nil, pair[1]}))
		}
		line = 11
	}
	put := func(cells []string, number bool) {
		row := make([]any, len(cells))
		for i, c := range cells {
			row[i] = c
		}
		if number {
			var n int
			_, err := fmt.Sscan(cells[0], &n)
			must(t, err)
			row[0] = n
		}
		must(t, w.SetRow(fmt.Sprintf("A%d", line), row))
		line++
	}
	put(s.Header(), false)
	for _, r := range reports {
		put(s.Cells(r), r.Number)
	}
	must(t, w.Flush())
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

// Text is an export as CSV.
func Text(t testing.TB, s Set, comma rune, reports ...Report) []byte {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = comma
	must(t, w.Write(s.Header()))
	for _, r := range reports {
		must(t, w.Write(s.Cells(r)))
	}
	w.Flush()
	must(t, w.Error())
	return []byte(b.String())
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
