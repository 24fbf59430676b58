package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/xuri/excelize/v2"

	"rabeg/internal/sp4n"
)

// Export is what a file of ours is made of: Office, Period and Day stand above the rows, as in an export of LAPOR!.
type Export struct {
	Office, Province, City string
	From, To, Day          time.Time
	Rows                   iter.Seq2[sp4n.Row, error]
}

// sheetName is the name of the sheet with the rows.
const sheetName = "Laporan Ringkas"

// headerRow is the line in which the columns are named; above it stands what the file is.
const headerRow = 11

// WriteBook writes a workbook in LAPOR!'s form and tells how many rows it holds.
func WriteBook(out io.Writer, e Export) (n int, err error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	if err := f.SetSheetName("Sheet1", sheetName); err != nil {
		return 0, fmt.Errorf("name the sheet: %w", err)
	}
	w, err := f.NewStreamWriter(sheetName)
	if err != nil {
		return 0, fmt.Errorf("begin the sheet: %w", err)
	}
	head := [][2]string{{"Judul Laporan", sheetName}, {"Nama Instansi", e.Office}, {"Tanggal Generate", e.Day.Format(time.DateOnly)},
		{"Periode Masuk", fmt.Sprintf("(%s) - (%s)", e.From.Format(time.DateOnly), e.To.Format(time.DateOnly))}, {"Pengelola", ""}}
	for i, line := range head {
		if err := w.SetRow(fmt.Sprintf("A%d", 2*i+1), []any{line[0], nil, line[1]}); err != nil {
			return 0, fmt.Errorf("write the head: %w", err)
		}
	}
	at := headerRow
	write := func(cells []string) error {
		row := make([]any, len(cells))
		for i, c := range cells {
			row[i] = c // a text: a sheet never takes it for a formula
		}
		err := w.SetRow(fmt.Sprintf("A%d", at), row)
		at++
		return err
	}
	if err := write(sp4n.Columns()); err != nil {
		return 0, fmt.Errorf("write the names of the columns: %w", err)
	}
	for r, err := range e.Rows {
		if err == nil {
			err = write(r.Cells(e.Province, e.City))
		}
		if err != nil {
			return n, fmt.Errorf("write a row: %w", err)
		}
		n++
	}
	if err := w.Flush(); err != nil {
		return n, fmt.Errorf("end the sheet: %w", err)
	}
	if _, err := f.WriteTo(out); err != nil {
		return n, fmt.Errorf("write the workbook: %w", err)
	}
	return n, nil
}

// WriteText writes the same as CSV, with the mark by which spreadsheets know UTF-8. What they would take for a formula is disarmed.
func WriteText(out io.Writer, e Export) (n int, err error) {
	if _, err := io.WriteString(out, "\xef\xbb\xbf"); err != nil {
		return 0, fmt.Errorf("begin the file: %w", err)
	}
	w := csv.NewWriter(out)
	w.Comma = ';'
	if err := w.Write(sp4n.Columns()); err != nil {
		return 0, fmt.Errorf("write the names of the columns: %w", err)
	}
	for r, err := range e.Rows {
		if err == nil {
			cells := r.Cells(e.Province, e.City)
			for i, c := range cells {
				cells[i] = sp4n.Disarmed(c)
			}
			err = w.Write(cells)
		}
		if err != nil {
			return n, fmt.Errorf("write a row: %w", err)
		}
		n++
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return n, fmt.Errorf("end the file: %w", err)
	}
	return n, nil
}
