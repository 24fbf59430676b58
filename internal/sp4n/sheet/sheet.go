// Package sheet reads exports of LAPOR!, XLSX and CSV, row by row in memory that is bounded, and writes such files. A workbook is read as
// the zip of XML that it is: a library that takes a whole sheet apart stops in silence at a letter that is no UTF-8, and makes a million
// rows of one cell in the last corner.
package sheet

import (
	"bytes"
	"strings"
	"time"

	"rabeg/internal/sp4n"
)

// Limits on a file that people send.
const (
	// MostBytes is how large a file may be, MostRows how many rows and mostColumns how many columns are read.
	MostBytes   = 32 << 20
	MostRows    = 100_000
	mostColumns = 120
	// mostUnpacked is how large a workbook may be unpacked, mostShared its texts that cells share, mostPart any other part but the
	// sheet; mostToken is the longest piece of it that is held at once.
	mostUnpacked = 400 << 20
	mostShared   = 96 << 20
	mostPart     = 4 << 20
	mostToken    = 2 << 20
	// headerWithin is within how many lines the columns are named.
	headerWithin = 40
	// mostlyNamed is how many columns a line names at least that names them once more.
	mostlyNamed = 3
)

// File is what a file tells besides its rows.
type File struct {
	// Generated is the day on which it was made, zero where it does not say.
	Generated time.Time
	// Rows is how many rows hold a report, Refused those of them that cannot be read.
	Rows    int
	Refused []Refused
	// More is how many more were refused than are told.
	More int
}

// Refused is a row that cannot be read, and why.
type Refused struct {
	Line int    `json:"line"`
	Why  string `json:"why"`
}

const mostRefused = 50

// Read reads a file row by row. The error is a *sp4n.Fault where the file is no export, and that of each where each fails.
func Read(file []byte, each func(sp4n.Row) error) (File, error) {
	if len(file) > MostBytes {
		return File{}, sp4n.TooBig("lebih dari 32 MB")
	}
	t := &taker{each: each}
	var err error
	switch kind := sniff(file); kind {
	case "xlsx":
		err = readBook(file, t.unread, t.take)
	case "csv":
		t.divided = true
		err = readText(file, t.unread, t.take)
	case "pdf":
		err = sp4n.IsPDF()
	case "ole":
		err = sp4n.OldBook()
	default:
		err = sp4n.IsPage()
	}
	if err == nil && t.header == nil {
		err = sp4n.NoHeader()
	}
	return t.file, err
}

func sniff(file []byte) string {
	head := bytes.TrimLeft(bytes.TrimPrefix(file[:min(len(file), 512)], []byte("\xef\xbb\xbf")), " \t\r\n")
	low := strings.ToLower(string(head))
	switch {
	case bytes.HasPrefix(file, []byte("PK\x03\x04")), bytes.HasPrefix(file, []byte("PK\x05\x06")):
		return "xlsx"
	case bytes.HasPrefix(head, []byte("%PDF")):
		return "pdf"
	case bytes.HasPrefix(file, []byte("\xd0\xcf\x11\xe0")):
		return "ole"
	case strings.HasPrefix(low, "<"):
		return "page"
	}
	return "csv"
}

// taker finds the header among the lines of a file, and makes rows of what follows.
type taker struct {
	each   func(sp4n.Row) error
	file   File
	header sp4n.Header
	lines  int
	// divided says that signs divide the columns, so that one too many moves what is behind it.
	divided bool
}

// take takes a line; cells hold it until the next one.
func (t *taker) take(line int, cells []string) error {
	if t.header == nil {
		return t.above(cells)
	}
	r, blank, why := t.header.Row(line, cells)
	if blank {
		return nil
	}
	if why == sp4n.MonthsFirst {
		return sp4n.Swapped(line)
	}
	if why != "" {
		if again, err := t.again(line, cells); again {
			return err
		}
	}
	if t.file.Rows++; t.file.Rows > MostRows {
		return sp4n.Long(MostRows)
	}
	if n := len(t.header); t.divided && len(cells) > n && strings.Join(cells[n:], "") != "" {
		why = "isinya lebih banyak daripada kolomnya"
	}
	if why != "" {
		if len(t.file.Refused) < mostRefused {
			t.file.Refused = append(t.file.Refused, Refused{Line: line, Why: why})
		} else {
			t.file.More++
		}
		return nil
	}
	return t.each(r)
}

// again reports whether a line names the columns once more: exports have been put one behind the other. Where the others are in another
// order, nobody reads on: names would stand where words are read.
func (t *taker) again(line int, cells []string) (bool, error) {
	h, _ := sp4n.ReadHeader(cells)
	named := 0
	for _, c := range h {
		if c != sp4n.Unread {
			named++
		}
	}
	if named < mostlyNamed { // of columns that nobody reads nothing was taken up, so that some of the names may be missing
		return false, nil
	}
	for i := range max(len(h), len(t.header)) {
		var now, was sp4n.Column
		if i < len(h) {
			now = h[i]
		}
		if i < len(t.header) {
			was = t.header[i]
		}
		if now != was {
			return true, sp4n.Mixed(line)
		}
	}
	return true, nil
}

// unread reports whether nobody reads a column: above the names of the columns all are read.
func (t *taker) unread(column int) bool {
	return column < len(t.header) && t.header[column] == sp4n.Unread
}

// above reads what stands above the rows: the day, and the names of the columns.
func (t *taker) above(cells []string) error {
	if h, ok := sp4n.ReadHeader(cells); ok {
		t.header = h
		if missing := h.Lacks(); missing != "" {
			return sp4n.Lacking(missing)
		}
		return nil
	}
	for i, cell := range cells {
		if !strings.EqualFold(strings.TrimSpace(strings.TrimRight(cell, ": ")), "Tanggal Generate") {
			continue
		}
		for _, v := range cells[i+1:] {
			if day, ok := sp4n.Generated(v); ok && t.file.Generated.IsZero() {
				t.file.Generated = day
			}
		}
	}
	if t.lines++; t.lines > headerWithin {
		return sp4n.NoHeader()
	}
	return nil
}
