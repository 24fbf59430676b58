package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

const headerXML = `<row r="1"><c r="A1" t="inlineStr"><is><t>Tracking ID</t></is></c><c r="B1" t="inlineStr"><is><t>Tanggal Laporan Masuk</t></is></c>` +
	`<c r="C1" t="inlineStr"><is><t>Isi Laporan Awal</t></is></c><c r="D1" t="inlineStr"><is><t>Status Laporan</t></is></c></row>`

func rowXML(n int, id string) string {
	return fmt.Sprintf(`<row r="%d"><c r="A%d"><v>%s</v></c><c r="B%d" t="inlineStr"><is><t>1 Jan 2024</t></is></c><c r="C%d" t="inlineStr"><is><t>x</t></is></c></row>`, n, n, id, n, n)
}

// rowsOf is a sheet with these lines.
func rowsOf(rows ...string) string {
	return "<worksheet><sheetData>" + strings.Join(rows, "") + "</sheetData></worksheet>"
}

// book is a workbook with one sheet, and with more parts, by name.
func book(t *testing.T, sheet string, more ...string) []byte {
	t.Helper()
	return zipped(t, append([]string{
		"xl/workbook.xml", `<workbook><sheets><sheet name="Laporan Ringkas" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", sheet,
	}, more...)...)
}

func zipped(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a small file that becomes a large one.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/workbook.xml")
	if err != nil {
		t.Fatal(err)
	}
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range 410 {
		if _, err := w.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
