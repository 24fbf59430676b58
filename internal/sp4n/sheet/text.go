package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"rabeg/internal/sp4n"
)

// readText reads a CSV, whatever divides its columns. Cells that are read are copies: as parts of their line they would hold all of it in
// memory as long as themselves, with the name of who filed it.
func readText(file []byte, unread func(column int) bool, take func(line int, cells []string) error) error {
	if bytes.HasPrefix(file, []byte("\xff\xfe")) || bytes.HasPrefix(file, []byte("\xfe\xff")) {
		return sp4n.NotUTF8(1)
	}
	file = bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))
	if !bytes.Contains(file, []byte("\n")) { // lines end as they did on old machines
		file = bytes.ReplaceAll(file, []byte("\r"), []byte("\n"))
	}
	c := csv.NewReader(bytes.NewReader(file))
	c.Comma, c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = divider(file), -1, true, true
	for {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return sp4n.Broken(1 + bytes.Count(file[:min(c.InputOffset(), int64(len(file)))], []byte("\n")))
		}
		row, _ := c.FieldPos(0)
		if len(cells) > mostColumns {
			return sp4n.Wide(mostColumns)
		}
		for i, cell := range cells {
			if !sp4n.Valid(cell) {
				return sp4n.NotUTF8(row)
			}
			if swallowed(cell, c.Comma) {
				return sp4n.Broken(row)
			}
			if unread(i) {
				cells[i] = ""
				continue
			}
			cells[i] = strings.Clone(sp4n.Armed(cell))
		}
		if err := take(row, cells); err != nil {
			return err
		}
	}
}

// swallowed reports whether a cell holds the beginning of another row: a quotation mark that nobody closed has taken in the rows that
// follow, with the names of who filed them.
func swallowed(cell string, divider rune) bool {
	_, rest, more := strings.Cut(cell, "\n")
	for more {
		var line string
		line, rest, more = strings.Cut(rest, "\n")
		if cells := strings.SplitN(strings.ReplaceAll(line, `"`, ""), string(divider), 3); len(cells) == 3 {
			_, number := sp4n.TrackingID(cells[0])
			if _, day := sp4n.Generated(cells[1]); number && day {
				return true
			}
		}
	}
	return false
}

// divider is what the columns are divided by: the sign that the line with the names has most of.
func divider(file []byte) rune {
	head := file[:min(len(file), 64<<10)]
	line := head
	if at := bytes.Index(bytes.ToLower(head), []byte("laporan masuk")); at >= 0 { // it stands beside the number, however that is called
		begin := bytes.LastIndexByte(head[:at], '\n') + 1
		line = head[begin:]
	}
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	best, most := ',', 0
	for _, d := range []rune{';', ',', '\t', '|'} {
		if n := bytes.Count(line, []byte(string(d))); n > most {
			best, most = d, n
		}
	}
	return best
}
