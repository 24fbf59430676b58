package sheet_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/internal/sp4n"
	"rabeg/internal/sp4n/sheet"
	"rabeg/internal/sp4n/sp4ntest"
)

var day = time.Date(2026, time.November, 14, 0, 0, 0, 0, time.UTC)

func read(t *testing.T, file []byte) ([]sp4n.Row, sheet.File) {
	t.Helper()
	var rows []sp4n.Row
	f, err := sheet.Read(file, func(r sp4n.Row) error { rows = append(rows, r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return rows, f
}

// Whatever set of columns an export has, with or without lines above, as a workbook or as CSV divided by anything: the same rows come
// out, and who filed a report is in none of them.
func TestEveryKindOfExportIsRead(t *testing.T) {
	t.Parallel()
	want := sp4ntest.New(1)
	for _, set := range sp4ntest.Sets() {
		for name, file := range map[string][]byte{
			"line 11":   sp4ntest.Book(t, set, day, want, sp4ntest.New(2)),
			"line 1":    sp4ntest.Book(t, set, time.Time{}, want, sp4ntest.New(2)),
			"semicolon": sp4ntest.Text(t, set, ';', want, sp4ntest.New(2)),
			"comma":     sp4ntest.Text(t, set, ',', want, sp4ntest.New(2)),
			"tab":       sp4ntest.Text(t, set, '\t', want, sp4ntest.New(2)),
			"mark":      append([]byte("\xef\xbb\xbf"), sp4ntest.Text(t, set, ';', want, sp4ntest.New(2))...),
		} {
			rows, f := read(t, file)
			if len(rows) != 2 || f.Rows != 2 || len(f.Refused) > 0 {
				t.Errorf("%d columns, %s: %d rows, %+v", set, name, len(rows), f)
				continue
			}
			if (name == "line 11") != f.Generated.Equal(day) {
				t.Errorf("%d columns, %s: made on %s", set, name, f.Generated)
			}
			r := rows[0]
			if r.Tracking != "9000001" || r.First != want.First || r.Last != want.Last || r.Status != want.Status || r.Category != "1398" || !r.Anonymous || r.Secret ||
				!r.Received.Equal(time.Date(2026, time.November, 3, 2, 15, 9, 0, time.UTC)) || r.Parent != want.Parent {
				t.Errorf("%d columns, %s: %+v", set, name, r)
			}
			if set >= sp4ntest.Twenty && (r.Area != "Kotabaru" || r.District != "SERANG") {
				t.Errorf("%d columns, %s: in %q, %q", set, name, r.Area, r.District)
			}
			if strings.Contains(fmt.Sprintf("%+v", rows), "Sulastri") {
				t.Errorf("%d columns, %s: who filed it is told", set, name)
			}
		}
	}
}

// The cells of real exports: numbers as numbers, dates as a sheet keeps them, an empty class, words of 3,000 characters, midnight.
func TestTheCellsOfRealExports(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Jalan di depan sekolah kami rusak. ", 100)[:3000]
	odd := sp4ntest.New(3)
	odd.Number, odd.Class, odd.Category, odd.CategoryName, odd.First, odd.Time, odd.Date, odd.Type = true, "", "", "", long, "23:58:01", "31 Dec 2025", "Anonim|Rahasia"
	rows, f := read(t, sp4ntest.Book(t, sp4ntest.TwentyOne, day, odd))
	if len(rows) != 1 || rows[0].Tracking != "9000003" || rows[0].First != long || rows[0].Class != "" || !rows[0].Secret || !rows[0].Anonymous {
		t.Fatalf("%+v %+v", rows, f)
	}
	if in := rows[0].Received.In(time.FixedZone("WIB", 7*3600)); in.Format("2 Jan 2006 15:04") != "1 Jan 2026 06:58" {
		t.Errorf("it came in at %s", in)
	}
	for date, want := range map[string]string{"1 Jan 2024": "2024-01-01", "29 May 2023": "2023-05-29", "29 Mei 2023": "2023-05-29", "2023-05-29": "2023-05-29", "29/05/2023": "2023-05-29",
		"45075": "2023-05-29", "05-Agu-2024": "2024-08-05", "9 December 2024": "2024-12-09", "31 Feb 2024": "", "kemarin": "", "": "", "1 Jan 1899": "", "123456": ""} {
		r := sp4ntest.New(1)
		r.Date, r.Time = date, "00:00:00"
		rows, f := read(t, sp4ntest.Text(t, sp4ntest.Seventeen, ';', r))
		switch {
		case want == "" && (len(rows) != 0 || len(f.Refused) != 1 || !strings.Contains(f.Refused[0].Why, "Tanggal")):
			t.Errorf("%q is read: %+v %+v", date, rows, f)
		case want != "" && (len(rows) != 1 || rows[0].Received.Format(time.DateOnly) != want):
			t.Errorf("%q is %+v", date, rows)
		}
	}
	for id, want := range map[string]string{"8507246": "8507246", "\u00a08507246": "8507246", "8507246.0": "8507246", "8.507246E6": "8507246", "12345678": "12345678", "123456": "123456", "9876543210": "9876543210",
		"12345": "", "12345678901": "", "0123456": "", "abc": "", "85-07246": ""} {
		r := sp4ntest.New(1)
		r.Tracking = id
		rows, f := read(t, sp4ntest.Text(t, sp4ntest.Seventeen, ';', r))
		if want == "" && (len(rows) != 0 || len(f.Refused) != 1) || want != "" && (len(rows) != 1 || rows[0].Tracking != want) {
			t.Errorf("%q: %+v %+v", id, rows, f)
		}
	}
}

// What is no export is told in one line what is wrong and what to do; none of its own words are in it.
func TestWhatIsNoExportIsToldWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"a PDF":                  {[]byte("%PDF-1.7\nSulastri"), "PDF"},
		"an old book":            {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "Excel lama"},
		"a page":                 {[]byte("<html><table><tr><td>Tracking ID</td></tr></table>"), "halaman web"},
		"nothing":                {nil, "Tracking ID"},
		"other words":            {[]byte("Sulastri;Wiryawangsa\n1;2\n"), "Tracking ID"},
		"a zip":                  {zipped(t, "a.txt", "Sulastri"), "bukan buku kerja"},
		"half a book":            {sp4ntest.Book(t, 17, day, sp4ntest.New(1))[:900], "bukan buku kerja"},
		"macros":                 {book(t, rowsOf(headerXML), "xl/vbaProject.bin", "x"), "makro"},
		"a formula":              {book(t, rowsOf(headerXML, `<row r="2"><c r="A2"><f>HYPERLINK("x")</f><v>1</v></c></row>`)), "Sel A2"},
		"a million columns":      {book(t, rowsOf(`<row r="1"><c r="BDWGN1" t="inlineStr"><is><t>x</t></is></c></row>`)), "Kolomnya"},
		"many columns":           {[]byte("Tracking ID" + strings.Repeat(";x", 1_000_000) + "\n"), "Kolomnya"},
		"no UTF-8":               {[]byte("Tracking ID;Tanggal Laporan Masuk;Isi Laporan Awal;Status Laporan\n9000001;1 Jan 2024;caf\xe9;x\n"), "baris 2, bukan UTF-8"},
		"no UTF-8 in a book":     {book(t, rowsOf(headerXML, `<row r="2"><c r="A2" t="inlineStr"><is><t>caf`+"\xe9"+`</t></is></c></row>`)), "bukan UTF-8"},
		"UTF-16":                 {[]byte("\xff\xfeT\x00r\x00"), "bukan UTF-8"},
		"a book in another set":  {book(t, strings.Replace(rowsOf(headerXML), "<worksheet>", `<?xml version="1.0" encoding="windows-1252"?><worksheet>`, 1)), "bukan UTF-8"},
		"a quote left open":      {[]byte("Tracking ID;Tanggal Laporan Masuk;Nama Pelapor;Isi Laporan Awal;Status Laporan\n9000001;1 Jan 2024;x;\"parah\" baunya;x\n9000002;1 Jan 2024;Sulastri;bau;x\n"), "sekitar baris 2"},
		"a sheet cut off":        {book(t, strings.TrimSuffix(rowsOf(headerXML), "</sheetData></worksheet>")), "rusak"},
		"a column is missing":    {[]byte("Tracking ID;Tanggal Laporan Masuk;Isi Laporan Awal\n9000001;1 Jan 2024;x\n"), "Kolom Status Laporan"},
		"one line twice":         {book(t, rowsOf(headerXML, headerXML)), "dua kali"},
		"a bomb":                 {bomb(t), "terlalu besar"},
		"a cell of megabytes":    {book(t, rowsOf(headerXML, `<row r="2"><c r="A2" t="inlineStr"><is><t>`+strings.Repeat("x", 3<<20)+`</t></is></c></row>`)), "satu sel"},
		"a cell in pieces":       {book(t, rowsOf(headerXML, `<row r="2"><c r="A2" t="inlineStr"><is><t>`+strings.Repeat(strings.Repeat("x", 1<<20)+"<!-- -->", 3)+`</t></is></c></row>`)), "satu sel"},
		"an endless quotation":   {book(t, rowsOf(headerXML, `<row r="`+strings.Repeat(">", 2<<20-100))), "rusak"}, // to look at it anew at each sign would take an hour
		"a long quotation":       {book(t, rowsOf(headerXML, `<row r="`+strings.Repeat(">", 3<<20))), "satu sel"},
		"an end of no cell":      {book(t, rowsOf(headerXML, `<row r="2"></c></row>`)), "rusak"},
		"an end above all":       {book(t, rowsOf(`<row r="1"></c></row>`)), "rusak"},
		"a cell in a cell":       {book(t, rowsOf(headerXML, `<row r="2"><c r="A2"><c r="B2"><v>1</v></c></c></row>`)), "rusak"},
		"a cell in no line":      {book(t, rowsOf(headerXML, `<c r="A2"><v>1</v></c>`)), "rusak"},
		"a line in a line":       {book(t, rowsOf(headerXML, `<row r="2"><c r="A2"/>`+rowXML(3, "9000001")+`</row>`)), "rusak"},
		"a line that ends twice": {book(t, rowsOf(headerXML, rowXML(2, "9000001"), "</row>")), "rusak"},
		"too many bytes":         {make([]byte, sheet.MostBytes+1), "terlalu besar"},
	} {
		_, err := sheet.Read(c.file, func(sp4n.Row) error { return nil })
		var f *sp4n.Fault
		if !errors.As(err, &f) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(f.Words, c.want) || strings.Contains(f.Words+f.Plain, "Sulastri") || strings.ContainsAny(f.Plain, "\n") || strings.Contains(f.Plain, "%!") || strings.Contains(f.Words, "%!") {
			t.Errorf("%s is told %q, %q", name, f.Words, f.Plain)
		}
	}
}

// A divider within words moves what is behind it: such a row is refused, not read awry. What a citizen wrote over several lines is words.
func TestARowOfACSVWithMoreThanItsColumns(t *testing.T) {
	t.Parallel()
	head := "Tracking ID;Tanggal Laporan Masuk;Isi Laporan Awal;Status Laporan\n"
	rows, f := read(t, []byte(head+"9000001;1 Jan 2024;parit; bau;Terverifikasi\n9000002;1 Jan 2024;\"parit;\n9000009; bau\";Terverifikasi;;\n"))
	if len(rows) != 1 || rows[0].First != "parit;\n9000009; bau" || len(f.Refused) != 1 || f.Refused[0].Line != 2 || !strings.Contains(f.Refused[0].Why, "kolom") {
		t.Errorf("%+v, %+v", rows, f)
	}
}

// A cell in the last corner of a sheet makes no million of rows.
func TestACellInTheLastCorner(t *testing.T) {
	t.Parallel()
	file := book(t, rowsOf(headerXML, rowXML(2, "9000001"), `<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>`))
	_, err := sheet.Read(file, func(sp4n.Row) error { return nil })
	var f *sp4n.Fault
	if !errors.As(err, &f) || !strings.Contains(f.Words, "Kolomnya") {
		t.Errorf("%v", err)
	}
	rows, got := read(t, book(t, rowsOf(headerXML, rowXML(2, "9000001"), rowXML(1048576, "9000002"))))
	if len(rows) != 2 || got.Rows != 2 {
		t.Errorf("%d rows, %+v", len(rows), got)
	}
}

// What a citizen wrote is no formula in the file that is written, and is read as it was.
func TestWhatLooksLikeAFormulaStaysWords(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"=1+1", "+62 mati", "-lampu", "@kota", "'=1", "biasa"} {
		r := sp4n.Row{Tracking: "9000001", Received: day, Title: "x", First: words, Status: "Terverifikasi"}
		for name, write := range map[string]func(*strings.Builder, sheet.Export) error{
			"csv":  func(b *strings.Builder, e sheet.Export) error { _, err := sheet.WriteText(b, e); return err },
			"xlsx": func(b *strings.Builder, e sheet.Export) error { _, err := sheet.WriteBook(b, e); return err },
		} {
			var b strings.Builder
			if err := write(&b, sheet.Export{Day: day, Rows: func(yield func(sp4n.Row, error) bool) { yield(r, nil) }}); err != nil {
				t.Fatal(err)
			}
			if name == "csv" && strings.Contains(b.String(), ";"+words) && strings.ContainsAny(words[:1], "=+-@") {
				t.Errorf("%s stands bare", words)
			}
			rows, _ := read(t, []byte(b.String()))
			if len(rows) != 1 || rows[0].First != words {
				t.Errorf("%s: %q comes back as %+v", name, words, rows)
			}
		}
	}
}
